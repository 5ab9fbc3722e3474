import type { KeyObject } from 'node:crypto';
import type { BrokerReads, BrokerSubmits } from '../../brokers/define.ts';
import type { Database } from '../../db/client.ts';
import type { StoredAction } from '../../db/stores/actions.ts';
import type { SwitchFacts } from '../../desk/gates/snapshot.ts';
import type { Instant } from '../../desk/time.ts';
import type { MarketView } from '../../tools/services.ts';

/** What only the executor holds: the capability to submit, and the key by which it tells a real clearance. */
export interface ExecutionServices {
  database: Database;
  market: MarketView;
  wallNow(): Instant;
  /** For whom the desk's own rules act. */
  ownerId: string;
  broker(name: string): { reads: BrokerReads; submits: BrokerSubmits } | null;
  /** Half of the gate's key that tells a real clearance. */
  publicKey: KeyObject;
  killFile(): SwitchFacts['killFile'];
  /** Orders, changes and cancels a second, hard; cancels are counted and never refused. */
  ordersPerSecond: number;
  /** Waits on the wall clock. */
  pause(milliseconds: number): Promise<void>;
  changed(actionId: string): void;
  /** What a cleared action that is no order does (a cycle, an evaluation), outside the database. `ended` null: it goes on without the account's lock, and ends its action itself. */
  effects: Partial<Record<StoredAction['action']['kind'], (stored: StoredAction) => Promise<{ ended: 'done' | 'failed' | null; sentence: string }>>>;
}
