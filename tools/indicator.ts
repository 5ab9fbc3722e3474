import { z } from 'zod';
import { adx } from '../desk/market/indicators/adx.ts';
import { atr } from '../desk/market/indicators/atr.ts';
import { bollingerBands } from '../desk/market/indicators/bollinger-bands.ts';
import { ema } from '../desk/market/indicators/ema.ts';
import { macd } from '../desk/market/indicators/macd.ts';
import { roc } from '../desk/market/indicators/roc.ts';
import { rsi } from '../desk/market/indicators/rsi.ts';
import type { BarColumns } from '../desk/market/indicators/series.ts';
import { sma } from '../desk/market/indicators/sma.ts';
import { rollingVwap, vwap } from '../desk/market/indicators/vwap.ts';
import { ToolError, defineTool } from './define.ts';

/** Rows as they come, with their date or symbol beside the columns that are read. */
const Bar = z.looseObject({
  open: z.number().optional(), high: z.number().optional(), low: z.number().optional(), close: z.number(), volume: z.number().min(0).optional(),
  session: z.union([z.string(), z.number()]).optional().describe('names the bar’s session; VWAP without a period starts afresh with each'),
});
const Input = z.object({
  name: z.enum(['rsi', 'atr', 'sma', 'ema', 'roc', 'bbands', 'adx', 'vwap', 'macd']),
  period: z.int().min(1).max(100_000).optional()
    .describe('bars; default 14 for rsi, atr, adx, 20 for sma, ema, bbands, 10 for roc. With vwap: a rolling window, without one since the session’s start. Not used by macd'),
  bars: z.array(Bar).min(1).max(200_000).describe('oldest first; columns that the indicator does not read may be left out'),
  deviations: z.number().positive().max(100).default(2).describe('bbands only'),
  fastPeriod: z.int().min(2).max(100_000).default(12).describe('macd only'),
  slowPeriod: z.int().min(2).max(100_000).default(26).describe('macd only'),
  signalPeriod: z.int().min(1).max(100_000).default(9).describe('macd only'),
});
type Request = z.output<typeof Input>;

const Series = z.array(z.number().nullable());
const Output = z.object({
  name: Input.shape.name,
  values: Series.describe('one value a bar, null where history is too short; the middle band of bbands, the MACD line of macd'),
  upper: Series.optional(), middle: Series.optional(), lower: Series.optional(),
  macd: Series.optional(), signal: Series.optional(), histogram: Series.optional(),
  adx: Series.optional(), plusDi: Series.optional(), minusDi: Series.optional(),
});
type Named = Record<string, Float64Array>;

type Column = keyof BarColumns;
interface Indicator {
  columns: readonly Column[];
  leastPeriod: number;
  /** The main line as `values`, further lines under their names. */
  compute(bars: BarColumns, request: Request): Named & { values: Float64Array };
}

const INDICATORS: Record<Request['name'], Indicator> = {
  rsi: { columns: ['close'], leastPeriod: 2, compute: ({ close }, { period = 14 }) => ({ values: rsi(close, period) }) },
  atr: { columns: ['high', 'low', 'close'], leastPeriod: 1, compute: (bars, { period = 14 }) => ({ values: atr(bars, period) }) },
  sma: { columns: ['close'], leastPeriod: 1, compute: ({ close }, { period = 20 }) => ({ values: sma(close, period) }) },
  ema: { columns: ['close'], leastPeriod: 1, compute: ({ close }, { period = 20 }) => ({ values: ema(close, period) }) },
  roc: { columns: ['close'], leastPeriod: 1, compute: ({ close }, { period = 10 }) => ({ values: roc(close, period) }) },
  bbands: {
    columns: ['close'], leastPeriod: 2,
    compute({ close }, { period = 20, deviations }) {
      const { upper, middle, lower } = bollingerBands({ values: close, period, deviations });
      return { values: middle, upper, middle, lower };
    },
  },
  adx: {
    columns: ['high', 'low', 'close'], leastPeriod: 2,
    compute(bars, { period = 14 }) {
      const lines = adx(bars, period);
      return { values: lines.adx, ...lines };
    },
  },
  vwap: {
    columns: ['high', 'low', 'close', 'volume'], leastPeriod: 1,
    compute: (bars, { period, bars: given }) => ({ values: period === undefined ? vwap(bars, sessionNumbers(given)) : rollingVwap(bars, period) }),
  },
  macd: {
    columns: ['close'], leastPeriod: 1,
    compute({ close }, { fastPeriod, slowPeriod, signalPeriod }) {
      const lines = macd({ values: close, fast: fastPeriod, slow: slowPeriod, signal: signalPeriod });
      return { values: lines.macd, ...lines };
    },
  },
};

/**
 * Technical indicators of the bars given, with TA-Lib's definitions and warm-up (see `desk/market/indicators`).
 * Errors: `PERIOD_INVALID` (period), `BAR_INCOMPLETE` (a column that the indicator reads is missing), `BAR_INVALID` (high below low).
 */
export const indicator = defineTool({
  name: 'indicator',
  purpose: 'Technical indicator (RSI, ATR, SMA, EMA, ROC, Bollinger bands, ADX, VWAP, MACD) of bars that you give',
  effect: 'read',
  permission: 'market:read',
  input: Input,
  output: Output,
  run: async (_context, request) => {
    const { columns, leastPeriod, compute } = INDICATORS[request.name];
    if (request.period !== undefined && request.period < leastPeriod) throw new ToolError('PERIOD_INVALID', `${request.name} needs a period of at least ${leastPeriod}.`, 'period');
    const bars = readColumns(request, columns);
    const { values, ...named } = compute(bars, request);
    return { name: request.name, values: nullable(values), ...Object.fromEntries(Object.entries(named).map(([line, series]) => [line, nullable(series)])) };
  },
});

function readColumns({ bars, name }: Request, needed: readonly Column[]): BarColumns {
  const length = bars.length;
  const columns: BarColumns = { open: new Float64Array(0), high: new Float64Array(0), low: new Float64Array(0), close: new Float64Array(0), volume: new Float64Array(0) };
  for (const column of needed) {
    columns[column] = Float64Array.from({ length }, (_, i) => {
      const value = bars[i]?.[column];
      if (value === undefined) throw new ToolError('BAR_INCOMPLETE', `${name} needs the ${column} of every bar; bar ${i} has none.`, `bars[${i}].${column}`);
      return value;
    });
  }
  const upsideDown = columns.high.findIndex((high, i) => high < (columns.low[i] ?? high));
  if (upsideDown >= 0) throw new ToolError('BAR_INVALID', `The high of bar ${upsideDown} is below its low.`, `bars[${upsideDown}].high`);
  return columns;
}

/** Sessions numbered in order of appearance. */
function sessionNumbers(bars: Request['bars']): number[] {
  let number = 0;
  return bars.map(({ session }, i) => (i > 0 && session !== bars[i - 1]?.session ? ++number : number));
}

const nullable = (series: Float64Array): (number | null)[] => Array.from(series, (value) => (Number.isFinite(value) ? value : null));
