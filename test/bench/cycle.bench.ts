import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { allocate } from '../../desk/allocation/allocate.ts';
import type { DailyBar } from '../../desk/market/types.ts';
import { metaLabels } from '../../desk/signals/meta-label.ts';
import { scanSignals } from '../../desk/signals/scan.ts';
import { prepareSeries, type SymbolSeries } from '../../desk/signals/series.ts';
import { at, plusMinutes, type TradingDate } from '../../desk/time.ts';
import type { FeedRecord } from '../../feeds/define.ts';
import { importPath } from '../../feeds/importers/import-path.ts';
import { FIRST_LIVE_SESSION } from '../../feeds/simulator/exchange-days.ts';
import { simulatedHistory } from '../../feeds/simulator/history.ts';
import { bookOf, limits, offerOf, quoteAt } from '../desk/allocation/fixtures.ts';

export const name = 'cycle';

const SESSIONS = 290;
const ROUNDS = 5;
const panel = fileURLToPath(new URL('../../../shared/data/01_equity_daily/nse_eod_panel', import.meta.url));

/** Daily bars by symbol, ascending: the real panel's last 290 sessions where it is there, the simulator's otherwise. */
async function loadBars(): Promise<{ of: string; bars: DailyBar[][] }> {
  const bySymbol = new Map<string, DailyBar[]>();
  const take = (records: Iterable<FeedRecord>): void => {
    for (const record of records) {
      if (record.type !== 'daily_bar') continue;
      const list = bySymbol.get(record.bar.symbol);
      if (list) list.push(record.bar); else bySymbol.set(record.bar.symbol, [record.bar]);
    }
  };
  if (existsSync(panel)) {
    const sink = { write: async (batch: readonly FeedRecord[]) => { take(batch); return { accepted: batch.length, updated: 0, duplicate: 0 }; }, quarantine: async () => 0, coverage: async () => {}, finished: async () => {} };
    for (const file of ['nse_eod_panel_2024.csv.gz', 'nse_eod_panel_2025H1.csv.gz']) await importPath({ path: `${panel}/${file}`, sink, today: '2026-01-01' as TradingDate, clock: () => at('2026-01-01' as TradingDate, '09:00', 'Asia/Kolkata') });
  } else for (const batch of simulatedHistory({ seed: 1, before: FIRST_LIVE_SESSION })) take(batch);
  const bars = [...bySymbol.values()].map((list) => list.sort((a, b) => (a.date < b.date ? -1 : 1)));
  const dates = [...new Set(bars.flatMap((list) => list.map(({ date }) => date)))].sort();
  const from = dates.at(-SESSIONS) ?? dates[0] ?? '';
  return { of: existsSync(panel) ? 'NSE panel' : 'simulator', bars: bars.map((list) => list.filter(({ date }) => date >= from)).filter((list) => list.length > 0) };
}

function median(subject: () => void): number {
  subject();
  const ms = Array.from({ length: ROUNDS }, () => { const start = performance.now(); subject(); return performance.now() - start; });
  return ms.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
}

/** The pure part of a cycle: features of every symbol, signals with all earlier outcomes, labels, one account's entries. */
export async function run(): Promise<{ metric: string; value: number; unit: string }[]> {
  const { of, bars } = await loadBars();
  const session = bars.reduce<TradingDate>((latest, list) => (list.at(-1)!.date > latest ? list.at(-1)!.date : latest), bars[0]![0]!.date);
  const asOf = at(session, '15:31', 'Asia/Kolkata');
  const expiresAt = plusMinutes(asOf, 1440);
  const barriers = { stopAtr: 2, targetAtr: 3, trail: { distanceAtr: 2, activateAtr: 2 } };
  let series: SymbolSeries[] = [];
  const features = median(() => { series = bars.flatMap((list) => prepareSeries({ bars: list, published: [], calendar: null, asOf, exchange: 'NSE', sector: null }) ?? []); });
  const scan = () => scanSignals({ series, session, events: [], barriers, asOf, zone: 'Asia/Kolkata', freshHours: 24, expiresAt }).signals;
  const signals = median(scan);
  const found = scan();
  const quotes = (symbol: string) => { const close = series.find((each) => each.symbol === symbol)?.latest.close; return close === undefined ? null : quoteAt(close); };
  const allocation = median(() => {
    const labels = metaLabels({ signals: found, quotes, events: [], sectorSizes: new Map(), asOf, freshHours: 24 });
    const offers = found.map((signal, i) => offerOf(signal, { label: { ...labels[i]!, chance: null, calibration: '' }, quote: quotes(signal.symbol) }));
    allocate({ book: bookOf(), offers, limits, asOf, today: session, atMost: 2, movesTogether: () => false });
  });
  const days = series.reduce((sum, { dates }) => sum + dates.length, 0);
  return [
    { metric: `symbols (${of})`, value: series.length, unit: 'symbols' },
    { metric: 'daily bars', value: days, unit: 'bars' },
    { metric: 'actions, adjustment and features', value: features, unit: 'ms' },
    { metric: 'features in bulk', value: (days / features) * 60_000, unit: 'symbol-days a minute' },
    { metric: 'signals and all earlier outcomes', value: signals, unit: 'ms' },
    { metric: 'set-ups found', value: found.length, unit: 'signals' },
    { metric: 'labels and one account’s entries', value: allocation, unit: 'ms' },
    { metric: 'pure part of a first cycle', value: features + signals + allocation, unit: 'ms' },
    { metric: 'pure part of the next cycle that day', value: signals + allocation, unit: 'ms' },
  ];
}
