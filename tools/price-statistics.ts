import { z } from 'zod';
import { tradingDetail } from '../db/stores/bars.ts';
import { formatDay } from '../desk/format.ts';
import { type DatedPrice, type DayMoveOn, priceStatistics as statisticsOf, type Run as RunOf, together } from '../desk/market/price-statistics.ts';
import type { AdjustedBar } from '../desk/market/corporate-actions.ts';
import type { DailyBar } from '../desk/market/types.ts';
import { plusDays, type TradingDate } from '../desk/time.ts';
import { type AdjustedSeries, adjustedSeries } from './adjusted-series.ts';
import { AsOf, DateText, dateNamed, type ReadingMoment, readingMoment } from './as-of.ts';
import { companySpan } from './company-bars.ts';
import { defineTool, type ToolContext, ToolError } from './define.ts';
import { foreignShare, type ForeignShare, foreignStretch } from './foreign-share.ts';
import { symbolNamed } from './order-terms.ts';

const Figure = z.number().nullable();
const Dated = z.object({ price: z.number().describe('in the prices of asOf'), printed: z.number().describe('as printed that day'), adjusted: z.boolean(), on: z.string(), onText: z.string() });
const Move = z.object({ changePercent: z.number(), on: z.string(), onText: z.string(), close: z.number(), previousClose: z.number() }).nullable();
const Run = z.object({ sessions: z.int(), fromText: z.string(), toText: z.string(), changePercent: z.number() }).nullable();
const Output = z.object({
  asOf: z.string(), symbol: z.string(), name: z.string(), currency: z.enum(['INR', 'USD']), from: z.string().nullable(), fromText: z.string().nullable(), to: z.string().nullable(), toText: z.string().nullable(), sessions: z.int(),
  statistics: z.object({
    last: z.number(), changePercent: Figure.describe('from the close before the stretch'), high: Dated, low: Dated, highestClose: Dated, lowestClose: Dated, averageClose: z.number(), averageVolume: z.number(), medianVolume: z.number(), totalVolume: z.number(),
    averageTurnoverMinor: z.number().describe('close × shares, minor units'), totalTurnoverMinor: z.number(), returns: z.int(), volatilityPercent: Figure.describe('deviation of daily log returns × √252'),
    bestDay: Move, worstDay: Move, up: z.int(), down: z.int(), unchanged: z.int(), upPercent: Figure.describe('of the sessions with a close before'), downPercent: Figure, drawdown: z.object({ percent: z.number(), peakOn: z.string(), troughOn: z.string() }).nullable(),
    rangeWidth: z.number().describe('high less low'), fromHighPercent: z.number(), fromLowPercent: z.number(), open: z.number().describe('of the last session'), previousClose: Figure, gapPercent: Figure.describe('the last session’s open against the close before it'),
    widest: z.object({ range: z.number(), percent: z.number(), high: z.number(), low: z.number(), onText: z.string() }).describe('the session with the most between high and low'), upRun: Run.describe('longest run of sessions that closed higher'), downRun: Run,
    relativeVolume: z.object({ times: z.number(), average: z.number(), sessions: z.int() }).nullable().describe('the last session’s shares over the average of so many sessions before it'),
    deliveredPercent: Figure, delivered: Figure.describe('shares'), trades: Figure,
  }).nullable(),
  against: z.object({ symbol: z.string(), returns: z.int(), fromText: z.string(), toText: z.string(), beta: Figure, correlation: Figure, changePercent: Figure }).nullable(),
  moved: z.object({ percent: z.number(), up: z.int(), down: z.int(), either: z.int(), eitherPercent: Figure, upPercent: Figure, downPercent: Figure }).nullable().describe('sessions that moved by more than the percentage asked for, close against close, and what part of all they are'),
  closes: z.object({ level: z.number(), above: z.int(), below: z.int(), abovePercent: Figure, belowPercent: Figure, firstAbove: z.string().nullable().describe('first day that closed above'), lastAbove: z.string().nullable(), firstBelow: z.string().nullable(), lastBelow: z.string().nullable() }).nullable().describe('days that closed above and below the level asked for'), adjustedFor: z.array(z.string()), brokenAt: z.string().nullable().describe('earlier prices cannot be compared and were left out'), history: z.object({ from: z.string(), to: z.string() }).nullable(), reason: z.string().nullable(),
});
export type PriceStatisticsOutput = z.output<typeof Output>;

