import type { TradingDate } from '../../desk/time.ts';
import type { Lifted } from './adjuncts.ts';
import { ask, type ConversationContext, type Understanding } from './context.ts';
import type { SpokenPeriod } from '../../desk/market/spoken-periods.ts';
import { Intent, type IntentKind, type Period } from './intents.ts';
import { changesSomething } from './routes.ts';
import { isMention, type SymbolMention } from './slots.ts';
import { looksMisspelt, namedExactly } from './symbols.ts';
import type { PhraseEntry } from './table/entry.ts';
import { sideSaid } from './vocabulary.ts';

/** An intent with what had to be understood for it, or the question that has to be asked first, or nothing when it does not fit. */
export type Settled = { intent: Intent; assumed: string[] } | { asks: Understanding } | null;

const slotNames = new Map<IntentKind, ReadonlySet<string>>(Intent.options.map((option) => [option.shape.kind.value, new Set(Object.keys(option.shape))]));
const everywhere: ReadonlySet<IntentKind> = new Set<IntentKind>(['pause', 'resume', 'kill', 'cancel_order', 'close_all']);

/** What was settled from words that all had their place: an intent, or what has to be asked. */
export const settledAsSaid = (settled: Settled): Understanding | null =>
  (settled === null ? null : 'asks' in settled ? settled.asks : { kind: 'intent', intent: settled.intent, confidence: 'exact', explicit: false, assumed: settled.assumed });

export interface SettleRequest {
  entry: Pick<PhraseEntry, 'kind' | 'with' | 'takes' | 'fills' | 'assumes' | 'ahead' | 'verbatim' | 'requires' | 'uncut'>;
  captures: Readonly<Record<string, unknown>>;
  lifted: Omit<Lifted, 'terms'>;
  original: string; context: ConversationContext; marketDate: TradingDate;
}

/** Turns what a pattern captured into an intent: symbols settled, periods cut at today, adjuncts placed, gaps filled from the talk. */
export function settle({ entry, captures, lifted, original, context, marketDate }: SettleRequest): Settled {
  const { kind } = entry;
  const names = slotNames.get(kind) ?? new Set();
  const slots: Record<string, unknown> = { kind, ...entry.with };
  const assumed: string[] = entry.assumes ? [entry.assumes] : [];
  const changing = changesSomething(kind);
  const frame = { ahead: entry.ahead === true, uncut: entry.uncut === true, marketDate };

  for (const [name, value] of Object.entries(captures)) {
    // Heard, and of no consequence: the index a return is compared with, the "50" of a 50-day average.
    if (name === '_' || name === 'rest') continue;
    if (!names.has(name)) throw new RangeError(`${kind} has no slot ${name}`);
    // "Which it stock": a pronoun is no index.
    if (name === 'index' && isMention(value) && value.how === 'pronoun') return null;
    const settled = settleValue(value, { original, assumed, strict: changing });
    if (settled && 'asks' in settled) return settled;
    slots[name] = name === 'period' ? periodOf(value as SpokenPeriod, frame) : name === 'date' ? dayOf(value as SpokenPeriod, frame) : settled?.value;
  }
  if (lifted.account !== undefined) {
    if (slots.account !== undefined || !entry.takes?.includes('account')) return null;
    if (!names.has('account')) { if (lifted.account !== '*') return null; }
    else if (lifted.account !== '*') slots.account = lifted.account;
    else if (changing && !everywhere.has(kind)) return null;
    else if (!changing) slots.account = '*';
  }
  if (lifted.period) {
    const { period } = lifted;
    const isToday = period.from === marketDate && period.to === marketDate;
    const taken = entry.takes?.includes('period') || entry.takes?.includes('date');
    if (!taken && !isToday) return null;
    // An intent with a day and a stretch takes what was said; a phrase that takes days alone has no use for a stretch.
    const both = names.has('period') && names.has('date');
    if (both && period.day && slots.date === undefined && slots.period === undefined && entry.takes?.includes('date')) slots.date = dayOf(period, frame);
    else if (both && !entry.takes?.includes('period')) { if (!isToday) return null; }
    else if (taken && names.has('period') && slots.period === undefined) slots.period = periodOf(period, frame);
    else if (taken && names.has('date') && period.day && slots.date === undefined) slots.date = dayOf(period, frame);
    else if (taken && entry.verbatim === undefined && !isToday) { if (names.has('period') || period.day || !entry.takes?.includes('period')) return null; assumed.push(`"${period.label}" was left out`); }
  }
  // "Tuesday, overall" is as well all of them as the last one.
  const weekday = kind === 'performance' && lifted.period?.day && /\b(?:overall|usually|generally|typically|in general|on average)\b/i.test(original) ? /\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b/i.exec(original)?.[0].toLowerCase() : undefined;
  if (weekday !== undefined) return { asks: ask(`All ${weekday}s, or the last one?`, [{ label: `All ${weekday}s`, command: `pnl on ${weekday}s` }, { label: 'The last one', command: `pnl on ${weekday}` }]) };
  fill(slots, { entry, context, assumed, names });
  if (kind === 'performance' && slots.by === undefined && slots.account === undefined && /\b(?:by|per|for each|in each|each|every) (?:account|bucket)s?\b/i.test(original)) slots.by = 'account';
  if (kind === 'fills' && slots.side === undefined) { const side = onlySide(original); if (side) slots.side = side; }
  // What came in less what went out is of both.
  if (kind === 'cash_flows' && slots.direction !== undefined && /\b(?:put in|paid in|deposit\w*|added|contribut\w+)\b/i.test(original) && /\b(?:took out|taken out|take out|withdr[ae]w\w*|pulled out)\b/i.test(original)) delete slots.direction;
  if (kind === 'cash_flows' && slots.by === undefined && /\b(?:each|every|per) (?:of (?:my|the|our) )?(?:account|bucket)s?\b/i.test(original)) slots.by = 'account';
  if (kind === 'cards' && typeof slots.decidedBy === 'string' && /^(?:any|some|every)(?:one|body)$/i.test(slots.decidedBy)) delete slots.decidedBy;
  if (kind === 'performance' && slots.by === undefined && slots.symbol === undefined && /\b(?:each|every|per) (?:of (?:my|the|our) )?(?:account|bucket)s?\b/i.test(original)) { slots.by = 'account'; delete slots.account; }
  if (kind === 'performance' && slots.measure === 'costs') chargesNamed(slots, original);
  if (kind === 'option_strategy' && typeof slots.structure === 'string') slots.structure = sideSaid(slots.structure, original);
  if (entry.requires === 'stretch' && slots.span === undefined && !isStretch(slots.period)) return null;
  if (entry.requires === 'day' && slots.period === undefined) return null;
  if (entry.requires === 'date' && slots.date === undefined) return null;
  if (entry.verbatim) slots[entry.verbatim] = original.trim();
  const parsed = Intent.safeParse(slots);
  return parsed.success ? { intent: parsed.data, assumed } : needed(slots, { kind, context });
}

