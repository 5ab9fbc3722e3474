import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createAlertDispatcher } from '../../../channels/alerts/dispatcher.ts';
import { emailRoute } from '../../../channels/alerts/email-route.ts';
import { type AlertRoute, DeliveryFailure } from '../../../channels/alerts/route.ts';
import { webhookRoute } from '../../../channels/alerts/webhook-route.ts';
import type { Database } from '../../../db/client.ts';
import { acknowledgeAlerts, deliveriesOf, raiseAlert } from '../../../db/stores/alerts.ts';
import { uuidv7 } from '../../../db/uuid.ts';
import { type Instant, instant } from '../../../desk/time.ts';
import { alertText } from '../../../ops/alerts/templates.ts';
import { openTestDatabase } from '../../helpers/database.ts';
import { MailServer } from '../../helpers/mail-server.ts';
import { WebhookServer } from '../../helpers/webhook-server.ts';

let database: Database;
beforeAll(async () => { database = await openTestDatabase(); });
afterAll(async () => { await database.close(); });
afterEach(async () => { await database.asOwner(async (client) => { await client.query('delete from core.alert_deliveries; delete from core.alerts'); }); });

const raise = async (kind: 'kill_switch' | 'error' | 'daily_pnl' = 'kill_switch', name = 'x'): Promise<{ id: string; isNew: boolean }> => {
  const text = kind === 'kill_switch' ? alertText('kill_switch', { scope: 'the whole desk', reason: name }) : kind === 'error' ? alertText('error', { what: name, detail: 'detail' }) : alertText('daily_pnl', { account: name, percent: 1, amount: '₹+10', day: '3 June' });
  return database.transaction((tx) => raiseAlert(tx, { id: uuidv7(Date.now()), kind, severity: text.severity, key: text.key, title: text.title, body: text.body, accountId: null }));
};
interface Heard { titles: string[]; round: number; digest: boolean }
function listening(name: AlertRoute['name'] = 'telegram', failures: DeliveryFailure[] = []): { route: AlertRoute; heard: Heard[] } {
  const heard: Heard[] = [];
  return { heard, route: { name, deliver: async ({ alerts, round, digest }) => { const failure = failures.shift(); if (failure) throw failure; heard.push({ titles: alerts.map(({ title }) => title), round, digest }); } } };
}
const dispatch = (routes: AlertRoute[], more: { quiet?: { from: string; to: string }; now?: () => Instant } = {}) => createAlertDispatcher({
  database, routes, quiet: more.quiet ?? null, zone: 'Asia/Kolkata', wallNow: more.now ?? (() => instant(Date.now())), onFailure: () => undefined,
});
const later = async (minutes: number): Promise<void> => { await database.asOwner(async (client) => { await client.query(`update core.alerts set first_at = first_at - interval '${minutes} minutes', last_at = last_at - interval '${minutes} minutes', escalated_at = escalated_at - interval '${minutes} minutes'`); }); };
/** 22:30 in Kolkata, and 07:30 the next morning. */
const [night, morning] = [instant('2024-06-03T17:00:00Z'), instant('2024-06-04T02:00:00Z')];

