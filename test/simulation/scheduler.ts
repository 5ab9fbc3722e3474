import type { Random } from './random.ts';

/** A desk's process as the scheduler sees it: once it has died nothing of it goes on. */
export interface Life { readonly name: string; alive: boolean }
interface Parked { life: Life | null; resume: () => void }
interface Timer { atMs: number; order: number; life: Life | null; wake: () => void }

const settled = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });

/** Decides what goes on next: everything that waits at a seam goes on in the order that the seed says, one at a time. */
export function createScheduler({ random, clock }: { random: Random; clock: { nowMs: number } }) {
  let parked: Parked[] = [];
  let timers: Timer[] = [];
  let nextTimer = 0;
  const tasks = new Map<Promise<void>, Life | null>();

  return {
    /** Stands still until its turn comes. */
    park: (life: Life | null): Promise<void> => new Promise((resolve) => { parked.push({ life, resume: resolve }); }),
    sleep: (life: Life | null, ms: number): Promise<void> => new Promise((resolve) => { timers.push({ atMs: clock.nowMs + ms, order: nextTimer++, life, wake: resolve }); }),
    at(atMs: number, wake: () => void): void { timers.push({ atMs, order: nextTimer++, life: null, wake }); },
    spawn(life: Life | null, work: () => Promise<void>): void {
      const task: Promise<void> = work().finally(() => { tasks.delete(task); });
      // It may have died before it first waited for anything.
      if (life === null || life.alive) tasks.set(task, life);
    },
    /** Everything of a dead process is over. */
    bury(life: Life): void {
      parked = parked.filter((each) => each.life !== life);
      timers = timers.filter((each) => each.life !== life);
      for (const [task, of] of tasks) if (of === life) tasks.delete(task);
    },
    /** Lets time pass; what was due in it happens on the way. */
    async pass(ms: number): Promise<void> {
      const until = clock.nowMs + ms;
      for (;;) {
        const next = timers.filter(({ atMs }) => atMs <= until).sort((a, b) => a.atMs - b.atMs || a.order - b.order)[0];
        if (!next) break;
        timers = timers.filter((each) => each !== next);
        clock.nowMs = Math.max(clock.nowMs, next.atMs);
        next.wake();
        await this.run();
      }
      clock.nowMs = until;
    },
    /** Runs until everything that was spawned is over. False: something waits for what never comes. */
    async run(): Promise<boolean> {
      for (;;) {
        await settled();
        if (parked.length > 0) {
          const [next] = parked.splice(random.between(0, parked.length - 1), 1);
          next?.resume();
          continue;
        }
        if (tasks.size === 0) return true;
        // Somebody sleeps: time goes on to the moment that wakes them.
        const next = timers.filter(({ life }) => life !== null).sort((a, b) => a.atMs - b.atMs || a.order - b.order)[0];
        if (!next) return false;
        timers = timers.filter((each) => each !== next);
        clock.nowMs = Math.max(clock.nowMs, next.atMs);
        next.wake();
      }
    },
  };
}
export type Scheduler = ReturnType<typeof createScheduler>;
