import { ask, type Understanding, type Utterance } from './context.ts';
import { Intent, type IntentOf, type PriceMeasure } from './intents.ts';
import { agentFor, changesSomething } from './routes.ts';
import type { Sentence, Term } from './sentence.ts';
import { settle, type Settled } from './settle.ts';
import { shiftedTime } from './shifted-time.ts';
import { mentionOf, type SymbolMention } from './slots.ts';
import { isEveryday } from './symbols.ts';
import { grammarWords } from './table/index.ts';
import type { PhraseEntry } from './table/entry.ts';
import { wordTable } from '../../desk/market/word-table.ts';

const connecting = new Set('and what how about same for in on the of also then to account accounts bucket one only with is from at it its as by this aur please name stock shares ok so again thing do a'.split(' '));

/**
 * "And in the other account?", "what about INFY?", "and last month?": the last question again with one thing changed.
 * Only questions repeat; an order is never repeated by naming another symbol.
 */
export function followUp(sentence: Sentence, { context, calendar, marketDate }: Utterance): Understanding | null {
  const again = askedOfAnswer(sentence, { context, marketDate }) ?? atAnotherTime(sentence, { context, calendar, marketDate });
  if (again) return again;
  // "Compare that with last quarter": the same over that time.
  const compares = sentence.terms.some((term) => term.is === 'period') && /^(?:and )?compare(?:d)? (?:that|it|this) (?:with|to|against) /.test(sentence.terms.map((term) => term.text).join(' '));
  const rest = sentence.terms.filter((term) => !(term.is === 'word' && (connecting.has(term.text) || (compares && ['compare', 'compared', 'that', 'this', 'against'].includes(term.text)))));
  const [only] = rest;
  if (!only || rest.length !== 1 || sentence.terms.some((term) => term.is === 'word' && term.mended !== undefined)) return null;
  const last = context.lastIntent;
  if (only.is === 'word' && only.text === 'other') return last ? otherAccount(sentence, { context, last }) : null;
  if (last && only.is === 'word' && ownTrades.has(only.text) && aboutTrades.has(last.kind)) return ofOwnTrades(only.text, last);
  if (last?.kind === 'scenario' && only.is === 'amount') return anotherMove(only, last);
  if (last?.kind === 'flows' && only.is === 'word' && /^(?:fii|dii|fpi|foreigner|domestic)s?$/.test(only.text)) return repeatedAs({ ...last, who: /^[fF]/.test(only.text) ? 'FII' : 'DII' }, last);
  if (last?.kind === 'option_chain' && only.is === 'word' && rightOf[only.text] && (last.right !== undefined || last.measure === 'openInterest' || last.measure === 'walls')) return repeatedAs({ ...last, right: rightOf[only.text] }, last);
  if (last && only.is === 'word') return anotherFigure(only.text, last) ?? nobodyKnown(only, { sentence, context, marketDate, last });
  if (last?.kind === 'quote' && only.is === 'period' && !only.period.day) {
    return settledAs({ kind: 'price_stat', with: { measure: stretchOf[last.field] } }, { symbol: last.symbol, period: only.period }, { sentence, context, marketDate, last });
  }
  // A query goes on as one: what is named takes the place of what was named.
  if (last?.kind === 'sql' && only.is !== 'amount' && only.is !== 'word') return repeatedAs({ kind: 'sql', question: sentence.original.trim(), before: [...(last.before ?? []), last.question] }, last);
  const structure = last?.kind === 'option_strategy' ? last : last?.kind === 'option_margin' || last?.kind === 'option_what_if' ? context.lastStructure : undefined;
  if (structure && only.is === 'symbol') return structureOn(only, structure, { sentence, context, marketDate });
  const change = changeOf(only, last);
  if (!change) return null;
  if (last && !changesSomething(last.kind) && Object.keys(change).length > 0) {
    const changed = settle({ entry: { kind: last.kind, ...(ahead.has(last.kind) ? { ahead: true } : {}), ...(last.kind === 'trading_days' ? { uncut: true } : {}), takes: ['account', 'period', 'date'] }, captures: { ...withoutKind(last), ...change, ...('period' in change && 'span' in last ? { span: undefined } : {}) }, lifted: {}, original: sentence.original, context, marketDate });
    if (changed) return repeated(changed, last);
  }
  // "What is in the bank nifty" asks for what belongs to it.
  if (!last && only.is === 'symbol' && only.resolution.kind === 'one' && sentence.terms[0]?.text === 'and') {
    const { symbol } = only.resolution;
    return ask(`What about ${symbol}? There is no question before this that I understood.`, [{ label: `${symbol} now`, command: `quote ${symbol}` }, { label: `${symbol} this month`, command: `${symbol} this month` }]);
  }
  return only.is === 'symbol' && !within(sentence, only) ? bareSymbol(only, { sentence, context, marketDate }) : null;
}

