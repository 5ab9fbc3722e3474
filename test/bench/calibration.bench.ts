import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { DailyBar } from '../../desk/market/types.ts';
import { calibrate } from '../../desk/signals/calibration.ts';
import { signalModels } from '../../desk/signals/models.ts';
import { pastScores } from '../../desk/signals/past-scores.ts';
import { prepareSeries } from '../../desk/signals/series.ts';
import { at, type TradingDate } from '../../desk/time.ts';
import type { FeedRecord } from '../../feeds/define.ts';
import { importPath } from '../../feeds/importers/import-path.ts';
import { FIRST_LIVE_SESSION } from '../../feeds/simulator/exchange-days.ts';
import { simulatedHistory } from '../../feeds/simulator/history.ts';

export const name = 'calibration';

const panel = fileURLToPath(new URL('../../../shared/data/01_equity_daily/nse_eod_panel', import.meta.url));
const barriers = { stopAtr: 2, targetAtr: 3, trail: { distanceAtr: 2, activateAtr: 2 } };
/** As much history as a cycle has. */
const CYCLE_SESSIONS = 290;

async function loadBars(): Promise<Map<string, DailyBar[]>> {
  const bySymbol = new Map<string, DailyBar[]>();
  const take = (records: Iterable<FeedRecord>): void => {
    for (const record of records) if (record.type === 'daily_bar') bySymbol.set(record.bar.symbol, [...(bySymbol.get(record.bar.symbol) ?? []), record.bar]);
  };
  if (existsSync(panel)) {
    const sink = { write: async (batch: readonly FeedRecord[]) => { take(batch); return { accepted: batch.length, updated: 0, duplicate: 0 }; }, quarantine: async () => 0, coverage: async () => {}, finished: async () => {} };
    await importPath({ path: panel, sink, today: '2026-01-01' as TradingDate, clock: () => at('2026-01-01' as TradingDate, '09:00', 'Asia/Kolkata') });
  } else for (const batch of simulatedHistory({ seed: 1, before: FIRST_LIVE_SESSION })) take(batch);
  return bySymbol;
}

/** How well the chance on a card has foretold what came, over prices alone: on all history, and on as much as a cycle has. */
export async function run(): Promise<{ metric: string; value: number; unit: string }[]> {
  const bySymbol = await loadBars();
  const dates = [...new Set([...bySymbol.values()].flatMap((list) => list.map(({ date }) => date)))].sort();
  return [...measure(bySymbol, dates, dates.length), ...measure(bySymbol, dates, CYCLE_SESSIONS)];
}

function measure(bySymbol: ReadonlyMap<string, DailyBar[]>, dates: readonly TradingDate[], sessions: number): { metric: string; value: number; unit: string }[] {
  const from = dates.at(-sessions) ?? dates[0]!;
  const asOf = at(dates.at(-1)!, '15:31', 'Asia/Kolkata');
  const series = [...bySymbol.values()].flatMap((all) => {
    const bars = all.filter(({ date }) => date >= from).sort((a, b) => (a.date < b.date ? -1 : 1));
    return (bars.length > 0 && prepareSeries({ bars, published: [], calendar: null, asOf, exchange: 'NSE', sector: null })) || [];
  });
  const started = performance.now();
  const scored = pastScores({ series, events: [], barriers, models: signalModels, freshHours: 24, opensAt: (date) => at(date, '09:15', 'Asia/Kolkata') });
  const { count, days, tried, knots } = calibrate(scored, { barriers, strategies: signalModels.map(({ strategy }) => strategy) });
  const ms = performance.now() - started;
  const of = `${sessions} sessions of ${series.length} shares`;
  return [
    { metric: `${of}: outcomes of set-ups that were not ruled out`, value: count, unit: `on ${days} sessions` }, { metric: `${of}: scores and map`, value: ms, unit: 'ms' },
    { metric: `${of}: knots`, value: knots?.length ?? 0, unit: (knots ?? []).map(({ score, probability }) => `${score.toFixed(2)}→${probability.toFixed(3)}`).join(' ') },
    ...(tried ? [
      { metric: `${of}: foretold, walk-forward`, value: tried.count, unit: `on ${tried.days} sessions, ${tried.from} to ${tried.to}; ${((100 * tried.reached) / tried.count).toFixed(1)} % reached the target` },
      { metric: `${of}: Brier score before`, value: tried.brier.before, unit: '' }, { metric: `${of}: Brier score after`, value: tried.brier.after, unit: '' }, { metric: `${of}: Brier score of the plain share`, value: tried.brier.plain, unit: '' },
      { metric: `${of}: calibration error before`, value: 100 * tried.calibrationError.before, unit: 'points' }, { metric: `${of}: calibration error after`, value: 100 * tried.calibrationError.after, unit: 'points' },
      ...tried.bins.map(({ meanPredicted, observed, count: inBin, days: ofDays, low, high }) => ({ metric: `${of}: said ${(100 * meanPredicted).toFixed(1)} %, came`, value: 100 * observed, unit: `% of ${inBin} on ${ofDays} sessions (${(100 * low).toFixed(0)}–${(100 * high).toFixed(0)} %)` })),
    ] : []),
  ];
}