const mostSessions = 2000;
const daysBefore = 14;
/** Calendar days that hold the sessions of the usual volume. */
const daysOfUsual = (sessions: number): number => Math.ceil(sessions * 1.6);

/** High, low, averages, volatility, best and worst day, drawdown, beta and the like of one share over a stretch of sessions. */
export const priceStatistics = defineTool({
  name: 'price_statistics',
  purpose: 'Statistics of a share over a period or its last sessions: high, low, closes, average volume and turnover, volatility, best and worst day, up and down days, longest runs, widest session, drawdown, gap, beta and correlation',
  effect: 'read', permission: 'market:read',
  input: z.object({
    symbol: z.string().min(1), against: z.string().min(1).optional().describe('an index or share for beta and correlation'), from: DateText.optional().describe('absent, with no sessions: a year'), to: DateText.optional(),
    sessions: z.int().min(1).max(mostSessions).optional().describe('the last so many up to `to`'), level: z.number().positive().optional().describe('a price: on how many days it closed above and below'), move: z.number().positive().optional().describe('percent: on how many days it moved by more'), usual: z.int().min(2).max(250).default(20).describe('sessions of the usual volume'), asOf: AsOf.optional(),
  }),
  output: Output,
  run: async (context, input) => {
    const { orm } = context.services.database;
    const moment = readingMoment(context, input.asOf);
    const abroad = await foreignShare(context, input.symbol, moment);
    const record = abroad ? { symbol: abroad.symbol, name: abroad.symbol, exchange: 'US' as const } : symbolNamed(context, input.symbol);
    const stretch = stretchOf(input, moment);
    const series = abroad ? await readAbroad(context, abroad, stretch, moment) : await read(context, { symbol: record.symbol, stretch, moment, usual: input.usual });
    const { bars, base } = series;
    const found = statisticsOf(bars, base);
    const [first, last] = [bars[0], bars.at(-1)];
    const text = (date: TradingDate): string => formatDay(date, moment.date);
    const price = (value: number): number => Number(value.toFixed(Math.abs(value) < 1 ? 4 : 2));
    const dated = ({ price: value, printed, on }: DatedPrice) => ({ price: price(value), printed: price(printed), adjusted: Math.abs(value - printed) > 1e-9 * printed, on, onText: text(on) });
    const move = (of: DayMoveOn | null) => of && { ...of, close: price(of.close), previousClose: price(of.previousClose), onText: text(of.on) };
    const run = (of: RunOf | null) => of && { sessions: of.sessions, fromText: text(of.from), toText: text(of.to), changePercent: of.changePercent };
    const detail = first && last && !abroad ? await tradingDetail(orm, { symbol: record.symbol, from: first.date, to: last.date, asOf: moment.asOf }) : null;
    const history = abroad ? abroad.span : await companySpan(orm, { symbol: record.symbol, asOf: moment.asOf });
    const before = bars.at(-2) ?? base;
    return {
      asOf: moment.asOf, symbol: record.symbol, name: record.name, currency: record.exchange === 'US' ? 'USD' as const : 'INR' as const,
      from: first?.date ?? null, fromText: first ? text(first.date) : null, to: last?.date ?? null, toText: last ? text(last.date) : null, sessions: bars.length,
      statistics: found && last ? {
        last: price(last.close), changePercent: found.changePercent, high: dated(found.high), low: dated(found.low), highestClose: dated(found.highestClose), lowestClose: dated(found.lowestClose), averageClose: price(found.averageClose),
        averageVolume: Math.round(found.averageVolume), medianVolume: Math.round(found.medianVolume), totalVolume: Math.round(found.totalVolume), averageTurnoverMinor: Math.round(100 * found.averageTurnover), totalTurnoverMinor: Math.round(100 * found.totalTurnover), returns: found.returns, volatilityPercent: found.volatilityPercent,
        bestDay: move(found.bestDay), worstDay: move(found.worstDay), up: found.up, down: found.down, unchanged: found.unchanged, upPercent: partOf(found.up, found.returns), downPercent: partOf(found.down, found.returns), drawdown: found.drawdown && { percent: found.drawdown.percent, peakOn: text(found.drawdown.peakOn), troughOn: text(found.drawdown.troughOn) },
        rangeWidth: price(found.high.price - found.low.price), fromHighPercent: found.fromHighPercent, fromLowPercent: found.fromLowPercent, open: price(last.open), previousClose: before ? price(before.close) : null, gapPercent: found.gapPercent,
        widest: { range: price(found.widest.range), percent: found.widest.percent, high: price(found.widest.high), low: price(found.widest.low), onText: text(found.widest.on) }, upRun: run(found.upRun), downRun: run(found.downRun),
        relativeVolume: relativeVolume(series.until, input.usual),
        deliveredPercent: detail?.delivered != null && detail.tradedThen ? (100 * detail.delivered) / detail.tradedThen : null, delivered: detail?.delivered ?? null, trades: detail?.trades ?? null,
      } : null,
      against: input.against === undefined ? null : await compared(context, { other: input.against, ours: series, stretch, moment }),
      moved: input.move === undefined || !found ? null : movedBy(found.movesPercent, input.move),
      closes: input.level === undefined ? null : closedBeyond(bars, input.level, text),
      adjustedFor: series.adjustedFor, brokenAt: series.brokenAt, history: history && { from: history.from, to: history.to },
      reason: found ? null : history ? `prices of ${record.symbol} are stored from ${formatDay(history.from)} to ${formatDay(history.to)}, none of that time` : `no prices of ${record.symbol} are stored`,
    };
  },
});

