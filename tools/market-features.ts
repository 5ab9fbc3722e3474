import { z } from 'zod';
import { formatDay } from '../desk/format.ts';
import { adjustBars } from '../desk/market/corporate-actions.ts';
import { featuresOf } from '../desk/market/features.ts';
import { plusDays } from '../desk/time.ts';
import { adjustedSeries } from './adjusted-series.ts';
import { AsOf, type ReadingMoment, readingMoment } from './as-of.ts';
import { defineTool, type ToolContext, ToolError } from './define.ts';
import { featureWords } from './feature-words.ts';
import { foreignShare, type ForeignShare, foreignStretch } from './foreign-share.ts';
import { symbolNamed } from './order-terms.ts';
import { indicatorAt, indicatorNames } from './symbol-indicator.ts';
import { featureSessions } from './symbol-history.ts';

const Figure = z.number().nullable();
const Words = z.string().nullable();
const Features = z.object({
  symbol: z.string(), asOf: z.string(), close: z.number(), momentum5: Figure, momentum10: Figure, momentum20: Figure, atr14: Figure, atrPercent: Figure, rsi14: Figure, gapPercent: Figure, gapFilled: z.boolean().nullable(),
  averageDailyVolume20: Figure, relativeVolume: Figure, high20: Figure, low20: Figure, sma20: Figure, sma50: Figure, bollingerSqueeze: z.boolean().nullable(), volatility20: Figure,
  volatilityRegime: z.enum(['LOW_VOL', 'MED_VOL', 'HIGH_VOL']).nullable(), liquidityRegime: z.enum(['HIGH', 'MEDIUM', 'LOW']).nullable(),
});
const Output = z.object({
  asOf: z.string(), symbol: z.string(), name: z.string(), currency: z.enum(['INR', 'USD']), session: z.string().nullable(), sessionText: z.string().nullable(), sessions: z.int().describe('that went in'),
  features: Features.nullable().describe('of the last session’s close, in its prices; percentages like 1.5 for 1.5 %; null: the history is too short for it'),
  words: z.object({ trend: Words, momentum: Words, rsi: Words, volatility: Words, liquidity: Words, volume: Words, range: Words, squeeze: Words, gap: Words }).nullable(),
  indicator: z.object({ name: z.string(), label: z.string(), period: z.string(), unit: z.enum(['price', 'points', 'percent']), value: Figure, lines: z.record(z.string(), Figure), words: Words }).nullable(),
  historyFrom: z.string().nullable().describe('prices before this day cannot be compared'), reason: z.string().nullable(),
});
export type MarketFeatures = z.output<typeof Output>;

/** Extra sessions for averages that remember everything (RSI, ATR, ADX) and for the longest moving average. */
const historyDays = Math.ceil(featureSessions * 1.6) + 40;

/** An exponential average or an RSI does not show what is older than so many of its lengths. */
const lengthsRemembered = 8;

export const marketFeatures = defineTool({
  name: 'market_features',
  purpose: 'Features of a symbol at its last close (momentum, ATR, RSI, range, volume, regimes) with words, or one indicator',
  effect: 'read', permission: 'market:read',
  input: z.object({ symbol: z.string().min(1), indicator: z.string().optional().describe(`one of ${indicatorNames.join(', ')}`), length: z.int().min(2).max(400).optional().describe('sessions that the indicator is taken over; absent: as usual'), asOf: AsOf.optional() }),
  output: Output,
  run: async (context, { symbol, indicator, length, asOf }) => {
    const { market, database: { orm } } = context.services;
    const moment = readingMoment(context, asOf);
    const abroad = await foreignShare(context, symbol, moment);
    const record = abroad ? { symbol: abroad.symbol, name: abroad.symbol, exchange: 'US' as const } : symbolNamed(context, symbol);
    const days = Math.max(historyDays, Math.ceil((length ?? 1) * 1.6 * lengthsRemembered));
    const series = abroad ? await seriesAbroad(context, abroad, { days, moment }) : await adjustedSeries(orm, { symbol: record.symbol, from: plusDays(moment.date, -days), moment, calendar: market.calendar() });
    const features = featuresOf(series.printed, { exchange: record.exchange, actions: series.actions, breaks: series.breaks }).at(-1) ?? null;
    const comparable = series.bars.filter((bar) => series.comparableFrom !== null && bar.date >= series.comparableFrom);
    const wanted = indicator?.toLowerCase();
    const found = wanted === undefined ? null : indicatorAt(wanted, comparable, length);
    if (found === 'NO_LENGTH') throw new ToolError('LENGTH_FIXED', `${indicator} has lengths of its own and takes no other.`, 'length');
    if (wanted !== undefined && found === null) throw new ToolError('NO_SUCH_INDICATOR', `I do not compute ${indicator}. Computed: ${indicatorNames.join(', ')}.`, 'indicator');
    return {
      asOf: moment.asOf, symbol: record.symbol, name: record.name, currency: record.exchange === 'US' ? 'USD' as const : 'INR' as const, session: features?.asOf ?? null, sessionText: features ? formatDay(features.asOf, moment.date) : null, sessions: comparable.length,
      features, words: features ? featureWords(features) : null, indicator: found, historyFrom: series.comparableFrom,
      reason: features ? (found && found.value === null ? `${found.label} needs more than the ${comparable.length} sessions that are known` : null) : `no daily prices of ${record.symbol} are stored`,
    };
  },
});

/** Bars of a share of the US up to its last one that is known, from the last step on that looks like a split: no actions of it are stored. */
async function seriesAbroad(context: ToolContext, share: ForeignShare, { days, moment }: { days: number; moment: ReadingMoment }) {
  const { bars: printed } = await foreignStretch(context, share, { from: plusDays(share.span.to, -days), to: share.span.to, sessions: null, moment });
  return { printed, actions: [], breaks: [], bars: adjustBars(printed, [], moment.asOf), comparableFrom: printed[0]?.date ?? null };
}
