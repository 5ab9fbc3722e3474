import { unadjustedHoldings } from '../db/stores/holding-adjustments.ts';
import { expectedShares } from '../db/stores/parted-shares.ts';
import type { StoredPosition } from '../db/stores/positions.ts';
import { isLate } from '../desk/execution/late-adjustment.ts';
import { partedWorth } from '../desk/market/measured-factors.ts';
import { priceFactorOf } from '../graph/execution/price-factor.ts';
import type { JobServices } from './services.ts';

/**
 * What accounts may expect of companies that were parted, in minor units by account: so that no switch takes a demerger for a loss. A
 * price of the ex-date may be read before it is worked in: then by the same measure, of what is held.
 */
export async function expectedWorth({ database, market }: JobServices, { accountIds, positions }: { accountIds: readonly string[]; positions: readonly StoredPosition[] }): Promise<Map<string, number>> {
  const worth = new Map<string, number>();
  const add = (accountId: string, minor: number): void => { worth.set(accountId, (worth.get(accountId) ?? 0) + minor); };
  for (const { accountId, worthMinor } of await expectedShares(database.orm, { accountIds })) add(accountId, worthMinor);
  const due = (await unadjustedHoldings(database.orm, { today: market.today(), asOf: market.now(), zone: market.zone })).filter((each) => each.kind === 'DEMERGER' && !isLate(each, market.calendar()));
  for (const of of due) {
    const held = positions.find((position) => position.accountId === of.accountId && position.symbol === of.symbol);
    const found = held ? await priceFactorOf({ database, market }, of) : null;
    if (held && found !== null && found !== 'WAITS' && !('refused' in found)) add(of.accountId, partedWorth({ ...found, quantity: held.quantity }));
  }
  return worth;
}
