import type { Instant } from '../../desk/time.ts';

/** What asking a model needs of the world around it; handed in, so that a test can hold the time still. */
export interface ModelSurroundings {
  /** A stopwatch, in milliseconds, that never goes back. */
  nowMs(): number;
  /** The wall clock: the budget's day goes by it. */
  wallNow(): Instant;
  /** Runs once after the wait; what it returns calls it off. */
  setTimer(callback: () => void, milliseconds: number): () => void;
  /** From 0 up to 1: spreads retries out. */
  random(): number;
  /** Stands in for the network, where answers are recorded or played. */
  fetch?: typeof fetch;
}
