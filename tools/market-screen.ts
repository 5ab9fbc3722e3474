import { z } from 'zod';
import { deliveredOn } from '../db/stores/bars.ts';
import { formatDay } from '../desk/format.ts';
import type { AdjustedBar } from '../desk/market/corporate-actions.ts';
import { rsi } from '../desk/market/indicators/rsi.ts';
import { deviation, mean } from '../desk/portfolio/moments.ts';
import type { TradingDate } from '../desk/time.ts';
import { AsOf, DateText, dateNamed, readingMoment } from './as-of.ts';
import { defineTool, ToolError } from './define.ts';
import { lastSession } from './last-session.ts';
import { latestSession } from './market-day.ts';
import { scopeOf } from './indices.ts';

const Condition = z.enum(['ABOVE_AVERAGE', 'BELOW_AVERAGE', 'YEAR_HIGH', 'YEAR_LOW', 'RSI_ABOVE', 'RSI_BELOW', 'RSI_HIGHEST', 'RSI_LOWEST', 'VOLATILITY_HIGHEST', 'VOLATILITY_LOWEST', 'TURNOVER', 'VOLUME', 'ROSE_OVER', 'FELL_OVER', 'GAP_UP', 'GAP_DOWN', 'VOLUME_TIMES', 'DELIVERY']);
type Condition = z.output<typeof Condition>;
/** A condition that says yes or no of a share and can be asked beside another. */
const Further = z.object({ condition: Condition.exclude(['RSI_HIGHEST', 'RSI_LOWEST', 'VOLATILITY_HIGHEST', 'VOLATILITY_LOWEST', 'TURNOVER', 'VOLUME', 'DELIVERY']), length: z.int().min(1).max(400).optional(), level: z.number().min(0).max(100).optional() });
const Row = z.object({ symbol: z.string(), name: z.string().nullable(), sector: z.string().nullable(), close: z.number(), measured: z.number().nullable().describe('the average, high, low or RSI that it was held against, its move, gap or what was delivered in percent, or how many times its usual volume'), others: z.array(z.number().nullable()).describe('the same of the further conditions'), volume: z.number(), turnover: z.number(), turnoverMinor: z.number() });
const Output = z.object({
  asOf: z.string(), currency: z.enum(['INR', 'USD']), condition: Condition, session: z.string(), sessionText: z.string(), fromText: z.string().nullable().describe('first day of the stretch that a move is over; null: one session'), sector: z.string().nullable(), index: z.string().nullable(), length: z.int(), level: z.number().nullable(), also: z.array(z.object({ condition: Condition, length: z.int(), level: z.number().nullable() })),
  counted: z.int().describe('shares that traded in the session and have the history'), found: z.int(), foundPercent: z.number().nullable().describe('of those counted'), shown: z.int(), short: z.int().describe('shares that traded and have too short a history'), rows: z.array(Row).describe('the largest move or most delivered first where that was asked, else the most traded'), reason: z.string().nullable(),
});

const sessionsAYear = 252;
/** RSI remembers its whole history; after so many lengths what is older does not show any more. */
const rsiWarmUp = 12;
const usual: Record<Condition, number> = { ABOVE_AVERAGE: 200, BELOW_AVERAGE: 200, YEAR_HIGH: sessionsAYear, YEAR_LOW: sessionsAYear, RSI_ABOVE: 14, RSI_BELOW: 14, RSI_HIGHEST: 14, RSI_LOWEST: 14, VOLATILITY_HIGHEST: 20, VOLATILITY_LOWEST: 20, TURNOVER: 1, VOLUME: 1, ROSE_OVER: 1, FELL_OVER: 1, GAP_UP: 1, GAP_DOWN: 1, VOLUME_TIMES: 20, DELIVERY: 1 };
const usualLevel: Partial<Record<Condition, number>> = { RSI_ABOVE: 70, RSI_BELOW: 30, ROSE_OVER: 5, FELL_OVER: 5, GAP_UP: 2, GAP_DOWN: 2, VOLUME_TIMES: 2 };
const mostFirst: ReadonlySet<Condition> = new Set<Condition>(['ROSE_OVER', 'GAP_UP', 'VOLUME_TIMES', 'DELIVERY', 'RSI_HIGHEST', 'VOLATILITY_HIGHEST']);
const leastFirst: ReadonlySet<Condition> = new Set<Condition>(['FELL_OVER', 'GAP_DOWN', 'RSI_LOWEST', 'VOLATILITY_LOWEST']);
const byRsi: ReadonlySet<Condition> = new Set<Condition>(['RSI_ABOVE', 'RSI_BELOW', 'RSI_HIGHEST', 'RSI_LOWEST']);
const moves: ReadonlySet<Condition> = new Set<Condition>(['ROSE_OVER', 'FELL_OVER']);
/** Conditions that may be of a stretch, not of a session. */
const overStretch: ReadonlySet<Condition> = new Set<Condition>(['ROSE_OVER', 'FELL_OVER', 'VOLATILITY_HIGHEST', 'VOLATILITY_LOWEST']);
/** A year's extreme may be told of a share that was listed a little later than a year ago, but not of a new one. */
const leastOf: Partial<Record<Condition, number>> = { YEAR_HIGH: 240, YEAR_LOW: 240 };