const within = ({ terms }: Sentence, term: Term): boolean => terms[0]?.text === 'what' && terms.slice(0, terms.indexOf(term)).some(({ text }) => text === 'in');

const rightOf: Readonly<Record<string, 'call' | 'put'>> = wordTable({ call: 'call', calls: 'call', ce: 'call', put: 'put', puts: 'put', pe: 'put' });
function repeatedAs(changed: unknown, last: Intent): Understanding | null {
  const parsed = Intent.safeParse(changed);
  return parsed.success ? { kind: 'intent', intent: parsed.data, confidence: 'pattern', explicit: false, assumed: [`the question before (${last.kind.replaceAll('_', ' ')})`] } : null;
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
      return { [has('underlying') ? 'underlying' : 'symbol']: mentionOf(term) };
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

/** "And losers?" after a question about one's own trades is not about the market. */
const ownTrades = new Set(['winners', 'winner', 'losers', 'loser', 'wins', 'losses']);
const aboutTrades: ReadonlySet<Intent['kind']> = new Set<Intent['kind']>(['performance', 'patterns', 'fills']);
function ofOwnTrades(word: string, last: Intent): Understanding | null {
  const { account, period } = { account: undefined, period: undefined, ...last } as { account?: string; period?: IntentOf<'performance'>['period'] };
  // These tell of both in one answer.
  const both = last.kind === 'performance' && (last.measure === 'holding' || last.measure === 'averages' || last.measure === 'streak' || last.measure === 'winRate');
  const measure = both ? last.measure : word.startsWith('win') ? 'best' : 'worst';
  const parsed = Intent.safeParse({ kind: 'performance', measure, ...(account === undefined ? {} : { account }), ...(period === undefined ? {} : { period }) });
  return parsed.success ? { kind: 'intent', intent: parsed.data, confidence: 'pattern', explicit: false, assumed: ['of your own trades'] } : null;
}

/** "What if Nifty falls 5%?" "And 10?": the same way, by that much. */
function anotherMove(term: Term & { is: 'amount' }, last: IntentOf<'scenario'>): Understanding | null {
  const size = Number(term.amount.value);
  if ((term.amount.unit !== 'percent' && term.amount.unit !== 'plain') || !(size > 0 && size <= 100)) return null;
  const movePercent = Math.sign(last.movePercent ?? -1) * size;
  return { kind: 'intent', intent: { ...last, movePercent }, confidence: 'pattern', explicit: false, assumed: ['the question before (scenario)'] };
}

/** The structure just shown, on something else. Strikes and expiries are those of what it was on, so they are chosen anew. */
function structureOn(term: Term & { is: 'symbol' }, last: IntentOf<'option_strategy'>, { sentence, context, marketDate }: { sentence: Sentence } & Pick<Utterance, 'context' | 'marketDate'>): Understanding | null {
  const { structure, lots, delta, which, view, account } = last;
  if (structure === undefined && view === undefined) return ask('The strikes of one are no strikes of another. Name the structure, or its strikes.');
  const kept = { structure, lots, delta, which, view, account };
  const settled = settle({ entry: { kind: 'option_strategy', takes: ['account'] }, captures: { ...Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined)), underlying: mentionOf(term) }, lifted: {}, original: sentence.original, context, marketDate });
  const anew = last.strikes ?? last.legs ?? last.width ?? last.date;
  return settled && !('asks' in settled) && anew !== undefined ? repeated({ ...settled, assumed: [...settled.assumed, 'strikes and expiry chosen anew'] }, last) : settled && repeated(settled, last);
}

