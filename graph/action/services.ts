import type { KeyObject } from 'node:crypto';
import type { BrokerReads } from '../../brokers/define.ts';
import type { Database } from '../../db/client.ts';
import type { LimitFacts, SwitchFacts } from '../../desk/gates/snapshot.ts';
import type { Instant } from '../../desk/time.ts';
import type { MarketView } from '../../tools/services.ts';

/** What the action's graph needs. It can read brokers; submitting is the executor's alone. */
export interface ActionServices {
  database: Database;
  market: MarketView;
  wallNow(): Instant;
  /** For whom the desk's own rules act. */
  ownerId: string;
  /** As configured; what people confirmed in their place is read with each snapshot. */
  limits(): LimitFacts;
  policyVersion: string;
  /** The state of the file that stops entries when server and database are down. */
  killFile(): SwitchFacts['killFile'];
  brokerFor(accountBroker: string): BrokerReads | null;
  /** Signs clearances; only the gate node is given it. */
  signingKey: { privateKey: KeyObject; keyId: string };
  /** Says that an action changed, after its transaction is over. */
  changed(actionId: string): void;
}
