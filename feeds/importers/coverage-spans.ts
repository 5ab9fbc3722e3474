import { dateIn, type TradingDate } from '../../desk/time.ts';
import type { FeedRecord } from '../define.ts';
import type { CoverageSpan } from './import-sink.ts';

/** Days without a session that a calendar may have in a row; a wider gap means that the source knew nothing there. */
const LONGEST_CLOSURE_DAYS = 10;

/**
 * Collects what a source told about: per symbol for bars, meetings and actions, for everybody (`*`) for events and
 * sessions. A calendar counts as covered only over its last run without a hole.
 */
export function createCoverage(): { add(record: FeedRecord): void; spans(): CoverageSpan[] } {
  /** By kind and source, then by symbol: a key for each of a million bars would be a text for each. */
  const spans = new Map<FeedRecord['type'], Map<string, Map<string, CoverageSpan>>>();
  const sessions = new Map<string, TradingDate[]>();

  function widen(kind: FeedRecord['type'], source: string, symbol: string, date: TradingDate): void {
    const sources = inside(spans, kind);
    const symbols = inside(sources, source);
    const span = symbols.get(symbol);
    if (!span) symbols.set(symbol, { kind, source, symbol, from: date, to: date });
    else if (date < span.from) span.from = date;
    else if (date > span.to) span.to = date;
  }
  function add(record: FeedRecord): void {
    switch (record.type) {
      case 'daily_bar': widen(record.type, record.source, record.bar.symbol, record.bar.date); break;
      case 'event': widen(record.type, record.event.source, '*', dateIn(record.event.happenedAt, 'Asia/Kolkata')); break;
      case 'scheduled_event': widen(record.type, record.source, record.event.symbol, record.event.date); break;
      case 'corporate_action': widen(record.type, record.source, record.action.symbol, record.action.exDate); break;
      case 'institutional_flow': widen(record.type, record.source, '*', record.flow.date); break;
      case 'deal': widen(record.type, record.source, '*', record.deal.date); break;
      case 'insider_trade': widen(record.type, record.source, record.trade.symbol, dateIn(record.trade.broadcastAt, 'Asia/Kolkata')); break;
      case 'calendar_day': {
        const dates = sessions.get(record.source) ?? [];
        dates.push(record.day.date);
        sessions.set(record.source, dates);
        break;
      }
      default: break;
    }
  }
  return {
    add,
    spans: () => {
      const calendars = [...sessions].map(([source, dates]): CoverageSpan => {
        dates.sort();
        const last = dates.at(-1) as TradingDate;
        let from = last;
        for (let i = dates.length - 2; i >= 0; i--) {
          const date = dates[i] as TradingDate;
          if (Date.parse(from) - Date.parse(date) > LONGEST_CLOSURE_DAYS * 86_400_000) break;
          from = date;
        }
        return { kind: 'calendar_day', source, symbol: '*', from, to: last };
      });
      return [...[...spans.values()].flatMap((sources) => [...sources.values()].flatMap((symbols) => [...symbols.values()])), ...calendars];
    },
  };
}

function inside<K, V>(outer: Map<K, Map<string, V>>, key: K): Map<string, V> {
  let inner = outer.get(key);
  if (!inner) outer.set(key, (inner = new Map()));
  return inner;
}