/** "And for ZORBIX?": a name after a question about a share, that nobody has. */
function nobodyKnown(term: Term & { is: 'word' }, { sentence, context, marketDate, last }: { sentence: Sentence; last: Intent } & Pick<Utterance, 'context' | 'marketDate'>): Understanding | null {
  if (!/^[a-z][a-z&.-]{2,}$/.test(term.text) || grammarWords.has(term.text) || isEveryday(term.text) || changesSomething(last.kind)) return null;
  const slot = last.kind === 'option_margin' || 'underlying' in last ? 'underlying' : 'symbol' in last ? 'symbol' : null;
  if (slot === null) return null;
  const mention: SymbolMention = { mention: 'symbol', said: term.raw, start: term.start, end: term.end, resolution: sentence.resolver.resolve(term.raw), how: 'foreign' };
  const kind = last.kind === 'option_margin' ? 'option_chain' : last.kind;
  const settled = settle({ entry: { kind }, captures: { ...(kind === last.kind ? withoutKind(last) : {}), [slot]: mention }, lifted: {}, original: sentence.original, context, marketDate });
  return settled && 'asks' in settled ? settled.asks : null;
}

/** A symbol and nothing else, with no question before it: what it trades at, or a choice when the talk was of orders. */
function bareSymbol(term: Term & { is: 'symbol' }, { sentence, context, marketDate }: { sentence: Sentence } & Pick<Utterance, 'context' | 'marketDate'>): Understanding {
  const settled = settle({ entry: { kind: 'quote', with: { field: 'last' } }, captures: { symbol: mentionOf(term) }, lifted: {}, original: sentence.original, context, marketDate });
  if (!settled || 'asks' in settled) return settled?.asks ?? ask('Which symbol?');
  const symbol = settled.intent.kind === 'quote' ? settled.intent.symbol : term.text;
  if (context.lastIntent && (changesSomething(context.lastIntent.kind) || agentFor(context.lastIntent.kind) === 'Judge')) {
    return ask(`What about ${symbol}?`, [{ label: 'Price', command: `price of ${symbol}` }, { label: 'Position', command: `my ${symbol} position` }, { label: 'Trade idea', command: `/idea ${symbol}` }, { label: 'News', command: `news on ${symbol}` }]);
  }
  return { kind: 'intent', intent: settled.intent, confidence: 'pattern', explicit: false, assumed: ['its price', ...settled.assumed] };
}

/** What a quote's field becomes over a stretch of time. */
const stretchOf: Record<IntentOf<'quote'>['field'], PriceMeasure> = { last: 'change', close: 'change', previousClose: 'change', open: 'change', high: 'high', low: 'low', volume: 'totalVolume' };
/** A figure named alone after a question about a share: the same question for that figure. */
const fieldWords: Record<string, IntentOf<'quote'>['field']> = wordTable({ high: 'high', low: 'low', open: 'open', close: 'close', price: 'last', volume: 'volume', highest: 'high', lowest: 'low' });
const measureWords: Record<string, PriceMeasure> = wordTable({
  high: 'high', highest: 'high', low: 'low', lowest: 'low', range: 'range', volatility: 'volatility', vol: 'volatility', beta: 'beta', drawdown: 'drawdown', return: 'change', returns: 'change', change: 'change', move: 'change', volume: 'averageVolume', turnover: 'averageTurnover', delivery: 'delivery', gap: 'gap', trades: 'trades',
});
function anotherFigure(word: string, last: Intent): Understanding | null {
  const field = fieldWords[word];
  const measure = measureWords[word];
  const changed = last.kind === 'quote' && field ? { ...last, field } : last.kind === 'price_stat' && measure ? { ...last, measure }
    : (last.kind === 'quote' || last.kind === 'chart' || last.kind === 'indicator') && measure && !field ? { kind: 'price_stat', symbol: last.symbol, measure, ...('period' in last && last.period ? { period: last.period } : {}) }
      : last.kind === 'chart' && field ? { kind: 'quote', symbol: last.symbol, field } : null;
  const parsed = changed && Intent.safeParse(changed);
  return parsed?.success ? { kind: 'intent', intent: parsed.data, confidence: 'pattern', explicit: false, assumed: [`the question before (${last.kind.replaceAll('_', ' ')})`] } : null;
}