/** Which shares meet a condition at the last session's close, in prices adjusted for splits and bonuses. */
export const marketScreen = defineTool({
  name: 'market_screen',
  purpose: 'Shares above or below their moving average, at a year’s high or low, with an RSI above or below a level or the highest or lowest one, most or least volatile, that rose or fell by more than so many percent in a session or over a stretch, opened with a gap, traded many times their usual volume, most traded or most delivered, at the last session; several conditions at once',
  effect: 'read', permission: 'market:read',
  input: z.object({
    condition: Condition, length: z.int().min(1).max(400).optional().describe('sessions of the average (200), year (252), RSI (14) or usual volume or volatility (20)'), level: z.number().min(0).max(100).optional().describe('RSI: absent 70 and 30; a move: percent, absent 5; a gap: percent, absent 2; volume: times the usual, absent 2'),
    also: z.array(Further).max(4).default([]).describe('further conditions: all have to hold'),
    from: DateText.optional().describe('of a move or a volatility: from the close before this day; absent: of the session, or of `length` sessions'),
    sector: z.string().min(1).optional(), index: z.string().min(1).max(60).optional().describe('only its members then: Nifty 50'), limit: z.int().min(1).max(200).default(20), asOf: AsOf.optional(),
  }),
  output: Output,
  run: async (context, { condition, length = usual[condition], level, also, from, sector, index, limit, asOf }) => {
    const { market } = context.services;
    const moment = readingMoment(context, asOf);
    const members = await scopeOf(context, { sector, index, moment });
    const threshold = usualLevel[condition] === undefined ? null : (level ?? usualLevel[condition]);
    const further = also.map((each) => ({ condition: each.condition, length: each.length ?? usual[each.condition], level: usualLevel[each.condition] === undefined ? null : (each.level ?? usualLevel[each.condition] ?? null) }));
    const asked = [{ condition, length, level: threshold }, ...further];
    const first = from !== undefined && asked.some((each) => overStretch.has(each.condition)) ? dateNamed(from, 'from') : undefined;
    if (first && first > moment.date) throw new ToolError('INVALID_PERIOD', 'the stretch begins after the day that is looked at', 'from');
    const stretch = first ? Math.ceil((Date.parse(moment.date) - Date.parse(first)) / 86_400_000) : 0;
    const { series, session } = await lastSession(context, { moment, sessions: Math.max(...asked.map((each) => (byRsi.has(each.condition) ? each.length * rsiWarmUp : Math.max(each.length, stretch)))) + 10, has: (symbol) => members?.has(symbol) ?? true });
    const delivered = condition === 'DELIVERY' ? await deliveredOn(context.services.database.orm, { date: session, asOf: moment.asOf }) : null;
    const before = latestSession(series.map((bars) => (first ? bars.findLast((bar) => bar.date < first) : bars.at(-2))?.date));
    const yesterday = first ? latestSession(series.map((bars) => bars.at(-2)?.date)) : before;
    const judged = series.map((bars) => {
      if (delivered) { const { symbol } = bars.at(-1) as AdjustedBar; return { bars, holds: delivered.has(symbol) ? true : null, measured: delivered.get(symbol) ?? null, others: [] }; }
      const [own, ...rest] = asked.map((each) => judge(each.condition, { bars, length: each.length, threshold: each.level, before: overStretch.has(each.condition) ? before : yesterday, first }));
      const all = own ? [own, ...rest] : rest;
      return { bars, holds: all.some(({ holds }) => holds === false) ? false : all.some(({ holds }) => holds === null) ? null : true, measured: own?.measured ?? null, others: rest.map(({ measured }) => measured) };
    });
    const known = judged.filter(({ holds }) => holds !== null);
    const matching = known.filter(({ holds }) => holds).map(({ bars, measured, others }): z.input<typeof Row> => {
      const last = bars.at(-1) as AdjustedBar;
      const record = market.symbols().get(last.symbol);
      return { symbol: last.symbol, name: record?.name ?? null, sector: record?.sector ?? null, close: last.close, measured: rounded(measured), others: others.map(rounded), volume: last.volume, turnover: Math.round(last.close * last.volume), turnoverMinor: Math.round(100 * last.close * last.volume) };
    }).sort((a, b) => (condition === 'VOLUME' ? b.volume - a.volume : mostFirst.has(condition) ? (b.measured ?? 0) - (a.measured ?? 0) : leastFirst.has(condition) ? (a.measured ?? 0) - (b.measured ?? 0) : b.turnover - a.turnover));
    const rows = matching.slice(0, limit);
    return {
      asOf: moment.asOf, currency: 'INR' as const, condition, session, sessionText: formatDay(session, moment.date), fromText: first && first < session ? formatDay(first, moment.date) : null, sector: members?.sector ?? null, index: members?.index ?? null, length, level: threshold, also: further,
      counted: known.length, found: matching.length, foundPercent: known.length === 0 ? null : Math.round((1000 * matching.length) / known.length) / 10, shown: rows.length, short: judged.length - known.length, rows, reason: known.length > 0 ? null : 'no share has a history long enough',
    };
  },
});

