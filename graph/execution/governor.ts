import type { BrokerSubmits } from '../../brokers/define.ts';
import type { Database } from '../../db/client.ts';
import { takeOrderTurn } from '../../db/stores/execution.ts';

/** Milliseconds between two looks whether this second has a place again. */
const lookAgainMs = 100;

/**
 * The order governor: whatever goes to a broker, orders, changes and cancels, takes a place of its second first, counted in
 * the database, so that any number of workers together keep the limit. Nothing is refused here. A stop, an exit or a cancel
 * waits for the next second; entries are refused before they come here when they would have to wait too long.
 */
export function governed(submits: BrokerSubmits, { database, ordersPerSecond, pause }: { database: Database; ordersPerSecond: number; pause: (milliseconds: number) => Promise<void> }): BrokerSubmits {
  const turn = async (operation: 'place' | 'modify' | 'cancel'): Promise<void> => {
    while (!(await database.transaction((tx) => takeOrderTurn(tx, { operation, limit: ordersPerSecond })))) await pause(lookAgainMs);
  };
  return {
    submit: async (order) => { await turn('place'); return submits.submit(order); },
    cancel: async (cancel) => { await turn('cancel'); return submits.cancel(cancel); },
    replace: async (change) => { await turn('modify'); return submits.replace(change); },
  };
}