const whenWasIt = /^(?:and |so |but )?(?:when (?:was|did|is) (?:that|it|this)(?: happen| hit| touch| reach| make| see)?(?: (?:that|this|it|the high|the low|the peak))?(?: high| low| level)?|(?:on )?(?:which|what) (?:day|date)(?: was (?:that|it|this))?)$/;
/** The answer about costs has each charge already. */
const ofCharges = /^(?:and |now |please )*(?:(?:break|split) (?:it|that|this|them)? ?(?:up|down|out)?|(?:the |a )?(?:break ?down|break ?up|split)|what (?:is|are) (?:in )?(?:it|that|they|those) made (?:up )?of|each)(?: (?:of (?:it|that|them)|by (?:type|kind|head|charge|component|item|name)|(?:type|kind|head)-? ?wise))*$|^(?:and |now )*by (?:type|kind|head|charge|component|item)$/;
const inPercent = /^(?:and |so |what is (?:that|it) |how much is (?:that|it) |what about )*(?:in|as|by what|what) (?:a )?(?:percent|percentage|%)(?: terms)?$/;
/** Answers that tell the day of what they tell, or that are told in percent already. */
const dated: ReadonlySet<Intent['kind']> = new Set(['price_stat', 'quote', 'deals', 'corporate_actions', 'flows', 'calendar', 'fills', 'news']);
const inPercents: ReadonlySet<Intent['kind']> = new Set(['price_stat', 'chart', 'compare', 'sector_moves', 'movers', 'performance', 'exposure', 'holdings', 'position', 'limits', 'risk_metrics', 'breadth', 'screen']);
const ofThem = /^(?:and |so |but )*(?:which|what|how many|any) (?:of )?(?:them|these|those|ones)(?: stocks| shares| names)?(?: have| has| were| are| did)? (fell|fallen|lost|down|dropped|declined|fall|drop|red|rose|risen|gained|up|rise|gain|jumped|green)(?: (?:the )?most)?$/;
/** "Which of them fell": the shares that were spoken of, over the same time. */
function amongThem(sentence: Sentence, last: Intent): Understanding | null {
  const moved = ofThem.exec(sentence.terms.map((term) => term.text).join(' '))?.[1];
  if (moved === undefined || (last.kind !== 'screen' && last.kind !== 'movers' && last.kind !== 'sector_members' && last.kind !== 'sector_moves')) return null;
  const day = 'date' in last && last.date ? { period: { from: last.date, to: last.date, label: last.date } } : {};
  const kept = Object.fromEntries(Object.entries(last).filter(([slot]) => slot === 'sector' || slot === 'index' || slot === 'indexNumber' || slot === 'period'));
  return repeatedAs({ kind: 'movers', direction: /^(?:rose|risen|gained|up|rise|gain|jumped|green)$/.test(moved) ? 'UP' : 'DOWN', ...day, ...kept }, last);
}
/** "And the one before?" of a card: the same question about the card before it. */
const oneBefore = /^(?:and |what about |how about |then |ok |so )*(?:the |that )?(?:(?:one|card|trade|proposal)? ?(?:right |just )?(before)(?: that| it| this| one| card)*|(?:previous|earlier|preceding) (?:one|card|trade|proposal)|(?:one|card|trade|proposal)? ?(?:right |just )?(after)(?: that| it| this)*|(next) (?:one|card))$/;
const ofCards: ReadonlySet<Intent['kind']> = new Set(['card', 'decision', 'why', 'explain_block', 'audit_story']);
function neighbour(text: string, last: Intent, shown: number | undefined): Understanding | null {
  const found = oneBefore.exec(text);
  if (!found || shown === undefined || !ofCards.has(last.kind)) return null;
  const { symbol: _, ...kept } = last as Intent & { symbol?: string };
  return repeatedAs({ ...kept, card: shown, step: found[2] ?? found[3] ? 'AFTER' : 'BEFORE' }, last);
}
/** "When was that?", "in percent?": asked of the answer that was just given. */
function askedOfAnswer(sentence: Sentence, { context, marketDate }: Pick<Utterance, 'context' | 'marketDate'>): Understanding | null {
  const last = context.lastIntent;
  const text = sentence.terms.map((term) => term.text).join(' ');
  if (!last) return null;
  const same: Understanding = { kind: 'intent', intent: last, confidence: 'pattern', explicit: false, assumed: [`the question before (${last.kind.replaceAll('_', ' ')})`] };
  const beside = neighbour(text, last, context.lastShownCard);
  if (beside) return beside;
  const among = amongThem(sentence, last);
  if (among) return among;
  if (last.kind === 'performance' && last.measure === 'costs' && ofCharges.test(text)) return same;
  if (last.kind === 'control_history' && /^(?:and |but )*(?:why|what for|who|by whom|when)(?: (?:was|is) (?:that|it))?$/.test(text)) return same;
  if (whenWasIt.test(text)) return dated.has(last.kind) ? same : null;
  if (!inPercent.test(text)) return null;
  if (inPercents.has(last.kind)) return same;
  if (last.kind !== 'quote' || last.field === 'volume') return null;
  const day = last.date ?? marketDate;
  return settledAs({ kind: 'chart' }, { symbol: last.symbol, period: { from: day, to: day, label: day === marketDate ? 'today' : day, day: true } }, { sentence, context, marketDate, last });
}
/** "And the day before?", "the latest five": the question before at another time, or what it counted. */
function atAnotherTime(sentence: Sentence, { context, calendar, marketDate }: Pick<Utterance, 'context' | 'calendar' | 'marketDate'>): Understanding | null {
  const last = context.lastIntent;
  if (!last || changesSomething(last.kind)) return null;
  const text = sentence.terms.map((term) => term.text).join(' ');
  if (last.kind === 'filings_count' && last.edge === undefined && thoseCounted.test(text)) return settledAs({ kind: 'news' }, { symbol: last.symbol, ...(last.period ? { period: { ...last.period, day: false } } : {}) }, { sentence, context, marketDate, last });
  if ((last.kind === 'quote' || last.kind === 'price_stat' || last.kind === 'chart') && belowHigh.test(text)) return settledAs({ kind: 'price_stat', with: { measure: /\blow\b/.test(text) ? 'fromLow' : 'fromHigh' } }, { symbol: last.symbol, ...upToThen(last) }, { sentence, context, marketDate, last });
  const time = shiftedTime(text, last, { calendar, marketDate });
  const slot = time && ['date', 'period'].find((name) => Intent.options.some((option) => option.shape.kind.value === last.kind && name in option.shape));
  if (!time || !slot || (slot === 'date' && !time.day)) return null;
  const changed = settle({ entry: { kind: last.kind, takes: ['period', 'date'] }, captures: { ...withoutKind(last), [slot]: time, ...('span' in last ? { span: undefined } : {}) }, lifted: {}, original: sentence.original, context, marketDate });
  return changed && repeated(changed, last);
}
const thoseCounted = /^(?:and |ok |please )*(?:show|list|give|tell|what are|which are|read|let me see)? ?(?:me |us )?(?:them|those|these|the list|(?:the )?(?:latest|last|newest|most recent|first|top)? ?(?:\d{1,2}|one|two|three|four|five|six|ten)? ?(?:of (?:them|those|these))?)(?: please| all)?$/;
/** "How far was that below its high of the year?" */
const belowHigh = /^(?:and |so |but )*how (?:far|much) (?:(?:is|was|are|were) )?(?:it|that|this) (?:is |was )?(?:below|off|from|under|above|over|away from|down from|up from) (?:its|the|that) (?:(?:high|low|peak) (?:of|for|this) (?:the |that )?year|(?:year|52 week|yearly|1 year|one year)(?: s)? (?:high|low)|(?:high|low|peak))$/;
/** A year up to the day that was spoken of. */
function upToThen(last: IntentOf<'quote'> | IntentOf<'price_stat'> | IntentOf<'chart'>): { span: { count: number; unit: string }; period?: { from: string; to: string; day: boolean; label: string } } {
  const day = 'date' in last && last.date ? last.date : 'period' in last ? last.period?.to : undefined;
  return { span: { count: 1, unit: 'YEAR' }, ...(day ? { period: { from: day, to: day, day: true, label: day } } : {}) };
}
function settledAs(entry: Pick<PhraseEntry, 'kind' | 'with'>, slots: Record<string, unknown>, { sentence, context, marketDate, last }: { sentence: Sentence; last: Intent } & Pick<Utterance, 'context' | 'marketDate'>): Understanding | null {
  const settled = settle({ entry: { ...entry, takes: ['period'] }, captures: slots, lifted: {}, original: sentence.original, context, marketDate });
  return settled && repeated(settled, last);
}