const rounded = (value: number | null): number | null => (value === null ? null : Math.round(100 * value) / 100);

/** Whether the condition holds at the last bar; null where the history does not suffice. `before`: the session that a move is counted from. */
function judge(condition: Condition, { bars, length, threshold, before, first }: { bars: readonly AdjustedBar[]; length: number; threshold: number | null; before: TradingDate | null; first: TradingDate | undefined }): { holds: boolean | null; measured: number | null } {
  const last = bars.at(-1) as AdjustedBar;
  if (condition === 'TURNOVER' || condition === 'VOLUME') return { holds: true, measured: null };
  if (byRsi.has(condition)) {
    const value = rsi(Float64Array.from(bars, (bar) => bar.close), length).at(-1);
    if (value === undefined || !Number.isFinite(value)) return { holds: null, measured: null };
    return { holds: threshold === null ? true : condition === 'RSI_ABOVE' ? value > threshold : value < threshold, measured: value };
  }
  if (condition === 'VOLATILITY_HIGHEST' || condition === 'VOLATILITY_LOWEST') {
    const since = first ? bars.findLastIndex((bar) => bar.date < first) : bars.length - 1 - length;
    const closes = since < 0 || (first && bars[since]?.date !== before) ? [] : bars.slice(since).map((bar) => bar.close);
    const spread = deviation(closes.slice(1).map((close, at) => Math.log(close / (closes[at] as number))));
    return spread === null ? { holds: null, measured: null } : { holds: true, measured: 100 * spread * Math.sqrt(sessionsAYear) };
  }
  if (moves.has(condition) || condition === 'GAP_UP' || condition === 'GAP_DOWN') {
    // A share that did not trade in the session before has no move of a day.
    const previous = first && moves.has(condition) ? bars.findLast((bar) => bar.date < first) : bars.at(-2);
    if (!previous || previous.date !== before || threshold === null) return { holds: null, measured: null };
    const move = ((moves.has(condition) ? last.close : last.open) / previous.close - 1) * 100;
    return { holds: condition === 'ROSE_OVER' || condition === 'GAP_UP' ? move > threshold : move < -threshold, measured: move };
  }
  if (condition === 'VOLUME_TIMES') {
    const usually = bars.slice(-1 - length, -1);
    const volume = usually.length < length ? 0 : mean(usually.map((bar) => bar.volume));
    return volume > 0 && threshold !== null ? { holds: last.volume > threshold * volume, measured: last.volume / volume } : { holds: null, measured: null };
  }
  const window = bars.slice(-length);
  if (window.length < Math.min(length, leastOf[condition] ?? length)) return { holds: null, measured: null };
  if (condition === 'YEAR_HIGH' || condition === 'YEAR_LOW') {
    const extreme = condition === 'YEAR_HIGH' ? Math.max(...window.map((bar) => bar.high)) : Math.min(...window.map((bar) => bar.low));
    return { holds: condition === 'YEAR_HIGH' ? last.high >= extreme : last.low <= extreme, measured: extreme };
  }
  const average = mean(window.map((bar) => bar.close));
  return { holds: condition === 'ABOVE_AVERAGE' ? last.close > average : last.close < average, measured: average };
}
