import type { EventRecord, EventType } from '../market/types.ts';

interface Reading { bullish: RegExp | null; bearish: RegExp | null }
const reading = (bullish: string | null, bearish: string | null): Reading => ({
  bullish: bullish === null ? null : new RegExp(`\\b(?:${bullish})`, 'i'), bearish: bearish === null ? null : new RegExp(`\\b(?:${bearish})`, 'i'),
});
const always = '[\\s\\S]';

/**
 * Which words of a title tell the direction, by type of event; a title with both, or neither, tells none. Words are compared,
 * never followed: whatever a title says, all that comes out is one of three values.
 */
const readings: Partial<Record<EventType, Reading>> = {
  BUYBACK: reading('buy-?back', 'withdraw|cancel|defer|close[sd]? without'),
  EARNINGS: reading('beats?|above estimates|profit (?:rises|jumps|surges|soars|doubles|zooms)|record (?:profit|revenue)', 'miss(?:es|ed)?|below estimates|profit (?:falls|drops|declines|slumps|plunges|tanks)|(?:net |posts? )loss'),
  GUIDANCE: reading('raise[sd]?|lift[s]?|upgrade[sd]?|increase[sd]?', 'cut[s]?|lower[s]?|slash(?:es)?|withdraw[sn]?|downgrade[sd]?|profit warning'),
  ORDER_WIN: reading('wins?|bags?|receives?|secures?|gets?|awarded', 'cancel(?:s|led|lation)?|terminat\\w+|loses?'),
  PENALTY: reading('set aside|quash\\w*|waive[sd]?|drop(?:s|ped)', 'penalty|penalises|fined?|imposes?|show-?cause|ban(?:s|ned)?'),
  RATING: reading('upgrade[sd]?|raised?', 'downgrade[sd]?|negative|lowered|placed on watch'),
  'M&A': reading('to sell|sells|divest\\w*|monetis\\w*', 'funded by debt|overpa\\w+|dilution|calls? off|terminat\\w+'),
  MANAGEMENT: reading(null, 'resigns?|steps? down|quits?|sacked|removed|arrest\\w*'),
  FUND_RAISE: reading(null, 'discount|dilut\\w+'),
  LITIGATION: reading('wins?|in favour of|dismisses|quash\\w*', 'claim|admits|sued?|against|insolvency|loses'),
  DIVIDEND: reading('special|interim|final|declares?|announces?|recommends?', 'skips?|omits?|cancels?|no dividend'),
  BONUS: reading(always, 'cancel|withdraw'),
  INSIDER: reading('buys|bought|acquire[sd]?|increase[sd]?', 'sells|sold|pledge[sd]?|offload\\w*'),
  POLICY: reading('incentive\\w*|cuts? (?:duty|tax|levy)|eases?|relie[fv]\\w*|approves?', 'tighten\\w*|raises? (?:duty|tax|levy)|levy|ban(?:s|ned)?|curbs?'),
};

/** The event's own stance where a source or tagger gave one; otherwise what its title tells; null where it tells nothing. */
export function stanceOf({ stance, eventType, title }: Pick<EventRecord, 'stance' | 'eventType' | 'title'>): 'BULLISH' | 'BEARISH' | 'NEUTRAL' | null {
  if (stance) return stance;
  const words = readings[eventType];
  const good = words?.bullish?.test(title) ?? false;
  const bad = words?.bearish?.test(title) ?? false;
  // The bad word decides where the good one is the type's own ("cancels the buy-back").
  if (bad && (!good || eventType === 'BUYBACK' || eventType === 'BONUS' || eventType === 'DIVIDEND')) return 'BEARISH';
  return good && !bad ? 'BULLISH' : null;
}
