import { type TradingDate, at, tradingDate } from '../../../desk/time.ts';
import type { CalendarDay, DailyBar } from '../../../desk/market/types.ts';
import { sharedText } from './shared.ts';

const FILES = ['2019-10_2020-12', '2021', '2022', '2023', '2024', '2025H1'];
const PANEL_COLUMNS = 'DATE,SYMBOL,PREV_CLOSE,OPEN,HIGH,LOW,CLOSE,TTL_TRD_QNTY,NO_OF_TRADES,DELIV_QTY';
let panel: Map<string, DailyBar[]> | undefined;

/** The real NSE panel (unadjusted), by symbol with ascending dates. */
export function nsePanel(): Map<string, DailyBar[]> {
  if (panel) return panel;
  panel = new Map();
  for (const file of FILES) {
    const [header, ...lines] = sharedText(`data/01_equity_daily/nse_eod_panel/nse_eod_panel_${file}.csv.gz`).trim().split(/\r?\n/);
    if (header !== PANEL_COLUMNS) throw new Error(`columns of ${file} have changed: ${header}`);
    for (const line of lines) {
      const [date, symbol, previousClose, open, high, low, close, volume] = line.split(',') as [string, string, ...string[]];
      const bar: DailyBar = {
        symbol, date: date as TradingDate, open: Number(open), high: Number(high), low: Number(low), close: Number(close),
        volume: Number(volume), previousClose: Number(previousClose),
      };
      const bars = panel.get(symbol);
      if (bars) bars.push(bar); else panel.set(symbol, [bar]);
    }
  }
  for (const bars of panel.values()) bars.sort((a, b) => (a.date < b.date ? -1 : 1));
  return panel;
}

export const nseClose = (date: TradingDate) => at(date, '15:30', 'Asia/Kolkata');

export function nseDaysSeen(): CalendarDay[] {
  const [, ...lines] = sharedText('data/05_symbol_master/nse_trading_days_derived.csv').trim().split(/\r?\n/);
  return lines.map((line) => ({ exchange: 'NSE', kind: 'SESSION', date: tradingDate(line.slice(0, 10)) }));
}
