import { dateIn, type Instant, type TradingDate } from '../../desk/time.ts';
import type { FeedRecord } from '../define.ts';

/** The day on which something happened, of records that tell what happened; null of those that may speak of days to come. */
function happenedOn(record: FeedRecord): TradingDate | null {
  const day = (moment: Instant): TradingDate => dateIn(moment, 'Asia/Kolkata');
  switch (record.type) {
    case 'daily_bar': case 'foreign_bar': return record.bar.date;
    case 'intraday_bar': return day(record.bar.start);
    case 'quote': return day(record.quote.at);
    case 'event': return day(record.event.happenedAt);
    case 'policy_text': return day(record.policy.event.happenedAt);
    case 'option_chain': return day(record.snapshot.asOf);
    case 'institutional_flow': return record.flow.date;
    case 'participant_position': return record.position.date;
    case 'deal': return record.deal.date;
    case 'insider_trade': return day(record.trade.broadcastAt);
    case 'fund_nav': return record.fund.date;
    case 'series_point': return record.point.date;
    default: return null;
  }
}

/** Why a row cannot be true yet: what it tells of has still to happen. Calendars, notices and rules may look ahead. */
export function futureFact(records: readonly FeedRecord[], today: TradingDate): string | null {
  for (const record of records) {
    const day = happenedOn(record);
    if (day !== null && day > today) return `The row tells of ${day}, which is still to come.`;
  }
  return null;
}
