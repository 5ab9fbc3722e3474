import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../db/client.ts';
import { claimJob, dropJobLeases, finishJob, jobRows } from '../../db/stores/jobs.ts';
import { instant } from '../../desk/time.ts';
import type { Job } from '../../jobs/define.ts';
import { createScheduler, type Scheduler } from '../../jobs/scheduler.ts';
import { openTestDatabase } from '../helpers/database.ts';

let database: Database;
beforeAll(async () => { database = await openTestDatabase(); });
afterAll(async () => { await database.close(); });
const open: Scheduler[] = [];
afterEach(async () => { await Promise.all(open.splice(0).map((scheduler) => scheduler.stop())); });

const failures: string[] = [];
function scheduler(worker: string, jobs: Job[]): Scheduler {
  const made = createScheduler({ database, jobs, zone: 'Asia/Kolkata', worker, wallNow: () => instant(Date.now()), inTurn: async (_what, work) => { await work(); }, onError: (job) => failures.push(job) });
  open.push(made);
  return made;
}
const job = (name: string, run: Job['run'], more: Partial<Job> = {}): Job => ({ name, does: name, schedule: { everySeconds: 3600 }, run, ...more });
const row = async (name: string) => (await jobRows(database.orm)).find((each) => each.name === name);

describe('the scheduler', () => {
  it('puts each run on record with what it said', async () => {
    expect(await scheduler('a', [job('says', async () => 'three things done')]).run('says')).toMatchObject({ ok: true, message: 'three things done' });
    expect(await row('says')).toMatchObject({ lastOk: true, lastMessage: 'three things done', runs: 1, failures: 0, heldBy: null });
  });

  it('puts a failure on record, tells it, and runs the job again', async () => {
    let times = 0;
    const made = scheduler('a', [job('fails', async () => { times += 1; if (times === 1) throw new Error('no luck'); return null; })]);
    expect(await made.run('fails')).toMatchObject({ ok: false, message: 'no luck' });
    expect(failures).toContain('fails');
    expect(await made.run('fails')).toMatchObject({ ok: true });
    expect(await row('fails')).toMatchObject({ lastOk: true, runs: 2, failures: 1 });
  });

  it('runs a job that was hurried several times once, and again for what comes while it runs', async () => {
    const line: (() => Promise<unknown>)[] = [];
    let runs = 0;
    const made = createScheduler({ database, jobs: [job('hurried', async () => { runs += 1; return null; })], zone: 'Asia/Kolkata', worker: 'a', wallNow: () => instant(Date.now()), inTurn: async (_what, work) => { line.push(work); }, onError: (name) => failures.push(name) });
    for (let times = 0; times < 3; times += 1) made.soon('hurried');
    expect(line).toHaveLength(1);
    const first = line[0]?.();
    made.soon('hurried');
    expect(line).toHaveLength(2);
    await first;
    await line[1]?.();
    expect(runs).toBe(2);
    expect(() => made.soon('unknown')).toThrow('there is no job unknown');
    await made.stop();
    made.soon('hurried');
    expect(line).toHaveLength(2);
  });

  it('lets one of two workers run a job at a time', async () => {
    let [inside, most, runs] = [0, 0, 0];
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => { release = resolve; });
    const work = async (): Promise<null> => { inside += 1; runs += 1; most = Math.max(most, inside); await gate; inside -= 1; return null; };
    const [a, b] = [scheduler('a', [job('one', work)]), scheduler('b', [job('one', work)])];
    const first = a.run('one');
    while (runs === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(await b.run('one')).toBeNull();
    release();
    expect(await first).toMatchObject({ ok: true });
    expect([most, runs]).toEqual([1, 1]);
  });

  it('runs a job once in its time, whichever worker comes', async () => {
    const claim = (by: string): Promise<boolean> => claimJob(database.orm, { name: 'timed', by, leaseSeconds: 60, restSeconds: 30 });
    expect(await claim('a')).toBe(true);
    await finishJob(database.orm, { name: 'timed', by: 'a', ok: true, message: null, durationMs: 1 });
    expect([await claim('b'), await claim('a')]).toEqual([false, false]);
    await database.pool.query("update core.jobs set last_started_at = last_started_at - interval '31 seconds' where name = 'timed'");
    expect([await claim('b'), await claim('a')]).toEqual([true, false]);
  });

  it('takes over what a dead worker held when its lease is over, and what it says late counts no more', async () => {
    expect(await claimJob(database.orm, { name: 'held', by: 'dead', leaseSeconds: 60, restSeconds: 0 })).toBe(true);
    const claim = (): Promise<boolean> => claimJob(database.orm, { name: 'held', by: 'living', leaseSeconds: 60, restSeconds: 0 });
    expect(await claim()).toBe(false);
    await database.pool.query("update core.jobs set lease_until = now() - interval '1 second' where name = 'held'");
    expect(await claim()).toBe(true);
    await finishJob(database.orm, { name: 'held', by: 'dead', ok: true, message: 'late', durationMs: 1 });
    expect(await row('held')).toMatchObject({ heldBy: 'living', runs: 0 });
    await dropJobLeases(database.orm);
    expect(await row('held')).toMatchObject({ heldBy: null });
  });

  it('ends what runs before it stops, and starts nothing after', async () => {
    let done = false;
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => { release = resolve; });
    const made = scheduler('a', [job('slow', async () => { await gate; done = true; return null; })]);
    const run = made.run('slow');
    const stopping = made.stop();
    release();
    await stopping;
    expect(done).toBe(true);
    expect(await run).toMatchObject({ ok: true });
    expect(await made.run('slow')).toBeNull();
  });

  it('runs by the clock without being asked', async () => {
    let runs = 0;
    let seen = (): void => undefined;
    const ran = new Promise<void>((resolve) => { seen = resolve; });
    const made = scheduler('a', [job('ticks', async () => { runs += 1; seen(); return null; }, { schedule: { everySeconds: 0.02 } }), job('nightly', async () => null, { schedule: { cron: '0 2 * * *' } })]);
    made.start();
    await ran;
    expect(runs).toBeGreaterThan(0);
  });

  it('refuses two jobs of one name', () => {
    expect(() => createScheduler({ database, jobs: [job('x', async () => null), job('x', async () => null)], zone: 'Asia/Kolkata', worker: 'a', wallNow: () => instant(Date.now()), inTurn: async () => undefined, onError: () => undefined })).toThrow('one name');
  });
});
