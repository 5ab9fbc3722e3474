import { type Account, listAccounts } from '../../db/stores/accounts.ts';
import type { Currency } from '../../desk/format.ts';
import { dateIn, type TradingDate, type Zone } from '../../desk/time.ts';
import { type ToolContext, ToolError } from '../define.ts';

/** The account that was named, by name or id, or all that the caller may see. One that they may not see does not exist for them. */
export async function accountsInScope({ services, caller }: ToolContext, named?: string): Promise<Account[]> {
  const viewable = await listAccounts(services.database.orm, caller.viewableAccountIds);
  if (named === undefined || named === '*') {
    if (viewable.length === 0) throw new ToolError('NO_ACCOUNT', 'You have no account to look at.', 'account');
    return viewable;
  }
  const wanted = named.trim().toLowerCase();
  const found = viewable.filter((account) => account.id === wanted || account.name.toLowerCase() === wanted);
  if (found.length === 0) throw new ToolError('NO_SUCH_ACCOUNT', 'There is no such account.', 'account');
  if (found.length > 1) throw new ToolError('AMBIGUOUS_ACCOUNT', `Several accounts are called ${named}; name one by its id.`, 'account');
  return found;
}

/** The one currency of the accounts; null where they differ, and then nothing may be added up over them. */
export function commonCurrency(accounts: readonly Account[]): Currency | null {
  const [first, ...others] = new Set(accounts.map((account) => account.baseCurrency));
  return first !== undefined && others.length === 0 ? first : null;
}
/** @throws ToolError `MIXED_CURRENCIES` where sums over these accounts would be of two. */
export function oneCurrency(accounts: readonly Account[]): Currency {
  const currency = commonCurrency(accounts);
  if (!currency) throw new ToolError('MIXED_CURRENCIES', 'These accounts are in different currencies; name one.', 'account');
  return currency;
}

/** The exchange's date on which the first of the accounts was opened; `otherwise` where there is none. */
export const openedOn = (accounts: readonly Account[], { zone, otherwise }: { zone: Zone; otherwise: TradingDate }): TradingDate =>
  accounts.map((account) => dateIn(account.openedAt, zone)).sort()[0] ?? otherwise;
