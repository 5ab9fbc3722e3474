import { Cron } from 'croner';
import type { Database } from '../db/client.ts';
import { claimJob, finishJob } from '../db/stores/jobs.ts';
import type { Instant, Zone } from '../desk/time.ts';
import type { Job, JobRun } from './define.ts';

/** A worker that died with a job in hand gives it back after this. */
const leaseSeconds = 60;

export interface Scheduler {
  start(): void;
  /** Lets what runs end, and starts nothing more. */
  stop(): Promise<void>;
  /** Runs one job now, whatever its time; null when another worker has it. */
  run(name: string): Promise<JobRun | null>;
  /** Lines one job up without waiting for its time; calls until it begins are one run. */
  soon(name: string): void;
  jobs: readonly Job[];
}

/**
 * Runs jobs at their times. A job never overlaps itself; one that fails is on record and runs again at its next time.
 * `inTurn` lines jobs up with whatever else must not happen at the same time.
 */
export function createScheduler({ database, jobs, zone, worker, wallNow, inTurn, onError }: {
  database: Database; jobs: readonly Job[]; zone: Zone; /** Names this process among several. */ worker: string; wallNow: () => Instant;
  inTurn: (what: string, work: () => Promise<unknown>) => Promise<void>; onError: (job: string, error: unknown) => void;
}): Scheduler {
  const names = new Set(jobs.map(({ name }) => name));
  if (names.size !== jobs.length) throw new Error('two jobs have one name');
  const stops: (() => void)[] = [];
  const running = new Map<string, Promise<JobRun | null>>();
  const hurried = new Set<string>();
  let stopped = false;

  const runOnce = async (job: Job, restSeconds: number): Promise<JobRun | null> => {
    if (!(await claimJob(database.orm, { name: job.name, by: worker, leaseSeconds, restSeconds: job.everyWorker ? 0 : restSeconds }))) return null;
    const started = performance.now();
    let outcome: { ok: boolean; message: string | null };
    try {
      outcome = { ok: true, message: await job.run() };
    } catch (error) {
      onError(job.name, error);
      outcome = { ok: false, message: error instanceof Error ? error.message : String(error) };
    }
    await finishJob(database.orm, { name: job.name, by: worker, ...outcome, durationMs: performance.now() - started });
    return { name: job.name, ...outcome, at: wallNow() };
  };
  /** One at a time of each job: a time that comes while it still runs is left out. */
  const go = (job: Job, restSeconds: number): Promise<JobRun | null> => {
    const already = running.get(job.name);
    if (already !== undefined) return already;
    let result: JobRun | null = null;
    const mine = inTurn(`the job ${job.name}`, async () => { if (!stopped) result = await runOnce(job, restSeconds); }).then(() => result).finally(() => running.delete(job.name));
    running.set(job.name, mine);
    return mine;
  };

  const named = (name: string): Job => {
    const job = jobs.find((each) => each.name === name);
    if (!job) throw new Error(`there is no job ${name}`);
    return job;
  };
  return {
    jobs,
    start() {
      for (const job of jobs) {
        if ('cron' in job.schedule) {
          const cron = new Cron(job.schedule.cron, { timezone: zone }, () => void go(job, 30));
          stops.push(() => cron.stop());
        } else {
          const { everySeconds } = job.schedule;
          // Half the time: workers' clocks do not tick together, and a job must not fall behind by waiting for the other's next tick.
          const timer = setInterval(() => void go(job, everySeconds / 2), everySeconds * 1000);
          stops.push(() => clearInterval(timer));
        }
      }
    },
    async stop() {
      for (const stop of stops) stop();
      await Promise.all(running.values());
      stopped = true;
    },
    soon(name) {
      const job = named(name);
      if (hurried.has(name) || stopped) return;
      hurried.add(name);
      void inTurn(`the job ${name}`, async () => { hurried.delete(name); if (!stopped) await runOnce(job, 0); });
    },
    async run(name) {
      const job = named(name);
      const already = running.get(name);
      if (already !== undefined) await already;
      return go(job, 0);
    },
  };
}
