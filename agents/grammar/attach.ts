import type { Utterance } from './context.ts';
import type { Lifted } from './adjuncts.ts';
import { Intent, type IntentKind } from './intents.ts';
import type { Sentence, Term } from './sentence.ts';
import { matchable } from './slots.ts';

/** Indices that options are traded on; beside a company, what it may belong to or is compared with. */
const indices: ReadonlySet<string> = new Set(['NIFTY', 'BANKNIFTY', 'SENSEX', 'FINNIFTY']);
export const isIndex = (term: Term | undefined): boolean => term?.is === 'symbol' && term.resolution.kind === 'one' && indices.has(term.resolution.symbol);

export const slotsOf = new Map<IntentKind, ReadonlySet<string>>(Intent.options.map((option) => [option.shape.kind.value, new Set(Object.keys(option.shape))]));
/** What stands anywhere in the sentence and belongs into a slot of the intent: one symbol, a sector, a card, an indicator. */
export function attach(kind: IntentKind, terms: readonly Term[], { sentence, utterance }: { sentence: Sentence; utterance: Utterance }): { captures: Record<string, unknown>; places: number[] } {
  const names = slotsOf.get(kind) ?? new Set();
  const view = matchable(terms, { sentence, context: utterance.context });
  const captures: Record<string, unknown> = {};
  const places: number[] = [];
  // An index beside a company is what the company may belong to.
  const index = names.has('index') ? terms.findIndex(isIndex) : -1;
  if (index >= 0) { captures.index = view.slotAt('known', index)[0]?.value; places.push(index); }
  for (const [name, slot] of [['symbol', 'known'], ['underlying', 'known'], ['sector', 'sector'], ['indicator', 'indicator'], ['structure', 'structure'], ['movePercent', 'fall'], ['card', 'card'], ['quantity', 'shares'], ['quantity', 'part']] as const) {
    if (!names.has(name) || Object.hasOwn(captures, name)) continue;
    const at = terms.map((_, place) => place).filter((place) => (name === 'card' ? isCard(terms, place) : true) && place !== index && view.slotAt(slot, place).length > 0 && !(kind === 'performance' && isLoosePronoun(terms, place)));
    const named = at.filter((place) => terms[place]?.is !== 'word' || slot !== 'known');
    const [place, second] = named.length > 0 ? named : at;
    if (place === undefined || (second !== undefined && slot === 'known')) continue;
    const fill = view.slotAt(slot, place)[0];
    if (!fill) continue;
    // "Did SIP beat NIFTY": an index beside one's own result is what it is compared with.
    if (kind === 'performance' && isIndex(terms[place])) { places.push(place); continue; }
    captures[name] = fill.value;
    for (let k = 0; k < fill.length; k += 1) places.push(place + k);
  }
  return { captures, places };
}

/** "How much was it?" is of the charge that was spoken of; "made on it" is of the share. */
const isLoosePronoun = (terms: readonly Term[], place: number): boolean => terms[place]?.is === 'word' && !['on', 'in', 'from', 'with', 'of', 'for'].includes(terms[place - 1]?.text ?? '');

/** A figure that names a card. */
export const isCard = (terms: readonly Term[], place: number): boolean => {
  const before = terms[place - 1]?.text;
  return terms[place]?.is === 'amount' && (before === 'card' || before === 'trade' || before === 'proposal' || before === 'number');
};
/** A figure that says how many are shown: of no consequence for what is asked. */
export const isCount = (terms: readonly Term[], place: number): boolean => ['top', 'last', 'first', 'than', 'at', 'all'].includes(terms[place - 1]?.text ?? '') || ['accounts', 'account', 'buckets'].includes(terms[place + 1]?.text ?? '');

/** Said, but of no use to the intent. */
export function leftOut({ account, period }: Omit<Lifted, 'terms'>, intent: Intent): string[] {
  const slots = slotsOf.get(intent.kind) ?? new Set();
  if (slots.has('question')) return [];
  const told = intent as { account?: string; period?: unknown; date?: string; by?: string };
  // All accounts side by side are no answer without the one that was named.
  const accountTold = account === '*' ? slots.has('account') : told.account !== undefined || told.by === 'account';
  return [...(account !== undefined && !accountTold ? [`"${account}"`] : []), ...(period && told.period === undefined && told.date === undefined ? [`"${period.label}"`] : [])];
}
