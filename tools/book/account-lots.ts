import type { Account } from '../../db/stores/accounts.ts';
import { adjustmentsOf } from '../../db/stores/holding-adjustments.ts';
import { partedSharesOf } from '../../db/stores/parted-shares.ts';
import { type ClosedLot, type OpenLot, taxLots } from '../../desk/portfolio/tax-lots.ts';
import { dateIn, type Instant } from '../../desk/time.ts';
import type { ToolServices } from '../services.ts';
import { creditLots } from './credit-lots.ts';
import { bookTrades } from './trades.ts';

export interface AccountLots { account: Account; closed: ClosedLot[]; open: OpenLot[] }

/** Tax lots of each account up to a moment, counted from its first trade. `leftOutMinor`: charges of a trade, by its id, that do not count in the lots. */
export async function accountLots({ database: { orm }, market }: ToolServices, { accounts, to, leftOutMinor }: { accounts: readonly Account[]; to: Instant; leftOutMinor?: ReadonlyMap<string, number> }): Promise<AccountLots[]> {
  const accountIds = accounts.map(({ id }) => id);
  const trades = (await bookTrades(orm, { accountIds, to })).map((trade) => ({ ...trade, chargesMinor: trade.chargesMinor - (leftOutMinor?.get(trade.id) ?? 0), date: dateIn(trade.happenedAt, market.zone) }));
  const adjustments = (await adjustmentsOf(orm, { accountIds, to })).filter(({ kind }) => kind !== 'DIVIDEND').map((row) => ({ ...row, date: row.exDate }));
  const credits = creditLots(await partedSharesOf(orm, { accountIds, to }), market.zone);
  return accounts.map((account) => ({ account, ...taxLots(trades.filter(({ accountId }) => accountId === account.id), adjustments.filter(({ accountId }) => accountId === account.id), credits.filter(({ accountId }) => accountId === account.id)) }));
}
