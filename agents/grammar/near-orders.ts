import { ask, type AskChoice, type Understanding } from './context.ts';
import { isNegated } from './moods.ts';
import type { Sentence, Term } from './sentence.ts';

const orderVerbs = new Set(['buy', 'sell', 'short', 'exit', 'purchase', 'squareoff', 'dump', 'liquidate', 'offload', 'trim', 'approve', 'flatten', 'invest', 'withdraw', 'deposit', 'transfer', 'accumulate']);
const questionWords = new Set(['what', 'when', 'where', 'which', 'who', 'whom', 'why', 'how', 'should', 'shall', 'would', 'could', 'can', 'is', 'are', 'am', 'was', 'were', 'do', 'does', 'did', 'has', 'have', 'had', 'will', 'may', 'might', 'chahiye', 'if', 'any', 'anything', 'something']);
const example = 'buy 10 TCS at 3900';

const verbsIn = (terms: readonly Term[]): Term[] => terms.filter((term) => term.is === 'word' && orderVerbs.has(term.text));
/** Whether an unread sentence talks like an order, so that it is answered with care and never with a guess. */
export const soundsLikeOrder = (sentence: Sentence): boolean => verbsIn(sentence.terms).length > 0;
export const soundsLikeQuestion = (sentence: Sentence): boolean => sentence.question || questionWords.has(sentence.terms[0]?.text ?? '') || sentence.terms.some((term) => term.text === 'chahiye');
const changeVerbs = new Set(['pause', 'resume', 'close', 'cancel', 'kill', 'stop', 'halt', 'start', 'raise', 'move', 'change', 'confirm', 'reject', 'run', 'add', 'remove', 'switch']);
/** "Don't pause": something is told not to happen. */
export const forbidsChange = (sentence: Sentence): boolean => sentence.terms.some((term, k) => term.is === 'word' && term.text === 'not' && changeVerbs.has(sentence.terms[k + 1]?.text ?? ''));
const commanding = new Set(['pause', 'resume', 'close', 'cancel', 'kill', 'stop', 'halt', 'raise', 'lower', 'move', 'set', 'change', 'confirm', 'reject', 'remove', 'add', 'switch', 'put', 'delete', 'increase', 'reduce', 'ban', 'approve', 'transfer', 'send', 'take']);
/** Begins by telling the desk to change something: it is not to be read as a question about that thing. */
export const soundsLikeCommand = (sentence: Sentence): boolean => !sentence.question && (commanding.has(sentence.terms[0]?.text ?? '') || (sentence.terms[0]?.text === 'let' && sentence.terms[1]?.text === 'us' && sentence.terms[2]?.text === 'not'));

/** What to ask when an order was heard but not all of it was understood. Nothing is ordered. */
export function nearOrder(sentence: Sentence, reads: (text: string) => Understanding): Understanding {
  if (isNegated(sentence)) return ask('Nothing is ordered, and nothing was changed. Which did you mean?', [{ label: 'Show what waits', command: '/cards' }, { label: 'Show open orders', command: '/orders' }, { label: 'Pause new entries', command: '/pause' }]);
  const symbols = sentence.terms.filter((term) => term.is === 'symbol');
  const symbol = symbols.length === 1 ? symbols[0] : undefined;
  const verbs = verbsIn(sentence.terms);
  const several = verbs.length > 1 ? parts(sentence, verbs, reads) : [];
  if (several.length > 0) return ask('Several orders in one message are taken one at a time. Which first?', several);
  const scaled = sentence.terms.find((term) => term.is === 'amount' && term.amount.unit === 'plain' && term.amount.scaled);
  const name = symbol?.is === 'symbol' && symbol.resolution.kind === 'one' ? symbol.resolution.symbol : undefined;
  const side = verbs[0]?.text === 'buy' || verbs[0]?.text === 'sell' ? verbs[0].text : undefined;
  if (scaled?.is === 'amount' && name && side && verbs.length === 1) {
    const value = scaled.amount.value;
    const choices = [{ label: `₹${value} of ${name}`, command: `${side} ₹${value} of ${name}` }, { label: `${value} shares of ${name}`, command: `${side} ${value} ${name}` }];
    return ask(`"${scaled.raw}" of ${name}: rupees or shares?`, choices.filter(({ command }) => reads(command).kind === 'intent'));
  }
  const amounts = sentence.terms.filter((term) => term.is === 'amount');
  if (name && side === 'buy' && verbs.length === 1 && amounts.length === 0 && verbs[0] === sentence.terms[0]) return ask(`How many ${name}? Write for example: buy 10 ${name}.`, [{ label: 'Let the desk size it', command: `/idea ${name}` }]);
  return ask(`Nothing was ordered: not all of that was clear. Write an order as one line, for example: ${example}.`);
}

/** The message cut in front of each order verb, those pieces that read as an intent by themselves. */
function parts({ original }: Sentence, verbs: readonly Term[], reads: (text: string) => Understanding): AskChoice[] {
  return verbs.map((verb, k) => original.slice(verb.start, verbs[k + 1]?.start ?? original.length).replace(/[\s,;.]*(\band|\bthen|\balso)?[\s,;.]*$/i, ''))
    .filter((text) => reads(text).kind === 'intent').map((text) => ({ label: text, command: text }));
}

const englishOrder = /^(?:please |pls |can you |ok |okay )*(?:buy|sell|short|long|go (?:long|short)|exit|add|grab|pick up|get me|take|write)\b/i;
const besideFigure = /(\d[\d,.]*)\s*(pe)\b/i;
const hindiVerb = /\b(?:khareed|kharid|bech|le lo|lelo|lena|le le|karo|kar do|kardo|kar|daal|dal|nikal|nikaal|hata|chahiye|hai|hain|mein|ka|ke|ki|ko|wale)\w*/i;

/** "Buy 10 TCS 3900 pe": to one who speaks English a put of that strike, in Hindi a limit. Which of them is asked. Null for anything else. */
export function putOrLimit(text: string): Understanding | null {
  const strike = englishOrder.test(text) ? besideFigure.exec(text) : null;
  if (!strike || hindiVerb.test(text)) return null;
  const limit = text.replace(besideFigure, 'at $1');
  return ask(`Nothing is ordered: {{said:${strike[1]} ${strike[2]}}} can be a limit or a put of that strike. Options are traded as a structure, for example: /strategy bear put spread NIFTY.`, [{ label: limit, command: limit }]);
}