/** Where the history has that many sessions before the last. */
function relativeVolume(until: readonly AdjustedBar[], usual: number): NonNullable<PriceStatisticsOutput['statistics']>['relativeVolume'] {
  const [last, before] = [until.at(-1), until.slice(-1 - usual, -1)];
  const average = before.reduce((sum, bar) => sum + bar.volume, 0) / usual;
  return !last || before.length < usual || average === 0 ? null : { times: Math.round((100 * last.volume) / average) / 100, average: Math.round(average), sessions: usual };
}
const partOf = (count: number, of: number): number | null => (of === 0 ? null : (100 * count) / of);
function movedBy(moves: readonly number[], percent: number): PriceStatisticsOutput['moved'] {
  const [up, down] = [moves.filter((move) => move > percent).length, moves.filter((move) => move < -percent).length];
  return { percent, up, down, either: up + down, eitherPercent: partOf(up + down, moves.length), upPercent: partOf(up, moves.length), downPercent: partOf(down, moves.length) };
}
function closedBeyond(bars: readonly AdjustedBar[], level: number, text: (date: TradingDate) => string): PriceStatisticsOutput['closes'] {
  const [above, below] = [bars.filter((bar) => bar.close > level), bars.filter((bar) => bar.close < level)];
  const day = (bar: AdjustedBar | undefined): string | null => (bar ? text(bar.date) : null);
  return { level, above: above.length, below: below.length, abovePercent: partOf(above.length, bars.length), belowPercent: partOf(below.length, bars.length), firstAbove: day(above[0]), lastAbove: day(above.at(-1)), firstBelow: day(below[0]), lastBelow: day(below.at(-1)) };
}

interface Stretch { from: TradingDate | null; to: TradingDate; sessions: number | null }
function stretchOf(input: { from?: string | undefined; to?: string | undefined; sessions?: number | undefined }, moment: ReadingMoment): Stretch {
  const from = input.from === undefined ? null : dateNamed(input.from, 'from');
  const to = input.to === undefined ? null : dateNamed(input.to, 'to');
  if (from && to && from > to) throw new ToolError('INVALID_PERIOD', 'the period ends before it begins', 'from');
  const end = to && to < moment.date ? to : moment.date;
  return { from: from ?? (input.sessions === undefined ? plusDays(end, -364) : null), to: end, sessions: input.sessions ?? null };
}

