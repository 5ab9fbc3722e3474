import { ask, type Understanding, type Utterance } from './context.ts';
import { Intent } from './intents.ts';
import { agentFor, changesSomething } from './routes.ts';
import type { Sentence, Term } from './sentence.ts';
import { settle, type Settled } from './settle.ts';
import type { SymbolMention } from './slots.ts';

const connecting = new Set('and what how about same for in on the of also then to account accounts bucket one only with is from at it its as by this aur please now name stock shares ok so again thing do a'.split(' '));

/**
 * "And in the other account?", "what about INFY?", "and last month?": the last question again with one thing changed.
 * Only questions repeat; an order is never repeated by naming another symbol.
 */
export function followUp(sentence: Sentence, { context, marketDate }: Utterance): Understanding | null {
  const rest = sentence.terms.filter((term) => !(term.is === 'word' && connecting.has(term.text)));
  const [only] = rest;
  if (!only || rest.length !== 1 || sentence.terms.some((term) => term.is === 'word' && term.mended !== undefined)) return null;
  const last = context.lastIntent;
  if (only.is === 'word' && only.text === 'other') return last ? otherAccount(sentence, { context, last }) : null;
  const change = changeOf(only, last);
  if (!change) return null;
  if (last && !changesSomething(last.kind) && Object.keys(change).length > 0) {
    const changed = settle({ entry: { kind: last.kind, ...(ahead.has(last.kind) ? { ahead: true } : {}), ...(last.kind === 'trading_days' ? { uncut: true } : {}), takes: ['account', 'period', 'date'] }, captures: { ...withoutKind(last), ...change, ...('period' in change && 'span' in last ? { span: undefined } : {}) }, lifted: {}, original: sentence.original, context, marketDate });
    if (changed) return repeated(changed, last);
  }
  return only.is === 'symbol' ? bareSymbol(only, { sentence, context, marketDate }) : null;
}

const ahead = new Set(['calendar', 'option_chain']);
const withoutKind = ({ kind: _, ...slots }: Intent): Record<string, unknown> => ('period' in slots && slots.period ? { ...slots, period: { ...slots.period, day: false } } : 'date' in slots && slots.date ? { ...slots, date: { from: slots.date, to: slots.date, day: true } } : { ...slots });

/** The slot that the named thing goes into, when the last question has such a slot. */
function changeOf(term: Term, last: Intent | undefined): Record<string, unknown> | null {
  const has = (slot: string): boolean => last !== undefined && Intent.options.some((option) => option.shape.kind.value === last.kind && slot in option.shape);
  switch (term.is) {
    case 'account': return has('account') ? { account: term.account } : null;
    case 'period': return has('period') ? { period: term.period } : has('date') && term.period.day ? { date: term.period } : null;
    case 'sector': return has('sector') ? { sector: term.sector } : null;
    case 'symbol': {
      if (last && !has('underlying') && !has('symbol')) return {};
      const mention: SymbolMention = { mention: 'symbol', said: term.raw, start: term.start, end: term.end, resolution: term.resolution, how: 'named' };
      return { [has('underlying') ? 'underlying' : 'symbol']: mention };
    }
    case 'word': case 'amount': return null;
  }
}
const repeated = (settled: NonNullable<Settled>, last: Intent): Understanding => ('asks' in settled
  ? settled.asks
  : { kind: 'intent', intent: settled.intent, confidence: 'pattern', explicit: false, assumed: [`the question before (${last.kind.replaceAll('_', ' ')})`, ...settled.assumed] });

function otherAccount(sentence: Sentence, { context, last }: { context: Utterance['context']; last: Intent }): Understanding | null {
  const current = ('account' in last ? last.account : undefined) ?? context.lastAccount;
  const others = context.accounts.filter((account) => account.name !== current);
  const [other] = others;
  if (changesSomething(last.kind) || !other) return null;
  if (others.length > 1) return ask('Which account?', others.map(({ name }) => ({ label: name, command: `and in ${name}` })));
  const changed = Intent.safeParse({ ...last, account: other.name });
  return changed.success ? { kind: 'intent', intent: changed.data, confidence: 'pattern', explicit: false, assumed: [`"${sentence.original.trim()}" is ${other.name}`, `the question before (${last.kind.replaceAll('_', ' ')})`] } : null;
}

/** A symbol and nothing else, with no question before it: what it trades at, or a choice when the talk was of orders. */
function bareSymbol(term: Term & { is: 'symbol' }, { sentence, context, marketDate }: { sentence: Sentence } & Pick<Utterance, 'context' | 'marketDate'>): Understanding {
  const mention: SymbolMention = { mention: 'symbol', said: term.raw, start: term.start, end: term.end, resolution: term.resolution, how: 'named' };
  const settled = settle({ entry: { kind: 'quote', with: { field: 'last' } }, captures: { symbol: mention }, lifted: {}, original: sentence.original, context, marketDate });
  if (!settled || 'asks' in settled) return settled?.asks ?? ask('Which symbol?');
  const symbol = settled.intent.kind === 'quote' ? settled.intent.symbol : term.text;
  if (context.lastIntent && (changesSomething(context.lastIntent.kind) || agentFor(context.lastIntent.kind) === 'Judge')) {
    return ask(`What about ${symbol}?`, [{ label: 'Price', command: `price of ${symbol}` }, { label: 'Position', command: `my ${symbol} position` }, { label: 'Trade idea', command: `/idea ${symbol}` }, { label: 'News', command: `news on ${symbol}` }]);
  }
  return { kind: 'intent', intent: settled.intent, confidence: 'pattern', explicit: false, assumed: ['its price', ...settled.assumed] };
}
