import type { Executor } from '../db/client.ts';
import { dailyBars, dailySpan, lastBars } from '../db/stores/bars.ts';
import { corporateActions } from '../db/stores/reference.ts';
import type { CorporateAction, DailyBar } from '../desk/market/types.ts';
import { type Instant, plusDays, type TradingDate } from '../desk/time.ts';
import { formerSymbols } from '../feeds/linking/symbol-renames.ts';

/** Printed bars of one share with dates in [from, to], oldest first; what it did under a former symbol stands under the present one. */
export async function companyBars(executor: Executor, { symbol, from, to, asOf }: { symbol: string; from: TradingDate; to: TradingDate; asOf: Instant }): Promise<DailyBar[]> {
  const earlier: DailyBar[] = [];
  for (const former of formerSymbols(symbol)) {
    if (from >= former.until) continue;
    const last = plusDays(former.until, -1);
    const found = await dailyBars(executor, { symbol: former.symbol, from, to: to < last ? to : last, asOf });
    earlier.unshift(...found.map((bar) => ({ ...bar, symbol })));
  }
  return [...earlier, ...(await dailyBars(executor, { symbol, from, to, asOf }))];
}

/** From when to when bars of a share are known, under whatever symbol; null without any. */
export async function companySpan(executor: Executor, { symbol, asOf }: { symbol: string; asOf: Instant }): Promise<{ from: TradingDate; to: TradingDate; sessions: number } | null> {
  const spans = (await Promise.all([symbol, ...formerSymbols(symbol).map((former) => former.symbol)].map((name) => dailySpan(executor, { symbol: name, asOf })))).filter((span) => span !== null);
  const [first, last] = [spans.at(-1), spans[0]];
  return first && last ? { from: first.from, to: last.to, sessions: spans.reduce((sum, { sessions }) => sum + sessions, 0) } : null;
}

/** The share's last bar known at `asOf`, on or before a day where one is given. */
export async function lastCompanyBar(executor: Executor, { symbol, ...when }: { symbol: string; asOf: Instant; onOrBefore?: TradingDate }): Promise<DailyBar | undefined> {
  for (const name of [symbol, ...formerSymbols(symbol).map((former) => former.symbol)]) {
    const found = (await lastBars(executor, { symbols: [name], ...when })).get(name);
    if (found) return { ...found, symbol };
  }
  return undefined;
}

/** Published actions of a share, under whatever symbol they were published. */
export async function companyActions(executor: Executor, { symbol, asOf }: { symbol: string; asOf: Instant }): Promise<CorporateAction[]> {
  const found = await corporateActions(executor, { symbols: [symbol, ...formerSymbols(symbol).map((former) => former.symbol)], asOf });
  return found.map((action) => ({ ...action, symbol })).sort((a, b) => (a.exDate < b.exDate ? -1 : a.exDate > b.exDate ? 1 : 0));
}
