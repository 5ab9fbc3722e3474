import type { Intent, IntentKind } from '../intents.ts';

/**
 * One way of meaning something. `phrases` match a whole sentence.
 * Captured slots go into the intent under their names; `with` are slots that the wording itself gives.
 */
export interface PhraseEntry {
  kind: IntentKind;
  with?: Partial<Record<string, unknown>>;
  phrases: readonly string[];
  /** Adjuncts that may stand anywhere: "in SIP", "last month", "on 3 June". */
  takes?: readonly ('account' | 'period' | 'date')[];
  /** Slots taken from the conversation when nothing was said: the symbol just spoken of, the card just shown. */
  fills?: readonly ('symbol' | 'card')[];
  /** What this wording leaves to be understood; said back to the person, and the order is then not explicit. */
  assumes?: string;
  /** Meant only where a stretch of time or a day was named: "TCS high this year", where "TCS high" is the day's. */
  requires?: 'stretch' | 'date' | 'day';
  /** The period question looks ahead (events) or back (all else). */
  ahead?: boolean;
  /** The period is meant as it is, what is past and what is to come: it is not cut at today. */
  uncut?: boolean;
  /** The whole sentence goes into this slot as it was said. */
  verbatim?: 'question' | 'query';
  examples: readonly string[];
}
/** An entry as tables write it; `kind` is checked against the intents. */
export const entries = (kind: Intent['kind'], list: readonly Omit<PhraseEntry, 'kind'>[]): PhraseEntry[] => list.map((entry) => ({ kind, ...entry }));
