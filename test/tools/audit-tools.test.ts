import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actionById, reportsOf, snapshotByDigest } from '../../db/stores/actions.ts';
import { activity } from '../../tools/activity.ts';
import { auditLog } from '../../tools/audit-log.ts';
import { auditStory } from '../../tools/audit-story.ts';
import { auditVerify } from '../../tools/audit-verify.ts';
import { card } from '../../tools/card.ts';
import { cards } from '../../tools/cards.ts';
import { gateStats } from '../../tools/gate-stats.ts';
import { patterns } from '../../tools/patterns.ts';
import { performance } from '../../tools/performance.ts';
import { replay } from '../../tools/replay.ts';
import { replayReport } from '../../tools/story/replay-report.ts';
import { switches } from '../../tools/switches.ts';
import { type BookDesk, openBookDesk } from './fixtures.ts';

let desk: BookDesk;
let symbol: string;
let waiting: number;
let blocked: number;
beforeAll(async () => {
  desk = await openBookDesk();
  symbol = desk.shares[0]!;
  await desk.buy({ symbol, quantity: 5, account: 'Tactical' });
  const exit = await desk.say(`exit ${symbol} in Tactical`);
  const question = exit.find((event) => event.type === 'confirm');
  if (question?.type === 'confirm') await desk.press(question.id);
  for (let minute = 0; minute < 40 && (await desk.ask(patterns, {})).closed === 0; minute += 1) await desk.advance(1);
  await desk.say('withdraw 5000000 from SIP');
  await desk.say('deposit 5000 to SIP');
  const all = (await desk.ask(cards, {})).cards;
  waiting = all.find((each) => each.waiting)!.cardNumber;
  blocked = all.find((each) => each.status === 'BLOCKED')!.cardNumber;
});
afterAll(async () => { await desk.close(); });

describe('the story of a trade', () => {
  it('goes from the card over gates, the yes and the gates again to the fills, and on to the exit, in the order of the audit', async () => {
    const story = await desk.ask(auditStory, { card: 1 });
    const kinds = story.entries.map((entry) => entry.kind);
    expect(kinds.slice(0, 7)).toEqual(['card', 'gates', 'shown', 'confirmed', 'gates', 'cleared', 'sent']);
    expect(story.entries.map((entry) => entry.text).join('\n')).toMatch(/confirmed by you \(test\)[\s\S]*gates again \d+\/\d+[\s\S]*sent: BUY 5[\s\S]*filled \d+ @ ₹[\s\S]*exit proposed, card 2[\s\S]*sent exit: SELL 5[\s\S]*position closed/);
    const wall = story.entries.filter((entry) => entry.clock === 'wall').map((entry) => entry.at);
    expect(wall).toEqual(wall.toSorted());
    expect(story.entries.every((entry) => /^(event|feature|card|report|order|audit):.+/.test(entry.ref!))).toBe(true);
  });
  it('has each line’s record: reports and orders are those of the trade', async () => {
    const story = await desk.ask(auditStory, { card: 1 });
    const reports = (await reportsOf(desk.database.orm, story.actionId)).map((report) => `report:${report.id}`);
    expect(story.entries.filter((entry) => entry.kind === 'gates').map((entry) => entry.ref).slice(0, 2)).toEqual(reports);
    const orders = (await desk.ask(card, { card: 1 })).orders.map((order) => `order:${order.orderId}`);
    expect(orders).toContain(story.entries.find((entry) => entry.kind === 'sent')!.ref);
  });
  it('is found by its symbol as well, and of a blocked card says what refused it', async () => {
    expect((await desk.ask(auditStory, { symbol })).actionId).toBe((await desk.ask(auditStory, { card: 1 })).actionId);
    expect((await desk.ask(auditStory, { card: blocked })).entries.at(-1)!.text).toMatch(/^blocked by the gates/);
  });
  it.each([[{ card: 999 }, 'NO_SUCH_CARD'], [{}, 'NAME_ONE'], [{ actionId: '00000000-0000-7000-8000-000000000000' }, 'NO_SUCH_TRADE']])('of %j does not exist', async (input, code) => expect(await desk.refusal(auditStory, input)).toBe(code));
});

