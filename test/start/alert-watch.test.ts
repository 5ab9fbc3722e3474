import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendAudit } from '../../db/stores/audit.ts';
import { deliveriesOf, listAlerts } from '../../db/stores/alerts.ts';
import { instant } from '../../desk/time.ts';
import { writeKillFile } from '../../ops/kill-file.ts';
import { createErrorTap } from '../../start/error-tap.ts';
import { type AlertWatch, createAlertWatch } from '../../start/alert-watch.ts';
import { noteStopped, silenceBefore } from '../../start/silence.ts';
import { openTestDesk, type TestDesk, textOf } from '../helpers/desk.ts';

let desk: TestDesk;
let folder = '';
let watch: AlertWatch;
let raised = 0;
let session: { day: string | null; over: boolean } = { day: null, over: false };
const now = () => instant(Date.now());
const newWatch = (): Promise<AlertWatch> => createAlertWatch({
  database: desk.database, zone: 'Asia/Kolkata', wallNow: now, feedHealth: desk.services.feedHealth, state: () => desk.conversation.deskState(desk.owner), session: () => session, largeChangePercent: 3, raised: () => { raised += 1; },
});
const alerts = () => listAlerts(desk.database.orm, { accountIds: [], limit: 50 });
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parapet-alerts-'));
  desk = await openTestDesk({ folder });
  watch = await newWatch();
});
afterAll(async () => { await desk.close(); rmSync(folder, { recursive: true, force: true }); });

describe('what people are called about', () => {
  it('is nothing while nothing happens but that people are told what a corporate action did', async () => {
    await desk.database.transaction((tx) => appendAudit(tx, { kind: 'notice.told', subject: desk.owner.id, actor: 'desk', payload: { key: 'an adjustment', text: 'ALFA 1:1 bonus: you now hold 20, before 10.' } }));
    await watch.look();
    expect(await alerts()).toEqual([]);
    expect(textOf(await desk.say('/alerts'))).toBe('There have been no alerts.');
  });

  it('is a desk that was halted from outside, once, also after a restart; the chats heard it in the conversation', async () => {
    writeKillFile(join(folder, 'KILL'), 'wrong prices');
    await desk.jobs.run('halted_entries');
    await desk.jobs.run('told_holds');
    await watch.look();
    await watch.look();
    await (await newWatch()).look();
    const found = await alerts();
    expect(found.map(({ kind, severity, title, count }) => [kind, severity, title, count])).toEqual([['kill_switch', 'CRITICAL', 'Entries stopped: the whole desk', 1]]);
    expect(found[0]?.body).toContain('wrong prices');
    expect((await deliveriesOf(desk.database.orm, found.map(({ id }) => id))).map(({ route, state }) => [route, state])).toEqual([['telegram', 'dropped'], ['discord', 'dropped']]);
    expect(raised).toBe(1);
  });

  it('stays open on every page until somebody says that they have seen it', async () => {
    expect((await desk.conversation.deskState(desk.owner)).alerts).toEqual([expect.objectContaining({ kind: 'kill_switch', open: true })]);
    expect(textOf(await desk.say('/alerts'))).toMatch(/CRITICAL Entries stopped: the whole desk, open; telegram dropped \(told in the conversation\)/);
    expect(textOf(await desk.say('I have seen the alerts'))).toBe('Noted: Entries stopped: the whole desk.');
    expect((await desk.conversation.deskState(desk.owner)).alerts).toEqual([expect.objectContaining({ open: false })]);
    expect(textOf(await desk.say('/ack'))).toBe('No alert is open.');
  });

  it('is a day that moved an account, once, and its result at the close, but never a day without a session', async () => {
    const state = async () => {
      const whole = await desk.conversation.deskState(desk.owner);
      return { ...whole, accounts: whole.accounts.map((account) => (account.name === 'LumpSum' ? { ...account, todayPnl: -34_000, todayPercent: -3.4 } : account)) };
    };
    const own = await createAlertWatch({ database: desk.database, zone: 'Asia/Kolkata', wallNow: now, feedHealth: desk.services.feedHealth, state, session: () => session, largeChangePercent: 3, raised: () => undefined });
    const accountIds = (await desk.conversation.deskState(desk.owner)).accounts.map(({ accountId }) => accountId);
    const kinds = async (): Promise<string[]> => (await listAlerts(desk.database.orm, { accountIds, limit: 50 })).map(({ kind, title }) => `${kind}: ${title}`).filter((text) => !text.startsWith('kill_switch'));
    await own.look();
    expect(await kinds()).toEqual([]);
    session = { day: '2024-06-03', over: false };
    await own.look();
    await own.look();
    expect(await kinds()).toEqual(['large_change: LumpSum −3.40 % today']);
    session = { day: '2024-06-03', over: true };
    await own.look();
    await own.look();
    expect((await kinds()).toSorted()).toEqual(['daily_pnl: LumpSum, 2024-06-03: −₹34,000 (−3.40 %)', 'large_change: LumpSum −3.40 % today']);
    session = { day: null, over: false };
  });

  it('is an error that was logged, by its message', async () => {
    const written: string[] = [];
    const tap = createErrorTap((line) => { written.push(line); });
    const heard: string[] = [];
    tap.listen((message, detail) => heard.push(`${message}: ${detail}`));
    tap.write('{"time":"x","level":"info","message":"fine"}');
    tap.write('{"time":"x","level":"error","message":"the feed failed","error":"Error: gone\\n  at x"}');
    tap.write('not json "level":"error"');
    expect(heard).toEqual(['the feed failed: Error: gone']);
    expect(written).toHaveLength(3);
  });

  it('is a desk that was silent, unless somebody stopped it', async () => {
    await desk.jobs.run('told_holds');
    const later = instant(Date.now() + 3_600_000);
    expect(await silenceBefore(desk.database, now())).toBeNull();
    expect(await silenceBefore(desk.database, later)).toMatchObject({ to: later });
    await noteStopped(desk.database);
    expect(await silenceBefore(desk.database, later)).toBeNull();
  });
});
