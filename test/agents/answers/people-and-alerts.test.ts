import { afterAll, beforeAll, expect, it } from 'vitest';
import { sha256 } from '../../../desk/canonical.ts';
import { personByName } from '../../../db/stores/people.ts';
import { runTool } from '../../../tools/run.ts';
import { tools } from '../../../tools/registry.ts';
import { cardOf, openTestDesk, type TestDesk, textOf } from '../../helpers/desk.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk();
  await desk.advance(20);
  await desk.press(cardOf(await desk.say('add Priya as a trader'))?.confirmation?.id ?? '');
  const personId = (await personByName(desk.database.orm, 'Priya'))?.id ?? '';
  for (const action of [{ kind: 'api_key_create', personId, label: 'nightly', keyHash: sha256('k') }, { kind: 'identity_link', personId, channel: 'telegram', externalId: '77' }] as const) {
    const asked = await desk.services.propose({ action, proposer: { kind: 'person', personId: desk.owner.id, channel: 'test' }, threadId: null, turn: null });
    await desk.press(asked.confirmation?.id ?? '');
  }
});
afterAll(async () => { await desk.close(); });

const read = async (name: string, role: 'owner' | 'trader' = 'owner') => {
  const tool = tools.get(name);
  if (!tool) throw new Error(name);
  return runTool({ tool, services: desk.services, caller: { personId: desk.owner.id, role, channel: 'test', viewableAccountIds: [] }, input: {} });
};

it('lists people, their links and their keys for the owner, and for nobody else', async () => {
  expect(await read('people')).toMatchObject({ ok: true, output: { links: [{ person: 'Priya', channel: 'telegram' }], keys: [{ label: 'nightly', person: 'Priya', works: true, endedText: null }] } });
  expect(await read('people', 'trader')).toMatchObject({ ok: false, error: { code: 'NOT_ALLOWED' } });
});

it('says who may do what on an account', async () => {
  expect(textOf(await desk.say('who can trade in SIP?'))).toBe('owner may propose trades in SIP.');
  await desk.press(cardOf(await desk.say('let Priya confirm in SIP'))?.confirmation?.id ?? '');
  expect(textOf(await desk.say('who can confirm in SIP'))).toMatch(/^(owner and Priya|Priya and owner) may confirm in SIP\.$/);
  expect(textOf(await desk.say('who can confirm in Tactical'))).toBe('owner may confirm in Tactical.');
});

it('revokes a key and ends a link of somebody else after a yes, and not before', async () => {
  const revoke = cardOf(await desk.say('revoke the API key nightly of Priya'));
  expect(revoke?.headline).toBe('Revoke an API key');
  expect(await read('people')).toMatchObject({ output: { keys: [{ works: true }] } });
  await desk.press(revoke?.confirmation?.id ?? '');
  expect(await read('people')).toMatchObject({ output: { keys: [{ works: false }] } });
  expect(textOf(await desk.say('revoke the API key nightly of Priya'))).toBe('Priya has no such key that works.');
  const unlink = cardOf(await desk.say('unlink Priya from telegram'));
  await desk.press(unlink?.confirmation?.id ?? '');
  expect(await read('people')).toMatchObject({ output: { links: [] } });
});

it('makes a key from its hash after a yes, once a label, and never in a conversation itself', async () => {
  expect(textOf(await desk.say('make an API key'))).toMatch(/^A key is made where you alone see it, once: on the web desk under Settings/);
  expect(textOf(await desk.say('create an API key for Priya'))).toMatch(/^A key is made where you alone see it/);
  expect(textOf(await desk.say(`/makekey screener for Zorro sha256 ${sha256('pk_x')}`))).toBe('There is nobody called Zorro.');
  const card = cardOf(await desk.say(`/makekey night screener for Priya sha256 ${sha256('pk_x')}`));
  expect(card?.headline).toBe('Make the API key “night screener” for Priya: it may do what they may');
  const door = async () => (await desk.database.pool.query("select label from core.access_tokens where hash = $1 and revoked_at is null", [sha256('pk_x')])).rows;
  expect(await door()).toEqual([]);
  await desk.press(card?.confirmation?.id ?? '');
  expect(await door()).toEqual([{ label: 'night screener' }]);
  expect(textOf(await desk.say(`/makekey Night Screener for Priya sha256 ${sha256('pk_y')}`))).toBe('Priya has a key “Night Screener” that works; take another label, or revoke that one first.');
  await desk.press(cardOf(await desk.say('/revokekey night screener of Priya'))?.confirmation?.id ?? '');
  expect(await door()).toEqual([]);
});

it('shows every way for alerts before the first one, with what goes there or what sets it up', async () => {
  const { routes } = ((await read('alert_log')) as { output: { routes: { route: string; setUp: boolean; goes: string }[] } }).output;
  expect(routes[0]).toMatchObject({ route: 'web', setUp: true, goes: 'Critical at once, warnings at once, notes at once' });
  expect(routes.map(({ route }) => route).sort()).toEqual(['discord', 'discord_webhook', 'email', 'telegram', 'web', 'webhook']);
  expect(routes.find(({ route }) => route === 'email')).toMatchObject({ setUp: false, goes: 'Not set up: SMTP_URL, ALERT_EMAIL_TO' });
});

it('raises a test of an alert that nobody has to acknowledge, and knows no kind that is not there', async () => {
  expect(textOf(await desk.say('send a test alert of stale_feed'))).toMatch(/^A test of stale_feed goes out/);
  expect(textOf(await desk.say('/testalert nonsense'))).toMatch(/^There is no alert nonsense\. There are: kill_switch, /);
  const stored = await desk.database.pool.query("select kind, acknowledged_at is not null as seen from core.alerts where kind = 'stale_feed'");
  expect(stored.rows).toEqual([{ kind: 'stale_feed', seen: true }]);
  const audited = await desk.database.pool.query("select payload from core.audit_log where kind = 'alert.tested'");
  expect(audited.rows).toHaveLength(1);
  await desk.database.asOwner((client) => client.query("insert into core.alert_deliveries (alert_id, route, round, state, not_before, error, created_at) select id, 'webhook', 0, 'failed', core.wall_now(), '500 no', core.wall_now() from core.alerts where kind = 'stale_feed'"));
  expect(await read('alert_log')).toMatchObject({ ok: true, output: { routes: expect.arrayContaining([expect.objectContaining({ route: 'webhook', setUp: false, sent: 0, failed: 1, lastSentText: null, lastError: '500 no' })]), deliveries: [{ route: 'webhook', state: 'failed', severity: 'WARNING' }] } });
});
