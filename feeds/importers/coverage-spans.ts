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
  const spans = new Map<string, CoverageSpan>();
  const sessions = new Map<string, TradingDate[]>();

  function widen(kind: FeedRecord['type'], source: string, symbol: string, date: TradingDate): void {
    const key = `${kind}|${source}|${symbol}`;
    const span = spans.get(key);
    if (!span) spans.set(key, { kind, source, symbol, from: date, to: date });
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
      return [...spans.values(), ...calendars];
    },
  };
}
