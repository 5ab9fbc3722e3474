import type { Intent, IntentOf } from './intents.ts';

const opening = /^(?:and|but|only|just|now|same|what about|how about|aur|by|per|in|as|for|split|break|sort|group|which|of|how many|how much|the|show|list)\b/;
const pointing = /\b(?:those|these|them|ones|one|of which|that|it|thereof)\b/;
const wholly = /^(?:and|but|only|just|same|what about|how about|aur)\b/;

/**
 * The questions that a sentence goes on from, earliest first, in the words of the desk's own queries: of "and in SIP?", "only the losers",
 * "by month", "how many of those were in SIP". Null where it stands by itself, or the question before was none about the book.
 */
export function continues(text: string, last: Intent | undefined): string[] | null {
  if (!last) return null;
  const said = text.trim().toLowerCase().replace(/[?.!]+$/, '');
  const short = said.split(/\s+/).length <= 3;
  if (!wholly.test(said) && !refersBack(said) && !short && !(opening.test(said) && pointing.test(said)) && !/^(?:by|per|split|break|sort|group)\b/.test(said)) return null;
  if (last.kind === 'sql') return [...(last.before ?? []), last.question];
  const words = inWords(last);
  return words === null ? null : [words];
}

const market: ReadonlySet<Intent['kind']> = new Set<Intent['kind']>(['movers', 'find_idea', 'patterns', 'performance', 'fills']);
/** Best, worst or last of one's own, where a reading by topic may have left out what narrows it: a query that explains every word goes first. */
export const aboutOwnTrades = (read: Intent, text: string): boolean => market.has(read.kind) && (read.kind === 'movers' ? /\b(?:my|i|our|we|mine)\b/i.test(text) : read.kind === 'performance' && /\b(?:positions?|holdings?)\b/i.test(text) ? true : /\b(?:best|worst|last|latest|biggest|largest|top|highest|lowest|most|least)\b/i.test(text)) && !/\b(?:find|suggest|recommend|should|could|would|to buy|idea|ideas)\b/i.test(text);

/** Said as what goes on from something. */
export const leansOn = (text: string): boolean => wholly.test(text.trim().toLowerCase()) || refersBack(text) || /\b(?:which|what|how many|any) (?:ones?|of them)\b/i.test(text) || /^(?:by|per|split|break|sort|group)\b/i.test(text.trim());
/** "Of those", "on them": without what was before it says nothing. */
export const refersBack = (text: string): boolean => /\b(?:of|on|in|for|from|among|about) (?:those|these|them|which)\b|\b(?:those|these) (?:ones|trades|positions|cards|orders|fills)\b|\b(?:did|do|have|were|are|had) they\b|\bthat (?:same )?(?:day|week|month|quarter|year)\b/i.test(text);

const dimension = 'accounts?|sectors?|symbols?|stocks?|strategy|strategies|months?|weeks?|days?|quarters?|years?|weekdays?|sides?';
const split = new RegExp(`\\b(?:by|per|each|every) (?:the |calendar |trading )?(?:${dimension})\\b|\\b(?:${dimension})[- ]?wise\\b`, 'i');
const splittable: ReadonlySet<Intent['kind']> = new Set<Intent['kind']>(['performance', 'patterns', 'fills', 'cash', 'orders', 'cash_flows']);
/** "Win rate by account", "how long did I hold it": what was to be split by something, or how long, or what is realised alone, and is read without it. */
export const splitsUnread = (read: Intent, text: string): boolean => (read.kind === 'performance' && read.measure === undefined && (/\b(?:un)?reali[sz]ed\b/i.test(text) || (read.by !== undefined && /\b(?:average|avg|mean|per trade|a trade|each trade)\b/i.test(text)))) || (read.kind === 'position' && /\bhow (?:long|many days)\b/i.test(text)) || splittable.has(read.kind) && split.test(text) && !('by' in read && read.by !== undefined && (read.kind !== 'performance' || (read.measure === undefined && read.charge === undefined)));
/** Said of all accounts together, whichever was spoken of before. */
export const ofAllAccounts = (text: string): boolean => /\b(?:overall|altogether|all told|in total|net worth|combined|taken together|put together|across (?:the )?(?:board|desk|everything|accounts)|(?:whole|entire|total|full|my) (?:book|desk)|(?:whole|entire|total|full) portfolio)\b/i.test(text);

const measured: Partial<Record<NonNullable<IntentOf<'performance'>['measure']>, string>> = {
  winRate: 'win rate of trades', costs: 'charges', best: 'best trades', worst: 'worst trades', expectancy: 'average pnl of trades', averages: 'average pnl of trades', holding: 'average holding time of trades',
};
const ordered: Record<NonNullable<IntentOf<'holdings'>['order']>, string | null> = { WORST: 'worst open positions', BEST: 'best open positions', SMALLEST: 'smallest open position', LARGEST: 'largest open position', NEAR_STOP: null, NEAR_TARGET: null };
function inWords(last: Intent): string | null {
  const about = aboutWhat(last);
  if (about === null) return null;
  const { account, symbol, period } = last as { account?: string; symbol?: string; period?: { from: string; to: string } };
  return [about, symbol && `in ${symbol}`, account && account !== '*' && `in ${account}`, period && (period.from === period.to ? `on ${period.from}` : `between ${period.from} and ${period.to}`)].filter(Boolean).join(' ');
}
function aboutWhat(last: Intent): string | null {
  switch (last.kind) {
    case 'performance': {
      const what = last.charge !== undefined ? null : last.measure === undefined ? 'pnl' : (measured[last.measure] ?? null);
      return what === null || last.by === undefined ? what : `${what} by ${last.by}`;
    }
    case 'fills': return last.side === undefined ? 'fills' : last.side === 'BUY' ? 'bought fills' : 'sold fills';
    case 'holdings': return last.date !== undefined ? null : last.order === undefined ? 'open positions' : ordered[last.order];
    case 'orders': return last.outcome === undefined ? (last.period === undefined ? 'open orders' : 'orders') : `${last.outcome.toLowerCase()} orders`;
    case 'cards': return last.decidedBy !== undefined || last.outcome === 'APPROVED' ? null : last.outcome === undefined ? (last.period === undefined ? null : 'cards') : `${last.outcome.toLowerCase()} cards`;
    case 'exposure': return last.sector === undefined ? 'value of open positions by sector' : `value of open positions in ${last.sector}`;
    default: return null;
  }
}