type Read = Pick<AdjustedSeries, 'bars'> & { /** All comparable bars up to the end of the stretch. */ until: AdjustedSeries['bars']; base: AdjustedSeries['bars'][number] | null; adjustedFor: string[]; brokenAt: TradingDate | null };
/** The comparable bars of a stretch in the prices of the moment, with the bar before them. */
async function read({ services: { market, database: { orm } } }: ToolContext, { symbol, stretch: { from, to, sessions }, moment, usual = 0 }: { symbol: string; stretch: Stretch; moment: ReadingMoment; usual?: number }): Promise<Read> {
  const start = plusDays(from ?? plusDays(to, -Math.ceil((sessions ?? 1) * 1.6)), -daysBefore - daysOfUsual(usual));
  const series = await adjustedSeries(orm, { symbol, from: start, moment, calendar: market.calendar() });
  const until = series.bars.filter((bar) => bar.date <= to);
  const broken = series.breaks.filter((gap) => !gap.comparable && gap.date <= to).at(-1)?.date ?? null;
  const comparable = until.filter((bar) => broken === null || bar.date >= broken);
  const wanted = comparable.filter((bar) => from === null || bar.date >= from).slice(-(sessions ?? mostSessions));
  const first = wanted[0];
  const cut = broken !== null && first !== undefined && until.filter((bar) => bar.date < broken && (from === null || bar.date >= from)).length > 0 && (sessions === null || wanted.length < sessions);
  return {
    until: comparable, bars: wanted, base: first ? (comparable.findLast((bar) => bar.date < first.date) ?? null) : null, brokenAt: cut ? broken : null,
    adjustedFor: first ? series.actions.filter((action) => action.factor !== 1 && action.exDate > first.date && action.exDate <= moment.date).map((action) => `${action.subject} (${formatDay(action.exDate, moment.date)})`) : [],
  };
}

/** The same of a share of the US, in printed prices from its last split on. */
async function readAbroad(context: ToolContext, share: ForeignShare, { from, to, sessions }: Stretch, moment: ReadingMoment): Promise<Read> {
  const { bars, base, brokenAt } = await foreignStretch(context, share, { from, to, sessions, moment });
  const plain = (bar: DailyBar): AdjustedBar => ({ ...bar, adjustmentFactor: 1, volumeFactor: 1 });
  const all = bars.map(plain);
  return { until: base ? [plain(base), ...all] : all, bars: all, base: base && plain(base), adjustedFor: [], brokenAt };
}

async function compared(context: ToolContext, { other, ours, stretch, moment }: { other: string; ours: Read; stretch: Stretch; moment: ReadingMoment }): Promise<PriceStatisticsOutput['against']> {
  const abroad = await foreignShare(context, other, moment);
  const record = abroad ?? symbolNamed(context, other);
  const wide = stretch.sessions === null ? stretch : { ...stretch, sessions: stretch.sessions + 1 };
  const theirs = abroad ? await readAbroad(context, abroad, wide, moment) : await read(context, { symbol: record.symbol, stretch: wide, moment });
  const all = (series: Read) => [...(series.base ? [series.base] : []), ...series.bars];
  // Where the other's prices end earlier, the last sessions are those that both know.
  const [mine, others] = [all(ours), all(theirs)];
  const found = together(mine, others);
  const dates = new Set(others.map((bar) => bar.date));
  const shared = mine.filter((bar) => dates.has(bar.date));
  const [first, last] = [shared[1] ?? shared[0], shared.at(-1)];
  return { symbol: record.symbol, ...found, fromText: first ? formatDay(first.date, moment.date) : 'nowhere', toText: last ? formatDay(last.date, moment.date) : 'nowhere' };
}
