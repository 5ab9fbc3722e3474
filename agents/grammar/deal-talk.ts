import { withoutCourtesy } from './adjuncts.ts';
import type { Understanding, Utterance } from './context.ts';
import type { Sentence, Term } from './sentence.ts';
import { settle, settledAsSaid } from './settle.ts';
import { clientAt, mentionOf } from './slots.ts';

const beside = new Set('where what which who whom whose is are was were did do does has have had been there the a an any all of in on for from to at with and list show me tell give how many much number count total overall sum value worth amount deal deals trade trades transaction transactions done made reported happened took place market by they it stock stocks share shares scrip company companies name names client clients fund funds investor investors buyer buyers seller sellers through via latest last recent quantity side only today most highest maximum active busiest often largest biggest top'.split(' '));
const bought = new Set(['bought', 'buy', 'buys', 'buying', 'purchase', 'purchased', 'purchases']);
const sold = new Set(['sold', 'sell', 'sells', 'selling', 'sales', 'offloaded', 'dumped']);

/**
 * "Bulk deals bought by graviton in October", "what did citadel sell in bulk", "total value of block deals yesterday", "which stock had the most bulk deals":
 * deals by side, client, share and time in any order. A word without a place makes it none of these.
 */
export function dealTalk(sentence: Sentence, { context, marketDate }: Utterance): Understanding | null {
  const { terms } = withoutCourtesy(sentence.terms);
  const kinds = new Set(terms.flatMap(({ is, text }) => (is === 'word' && (text === 'bulk' || text === 'block') ? [text] : [])));
  if (kinds.size !== 1 || terms.some((term) => term.is === 'account' || term.is === 'sector')) return null;
  const captures: Record<string, unknown> = {};
  const [sides, said] = [new Set<'BUY' | 'SELL'>(), new Set<string>()];
  for (let at = 0; at < terms.length;) {
    const term = terms[at] as Term;
    const before = terms[at - 1]?.text ?? '';
    if (term.is === 'period') { if (captures.period) return null; captures.period = term.period; at += 1; continue; }
    if (term.is === 'amount') return null;
    const [longest] = clientAt(terms, at, { sentence, context });
    const firm = longest && (term.is !== 'symbol' || before === 'by' || longest.length > 1);
    if (firm && before !== 'in') { if (captures.client !== undefined) return null; captures.client = longest.value; at += longest.length; continue; }
    if (term.is === 'symbol') {
      if (captures.symbol !== undefined) return null;
      captures.symbol = mentionOf(term);
      at += 1; continue;
    }
    if (bought.has(term.text)) sides.add('BUY');
    else if (sold.has(term.text)) sides.add('SELL');
    else if (!kinds.has(term.text) && !beside.has(term.text)) return null;
    said.add(term.text);
    at += 1;
  }
  const has = (...words: readonly string[]): boolean => words.some((word) => said.has(word));
  const most = has('most', 'highest', 'maximum', 'active', 'busiest', 'often');
  const by = has('top') && has('buyers', 'sellers', 'clients', 'funds', 'investors') ? 'CLIENT' : !most || has('largest', 'biggest') ? undefined : has('stock', 'stocks', 'share', 'shares', 'scrip', 'company', 'companies', 'name', 'names') ? 'SYMBOL' : has('who', 'client', 'clients', 'fund', 'funds', 'investor', 'investors', 'buyer', 'buyers', 'seller', 'sellers') ? 'CLIENT' : undefined;
  // A ranking of what nobody named, or one that is of deals and not of who made them, is left to the table.
  if ((most && by === undefined) || (has('active', 'busiest', 'often', 'most') && by === undefined)) return null;
  if (has('buyer', 'buyers')) sides.add('BUY');
  if (has('seller', 'sellers')) sides.add('SELL');
  const [side] = sides;
  const settled = settle({
    entry: { kind: 'deals', with: { what: kinds.has('bulk') ? 'BULK' : 'BLOCK', ...(side !== undefined && sides.size === 1 ? { side } : {}), ...(by === undefined ? {} : { countedBy: by }), ...(has('largest', 'biggest', 'top') && by === undefined ? { order: 'LARGEST' } : {}) }, takes: ['period'] },
    captures, lifted: {}, original: sentence.original, context, marketDate,
  });
  return settledAsSaid(settled);
}
