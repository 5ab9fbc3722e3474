import type { IntentKind } from '../intents.ts';
import { isIndex, slotsOf } from '../attach.ts';
import type { Sentence, Term } from '../sentence.ts';
import type { ConversationContext } from '../context.ts';
import { matchable } from '../slots.ts';
import { fallingWords, risingWords } from '../vocabulary.ts';

/** Where each figure of a question belongs, by what is asked; tried in this order, each slot once. */
const readers: Partial<Record<IntentKind, readonly (readonly [slot: string, reader: string, only?: { is: string; of: readonly string[] }])[]>> = {
  price_stat: [['span', 'span'], ['level', 'decimal', { is: 'measure', of: ['closesAbove', 'closesBelow'] }]],
  compare: [['span', 'span']],
  screen: [
    ['length', 'n', { is: 'condition', of: ['ABOVE_AVERAGE', 'BELOW_AVERAGE'] }], ['level', 'n', { is: 'condition', of: ['RSI_ABOVE', 'RSI_BELOW'] }],
    ['level', 'percent', { is: 'condition', of: ['ROSE_OVER', 'FELL_OVER', 'GAP_UP', 'GAP_DOWN', 'DELIVERY'] }], ['level', 'times', { is: 'condition', of: ['VOLUME_TIMES'] }],
  ],
  indicator: [['length', 'n']],
  option_chain: [['strike', 'decimal']],
  option_strategy: [['lots', 'lots']],
  quote: [['time', 'time']],
  funding_plan: [['number', 'ordinal']],
  card: [['card', 'card']], decision: [['card', 'card']], why: [['card', 'card']], explain_block: [['card', 'card']], audit_story: [['card', 'card']],
};

const alsoRising = 'chadh chadhe badh badhe badha bounce bounces rip rips'.split(' ');
const alsoFalling = 'gir girta girti sink sinks tanking crashing falling dropping slump slumps lose shed sheds toot toota'.split(' ');

/** Names and figures that a question of this kind has a use for beyond the one share, sector or card of `attach`: compared shares, what is measured against, lengths and levels. */
export function figuresOf(kind: IntentKind, terms: readonly Term[], { sentence, context, gives, taken, named: has }: { sentence: Sentence; context: ConversationContext; gives: Readonly<Record<string, unknown>>; taken: readonly number[]; /** Slots that have their value. */ named: Readonly<Record<string, unknown>> }): { captures: Record<string, unknown>; places: number[] } {
  const view = matchable(terms, { sentence, context });
  const captures: Record<string, unknown> = {};
  const places = new Set(taken);
  const named = terms.flatMap((term, place) => (term.is === 'symbol' ? [place] : []));
  if (kind === 'compare' && named.length >= 2) {
    captures.symbols = named.map((place) => view.slotAt('known', place)[0]?.value);
    for (const place of named) places.add(place);
  }
  const [first, second] = named.length === 2 ? named : [];
  if (kind === 'price_stat' && first !== undefined && second !== undefined && (gives.measure === 'beta' || gives.measure === 'correlation')) {
    const [share, against] = isIndex(terms[first]) ? [second, first] : [first, second];
    captures.symbol = view.slotAt('known', share)[0]?.value;
    captures.against = terms[against]?.is === 'symbol' && terms[against].resolution.kind === 'one' ? terms[against].resolution.symbol : undefined;
    if (captures.against !== undefined) for (const place of named) places.add(place);
  }
  // "Nifty 500": which of the indices of that name.
  for (const [place, term] of terms.entries()) {
    if (term.is !== 'amount' || !isIndex(terms[place - 1]) || !/^(?:50|100|200|500)$/.test(term.text)) continue;
    places.add(place);
    if (slotsOf.get(kind)?.has('indexNumber')) captures.indexNumber = Number(term.text);
  }
  const percents = terms.flatMap((term, place) => (term.is === 'amount' && term.amount.unit === 'percent' ? [place] : []));
  const [percent] = percents;
  if (kind === 'scenario' && percent !== undefined && percents.length === 1 && !places.has(percent)) {
    const [up, down] = [[...risingWords, ...alsoRising], [...fallingWords, ...alsoFalling]].map((words) => terms.some((term) => term.is === 'word' && words.includes(term.text)));
    const size = view.slotAt('percent', percent)[0]?.value;
    if (typeof size === 'number' && up !== down) { captures.movePercent = up ? size : -size; places.add(percent); }
  }
  for (const [slot, reader, only] of readers[kind] ?? []) {
    if (Object.hasOwn(captures, slot) || Object.hasOwn(has, slot) || (only && !only.of.includes(String(gives[only.is])))) continue;
    const place = terms.findIndex((_, at) => !places.has(at) && view.slotAt(reader, at).length > 0);
    const fill = place < 0 ? undefined : view.slotAt(reader, place)[0];
    if (!fill) continue;
    captures[slot] = slot === 'lots' && typeof fill.value === 'object' && fill.value !== null && 'lots' in fill.value ? fill.value.lots : fill.value;
    for (let k = 0; k < fill.length; k += 1) places.add(place + k);
  }
  return { captures, places: [...places] };
}
