import { volumeFactorOf } from './corporate-actions.ts';
import { SQUEEZE, VOLATILITY_REGIME, liquidityRegime, volatilityRegime } from './regimes.ts';
import { RollingWindow } from './rolling-window.ts';
import type { SeriesBreak } from './detect-actions.ts';
import type { CorporateAction, DailyBar, Exchange, FeatureSet } from './types.ts';
import { WilderIndicators } from './wilder.ts';

const SESSIONS_A_YEAR = 252;

/** Features of one symbol, bar by bar. */
export interface FeatureTracker {
  /**
   * Takes the next session's bar and gives the features as of its close.
   * @throws RangeError for a bar that is not later than the one before, or whose prices are not positive finite numbers with
   * low ≤ open, close ≤ high.
   */
  push(bar: DailyBar): FeatureSet;
  /** Brings all history into the prices after a corporate action; call it before the ex-date's bar. */
  adjust(action: CorporateAction): void;
  /** Forgets all history: what follows cannot be compared with it. */
  restart(): void;
}

/**
 * The tracker of a symbol. Percentages are numbers like 1.5 for 1.5 %:
 * - `momentumN`: change over N sessions; `gapPercent`: open against the previous close; both in percent.
 * - `gapFilled`: the day traded back at the previous close (true as well when there was no gap).
 * - `atr14`, `rsi14`: Wilder's, as in `indicators/`; they remember their whole history. `atrPercent`: ATR over close, in percent.
 * - `averageDailyVolume20`: shares, today included. `relativeVolume`: today's volume over the average of the 20 sessions before.
 * - `high20`, `low20`: extremes of the 20 sessions before today, so that a breakout is a close beyond them.
 * - `volatility20`: standard deviation of the last 20 daily log returns (n − 1), × √252, in percent.
 * - `bollingerSqueeze`, `volatilityRegime`, `liquidityRegime`: see `regimes.ts`.
 * A feature is null until its history suffices.
 */
export function createFeatureTracker({ symbol, exchange = 'NSE' }: { symbol: string; exchange?: Exchange }): FeatureTracker {
  let history = emptyHistory();
  let lastDate = '';

  return {
    push(bar) {
      requireBar(bar, symbol, lastDate);
      lastDate = bar.date;
      const { closes, highs, lows, volumes, turnovers, returns, volatilities, bandwidths, wilder } = history;
      const previousClose = closes.ago(0);
      const high20 = highs.fold(20, Number.NEGATIVE_INFINITY, Math.max);
      const low20 = lows.fold(20, Number.POSITIVE_INFINITY, Math.min);
      const usualVolume = volumes.mean(20);

      closes.push(bar.close);
      highs.push(bar.high);
      lows.push(bar.low);
      volumes.push(bar.volume);
      turnovers.push(bar.close * bar.volume);
      if (previousClose !== null) {
        returns.push(Math.log(bar.close / previousClose));
        wilder.push(bar, previousClose);
      }

      const deviation = returns.deviation(20, 1);
      const volatility20 = deviation === null ? null : deviation * Math.sqrt(SESSIONS_A_YEAR) * 100;
      const volatilityRank = volatility20 === null ? null : volatilities.rank(volatility20, VOLATILITY_REGIME.leastSessions);
      if (volatility20 !== null) volatilities.push(volatility20);

      const sma20 = closes.mean(20);
      const bandwidth = sma20 === null ? null : (4 * closes.deviation(20, 0)!) / sma20;
      const squeezeRank = bandwidth === null ? null : bandwidths.rank(bandwidth, SQUEEZE.trailingSessions);
      if (bandwidth !== null) bandwidths.push(bandwidth);

      const change = (sessions: number): number | null => {
        const earlier = closes.ago(sessions);
        return earlier === null ? null : 100 * (bar.close / earlier - 1);
      };
      const atr14 = wilder.atr();
      return {
        symbol, asOf: bar.date, close: bar.close,
        momentum5: change(5), momentum10: change(10), momentum20: change(20),
        atr14, atrPercent: atr14 === null ? null : (100 * atr14) / bar.close,
        rsi14: wilder.rsi(),
        gapPercent: previousClose === null ? null : 100 * (bar.open / previousClose - 1),
        gapFilled: previousClose === null ? null : bar.low <= previousClose && previousClose <= bar.high,
        averageDailyVolume20: volumes.mean(20),
        relativeVolume: usualVolume === null || usualVolume === 0 ? null : bar.volume / usualVolume,
        high20, low20,
        sma20, sma50: closes.mean(50),
        bollingerSqueeze: squeezeRank === null ? null : squeezeRank < SQUEEZE.rankBelow,
        volatility20,
        volatilityRegime: volatilityRegime(volatilityRank),
        liquidityRegime: liquidityRegime(turnovers.mean(20), exchange),
      };
    },
    adjust(action) {
      const { closes, highs, lows, volumes, turnovers, wilder } = history;
      for (const prices of [closes, highs, lows, wilder]) prices.scale(action.factor);
      volumes.scale(volumeFactorOf(action));
      turnovers.scale(action.factor * volumeFactorOf(action));
    },
    restart() { history = emptyHistory(); },
  };
}

const emptyHistory = () => ({
  closes: new RollingWindow(50), highs: new RollingWindow(20), lows: new RollingWindow(20),
  volumes: new RollingWindow(20), turnovers: new RollingWindow(20), returns: new RollingWindow(20),
  volatilities: new RollingWindow(VOLATILITY_REGIME.trailingSessions), bandwidths: new RollingWindow(SQUEEZE.trailingSessions),
  wilder: new WilderIndicators(14),
});

function requireBar({ symbol, date, open, high, low, close, volume }: DailyBar, expected: string, after: string): void {
  if (symbol !== expected) throw new RangeError(`a bar of ${symbol} among those of ${expected}`);
  if (date <= after) throw new RangeError(`bars out of order at ${symbol} ${date}`);
  const sound = low > 0 && low <= open && low <= close && open <= high && close <= high && high < Number.POSITIVE_INFINITY && volume >= 0 && volume < Number.POSITIVE_INFINITY;
  if (!sound) throw new RangeError(`not a bar: ${symbol} ${date} open ${open} high ${high} low ${low} close ${close} volume ${volume}`);
}

/**
 * Features after every bar of one symbol (ascending dates). Give either bars that are already in one day's prices, or printed
 * bars with their `actions`: then each day's features are in that day's prices, as seen that evening. History is forgotten at
 * each break that is not comparable.
 */
export function featuresOf(bars: readonly DailyBar[], { exchange = 'NSE', actions = [], breaks = [] }: {
  exchange?: Exchange; actions?: readonly CorporateAction[]; breaks?: readonly SeriesBreak[];
} = {}): FeatureSet[] {
  const symbol = bars[0]?.symbol;
  if (symbol === undefined) return [];
  const tracker = createFeatureTracker({ symbol, exchange });
  const due = actions.filter((action) => action.symbol === symbol && action.exDate > bars[0]!.date).sort((a, b) => (a.exDate < b.exDate ? -1 : 1));
  const restarts = new Set(breaks.filter((gap) => gap.symbol === symbol && !gap.comparable).map(({ date }) => date));
  let pending = 0;
  return bars.map((bar) => {
    for (let action = due[pending]; action && action.exDate <= bar.date; action = due[++pending]) tracker.adjust(action);
    if (restarts.has(bar.date)) tracker.restart();
    return tracker.push(bar);
  });
}