function settleValue(value: unknown, frame: SymbolFrame): { value: unknown } | { asks: Understanding } {
  if (isMention(value)) return settleSymbol(value, frame);
  if (Array.isArray(value)) {
    const list: unknown[] = [];
    for (const item of value) {
      const settled = settleValue(item, frame);
      if ('asks' in settled) return settled;
      list.push(settled.value);
    }
    return { value: list };
  }
  return { value };
}

/** `strict`: a name that was spelt wrong is asked about, however near it is. */
interface SymbolFrame { original: string; assumed: string[]; strict: boolean }
function settleSymbol(mention: SymbolMention, { original, assumed, strict }: SymbolFrame): { value: string } | { asks: Understanding } {
  const { resolution, said } = mention;
  const instead = (symbol: string): string => `${original.slice(0, mention.start)}${symbol}${original.slice(mention.end)}`.trim();
  const choices = (list: readonly { symbol: string; name: string }[]) => list.slice(0, 5).map(({ symbol, name }) => ({ label: `${symbol} (${name})`, command: instead(symbol) }));
  if (resolution.kind === 'ambiguous') return { asks: ask(`"${said}" could be several companies. Which one?`, choices(resolution.candidates)) };
  if (resolution.kind === 'unknown') {
    const near = resolution.near.length > 0 ? resolution.near.slice(0, 5).map(({ symbol, name }) => `${symbol} (${name})`).join(', ') : 'none close enough to guess';
    return { asks: ask(resolution.elsewhere ? `${resolution.elsewhere} Nearest names: ${near}.` : `I know no symbol or company "${said}". Nearest names: ${near}.`, choices(resolution.near)) };
  }
  if (strict && mention.how !== 'pronoun' && looksMisspelt(said, resolution)) return { asks: ask(`Did you mean ${resolution.symbol} (${resolution.name}) by "${said}"?`, choices([resolution])) };
  if (mention.how === 'pronoun') assumed.push(`"${said}" is ${resolution.symbol}`);
  else if (mention.how === 'everyday') assumed.push(`"${said}" is the ticker ${resolution.symbol}`);
  else if (!namedExactly(said, resolution)) assumed.push(`"${said}" is ${resolution.symbol} (${resolution.name})`);
  return { value: resolution.symbol };
}