describe('replay', () => {
  it('comes to the same bytes for every verdict that was stored', async () => {
    for (const { cardNumber } of (await desk.ask(cards, {})).cards) {
      const again = await desk.ask(replay, { card: cardNumber });
      expect(again).toMatchObject({ same: true, differences: [] });
      expect(again.reports.every((report) => report.digest === report.storedDigest)).toBe(true);
    }
  });
  it('names what differs where a report does not say what the gates say, or the snapshot is another', async () => {
    const { actionId } = await desk.ask(card, { card: 1 });
    const stored = (await actionById(desk.database.orm, actionId))!;
    const [report] = await reportsOf(desk.database.orm, actionId);
    const { snapshot } = (await snapshotByDigest(desk.database.orm, report!.snapshotDigest))!;
    const changed = { ...report!.report, checks: report!.report.checks.map((check) => (check.id === 'position_size' ? { ...check, limit: 1 } : check)) };
    expect(replayReport({ stored, report: { report: changed, digest: 'f'.repeat(64) }, snapshot })).toMatchObject({ same: false, differences: [{ check: 'position_size', field: 'limit', was: '1' }] });
    expect(replayReport({ stored, report: report!, snapshot: { ...snapshot, policyVersion: 'other' } }).differences[0]).toMatchObject({ check: 'snapshot', field: 'digest' });
    const retired = { ...report!.report, checks: report!.report.checks.map((check) => (check.id === 'rights' ? { ...check, version: 99 } : check)) };
    expect(replayReport({ stored, report: { ...report!, report: retired }, snapshot }).differences[0]).toMatchObject({ check: 'rights', field: 'version', was: '99' });
  });
});

describe('cards', () => {
  it('are listed newest first, and those that wait are told apart', async () => {
    const all = await desk.ask(cards, {});
    expect(all.cards.map((each) => each.cardNumber)).toEqual(all.cards.map((each) => each.cardNumber).toSorted((a, b) => b - a));
    const open = await desk.ask(cards, { pending: true });
    expect(open.cards.map((each) => each.cardNumber)).toEqual([waiting]);
    expect(open.cards[0]!.minutesLeft).toBeGreaterThan(0);
  });
  it('carry everything: gates, orders, fills, each step', async () => {
    const one = await desk.ask(card, { card: 1 });
    expect(one.gates).toMatchObject({ verdict: 'PASS', phase: 'confirm', blocks: 0 });
    expect(one.fills.reduce((sum, fill) => sum + fill.quantity, 0)).toBe(5);
    expect(one.transitions.map((step) => step.to)).toEqual(['proposed', 'gated', 'awaiting_confirmation', 'confirmed', 'cleared', 'executing', 'done']);
    expect((await desk.ask(card, { card: blocked })).gates).toMatchObject({ verdict: 'BLOCK', blocks: expect.any(Number) });
  });
  it('keep words from outside under the names that models are not given', async () => {
    const { evidence, risks } = await desk.ask(card, { card: 1 });
    expect(Object.keys(evidence[0]!)).toEqual(expect.arrayContaining(['text', 'title', 'url']));
    expect(risks.every((risk) => Object.keys(risk).join() === 'text')).toBe(true);
  });
});

