import { z } from 'zod';
import { dailySeries } from '../db/stores/bars.ts';
import { corporateActions } from '../db/stores/reference.ts';
import { formatDay } from '../desk/format.ts';
import { featuresOf } from '../desk/market/features.ts';
import type { FeatureSet, VolatilityRegime } from '../desk/market/types.ts';
import { adjustSeries } from './adjusted-series.ts';
import { AsOf, readingMoment } from './as-of.ts';
import { defineTool, ToolError } from './define.ts';
import { volatilityWords } from './feature-words.ts';
import { featureSessions } from './symbol-history.ts';

const Regime = z.enum(['LOW_VOL', 'MED_VOL', 'HIGH_VOL']);
const Output = z.object({
  asOf: z.string(), session: z.string(), sessionText: z.string(), regime: Regime.nullable(), basis: z.enum(['index', 'shares']).describe('index: of the index itself; shares: the regime of most shares, where no index is stored'), words: z.string().nullable(),
  index: z.object({ symbol: z.string(), volatility20: z.number().nullable().describe('percent a year'), momentum20: z.number().nullable(), close: z.number() }).nullable(),
  shares: z.object({ counted: z.int(), low: z.int(), medium: z.int(), high: z.int(), unknown: z.int(), medianVolatility: z.number().nullable(), thin: z.int().describe('with low liquidity') }).describe('the most traded shares'),
  reason: z.string().nullable(),
});
export type MarketRegime = z.output<typeof Output>;

/** Names under which sources list the market's index. */
const indexNames = ['NIFTY', 'NIFTY 50', 'NIFTY50'];
const mostTraded = 50;

/** The market's volatility regime: of the index against its own past year, and how the most traded shares stand. */
export const marketRegime = defineTool({
  name: 'market_regime',
  purpose: 'Volatility regime of the market: of the index, and of the most traded shares',
  effect: 'read', permission: 'market:read',
  input: z.object({ asOf: AsOf.optional() }),
  output: Output,
  run: async (context, { asOf }) => {
    const { market, database: { orm } } = context.services;
    const moment = readingMoment(context, asOf);
    const last = [...(await dailySeries(orm, { asOf: moment.asOf, sessions: 1 })).values()].flatMap((bars) => bars.at(-1) ?? []);
    const session = last.map((bar) => bar.date).sort().at(-1);
    if (!session) throw new ToolError('NO_PRICES', `no session is stored up to ${formatDay(moment.date)}`);
    const isShare = (symbol: string): boolean => (market.symbols().get(symbol)?.kind ?? 'EQUITY') === 'EQUITY' && !indexNames.includes(symbol);
    const traded = last.filter((bar) => bar.date === session && isShare(bar.symbol)).sort((a, b) => b.close * b.volume - a.close * a.volume).slice(0, mostTraded).map((bar) => bar.symbol);
    const index = indexNames.find((name) => last.some((bar) => bar.symbol === name && bar.date === session)) ?? null;
    const wanted = index ? [index, ...traded] : traded;
    const series = await dailySeries(orm, { symbols: wanted, asOf: moment.asOf, sessions: featureSessions });
    const published = await corporateActions(orm, { symbols: wanted, asOf: moment.asOf });
    const features = new Map([...series].map(([symbol, printed]): [string, FeatureSet | undefined] => {
      const { actions, breaks } = adjustSeries({ printed, published: published.filter((action) => action.symbol === symbol), moment, calendar: market.calendar() });
      return [symbol, featuresOf(printed, { actions, breaks }).at(-1)];
    }));
    const shares = traded.flatMap((symbol) => features.get(symbol) ?? []);
    const counts = counted(shares);
    const own = index ? features.get(index) : undefined;
    const regime = own?.volatilityRegime ?? majority(counts);
    return {
      asOf: moment.asOf, session, sessionText: formatDay(session, moment.date), regime, basis: own?.volatilityRegime ? 'index' as const : 'shares' as const, words: regime && volatilityWords[regime],
      index: own && index ? { symbol: index, volatility20: own.volatility20, momentum20: own.momentum20, close: own.close } : null, shares: counts,
      reason: regime === null ? 'the history is too short: a regime needs half a year of sessions and more' : null,
    };
  },
});

function counted(features: readonly FeatureSet[]): MarketRegime['shares'] {
  const of = (regime: VolatilityRegime | null): number => features.filter((each) => each.volatilityRegime === regime).length;
  const volatilities = features.flatMap((each) => each.volatility20 ?? []).sort((a, b) => a - b);
  const half = volatilities.length / 2;
  const median = volatilities.length === 0 ? null : ((volatilities[Math.floor(half - 0.5)] ?? 0) + (volatilities[Math.floor(half)] ?? 0)) / 2;
  return { counted: features.length, low: of('LOW_VOL'), medium: of('MED_VOL'), high: of('HIGH_VOL'), unknown: of(null), medianVolatility: median, thin: features.filter((each) => each.liquidityRegime === 'LOW').length };
}
function majority({ low, medium, high }: MarketRegime['shares']): VolatilityRegime | null {
  const most = Math.max(low, medium, high);
  if (most === 0) return null;
  return medium === most ? 'MED_VOL' : high === most ? 'HIGH_VOL' : 'LOW_VOL';
}
