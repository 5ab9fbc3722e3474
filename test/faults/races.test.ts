import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { confirmationById, decideConfirmation } from '../../db/stores/confirmations.ts';
import { openAgain, openTestDatabase } from '../helpers/database.ts';
import { textOf } from '../helpers/desk.ts';
import { type FaultDesk, openFaultDesk } from './trading.ts';

let desk: FaultDesk;
beforeAll(async () => { desk = await openFaultDesk(); await desk.advance(30); });
afterAll(async () => { await desk.close(); });
const entriesOf = (actionId: string) => desk.ask('select status from core.orders where action_id = $1 and category = $2', [actionId, 'ENTRY']);
const atBroker = async (actionId: string): Promise<number> => (await desk.ask("select 1 as one from paper.orders p join core.orders o using (client_order_id) where o.action_id = $1 and o.category = 'ENTRY'", [actionId])).length;

/** Presses from several conversations on several channels, all under way at once. */
async function pressFromEverywhere(confirmationId: string, choices: readonly ('confirm' | 'reject')[]): Promise<string[]> {
  const channels = ['web', 'telegram', 'discord', 'terminal'];
  const threads = await Promise.all(channels.flatMap((channel) => [0, 1].map(async (n) => (await desk.conversation.openThread({ channel, externalId: `${channel}-${n}`, person: desk.owner })).threadId)));
  const answers: string[] = [];
  const stops = threads.map((threadId) => desk.conversation.subscribe(threadId, ({ author, event }) => { if (author === 'desk' && event.type === 'reply') answers.push(event.text); }));
  await Promise.all(choices.map((choice, i) => desk.conversation.say({ threadId: threads[i % threads.length] ?? '', person: desk.owner, clientMessageId: `${confirmationId}-${i}`, inbound: { press: confirmationId, choice } })));
  await desk.conversation.idle();
  for (const stop of stops) stop();
  return answers;
}

describe('one question', () => {
  it('pressed 200 times from eight conversations makes one order, and everybody is answered', { timeout: 180_000 }, async () => {
    const { actionId, confirmation } = await desk.entry(desk.equities[0] ?? '', 10);
    const answers = await pressFromEverywhere(confirmation?.id ?? '', Array.from({ length: 200 }, () => 'confirm' as const));
    expect(answers).toHaveLength(200);
    expect(answers.filter((text) => !text.startsWith('Already confirmed by you'))).toHaveLength(1);
    expect(await entriesOf(actionId)).toHaveLength(1);
    expect(await atBroker(actionId)).toBe(1);
    expect(await desk.ask("select 1 as one from core.audit_log where subject = $1 and kind = 'action.confirmed'", [actionId])).toHaveLength(1);
    expect(await desk.ask('select 1 as one from core.approvals a join core.confirmations c on c.id = a.confirmation_id where c.action_id = $1', [actionId])).toHaveLength(1);
  });

  it('confirmed and rejected in the same moment is one or the other, whole', { timeout: 120_000 }, async () => {
    for (const [n, choices] of ([['confirm', 'reject'], ['reject', 'confirm'], ['confirm', 'confirm'], ['reject', 'reject']] as const).entries()) {
      const { actionId, confirmation } = await desk.entry(desk.equities[n + 1] ?? '', 5);
      await pressFromEverywhere(confirmation?.id ?? '', choices);
      const [row] = await desk.ask<{ status: string; state: string }>('select c.status, a.state from core.confirmations c join core.actions a on a.id = c.action_id where a.id = $1', [actionId]);
      expect(['confirmed done', 'rejected rejected']).toContain(`${row?.status} ${row?.state}`);
      expect(await atBroker(actionId)).toBe(row?.status === 'confirmed' ? 1 : 0);
    }
  });

  it('that expires while it is pressed is confirmed or expired, never both', { timeout: 120_000 }, async () => {
    for (const head of [0, 40, 80]) {
      const { actionId, confirmation } = await desk.entry(desk.equities[10 + head / 40] ?? '', 5);
      const expire = desk.database.asOwner((client) => client.query("update core.confirmations set expires_at = clock_timestamp() + make_interval(secs => $2::float8 / 1000) where id = $1", [confirmation?.id, head]));
      await expire;
      await Promise.all([pressFromEverywhere(confirmation?.id ?? '', ['confirm', 'confirm', 'confirm']), desk.settle()]);
      const [row] = await desk.ask<{ status: string; state: string; card: string }>('select c.status, a.state, t.status as card from core.confirmations c join core.actions a on a.id = c.action_id join core.trade_cards t on t.action_id = a.id where a.id = $1', [actionId]);
      expect([['confirmed', 'done'], ['expired', 'expired']]).toContainEqual([row?.status, row?.state]);
      if (row?.status === 'expired') expect(row.card).toBe('EXPIRED');
      expect(await atBroker(actionId)).toBe(row?.status === 'confirmed' ? 1 : 0);
    }
  });
});

