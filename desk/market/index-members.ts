import type { TradingDate } from '../time.ts';
import { wordTable } from './word-table.ts';

/** That an index's list of a day names a share. */
export interface ListedMember { listedOn: TradingDate; symbol: string }
export interface IndexMembers {
  /** The day of the list that holds, and of the first list there is. */
  listedOn: TradingDate; firstList: TradingDate;
  /** By symbol. `since`: the first list of the unbroken run that names it; that of the first list there is means: or earlier. */
  members: { symbol: string; since: TradingDate }[];
  /** Those that an earlier list named and this one does not; `until`: the first list without it. The latest first. */
  left: { symbol: string; until: TradingDate }[];
}

/** Who belongs to an index on a day, from its lists up to then: the last of them holds until the next. Null before the first. */
export function membersOn(lists: readonly ListedMember[], date: TradingDate): IndexMembers | null {
  const byDay = Map.groupBy(lists.filter(({ listedOn }) => listedOn <= date), ({ listedOn }) => listedOn);
  const days = [...byDay.keys()].sort();
  const [firstList, listedOn] = [days[0], days.at(-1)];
  if (firstList === undefined || listedOn === undefined) return null;
  const since = new Map<string, TradingDate>();
  const until = new Map<string, TradingDate>();
  for (const day of days) {
    const named = new Set(byDay.get(day)?.map(({ symbol }) => symbol));
    for (const symbol of since.keys()) if (!named.has(symbol)) { since.delete(symbol); until.set(symbol, day); }
    for (const symbol of named) if (!since.has(symbol)) { since.set(symbol, day); until.delete(symbol); }
  }
  const bySymbol = (a: { symbol: string }, b: { symbol: string }): number => (a.symbol < b.symbol ? -1 : 1);
  return {
    listedOn, firstList, members: [...since].map(([symbol, day]) => ({ symbol, since: day })).sort(bySymbol),
    left: [...until].map(([symbol, day]) => ({ symbol, until: day })).sort((a, b) => (a.until > b.until ? -1 : a.until < b.until ? 1 : bySymbol(a, b))),
  };
}

/** What people and exchanges call an index beside its name. */
const alsoCalled: Readonly<Record<string, string>> = wordTable({ NIFTY: 'NIFTY50', BANKNIFTY: 'NIFTYBANK', FINNIFTY: 'NIFTYFINANCIALSERVICES', NIFTYNXT50: 'NIFTYNEXT50', MIDCPNIFTY: 'NIFTYMIDCAPSELECT' });
/** One word for all names of an index: `nifty`, `Nifty 50` and `NIFTY50` are the same. */
export function indexKey(said: string): string {
  const plain = said.toUpperCase().replace(/[^A-Z0-9]/g, '').replace(/INDEX$/, '');
  return alsoCalled[plain] ?? plain;
}
