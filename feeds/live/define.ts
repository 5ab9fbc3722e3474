import type { Instant, TradingDate } from '../../desk/time.ts';

/** A source that is asked now and then. What it answers is read by the importers, like a file that somebody downloaded. */
export interface LiveFeed {
  name: string;
  /** Wall time between two looks. */
  everyMs: number;
  /** Importers whose shapes the answer may have; anything else (an error page, say) is a failure, not an empty answer. */
  kinds: readonly string[];
  /** What is asked at that moment, and the name under which the answer is read: names may add a date or a kind of list. */
  request(at: { now: Instant; today: TradingDate }): { url: string; file: string; headers?: Readonly<Record<string, string>> };
  /** A page of the same host that gives the cookies without which it does not answer. */
  doorstep?: string;
}

/** What is remembered of an answer, to ask only for what is new: HTTP's validators, and the digest of the body for hosts without. */
export interface Cursor { etag?: string; lastModified?: string; digest?: string }
export interface FeedState { cursor: Cursor; lastAttemptAt: Instant | null; notBefore: Instant | null; failuresInARow: number }

export type Polled =
  | { outcome: 'fresh'; accepted: number; updated: number; duplicate: number; quarantined: number }
  | { outcome: 'unchanged' }
  | { outcome: 'failed'; reason: string; notBefore: Instant };
