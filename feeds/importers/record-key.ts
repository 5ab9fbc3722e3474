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
    case 'index_member': return `index_member|${record.member.index}|${record.member.listedOn}|${record.member.symbol}`;
    case 'trading_rule': return `trading_rule|${record.rule.symbol}|${record.rule.rule}|${record.rule.validFrom}`;
    case 'institutional_flow': { const { date, period, investor, segment, sector } = record.flow; return `institutional_flow|${date}|${period}|${investor}|${segment}|${sector}|${record.source}`; }
    case 'participant_position': { const { date, measure, participant, instrument } = record.position; return `participant_position|${date}|${measure}|${participant}|${instrument}|${record.source}`; }
    case 'deal': { const { date, kind, symbol, client, side, quantity, price, occurrence } = record.deal; return `deal|${date}|${kind}|${symbol}|${client}|${side}|${quantity}|${price}|${occurrence}`; }
    // A disclosure has no number of its own: what it says is what it is.
    case 'insider_trade': { const { company: _company, priorPercent: _prior, from: _from, to: _to, ...said } = record.trade; return `insider_trade|${JSON.stringify(said)}`; }
    case 'policy_text': return `policy_text|${record.policy.institution}|${record.policy.event.title}|${dateIn(record.policy.event.happenedAt, 'Asia/Kolkata')}`;
    case 'fund_nav': return `fund_nav|${record.fund.scheme}|${record.fund.date}`;
    case 'series_point': return `series_point|${record.point.series}|${record.point.key}|${record.point.date}`;
    case 'foreign_bar': return `foreign_bar|${record.exchange}|${record.bar.symbol}|${record.bar.date}`;
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