describe('alerts', () => {
  it('tell a thing once however often it happens, and count it', async () => {
    const { route, heard } = listening();
    const dispatcher = dispatch([route]);
    const first = await raise();
    for (let i = 0; i < 5; i += 1) expect(await raise()).toEqual({ id: first.id, isNew: false });
    await dispatcher.run();
    await dispatcher.run();
    expect(heard).toHaveLength(1);
    expect((await database.pool.query('select count from core.alerts')).rows).toEqual([{ count: 6 }]);
  });

  it('are delivered once also when many look at the same time, and after a restart in between', async () => {
    const { route, heard } = listening();
    await raise();
    await Promise.all([dispatch([route]).run(), dispatch([route]).run()].map((run) => run.catch(() => undefined)));
    await dispatch([route]).run();
    expect(heard.length).toBe(1);
  });

  it('wait in quiet hours and come as one digest afterwards, but a critical one comes at once', async () => {
    const { route, heard } = listening();
    let now: Instant = night;
    const dispatcher = dispatch([route], { quiet: { from: '22:00', to: '07:00' }, now: () => now });
    await raise('error', 'first');
    await raise('error', 'second');
    await raise('kill_switch', 'loss');
    await dispatcher.run();
    expect(heard).toEqual([{ titles: ['Entries stopped: the whole desk'], round: 0, digest: false }]);
    now = morning;
    await dispatcher.run();
    expect(heard[1]).toEqual({ titles: ['Error: first', 'Error: second'], round: 0, digest: true });
  });

  it('leave what is beyond the hour’s budget to the digest', async () => {
    const { route, heard } = listening();
    const dispatcher = dispatch([route]);
    for (let i = 0; i < 30; i += 1) await raise('error', `error ${i}`);
    await dispatcher.run();
    expect(heard).toHaveLength(20);
    expect((await database.pool.query("select count(*)::int as n from core.alert_deliveries where state = 'digest'")).rows).toEqual([{ n: 10 }]);
  });

  it('come again while a critical one is not acknowledged, three times at most, and stop when it is', async () => {
    const { route, heard } = listening();
    const dispatcher = dispatch([route]);
    await raise();
    await dispatcher.run();
    for (let i = 0; i < 5; i += 1) { await later(11); await dispatcher.run(); }
    expect(heard.map(({ round }) => round)).toEqual([0, 1, 2, 3]);
    const { id: other } = await raise('kill_switch', 'another');
    await dispatcher.run();
    await acknowledgeAlerts(database.orm, { ids: [other], personId: uuidv7(Date.now()) });
    await later(11);
    await dispatcher.run();
    expect(heard).toHaveLength(5);
  });

  it('are tried again after a failure, and in the end stand in the log with its reason', async () => {
    const again = new DeliveryFailure('no answer', { again: true, seconds: 0.01 });
    const { route, heard } = listening('telegram', [again, again]);
    const never = listening('email', [new DeliveryFailure('550 no such user', { again: false })]);
    const dispatcher = dispatch([route, never.route]);
    const { id } = await raise();
    for (let i = 0; i < 6 && heard.length === 0; i += 1) { await dispatcher.run(); await new Promise((done) => { setTimeout(done, 30); }); }
    expect(heard).toHaveLength(1);
    expect((await deliveriesOf(database.orm, [id])).map((each) => [each.route, each.state, each.attempts, each.error])).toEqual([['telegram', 'sent', 3, null], ['email', 'failed', 1, '550 no such user']]);
  });
});

describe('ways', () => {
  it('posts to a Discord webhook in its own form, pings nobody, and waits as long as it asks', async () => {
    const server = new WebhookServer();
    const url = await server.listen('/api/webhooks/123456/secret-token');
    try {
      const route = webhookRoute({ url, token: null, zone: 'Asia/Kolkata' });
      expect(route.name).toBe('discord_webhook');
      server.limit(3);
      await raise('kill_switch', '@everyone look');
      await dispatch([route]).run();
      expect((await database.pool.query('select state, attempts from core.alert_deliveries')).rows).toEqual([{ state: 'waiting', attempts: 1 }]);
      await database.asOwner(async (client) => { await client.query("update core.alert_deliveries set not_before = now() - interval '1 second'"); });
      await dispatch([route]).run();
      expect(server.bodies).toEqual([expect.objectContaining({ allowed_mentions: { parse: [] }, embeds: [expect.objectContaining({ title: 'Entries stopped: the whole desk', description: expect.not.stringMatching(/(?<!\\)@/) })] })]);
    } finally { await server.close(); }
  });

  it('posts plain JSON with the token to any other address', async () => {
    const server = new WebhookServer();
    const url = await server.listen('/hook');
    try {
      await raise('error', 'things');
      await dispatch([webhookRoute({ url, token: 'letmein', zone: 'Asia/Kolkata' })]).run();
      expect(server.bodies).toEqual([expect.objectContaining({ digest: false, alerts: [expect.objectContaining({ kind: 'error', severity: 'WARNING', title: 'Error: things', body: 'detail' })] })]);
      expect(server.authorisations).toEqual(['Bearer letmein']);
    } finally { await server.close(); }
  });

  it('mails to everybody named, and a title cannot add a header', async () => {
    const server = new MailServer();
    const smtpUrl = await server.listen();
    try {
      const route = emailRoute({ smtpUrl, to: ['a@example.com', 'b@example.com'], from: 'desk@example.com', zone: 'Asia/Kolkata' });
      await raise('kill_switch', 'loss');
      await dispatch([route]).run();
      const evil = { id: uuidv7(Date.now()), kind: 'kill_switch' as const, severity: 'CRITICAL' as const, key: 'evil', title: 'x\r\nBcc: thief@example.com', body: 'b', accountId: null };
      await database.transaction((tx) => raiseAlert(tx, evil));
      await dispatch([route]).run();
      expect(server.mails.map(({ from, to }) => ({ from, to }))).toEqual([{ from: 'desk@example.com', to: ['a@example.com', 'b@example.com'] }, { from: 'desk@example.com', to: ['a@example.com', 'b@example.com'] }]);
      expect(server.mails[0]?.text).toMatch(/Loss\. Exits, stops and targets keep working/);
      expect(server.mails[1]?.headers.some((header) => /^bcc:/i.test(header))).toBe(false);
    } finally { await server.close(); }
  });
});
