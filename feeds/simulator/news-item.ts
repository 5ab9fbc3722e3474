import type { EventRecord } from '../../desk/market/types.ts';
import { instant } from '../../desk/time.ts';

/** A piece of news with the jump that it causes; prices jump when it becomes known, never before. */
export interface NewsItem {
  event: EventRecord;
  knownMs: number;
  /** Log jump of the company, or of the factor for sector and market news. */
  jump: number;
  /** The session's minute in which the price jumps; null when it is known before the open and the open jumps. */
  minute: number | null;
}

/** `stance` is left out: like a real filing, the text has to be read. */
export function newsItem({
  headline,
  source,
  text,
  symbols,
  knownMs,
  jump,
  minute,
}: {
  headline: Pick<EventRecord, 'eventType' | 'priority'>;
  source: 'simulated-exchange' | 'simulated-wire';
  text: { title: string; body: string };
  symbols: string[];
  knownMs: number;
  jump: number;
  minute: number | null;
}): NewsItem {
  const moment = instant(knownMs);
  return {
    event: {
      source,
      ...text,
      eventType: headline.eventType,
      priority: headline.priority,
      symbols,
      unlinkedNames: [],
      happenedAt: moment,
      knownAt: moment,
    },
    knownMs,
    jump,
    minute,
  };
}
