import { dailySeries } from '../db/stores/bars.ts';
import { corporateActions } from '../db/stores/reference.ts';
import { formatDay } from '../desk/format.ts';
import type { AdjustedBar } from '../desk/market/corporate-actions.ts';
import type { TradingDate } from '../desk/time.ts';
import { adjustSeries } from './adjusted-series.ts';
import type { ReadingMoment } from './as-of.ts';
import { type ToolContext, ToolError } from './define.ts';
import { latestSession } from './market-day.ts';

interface Looked { moment: ReadingMoment; sessions: number; has: (symbol: string) => boolean }
interface ComparableShares { series: AdjustedBar[][]; /** The last session that any of them traded in. */ session: TradingDate }

/** Shares that traded in the last session, with their comparable bars. */
export const lastSession = (context: ToolContext, looked: Looked): Promise<ComparableShares> => comparableShares(context, looked, { last: true });
/** The same with the shares that no longer traded in it: a look back must not leave out what fell by the way. */
export const sharesUpTo = (context: ToolContext, looked: Looked): Promise<ComparableShares> => comparableShares(context, looked, { last: false });

async function comparableShares({ services: { market, database: { orm } } }: ToolContext, { moment, sessions, has }: Looked, { last }: { last: boolean }): Promise<ComparableShares> {
  const all = await dailySeries(orm, { asOf: moment.asOf, sessions });
  const session = latestSession([...all.values()].map((bars) => bars.at(-1)?.date));
  if (session === null) throw new ToolError('NO_PRICES', `no session is stored up to ${formatDay(moment.date)}`);
  const published = Map.groupBy(await corporateActions(orm, { asOf: moment.asOf }), (action) => action.symbol);
  const series = [...all].filter(([symbol, bars]) => (!last || bars.at(-1)?.date === session) && has(symbol) && (market.symbols().get(symbol)?.kind ?? 'EQUITY') === 'EQUITY').map(([symbol, printed]) => {
    const { bars, comparableFrom } = adjustSeries({ printed, published: published.get(symbol) ?? [], moment: { ...moment, date: session }, calendar: market.calendar() });
    return comparableFrom === null ? [] : bars.filter((bar) => bar.date >= comparableFrom);
  }).filter((bars) => bars.length > 0);
  return { series, session };
}
