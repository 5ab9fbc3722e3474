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
  broker(name: string): { reads: BrokerReads; submits: BrokerSubmits } | null;
  /** True when body and signature are one of the gate's. */
  clearanceIsGenuine(input: { body: string; signature: string; keyId: string }): boolean;
  killFile(): SwitchFacts['killFile'];
  /** Orders, changes and cancels a second, hard; cancels are counted and never refused. */
  ordersPerSecond: number;
  changed(actionId: string): void;
  /** What a cleared action that is no order does (a cycle, an evaluation), outside the database. */
  effects: Partial<Record<StoredAction['action']['kind'], (stored: StoredAction) => Promise<string>>>;
}
