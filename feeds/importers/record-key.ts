import { sha256 } from '../../desk/canonical.ts';
import type { EventRecord } from '../../desk/market/types.ts';
import { dateIn } from '../../desk/time.ts';
import type { FeedRecord } from '../define.ts';

/** What makes two records the same fact. Importing a fact again changes nothing; a better telling of it merges. */
export function recordKey(record: FeedRecord): string {
  switch (record.type) {
    case 'daily_bar': return `daily_bar|${record.bar.symbol}|${record.bar.date}`;
    case 'intraday_bar': return `intraday_bar|${record.bar.symbol}|${record.bar.minutes}|${record.bar.start}`;
    case 'quote': return `quote|${record.quote.symbol}|${record.quote.at}`;
    case 'symbol': return `symbol|${record.symbol.symbol}`;
    case 'event': return `event|${eventFingerprint(record.event)}`;
    case 'calendar_day': return `calendar_day|${record.day.exchange}|${record.day.date}|${record.source}`;
    case 'scheduled_event': return `scheduled_event|${record.event.symbol}|${record.event.date}|${record.event.kind}`;
    case 'corporate_action': return `corporate_action|${record.action.symbol}|${record.action.exDate}|${record.action.kind}|${record.action.basis}`;
    case 'option_chain': return `option_chain|${record.snapshot.underlying}|${record.snapshot.asOf}|${record.source}`;
    case 'trading_rule': return `trading_rule|${record.rule.symbol}|${record.rule.rule}|${record.rule.validFrom}`;
  }
}

/**
 * A filing is its document; anything else is its words on their day in India, whoever carried them, so that one headline
 * in two files or under two tickers is one event, while "informs about board meeting" next month is another.
 */
export function eventFingerprint(event: EventRecord): string {
  if (event.artifactUrl) return sha256(`artifact|${event.artifactUrl}`);
  return sha256(`${words(event.title)}|${words(event.body)}|${dateIn(event.happenedAt, 'Asia/Kolkata')}`);
}

const words = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}%&.+-]+/gu, ' ').trim();