describe('what somebody may not see', () => {
  it('is in no card, story, replay, log or activity', async () => {
    const viewer = await desk.viewer('asha', ['SIP']);
    for (const [tool, code] of [[card, 'NO_SUCH_CARD'], [auditStory, 'NO_SUCH_CARD'], [replay, 'NO_SUCH_CARD']] as const) expect(await desk.refusal(tool as typeof card, { card: 1 }, viewer)).toBe(code);
    expect(await desk.refusal(auditStory, { symbol }, viewer)).toBe('NO_SUCH_TRADE');
    const told = JSON.stringify([await desk.ask(cards, {}, viewer), await desk.ask(auditLog, { limit: 200 }, viewer), await desk.ask(activity, {}, viewer), await desk.ask(gateStats, {}, viewer), await desk.ask(patterns, {}, viewer)]);
    for (const secret of [symbol, 'Tactical', (await desk.ask(card, { card: 1 })).actionId, await desk.accountId('Tactical')]) expect(told).not.toContain(secret);
    expect((await desk.ask(auditLog, { limit: 200 }, viewer)).count).toBeGreaterThan(0);
  });
});

describe('a closed trade', () => {
  it('is counted with its charges, and one is too few to say more', async () => {
    const [seen, done] = [await desk.ask(patterns, {}), await desk.ask(performance, { account: 'Tactical' })];
    expect(seen).toMatchObject({ closed: 1, tooFew: true, best: null });
    expect(done.trades).toMatchObject({ closed: 1, tooFew: true });
    expect(done.trades.netMinor).toBe(done.pnlMinor);
    expect(done.costsMinor).toBeGreaterThan(0);
    expect(seen.byStrategy).toMatchObject([{ group: 'manual', trades: 1, tooFew: true }]);
  });
});

describe('what the desk did', () => {
  it('is counted by outcome, on the market’s days', async () => {
    const seen = await desk.ask(activity, {});
    expect(seen).toMatchObject({ count: 4, waiting: 1, blocked: 1, done: 2 });
    expect(seen.lines.find((line) => line.cardNumber === 1)!.outcome).toBe('filled, closed since');
    expect((await desk.ask(activity, { period: { from: '2029-12-01', to: '2029-12-31' } })).count).toBe(0);
  });
  it('is judged by gates whose verdicts add up', async () => {
    const seen = await desk.ask(gateStats, {});
    expect(seen.passed + seen.blocked).toBe(seen.judged);
    expect(seen).toMatchObject({ judged: 4, blocked: 1, again: 2, againBlocked: 0 });
    expect(seen.most!.blocked).toBe(1);
  });
  it('says who paused what and why, and since when on the wall clock', async () => {
    await desk.say('pause the SIP account because the budget is on');
    const { restricted, desk: whole } = await desk.ask(switches, {});
    expect(whole.state).toBe('ACTIVE');
    expect(restricted).toMatchObject([{ scope: 'SIP', state: 'REDUCING' }]);
    expect(restricted[0]!.reason).toMatch(/budget/);
  });
});

describe('verifying the audit', () => {
  it('recomputes chain and verdicts', async () => {
    const seen = await desk.ask(auditVerify, {});
    expect(seen).toMatchObject({ ok: true, firstBad: null, signaturesChecked: false });
    expect(seen.verdicts).toBeGreaterThanOrEqual(6);
    expect(seen.entries).toBe((await desk.ask(auditLog, { limit: 1 })).last);
  });
  it('finds the first entry that somebody with the owner’s rights has changed', async () => {
    const change = (statement: string) => desk.database.asOwner(async (client) => {
      await client.query('alter table core.audit_log disable trigger user');
      await client.query(statement);
      await client.query('alter table core.audit_log enable always trigger audit_append_only');
    });
    const before = (await desk.ask(auditVerify, {})).entries;
    await change("update core.audit_log set payload = replace(payload, '\"quantity\":5', '\"quantity\":6') where sequence = (select min(sequence) from core.audit_log where payload like '%\"quantity\":5%')");
    const seen = await desk.ask(auditVerify, {});
    expect(seen.ok).toBe(false);
    expect(seen.firstBad!.sequence).toBeLessThan(before);
    expect(seen.firstBad!.reason).toMatch(/hash/);
  });
});
