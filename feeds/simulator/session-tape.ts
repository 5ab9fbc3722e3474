import type { IntradayBar, Quote } from '../../desk/market/types.ts';
import { instant } from '../../desk/time.ts';
import { rupees } from './daily-bar.ts';
import { SESSION_MINUTES } from './exchange-days.ts';
import { drawMinuteVolumes } from './minute-volumes.ts';
import { drawPricePath } from './price-path.ts';
import { randomStream } from './random.ts';
import type { SessionPlan } from './session-plan.ts';
import { createTrack, minuteOf, quoteOf } from './symbol-track.ts';
import type { SymbolTrack } from './symbol-track.ts';

const MINUTE_MS = 60_000;

/** One session minute by minute and second by second. */
export interface SessionTape {
  /** All symbols' bars of one minute of the session (0 to 374), the index included. */
  bars(minuteOfSession: number): IntradayBar[];
  /** The quote at a moment of the session, opening and closing moment included; null for a symbol that is not listed. */
  quote(symbol: string, atMs: number): Quote | null;
}

function normals(seed: number, ...path: (string | number)[]): Float64Array {
  const stream = randomStream(seed, ...path);
  return Float64Array.from({ length: SESSION_MINUTES }, () => stream.normal());
}

const sumByMinute = (volumes: readonly Float64Array[]): Float64Array =>
  Float64Array.from({ length: SESSION_MINUTES }, (_, minute) => volumes.reduce((sum, volume) => sum + (volume[minute] ?? 0), 0));

/** Draws a session's tape. Pure in seed and plan. */
export function createTape(seed: number, { day, times, stocks }: SessionPlan): SessionTape {
  const market = normals(seed, 'market-minutes', day);
  const sectors = new Map<string | null, Float64Array>([[null, new Float64Array(SESSION_MINUTES)]]);
  const tracks = new Map<string, SymbolTrack>();
  for (const stock of stocks) {
    const { symbol, shape, sigma, marketShare, sectorShare } = stock;
    const sector = sectors.get(stock.sector) ?? normals(seed, 'sector-minutes', stock.sector ?? '', day);
    sectors.set(stock.sector, sector);
    const path = drawPricePath({
      shape,
      sigma,
      marketShare,
      sectorShare,
      market,
      sector,
      stream: randomStream(seed, 'minutes', symbol, day),
    });
    // The index comes last; its volume is that of all the others.
    const cumulativeVolume =
      stock.sector === null
        ? sumByMinute([...tracks.values()].map((track) => track.cumulativeVolume))
        : drawMinuteVolumes({ stream: randomStream(seed, 'volumes', symbol, day), volume: stock.volume, path, sigma });
    tracks.set(symbol, createTrack({ seed, day, stock, path, cumulativeVolume }));
  }

  return {
    bars(minuteOfSession) {
      const start = instant(times.openMs + minuteOfSession * MINUTE_MS);
      return [...tracks].map(([symbol, track]) => {
        const { open, high, low, close, volume } = minuteOf(track, minuteOfSession);
        return { symbol, start, minutes: 1, open: rupees(open), high: rupees(high), low: rupees(low), close: rupees(close), volume };
      });
    },
    quote(symbol, atMs) {
      const track = tracks.get(symbol);
      return track ? quoteOf(track, times, atMs) : null;
    },
  };
}
