import type { Alert } from '../../db/stores/alerts.ts';
import type { RouteName } from '../../ops/alerts/plan.ts';

/** A way by which alerts reach people. `again` in the failure: it may work later. */
export interface AlertRoute {
  name: RouteName;
  /** One alert, or several as a digest. `round` above 0: nobody has acknowledged it yet. @throws DeliveryFailure */
  deliver(input: { alerts: readonly Alert[]; round: number; digest: boolean }): Promise<void>;
}
export class DeliveryFailure extends Error {
  readonly again: boolean;
  /** When the other side named a time. */
  readonly seconds: number | null;
  constructor(message: string, { again, seconds = null }: { again: boolean; seconds?: number | null }) { super(message); this.name = 'DeliveryFailure'; this.again = again; this.seconds = seconds; }
}