const chargeWords: readonly [string, RegExp][] = [['stt', /\b(?:stt|securities transaction tax)\b/i], ['gst', /\bgst\b/i], ['stampDuty', /\bstamps?(?: duty)?\b/i], ['exchange', /\bexchange (?:fee|charge|transaction)/i], ['sebi', /\bsebi\b/i], ['dp', /\b(?:dp|depository|demat) (?:fee|charge)/i]];
/** "GST and stamp duty": each that was named, and not the one that a phrase happened to read, nor all. */
function chargesNamed(slots: Record<string, unknown>, said: string): void {
  const named = chargeWords.flatMap(([charge, words]) => (words.test(said) ? [charge] : []));
  if (named.length > 1) { slots.charges = named; delete slots.charge; } else if (named[0] !== undefined && (slots.charge === undefined || slots.charge === 'taxes') && !/\b(?:and|other|all|plus|part)\b/i.test(said)) slots.charge = named[0];
}

/** What was bought, or what was sold; both or neither is both. */
function onlySide(said: string): 'BUY' | 'SELL' | undefined {
  const [bought, sold] = [/\b(?:bought|buys?|purchased?|purchases|kharid\w*)\b/i.test(said), /\b(?:sold|sells?|sales|exited|exits|becha|beche)\b/i.test(said)];
  return bought === sold ? undefined : bought ? 'BUY' : 'SELL';
}

const isStretch = (period: unknown): boolean => { const { from, to } = (period ?? {}) as Partial<Period>; return from !== to; };

interface Frame { ahead: boolean; uncut: boolean; marketDate: TradingDate }
/** What is looked back on ends today at the latest; what is coming starts today at the earliest. */
function periodOf(period: SpokenPeriod, { ahead, uncut, marketDate }: Frame): Period {
  if (uncut) return { from: period.from, to: period.to, label: period.label };
  if (ahead && period.ahead) return { from: period.ahead, to: period.ahead, label: period.label };
  const from = ahead && period.to >= marketDate && period.from < marketDate ? marketDate : period.from;
  const to = !ahead && period.from <= marketDate && period.to > marketDate ? marketDate : period.to;
  return { from, to, label: period.label };
}
const dayOf = (period: SpokenPeriod, { ahead }: Frame): string | undefined => (period.day ? (ahead && period.ahead ? period.ahead : period.from) : undefined);

function fill(slots: Record<string, unknown>, { entry, context, assumed, names }: { entry: SettleRequest['entry']; context: ConversationContext; assumed: string[]; names: ReadonlySet<string> }): void {
  const symbolSlot = names.has('underlying') ? 'underlying' : 'symbol';
  if (entry.fills?.includes('card') && slots.card === undefined && slots.symbol === undefined && context.lastShownCard !== undefined) {
    slots.card = context.lastShownCard;
    assumed.push(`card ${context.lastShownCard}, shown last`);
  } else if (entry.fills?.includes('symbol') && slots[symbolSlot] === undefined && context.lastSymbol !== undefined) {
    slots[symbolSlot] = context.lastSymbol;
    assumed.push(`${context.lastSymbol}, spoken of last`);
  }
}

/** Asks for the one thing that is missing, where it is clear what that is. */
function needed(slots: Readonly<Record<string, unknown>>, { kind, context }: { kind: IntentKind; context: ConversationContext }): Settled {
  const names = slotNames.get(kind);
  const slot = names?.has('underlying') ? 'underlying' : 'symbol';
  if (!names?.has(slot) || slots[slot] !== undefined) return null;
  if (!Intent.safeParse({ ...slots, [slot]: 'X' }).success) return null;
  const held = [...new Set(context.positions.map((position) => position.symbol))].slice(0, 5);
  const verb = { exit: 'exit', modify_position: '', buy: '', sell: '' } as Partial<Record<IntentKind, string>>;
  return { asks: ask('Which symbol?', verb[kind] === undefined ? [] : verb[kind] === '' ? [] : held.map((symbol) => ({ label: symbol, command: `${verb[kind]} ${symbol}` }))) };
}