describe('a question that is not there', () => {
  it.each(['', 'card 12', '00000000-0000-7000-8000-000000000000'])('is answered when it is pressed (%j), and the desk goes on', async (id) => {
    expect(textOf(await desk.press(id))).toBe('There is no such question. Nothing was sent.');
    expect(textOf(await desk.press(id, 'reject'))).toBe('There is no such question. Nothing was sent.');
  });
});

describe('one account', () => {
  it('whose mandate allows ten positions takes exactly ten of fifty entries that are confirmed at once', { timeout: 300_000 }, async () => {
    const held = new Set((await desk.ask<{ symbol: string }>("select symbol from core.positions where closed_at is null union select symbol from core.orders where status in ('PENDING', 'OPEN', 'PARTIALLY_FILLED') and category = 'ENTRY'")).map(({ symbol }) => symbol));
    const asked = [];
    for (const symbol of desk.equities.filter((each) => !held.has(each)).reverse()) {
      const outcome = await desk.entry(symbol, 1);
      if (outcome.confirmation) asked.push(outcome);
      if (asked.length === 50) break;
    }
    expect(asked.length, 'questions that the gates let through').toBeGreaterThanOrEqual(45);
    const presses = await Promise.all(asked.map(async ({ confirmation }, i) => desk.conversation.openThread({ channel: 'web', externalId: `many-${i}`, person: desk.owner })
      .then(({ threadId }) => desk.conversation.say({ threadId, person: desk.owner, clientMessageId: 'press', inbound: { press: confirmation?.id ?? '', choice: 'confirm' } }))));
    expect(presses).toHaveLength(asked.length);
    await desk.conversation.idle();
    await desk.settle();
    const ends = await desk.ask<{ state: string; reason: string | null }>('select state, reason from core.actions where id = any($1)', [asked.map(({ actionId }) => actionId)]);
    const sent = ends.filter(({ state }) => state === 'done').length;
    expect(held.size + sent).toBe(10);
    const refused = ends.filter(({ state }) => state !== 'done');
    expect(refused.map(({ state }) => state)).toEqual(refused.map(() => 'blocked'));
    expect(refused.filter(({ reason }) => !reason)).toEqual([]);
    expect(await desk.ask("select distinct symbol from core.positions where closed_at is null union select distinct symbol from core.orders where status in ('OPEN', 'PARTIALLY_FILLED') and category = 'ENTRY'")).toHaveLength(10);
  });

  it('has its books right after all of that', { timeout: 60_000 }, async () => {
    await desk.advance(3);
    expect(await desk.faultsInBooks()).toEqual([]);
    expect(desk.logged).toEqual([]);
  });
});

describe('two workers over one database', () => {
  it('work off the same outbox and never send anything twice', { timeout: 180_000 }, async ({ skip }) => {
    const database = await openTestDatabase();
    const again = openAgain(database);
    if (!again) { await database.close(); return skip('an embedded database belongs to one process, which its lock file sees to (test/ops/lock-file.test.ts); two workers need a server'); }
    const folder = mkdtempSync(join(tmpdir(), 'parapet-two-'));
    const first = await openFaultDesk({ database, folder });
    await first.advance(30);
    const second = await openFaultDesk({ database: again, folder });
    await second.advance(30);
    try {
      const asked = [];
      for (const symbol of first.equities.slice(0, 8)) asked.push(await first.entry(symbol, 3));
      // Both wake up to eight yeses that neither has seen.
      for (const { confirmation } of asked) {
        const shown = await confirmationById(database.orm, confirmation?.id ?? '');
        await decideConfirmation(database, { id: shown?.id ?? '', actionDigest: shown?.actionDigest ?? '', personId: first.owner.id, channel: 'test', choice: 'confirm', reason: null });
      }
      await Promise.all([first.settle(), second.settle(), first.settle(), second.settle()]);
      // What one of them has leased is the other's to wait for.
      for (let round = 0; round < 50 && (await first.ask("select 1 as one from core.actions where state in ('confirmed', 'cleared', 'executing')")).length > 0; round += 1) await Promise.all([first.settle(), second.settle()]);
      // Brackets of what has filled already go out in the same second, and count: a yes may be refused for the order rate, and for nothing else.
      const ended = await first.ask<{ state: string; reason: string | null }>("select a.state, t.reason from core.actions a left join core.action_transitions t on t.action_id = a.id and t.to_state = 'blocked'");
      const sent = ended.filter(({ state }) => state === 'done').length;
      expect(ended.filter(({ state, reason }) => state !== 'done' && !/^\d+ orders within a second; the limit is \d+\.$/.test(reason ?? ''))).toEqual([]);
      expect(ended).toHaveLength(8);
      expect(sent).toBeGreaterThan(1);
      expect(await first.ask("select payload::jsonb->>'clientOrderId' as id, count(*)::int as n from core.audit_log where kind = 'order.sending' group by 1 having count(*) > 1")).toEqual([]);
      expect(await first.ask("select 1 as one from core.orders where category = 'ENTRY'")).toHaveLength(sent);
      await Promise.all([first.advance(2), second.advance(2)]);
      expect(await first.faultsInBooks()).toEqual([]);
    } finally {
      await second.close();
      await first.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
