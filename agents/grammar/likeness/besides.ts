import type { IntentKind } from '../intents.ts';
import type { Term } from '../sentence.ts';

type Said = (word: string) => boolean;
/** A slot by one of these words; where words of two values stand together neither is meant. */
const oneOf = (values: Readonly<Record<string, readonly string[]>>) => (said: Said): string | undefined => {
  const found = Object.entries(values).filter(([, words]) => words.some(said));
  return found.length === 1 ? found[0]?.[0] : undefined;
};
const whether = (...words: readonly string[]) => (said: Said): true | undefined => (words.some(said) ? true : undefined);

const card = { step: oneOf({ BEFORE: ['before', 'previous', 'prior', 'earlier'], AFTER: ['after', 'next', 'following'] }) };
const dealt = { BUY: ['buy', 'bought', 'buying', 'buyer', 'buyers', 'buys', 'purchase', 'purchased', 'purchases', 'acquired', 'added'], SELL: ['sell', 'sold', 'selling', 'seller', 'sellers', 'sells', 'sale', 'sales', 'disposed', 'offloaded', 'offloading', 'offload', 'exited'] };

/** Details of an intent that are told by a word, whatever the sentence is otherwise like. */
const details: Partial<Record<IntentKind, Readonly<Record<string, (said: Said) => string | true | undefined>>>> = {
  card, decision: card, why: card, explain_block: card, audit_story: card,
  performance: { charge: oneOf({ stt: ['stt'], gst: ['gst'], stampDuty: ['stamp'], brokerage: ['brokerage'], exchange: ['exchange'], sebi: ['sebi'], dp: ['dp'] }) },
  trade_check: { side: oneOf({ BUY: ['buy', 'buying', 'bought', 'add', 'adding', 'take', 'taking', 'enter', 'purchase', 'accumulate', 'kharidu', 'khareedu', 'lu'], SELL: ['sell', 'selling', 'exit', 'trim', 'reduce', 'dump', 'offload', 'book', 'bechu', 'becho'] }) },
  deals: { side: oneOf(dealt), order: (said) => (['biggest', 'largest', 'most', 'highest', 'sabse'].some(said) ? 'LARGEST' : undefined) },
  corporate_actions: { ahead: whether('upcoming', 'coming', 'next', 'due', 'scheduled', 'announced', 'ahead', 'will') },
  flows: { who: oneOf({ FII: ['fii', 'foreign', 'foreigners', 'offshore'], DII: ['dii', 'domestic'] }) },
  option_chain: { right: oneOf({ call: ['call', 'calls', 'ce'], put: ['put', 'puts', 'pe'] }), which: oneOf({ next: ['next'], monthly: ['monthly'] }) },
  option_strategy: { which: oneOf({ next: ['next'], monthly: ['monthly'] }) },
  option_hedge: { event: (said) => (said('budget') ? 'budget' : undefined) },
  intake: { restart: whether('restart', 'again', 'over', 'redo') },
};

/** A charge is one of the costs; of a result without that measure it says nothing. */
export function besides(kind: IntentKind, terms: readonly Term[], gives: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const words = new Set(terms.flatMap((term) => (term.is === 'word' ? [term.text, term.mended ?? term.text] : [])));
  const found = Object.entries(details[kind] ?? {}).flatMap(([slot, read]) => {
    const value = slot === 'charge' && gives.measure !== 'costs' ? undefined : read((word) => words.has(word));
    return value === undefined ? [] : [[slot, value] as const];
  });
  return Object.fromEntries(found);
}
