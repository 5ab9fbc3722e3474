import type { Instant } from '../desk/time.ts';

/** What runs by the clock. A job says what it did in one line, or null where there was nothing to do. */
export interface Job {
  name: string;
  /** For people: "Takes a risk snapshot of every account and judges the switches". */
  does: string;
  /** On the wall clock; `cron` in the exchange's zone. What goes by the market's time looks at that time when it runs. */
  schedule: { everySeconds: number } | { cron: string };
  /** Of several workers one runs it at its time; absent: each worker does (what only concerns its own process). */
  everyWorker?: true;
  run(): Promise<string | null>;
}
export interface JobRun { name: string; ok: boolean; message: string | null; at: Instant }
