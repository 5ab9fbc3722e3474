import { type TradingDate, tradingDate } from '../../desk/time.ts';
import { withoutCourtesy } from './adjuncts.ts';
import { ask, type Understanding, type Utterance } from './context.ts';
import type { Intent } from './intents.ts';
import type { Sentence, Term } from './sentence.ts';
import { aboutStructure, optionQuestion } from './option-facts-talk.ts';
import { legsSaid, strikesBeside } from './option-strikes.ts';
import { riskSaid, viewSaid } from './option-views.ts';
import { listedAt, sideSaid } from './vocabulary.ts';

/** Intents that only this reading gives; no phrase or topic of the table does. */
export const optionTalkKinds: readonly Intent['kind'][] = ['option_what_if', 'option_hedge', 'option_positions', 'option_margin', 'option_roll', 'option_close', 'option_propose'];
/** What was talked about last, as far as options go. */
const optionTalk: ReadonlySet<Intent['kind']> = new Set<Intent['kind']>(['option_chain', 'option_strategy', ...optionTalkKinds]);
const falls = /\b(drops?|falls?|down|loses?|slides?|crashes|tanks?|lower)\b/;
const rises = /\b(rises?|gains?|up|rall(?:y|ies)|jumps?|climbs?|higher)\b/;
const movement = /(?:(drops?|falls?|down|loses?|slides?|crashes|tanks?|rises?|gains?|up|rall(?:y|ies)|jumps?|climbs?)\s+(?:by\s+)?(\d+(?:\.\d+)?)\s*(?:%|percent|pc)|(\d+(?:\.\d+)?)\s*(?:%|percent|pc)\s+(drop|fall|down|lower|rise|up|higher|gain|rally))/;
const volatility = /\b(?:iv|vols?|volatility|implied volatility)\b\s+(?:is\s+|are\s+|goes\s+|go\s+|jumps?\s+|rises?\s+|falls?\s+|drops?\s+|moves?\s+|pops?\s+|spikes?\s+|climbs?\s+)*(up|down|higher|lower)?\s*(?:by\s+)?(\d+(?:\.\d+)?)/;
const lotsSaid = /\b(\d{1,4})\s+lots?\b/;
const deltaSaid = /\b(?:(\d{1,2})[\s-]?deltas?\b|(?:delta\s+(?:of\s+)?)?(0?\.\d{1,3})[\s-]?deltas?\b|delta\s+(?:of\s+)?(0?\.\d{1,3}|\d{1,2})\b)/;
const widthSaid = /\b(\d{2,5})(?:[\s-]?(?:points?|pts?))?[\s-]?wide\b|\bwings?\s+(?:of\s+)?(\d{2,5})\b|\bwidth\s+(?:of\s+)?(\d{2,5})\b/;
const shiftSaid = /\b(?:by\s+|up\s+|down\s+|higher\s+|lower\s+)+(\d{1,5}(?:\.\d+)?)\b|\b(\d{1,5})\s*(?:points?|pts?)\b/;
/** Of what is held, not of a contract that is named. */
const myGreeks = /\b(?:my|our|portfolio|net|total|book|position)(?:'s)?\s+(?:option\s+|portfolio\s+|net\s+)?(?:greeks?|deltas?|thetas?|vegas?|gammas?)\b|\bhow much theta (?:do|am) i\b|\bgreeks of (?:my|the) (?:book|portfolio|positions?|options?|structures?)\b/;
const nextExpiry = /\b(next|following|later)\s+(?:week(?:ly)?(?:'s)?\s+)?expiry\b|\bnext week\b/;
const monthly = /\bmonth(?:ly|s|'s)?\s*(?:end)?\s*expiry\b|\bmonthly\b/;

const told = (intent: Intent, { explicit = true }: { explicit?: boolean } = {}): Understanding => ({ kind: 'intent', intent, confidence: 'exact', explicit, assumed: [] });
const dayOf = (terms: readonly Term[]): TradingDate | undefined => {
  const term = terms.find((each) => each.is === 'period');
  return term?.is === 'period' ? (term.period.ahead ?? term.period.to) : undefined;
};
const accountOf = (terms: readonly Term[]): string | undefined => { const term = terms.find((each) => each.is === 'account'); return term?.is === 'account' ? term.account : undefined; };
const numberOf = (match: RegExpExecArray | null): number | undefined => { const found = match?.slice(1).find((group) => group !== undefined && /\d/.test(group)); return found === undefined ? undefined : Number(found); };

interface Wishes { delta?: number; width?: number; lots?: number; date?: TradingDate; which?: 'next' | 'monthly' }
/** The day that a hedge should live until. The Union Budget has been on 1 February in every year since 2017 without a general election. */
function hedgedUntil(text: string, day: TradingDate | undefined, today: TradingDate): { date?: TradingDate; event?: 'budget' } {
  if (day !== undefined) return { date: day };
  if (!/\b(union )?budget\b/.test(text)) return {};
  const year = Number(today.slice(0, 4));
  return { date: tradingDate(today <= `${year}-02-01` ? `${year}-02-01` : `${year + 1}-02-01`), event: 'budget' };
}

/** "This week": the stretch in which what is held ends, from today on. */
function expiringWithin(terms: readonly Term[], today: TradingDate): { period?: { from: string; to: string; label: string } } {
  const term = terms.find((each) => each.is === 'period');
  if (term?.is !== 'period') return {};
  const { from, to, label } = term.period;
  return { period: { from: from < today && to >= today ? today : from, to, label } };
}

/** "15-delta shorts, 100 wide, 2 lots, next expiry". A delta above one is in hundredths, as traders say it. */
export function wishesOf(text: string, terms: readonly Term[]): Wishes {
  const delta = numberOf(deltaSaid.exec(text));
  const width = numberOf(widthSaid.exec(text));
  const lots = numberOf(lotsSaid.exec(text));
  const day = terms.find((each) => each.is === 'period' && each.period.day);
  const date = day ? dayOf([day]) : undefined;
  return {
    ...(delta === undefined || delta === 0 ? {} : { delta: delta >= 1 ? delta / 100 : delta }), ...(width === undefined ? {} : { width }), ...(lots === undefined || lots === 0 ? {} : { lots }), ...(date === undefined ? {} : { date }),
    ...(nextExpiry.test(text) ? { which: 'next' as const } : monthly.test(text) ? { which: 'monthly' as const } : {}),
  };
}

/**
 * Talk about options that needs what was said before, or has wishes in it that no phrase lists: strikes by delta, widths, lots, what-ifs,
 * rolling and closing what is held. Narrow on purpose: what it does not know for certain it leaves to the table.
 */
export function optionsTalk(sentence: Sentence, { context, marketDate }: Utterance): Understanding | null {
  const { terms, asked } = withoutCourtesy(sentence.terms);
  const text = sentence.original.toLowerCase().trim().replace(/[?!.]+$/, '');
  const about = context.lastIntent !== undefined && optionTalk.has(context.lastIntent.kind);
  const texts = terms.map((term) => (term.is === 'word' ? term.text : null));
  const listed = texts.flatMap((_, at) => listedAt('structure', texts, at)).sort((a, b) => b.length - a.length)[0]?.value;
  const structure = listed === undefined ? undefined : sideSaid(listed, text);
  const symbol = terms.flatMap((term) => (term.is === 'symbol' && term.resolution.kind === 'one' ? [term.resolution.symbol] : []));
  const account = accountOf(terms);
  const inAccount = account === undefined ? {} : { account };
  const [underlying] = symbol;
  const named = underlying === undefined ? {} : { underlying };
  const doubt = asked || sentence.question;

  if (/^(roll|rollover)\b/.test(text) && !/\b(stop|stops|sl|target|tgt)\b/.test(text) && (about || structure !== undefined || symbol.length === 1 || /\b(options?|structure|position|spread|weeks?|expiry|expiries)\b/.test(text))) {
    const weeks = /\b(\d|a|one|two|three|four)\s+weeks?\b/.exec(text)?.[1];
    const count = weeks === undefined ? undefined : ({ a: 1, one: 1, two: 2, three: 3, four: 4 }[weeks] ?? Number(weeks));
    const date = dayOf(terms.filter((term) => term.is === 'period' && term.period.day));
    const intent: Intent = { kind: 'option_roll', ...named, ...inAccount, ...(count === undefined ? {} : { weeks: count }), ...(date === undefined ? {} : { date }) };
    return doubt ? ask('A question orders nothing. Shall it be drawn up?', [{ label: 'Draw up the roll', command: sentence.original.replace(/\?+\s*$/, '').trim() }]) : told(intent);
  }
  const strikesMeant = structure !== undefined || /\b(structure|strikes?|condor|spread|strangle|straddle|butterfly|wings?)\b/.test(text);
  if (/^(adjust|re-?cent(?:re|er)|shift|move)\b/.test(text) && (strikesMeant || (about && /^(adjust|re-?cent(?:re|er)|shift)\s+(it|this|that|them)\b/.test(text)))) {
    const size = numberOf(shiftSaid.exec(text));
    const shift = size === undefined ? undefined : /\b(down|lower|below)\b/.test(text) ? -size : size;
    return doubt ? ask('A question orders nothing. Shall it be drawn up?', [{ label: 'Draw up the adjustment', command: sentence.original.replace(/\?+\s*$/, '').trim() }]) : told({ kind: 'option_roll', ...named, ...inAccount, ...(shift === undefined ? { recentre: true } : { shift }) });
  }
  if (/^(close|exit|square off|unwind|take off)\b/.test(text) && (structure !== undefined || /\b(structure|structures|option position|options position|my options|options)\b/.test(text)) && !/\ball positions\b/.test(text)) {
    return doubt ? ask('A question orders nothing. Shall it be drawn up?', [{ label: 'Draw up the close', command: sentence.original.replace(/\?+\s*$/, '').trim() }]) : told({ kind: 'option_close', ...named, ...inAccount });
  }
  if (/\bmargin\b/.test(text) && /\b(why|how come|explain|what makes)\b/.test(text)) return told({ kind: 'option_margin', ...inAccount });
  if (/\bhedge\b/.test(text) && /\b(cheapest|cheap|put|puts|option|options|budget)\b/.test(text)) return told({ kind: 'option_hedge', ...named, ...inAccount, ...hedgedUntil(text, dayOf(terms), marketDate) });
  if (/^(my|show|what|which|list|how are|how is)\b.*\b(option positions?|options positions?|structures|my options|option structures held)\b/.test(text) && !/\b(rank|suggest|find|for|if|suppose|assuming)\b/.test(text)) return told({ kind: 'option_positions', ...inAccount });
  if (/\b(?:my|our|i (?:hold|have|own)|of mine|of ours)\b/.test(text) && /\b(?:expir(?:e|es|ing|y|ies))\b/.test(text) && /^(?:what|which|when|does|do|is|are|any|anything|how many|show|list|my)\b/.test(text) && terms.every((term) => term.is !== 'amount') && !/\b(?:card|cards|confirmation|chain|next expiry)\b/.test(text)) return told({ kind: 'option_positions', expiring: true, ...expiringWithin(terms, marketDate), ...inAccount });
  if (myGreeks.test(text)) return told({ kind: 'option_positions', ...inAccount });
  if (about && /^(propose|trade|place|take|do|order|put on)\s+(it|this|that|the trade|the structure)\b/.test(text)) {
    const lots = numberOf(lotsSaid.exec(text));
    return doubt ? ask('A question orders nothing. Shall it be drawn up?', [{ label: 'Propose it', command: 'propose it' }]) : told({ kind: 'option_propose', ...inAccount, ...(lots === undefined ? {} : { lots }) });
  }
  const view = structure === undefined ? viewSaid(text) : null;
  const viewOn = symbol.length === 1 ? underlying : symbol.length === 0 && about && context.lastIntent && 'underlying' in context.lastIntent ? context.lastIntent.underlying : undefined;
  if (view && viewOn !== undefined) {
    const [maxLoss, date] = [riskSaid(sentence.original, terms), dayOf(terms.filter((term) => term.is === 'period' && term.period.day))];
    return told({ kind: 'option_strategy', underlying: viewOn, view, ...(maxLoss === null ? {} : { maxLoss }), ...(date === undefined ? {} : { date }), ...inAccount });
  }
  const move = movement.exec(text);
  const vol = volatility.exec(text);
  if ((/\b(what if|if|suppose|assume|and if)\b/.test(text) || about) && (vol || (about && move)) && structure === undefined) {
    const size = Number(move?.[2] ?? move?.[3] ?? 0);
    const way = move?.[1] ?? move?.[4] ?? '';
    const movePercent = move ? (falls.test(way) || /^(drop|fall|lower|down)$/.test(way) ? -size : rises.test(way) ? size : 0) : 0;
    const volPoints = vol ? (/\b(falls?|drops?|down|lower)\b/.test(vol[0]) ? -1 : 1) * Number(vol[2]) : 0;
    const date = dayOf(terms);
    return told({ kind: 'option_what_if', movePercent, volPoints, ...(date === undefined ? {} : { date }) });
  }
  if (context.lastIntent?.kind === 'option_strategy' && aboutStructure.test(text)) return told(context.lastIntent, { explicit: false });
  const byStrikes = namedByStrikes(sentence, { terms, context, structure, inAccount });
  if (byStrikes) return byStrikes;
  const fact = structure === undefined || /\bstraddle\b/.test(text) ? factAsked(sentence, { terms, context, marketDate }) : null;
  if (fact) return fact;
  const wishes = wishesOf(text, terms);
  if (structure !== undefined && symbol.length === 1 && underlying !== undefined && (wishes.delta !== undefined || wishes.width !== undefined || wishes.lots !== undefined || wishes.which !== undefined)) return told({ kind: 'option_strategy', underlying, structure, ...wishes, ...inAccount });
  if (structure !== undefined && underlying !== undefined && symbol.length === 1 && /^(?:what(?:'s| is| are| would be)? |how much )?(?:is |the |a )*(?:margin|premium|cost|max(?:imum)? (?:loss|profit)|break ?-?evens?|payoff|prob(?:ability)?(?: of profit)?|pop)\b/.test(text)) return told({ kind: 'option_strategy', underlying, structure, ...wishes, ...inAccount });
  // "15-delta shorts", "make it two lots", "next expiry": the structure just shown, drawn anew.
  if (context.lastIntent?.kind === 'option_strategy' && structure === undefined && symbol.length === 0 && Object.keys(wishes).length > 0 && terms.length <= 8 && !/^(?:which|where|how|who|when|why)\b/.test(text)) return told({ ...context.lastIntent, ...wishes });
  return null;
}

/** A structure by its strikes or its legs; without a name, of what was spoken of last or of Nifty. It is shown, never drawn up. */
function namedByStrikes({ original }: Sentence, { terms, context, structure, inAccount }: { terms: readonly Term[]; context: Utterance['context']; structure: string | undefined; inAccount: { account?: string } }): Understanding | null {
  const names = terms.filter((term) => term.is === 'symbol');
  const [name] = names;
  if (names.length > 1 || terms.some((term) => term.is === 'sector') || (name?.is === 'symbol' && name.resolution.kind !== 'one')) return null;
  const first = terms[0];
  const rest = terms.filter((term) => term.is === 'symbol' || term.is === 'period' || term.is === 'account').toReversed().reduce((left, term) => `${left.slice(0, term.start)} ${left.slice(term.end)}`, original).slice(first && first.is !== 'symbol' && first.is !== 'period' && first.is !== 'account' ? first.start : 0).toLowerCase().replace(/[?!.]+\s*$/, '').trim();
  const strikes = structure === undefined ? null : strikesBeside(rest);
  const said = legsSaid(rest) ?? (structure !== undefined && strikes ? { structure, strikes } : null);
  if (!said) return null;
  const { underlying, assumed } = underlyingOf(name, context);
  const { lots, ...others } = wishesOf(original.toLowerCase(), terms);
  // Lots that the legs have of their own multiply none of them.
  const wishes = lots === undefined || said.legs?.some((leg) => leg.lots !== undefined) ? others : { ...others, lots };
  return { kind: 'intent', intent: { kind: 'option_strategy', underlying, ...wishes, ...said, ...inAccount }, confidence: name ? 'exact' : 'pattern', explicit: name !== undefined, assumed };
}

/** The share or index that is named, spoken of last, or usual. */
function underlyingOf(name: Term | undefined, context: Utterance['context']): { underlying: string; assumed: string[] } {
  if (name?.is === 'symbol' && name.resolution.kind === 'one') return { underlying: name.resolution.symbol, assumed: [] };
  const last = context.lastIntent;
  const spoken = last && optionTalk.has(last.kind) && 'underlying' in last ? last.underlying : undefined;
  const underlying = spoken ?? (context.lastSymbol && indexOptions.has(context.lastSymbol) ? context.lastSymbol : usualUnderlying);
  return { underlying, assumed: [`${underlying} options`] };
}

/** Indices whose options people mean when they name none. */
const usualUnderlying = 'NIFTY';
/** "PCR", "IV of the 24500 put", "highest call OI in banknifty": one thing that a chain says. */
function factAsked({ original }: Sentence, { terms, context, marketDate }: { terms: readonly Term[] } & Pick<Utterance, 'context' | 'marketDate'>): Understanding | null {
  const names = terms.filter((term) => term.is === 'symbol');
  const [name] = names;
  if (names.length > 1 || terms.some((term) => term.is === 'account' || term.is === 'sector') || (name?.is === 'symbol' && name.resolution.kind !== 'one')) return null;
  const days = terms.filter((term) => term.is === 'period');
  const rest = terms.filter((term) => term.is !== 'symbol' && term.is !== 'period').map((term) => (/^(?:pe|writing|writers?|unwinding|unwound)$/i.test(term.raw) ? term.raw.toLowerCase() : term.text)).join(' ');
  const asked = optionQuestion(rest);
  if (!asked) return null;
  const { underlying, assumed } = underlyingOf(name, context);
  // "Today" is when it is asked of, and an expiry only where that is said.
  const dated = days.filter((term) => term.is === 'period' && term.period.day && (term.period.to !== marketDate || /\bexpir/i.test(original)));
  const date = dayOf(dated);
  const which = /\bnext\b/.test(original.toLowerCase()) && asked.measure !== 'expiries' ? 'next' as const : /\bmonth(?:ly|\b)/.test(original.toLowerCase()) ? 'monthly' as const : undefined;
  if (days.length > 0 && date === undefined && which === undefined && dated.length === days.length) return null;
  return { kind: 'intent', intent: { kind: 'option_chain', underlying, ...asked, ...(date === undefined ? {} : { date }), ...(which === undefined ? {} : { which }) }, confidence: name ? 'exact' : 'pattern', explicit: name !== undefined, assumed };
}
const indexOptions: ReadonlySet<string> = new Set(['NIFTY', 'BANKNIFTY', 'FINNIFTY', 'SENSEX']);
