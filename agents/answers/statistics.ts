import { marketScreen } from '../../tools/market-screen.ts';
import { type PriceStatisticsOutput, priceStatistics } from '../../tools/price-statistics.ts';
import { sectorMoves } from '../../tools/sector-moves.ts';
import { plusDays, type TradingDate } from '../../desk/time.ts';
import type { IntentOf, Period, PriceMeasure, Span } from '../grammar/intents.ts';
import type { Draft } from '../define.ts';
import type { AnswerContext, AnswerSetting, AnswerTable } from './define.ts';
import { indexSaid } from './records.ts';
import { refusalDraft } from './proposal-draft.ts';
import { listed, said, sentences } from './references.ts';
import { cells, choice, draft, figures, many, read, type Read, table, words } from './wording.ts';

type Stretch = { from?: string; to?: string; sessions?: number };
type Call = Read<PriceStatisticsOutput>;
type Statistics = NonNullable<PriceStatisticsOutput['statistics']>;

/** Measures that are taken over sessions: "the last 30 days" of a volatility are thirty of these. */
const bySessions: ReadonlySet<PriceMeasure> = new Set<PriceMeasure>(['volatility', 'averageVolume', 'medianVolume', 'averageTurnover', 'averageClose', 'beta', 'correlation', 'upDays', 'downDays']);
/** Sessions where nothing was said; the others take a year. */
const usualSessions: Partial<Record<PriceMeasure, number>> = { volatility: 20, averageVolume: 20, medianVolume: 20, averageTurnover: 20, averageClose: 20, beta: 252, correlation: 252, gap: 1, delivery: 1, trades: 1, totalTurnover: 1, totalVolume: 1, range: 1 };
const index = 'NIFTY';
const firstDay = '1990-01-01';

/** The stretch meant, as the tool takes it. */
export function stretchOf({ period, span }: { period?: Period | undefined; span?: Span | undefined }, today: TradingDate, measure?: PriceMeasure): Stretch {
  if (measure === 'relativeVolume') return { sessions: 1, ...(period && period.to < today ? { to: period.to } : {}) };
  if (span) {
    const end = period?.to && period.to < today ? (period.to as TradingDate) : today;
    const to = end === today ? {} : { to: end };
    if (span.unit === 'ALL') return { from: firstDay, ...to };
    if (span.unit === 'SESSION') return { sessions: span.count, ...to };
    if (span.unit === 'WEEK') return { from: plusDays(end, -7 * span.count), ...to };
    return { from: monthsBefore(end, span.unit === 'MONTH' ? span.count : 12 * span.count), ...to };
  }
  const counted = /^(?:the )?(?:last|past|previous|trailing) (\d{1,3}) days?$/.exec(period?.label ?? '');
  if (counted && measure && bySessions.has(measure)) return { sessions: Number(counted[1]) };
  if (period) return { from: period.from, to: period.to };
  const sessions = measure && usualSessions[measure];
  return sessions ? { sessions } : {};
}
/** The day after the same day some months before, so that a year holds no day twice. */
function monthsBefore(date: TradingDate, months: number): TradingDate {
  const first = new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1 - months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  const day = Math.min(Number(date.slice(8)), last);
  return plusDays(`${first.toISOString().slice(0, 8)}${String(day).padStart(2, '0')}` as TradingDate, 1);
}

type Sentence = (call: Call, found: Statistics, intent: IntentOf<'price_stat'>) => string;
const path = (call: Call) => { const cell = cells(call); return (name: string, format: Parameters<typeof cell>[1]): string => cell(`statistics.${name}`, format); };
const between = (call: Call): string => (call.output.from === call.output.to ? `on ${cells(call)('toText', 'text')}` : `from ${cells(call)('fromText', 'text')} to ${cells(call)('toText', 'text')} (${cells(call)('sessions', 'count')} sessions)`);
const symbol = (call: Call): string => cells(call)('symbol', 'text');
/** "₹2,650.00 on 3 January (printed ₹26,500.00)". */
const dated = (call: Call, key: 'high' | 'low' | 'highestClose' | 'lowestClose', found: Statistics): string => {
  const s = path(call);
  return `${s(`${key}.price`, 'price')} on ${s(`${key}.onText`, 'text')}${found[key].adjusted ? ` (printed ${s(`${key}.printed`, 'price')})` : ''}`;
};
const extreme = (key: 'high' | 'low', close: 'highestClose' | 'lowestClose', name: string, closeName: string): Sentence => (call, found) => `${symbol(call)} ${name} ${between(call)}: ${dated(call, key, found)}. ${closeName} close ${dated(call, close, found)}; last ${path(call)('last', 'price')}.`;
const dayMove = (key: 'bestDay' | 'worstDay', name: string): Sentence => (call, found) => {
  const s = path(call);
  const move = found[key];
  return move ? `${name} day of ${symbol(call)} ${between(call)}: ${s(`${key}.changePercent`, 'signed_percent')} on ${s(`${key}.onText`, 'text')}, from ${s(`${key}.previousClose`, 'price')} to ${s(`${key}.close`, 'price')}.` : `No day’s change of ${symbol(call)} is known ${between(call)}.`;
};
const days: Sentence = (call, found) => { const s = path(call); return `${symbol(call)} ${between(call)}: ${s('up', 'count')} up${found.upPercent === null ? '' : ` (${s('upPercent', 'percent')})`}, ${s('down', 'count')} down, ${s('unchanged', 'count')} unchanged, close against close.`; };
const downDays: Sentence = (call, found) => { const s = path(call); return `${symbol(call)} ${between(call)}: ${s('down', 'count')} down${found.downPercent === null ? '' : ` (${s('downPercent', 'percent')})`}, ${s('up', 'count')} up, ${s('unchanged', 'count')} unchanged, close against close.`; };
/** The longest run of sessions that closed one way. */
const run = (key: 'upRun' | 'downRun', way: 'higher' | 'lower'): Sentence => (call, found) => { const s = path(call); return found[key] ? `Longest run of ${symbol(call)} ${between(call)}: ${s(`${key}.sessions`, 'count')} ${many(found[key].sessions, 'session', 'sessions in a row')} that closed ${way}, from ${s(`${key}.fromText`, 'text')} to ${s(`${key}.toText`, 'text')}, ${s(`${key}.changePercent`, 'signed_percent')} together.` : `${symbol(call)} closed ${way} in no session ${between(call)}.`; };
const unknownDetail = (call: Call, what: string): string => `${what} of ${symbol(call)} is not known ${between(call)}: no source told it.`;
const withOther = (key: 'beta' | 'correlation', name: string): Sentence => (call) => {
  const cell = cells(call);
  const { against } = call.output;
  if (!against || against[key] === null) return `${name} of ${symbol(call)}${against ? ` and ${cell('against.symbol', 'text')}` : ''} is not known: ${against && against.returns > 0 ? 'too few sessions are shared' : 'they share no sessions in that time'}.`;
  // Of a stretch of which the other knows less than half a figure would be one of another time.
  if (2 * against.returns < call.output.sessions - 1) return `${name} of ${symbol(call)} ${key === 'beta' ? 'against' : 'with'} ${cell('against.symbol', 'text')} is not known for that time: they share only ${cell('against.returns', 'count')} daily returns of its ${cell('sessions', 'count')} sessions, from ${cell('against.fromText', 'text')} to ${cell('against.toText', 'text')}.`;
  return `${name} of ${symbol(call)} ${key === 'beta' ? 'against' : 'with'} ${cell('against.symbol', 'text')}: ${cell(`against.${key}`, 'number')}, over ${cell('against.returns', 'count')} daily returns from ${cell('against.fromText', 'text')} to ${cell('against.toText', 'text')}.`;
};

/** The first and last of these days, where there are some in a stretch. */
const closedBetween = (call: Call, way: 'above' | 'below'): string => {
  const [from, to] = way === 'above' ? ['firstAbove', 'lastAbove'] as const : ['firstBelow', 'lastBelow'] as const;
  const { closes: found } = call.output;
  return !found || found[from] === null || call.output.from === call.output.to ? '' : found[from] === found[to] ? `: on ${cells(call)(`closes.${from}`, 'text')}` : `: first on ${cells(call)(`closes.${from}`, 'text')}, last on ${cells(call)(`closes.${to}`, 'text')}`;
};
/** On how many days a share closed beyond a level. */
const closes = (way: 'above' | 'below'): Sentence => (call) => (call.output.closes === null ? `Above or below which price?` : `${symbol(call)} closed ${way} ${cells(call)('closes.level', 'price')} in ${cells(call)(`closes.${way}`, 'count')} of ${cells(call)('sessions', 'count')} sessions${call.output.closes[`${way}Percent`] === null ? '' : ` (${cells(call)(`closes.${way}Percent`, 'percent')})`}, ${call.output.from === call.output.to ? `on ${cells(call)('toText', 'text')}` : `from ${cells(call)('fromText', 'text')} to ${cells(call)('toText', 'text')}`}${closedBetween(call, way)}.`);

/** On how many days a share moved by more than so many percent. */
const moves = (way: 'up' | 'down' | 'either', word: string): Sentence => (call) => (call.output.moved === null ? 'By how many percent?' : `${symbol(call)} ${word} by more than ${cells(call)('moved.percent', 'percent')}${way === 'either' ? ' either way' : ''} in ${cells(call)(`moved.${way}`, 'count')} of ${cells(call)('sessions', 'count')} sessions${call.output.moved[`${way}Percent`] === null ? '' : ` (${cells(call)(`moved.${way}Percent`, 'percent')})`}, from ${cells(call)('fromText', 'text')} to ${cells(call)('toText', 'text')}, close against close${way === 'either' ? `: ${cells(call)('moved.up', 'count')} up, ${cells(call)('moved.down', 'count')} down` : ''}.`);

const inWords: Record<PriceMeasure, Sentence> = {
  change: (call, found) => { const s = path(call); return `${symbol(call)} ${found.changePercent === null ? 'has no earlier close to compare with' : s('changePercent', 'signed_percent')} ${between(call)}; last close ${s('last', 'price')}, high ${dated(call, 'high', found)}, low ${dated(call, 'low', found)}.`; },
  high: extreme('high', 'highestClose', 'high', 'Highest'), low: extreme('low', 'lowestClose', 'low', 'Lowest'),
  range: (call, found) => `${symbol(call)} ${between(call)}: high ${dated(call, 'high', found)}, low ${dated(call, 'low', found)}, ${path(call)('rangeWidth', 'price')} apart; last ${path(call)('last', 'price')}.`,
  highestClose: (call, found) => `Highest close of ${symbol(call)} ${between(call)}: ${dated(call, 'highestClose', found)}.`, lowestClose: (call, found) => `Lowest close of ${symbol(call)} ${between(call)}: ${dated(call, 'lowestClose', found)}.`,
  averageClose: (call) => `Average close of ${symbol(call)} ${between(call)}: ${path(call)('averageClose', 'price')}.`,
  averageVolume: (call) => `Average volume of ${symbol(call)} ${between(call)}: ${path(call)('averageVolume', 'quantity')} shares a session.`,
  medianVolume: (call) => `Median volume of ${symbol(call)} ${between(call)}: ${path(call)('medianVolume', 'quantity')} shares a session.`,
  relativeVolume: (call, found) => { const s = path(call); return found.relativeVolume === null ? `How the volume of ${symbol(call)} compares is not known ${between(call)}: its history is too short.` : `${symbol(call)} traded ${s('totalVolume', 'quantity')} shares on ${cells(call)('toText', 'text')}, ${s('relativeVolume.times', 'number')} times its average of the ${s('relativeVolume.sessions', 'count')} sessions before (${s('relativeVolume.average', 'quantity')}).`; },
  place: (call, found) => { const s = path(call); return `${symbol(call)} closed at ${s('last', 'price')}, nearer to its ${found.high.price - found.last < found.last - found.low.price ? 'high' : 'low'}: ${s('fromHighPercent', 'signed_percent')} from its high of ${dated(call, 'high', found)}, ${s('fromLowPercent', 'signed_percent')} from its low of ${dated(call, 'low', found)}, ${between(call)}.`; },
  movesOver: moves('either', 'moved'), risesOver: moves('up', 'rose'), fallsOver: moves('down', 'fell'),
  totalVolume: (call) => `${path(call)('totalVolume', 'quantity')} shares of ${symbol(call)} were traded ${between(call)}.`,
  averageTurnover: (call) => `Average turnover of ${symbol(call)} ${between(call)}: about ${path(call)('averageTurnoverMinor', 'money')} a session (close × shares).`,
  totalTurnover: (call) => `Turnover of ${symbol(call)} ${between(call)}: about ${path(call)('totalTurnoverMinor', 'money')} (close × shares).`,
  volatility: (call, found) => (found.volatilityPercent === null ? `Volatility of ${symbol(call)} is not known ${between(call)}: it takes two daily returns.` : `Volatility of ${symbol(call)}: ${path(call)('volatilityPercent', 'percent')} a year, from ${path(call)('returns', 'count')} daily log returns ${between(call)}.`),
  bestDay: dayMove('bestDay', 'Best'), worstDay: dayMove('worstDay', 'Worst'), upDays: days, downDays,
  drawdown: (call, found) => { const s = path(call); return found.drawdown ? `Deepest drawdown of ${symbol(call)} ${between(call)}: ${s('drawdown.percent', 'signed_percent')}, from the close of ${s('drawdown.peakOn', 'text')} to that of ${s('drawdown.troughOn', 'text')}.` : `No drawdown of ${symbol(call)} can be told ${between(call)}.`; },
  fromHigh: (call, found) => { const s = path(call); return `${symbol(call)} closed at ${s('last', 'price')}, ${s('fromHighPercent', 'signed_percent')} from its high of ${dated(call, 'high', found)}, ${between(call)}.`; },
  fromLow: (call, found) => { const s = path(call); return `${symbol(call)} closed at ${s('last', 'price')}, ${s('fromLowPercent', 'signed_percent')} from its low of ${dated(call, 'low', found)}, ${between(call)}.`; },
  gap: (call, found) => { const s = path(call); return found.gapPercent === null ? `No gap of ${symbol(call)} is known: there is no close before.` : `${symbol(call)} opened ${found.gapPercent === 0 ? 'without a gap' : found.gapPercent > 0 ? 'with a gap up' : 'with a gap down'} on ${cells(call)('toText', 'text')}: ${s('open', 'price')} after a close of ${s('previousClose', 'price')}, ${s('gapPercent', 'signed_percent')}.`; },
  beta: withOther('beta', 'Beta'), correlation: withOther('correlation', 'Correlation'),
  delivery: (call, found) => { const s = path(call); return found.deliveredPercent === null ? unknownDetail(call, 'Delivery') : `${s('deliveredPercent', 'percent')} of the shares of ${symbol(call)} traded ${between(call)} were delivered: ${s('delivered', 'quantity')}.`; },
  trades: (call, found) => (found.trades === null ? unknownDetail(call, 'The number of trades') : `${path(call)('trades', 'count')} trades in ${symbol(call)} ${between(call)}.`),
  dayRange: (call) => { const s = path(call); return `Widest session of ${symbol(call)} ${between(call)}: ${s('widest.range', 'price')} between low and high (${s('widest.percent', 'percent')} of the low) on ${s('widest.onText', 'text')}, from ${s('widest.low', 'price')} to ${s('widest.high', 'price')}.`; },
  upRun: run('upRun', 'higher'), downRun: run('downRun', 'lower'),
  closesAbove: closes('above'), closesBelow: closes('below'),
  sessions: (call) => `${symbol(call)} traded in ${cells(call)('sessions', 'count')} sessions ${between(call)}.`,
};
/** What adjusted prices have nothing to do with. */
const unadjusted: ReadonlySet<PriceMeasure> = new Set<PriceMeasure>(['delivery', 'trades', 'sessions']);

/** Measures whose level is a percentage and no price. */
const movesBy: ReadonlySet<PriceMeasure> = new Set<PriceMeasure>(['movesOver', 'risesOver', 'fallsOver']);

const nothingStored = (call: Call): string => `I cannot say: ${cells(call)('reason', 'text')}.`;

async function priceStat(context: AnswerContext<'price_stat'>): Promise<Draft> {
  const { intent } = context;
  const usual = intent.measure === 'relativeVolume' ? { ...(intent.span?.unit === 'SESSION' ? { usual: intent.span.count } : {}) } : {};
  const against = intent.measure === 'beta' || intent.measure === 'correlation' ? { against: intent.against ?? index } : {};
  const called = await read(context, priceStatistics, { symbol: intent.symbol, ...(movesBy.has(intent.measure) ? { move: intent.level } : { level: intent.level }), ...against, ...usual, ...stretchOf(intent, context.askedOn, intent.measure) });
  if (!called.ok) return refusalDraft(called);
  const found = called.output.statistics;
  if (!found) return draft(nothingStored(called));
  const cell = cells(called);
  return draft(sentences(
    inWords[intent.measure](called, found, intent),
    called.output.adjustedFor.length > 0 && !unadjusted.has(intent.measure) && `In prices adjusted for ${listed(called.output.adjustedFor.map((_, i) => cell(`adjustedFor.${i}`, 'text')))}.`,
    called.output.brokenAt && `Prices before ${cell('brokenAt', 'date')} cannot be compared and are left out.`,
  ), { choices: [choice(`Chart ${called.output.symbol}`, `/chart ${called.output.symbol}`)] });
}

/** The share's own move over a period, as a sentence; null where it is not known. Asked beside what the person made of it. */
export async function shareMove(context: AnswerSetting, { symbol: name, period }: { symbol: string; period?: Period | undefined }): Promise<string | null> {
  const called = await read(context, priceStatistics, { symbol: name, ...stretchOf({ period }, context.askedOn, 'change') });
  return called.ok && called.output.statistics?.changePercent != null ? `The share itself: ${path(called)('changePercent', 'signed_percent')} ${between(called)}.` : null;
}

/** Where one figure says which of two comes before the other: where it stands and the word for more of it. */
const ranks: Partial<Record<PriceMeasure, { of: (call: Call) => number | null | undefined; most: string }>> = {
  volatility: { of: ({ output }) => output.statistics?.volatilityPercent, most: 'the more volatile' }, drawdown: { of: ({ output }) => output.statistics?.drawdown && -output.statistics.drawdown.percent, most: 'the deeper drawdown' },
  averageVolume: { of: ({ output }) => output.statistics?.averageVolume, most: 'more shares traded' }, averageTurnover: { of: ({ output }) => output.statistics?.averageTurnoverMinor, most: 'the larger turnover' },
  delivery: { of: ({ output }) => output.statistics?.deliveredPercent, most: 'more delivered' }, beta: { of: ({ output }) => output.against?.beta, most: 'the higher beta' }, upDays: { of: ({ output }) => output.statistics?.up, most: 'more days up' }, downDays: { of: ({ output }) => output.statistics?.down, most: 'more days down' },
};
function comparedBy(calls: readonly Call[], measure: PriceMeasure): string | null {
  const rank = ranks[measure];
  const known = calls.flatMap((call) => { const value = rank?.of(call); return value == null ? [] : [{ call, value }]; }).toSorted((a, b) => b.value - a.value);
  const [most, next] = known;
  if (!rank || !most || !next || known.length < calls.length) return null;
  return most.value === next.value ? null : `${symbol(most.call)}: ${rank.most}.`;
}

async function compare(context: AnswerContext<'compare'>): Promise<Draft> {
  const { intent } = context;
  const measure = intent.measure ?? 'change';
  const stretch = stretchOf(intent, context.askedOn, measure);
  const calls = await Promise.all([...new Set(intent.symbols)].map((name) => read(context, priceStatistics, { symbol: name, ...(measure === 'beta' ? { against: index } : {}), ...stretch })));
  const refused = calls.find((call) => !call.ok);
  if (refused && !refused.ok) return refusalDraft(refused);
  const known = calls.filter((call) => call.ok);
  const first = known.find((call) => call.output.statistics);
  if (!first) return draft(known.map(nothingStored).join(' '));
  if (measure !== 'change') return draft(sentences(comparedBy(known, measure), ...known.map((call) => (call.output.statistics ? inWords[measure](call, call.output.statistics, { kind: 'price_stat', symbol: call.output.symbol, measure }) : nothingStored(call)))));
  const line = (call: Call): string => (call.output.statistics?.changePercent == null ? `${symbol(call)} is not known` : `${symbol(call)} ${path(call)('changePercent', 'signed_percent')}`);
  const ranked = known.toSorted((a, b) => (b.output.statistics?.changePercent ?? -Infinity) - (a.output.statistics?.changePercent ?? -Infinity));
  const differ = known.filter((call) => call.output.statistics && (call.output.from !== first.output.from || call.output.to !== first.output.to));
  const spread = known.filter((call) => call.output.statistics?.volatilityPercent != null).map((call) => `${symbol(call)} ${path(call)('volatilityPercent', 'percent')}`);
  return draft(sentences(
    `${ranked.map(line).join(', ')} ${between(first)}.`,
    ...differ.map((call) => `${symbol(call)} is known ${between(call)} only.`), spread.length > 0 && `Volatility a year: ${spread.join(', ')}.`,
    known.some((call) => call.output.adjustedFor.length > 0) && 'In prices adjusted for splits and bonuses.',
    ...known.filter((call) => call.output.brokenAt).map((call) => `Prices of ${symbol(call)} before ${cells(call)('brokenAt', 'date')} cannot be compared and are left out.`),
  ));
}

const sectors = (context: AnswerContext<'sector_moves'>): Promise<Draft> => sectorDraft(context, context.intent);
/** How sectors of the market moved, or one. */
export async function sectorDraft(context: AnswerSetting, intent: Omit<IntentOf<'sector_moves'>, 'kind'>): Promise<Draft> {
  const called = await read(context, sectorMoves, { sector: intent.sector, ...(intent.period ? { period: { from: intent.period.from, to: intent.period.to } } : {}) });
  if (!called.ok) return refusalDraft(called);
  const { output } = called;
  const cell = cells(called);
  const when = output.from === output.session ? `on ${cell('sessionText', 'text')}` : `from ${cell('fromText', 'text')} to ${cell('sessionText', 'text')}`;
  const [top] = output.rows;
  if (!top) return draft(`I cannot say: ${cell('reason', 'text')}.`);
  const row = (at: number): string => `${cell(`rows.${at}.sector`, 'text')} ${cell(`rows.${at}.meanPercent`, 'signed_percent')}`;
  const last = output.rows.length - 1;
  const lead = intent.sector ? `${row(0)} ${when}: the plain mean of ${cell('rows.0.members', 'count')} shares, of which ${cell('rows.0.advances', 'count')} rose and ${cell('rows.0.declines', 'count')} fell; median ${cell('rows.0.medianPercent', 'signed_percent')}. Best ${cell('rows.0.best.symbol', 'text')} ${cell('rows.0.best.changePercent', 'signed_percent')}, worst ${cell('rows.0.worst.symbol', 'text')} ${cell('rows.0.worst.changePercent', 'signed_percent')}.`
    : intent.direction === 'DOWN' ? `Worst ${when}: ${row(last)}; best: ${row(0)}.` : `Best ${when}: ${row(0)}${last > 0 ? `; worst: ${row(last)}` : ''}.`;
  return draft(sentences(lead, !intent.sector && 'Each sector’s figure is the plain mean of its shares.', output.thin > 0 && `Left out for turnover below ₹${cell('leastTurnover', 'count')} a session: ${cell('thin', 'count')}.`), {
    parts: output.rows.length > 1 ? [table(called, 'rows', 'Sectors', [words('sector', 'Sector'), figures('meanPercent', 'Mean', '%'), figures('medianPercent', 'Median', '%'), figures('members', 'Shares'), figures('advances', 'Rose'), figures('declines', 'Fell')])] : [],
  });
}

type Condition = IntentOf<'screen'>['condition'];
/** What the shares do that meet a condition; where its length and level stand in the answer of the tool. */
function conditionInWords(cell: ReturnType<typeof cells>, condition: Condition, at: string): string {
  const [sessions, level] = [cell(`${at}length`, 'count'), `${at}level`];
  const words: Record<Condition, string> = {
    ABOVE_AVERAGE: `closed above their ${sessions}-session average`, BELOW_AVERAGE: `closed below their ${sessions}-session average`, YEAR_HIGH: 'made the highest price of a year', YEAR_LOW: 'made the lowest price of a year',
    RSI_ABOVE: `have an RSI (${sessions} sessions) above ${cell(level, 'number')}`, RSI_BELOW: `have an RSI (${sessions} sessions) below ${cell(level, 'number')}`, ROSE_OVER: `rose by more than ${cell(level, 'percent')}`, FELL_OVER: `fell by more than ${cell(level, 'percent')}`,
    GAP_UP: `opened more than ${cell(level, 'percent')} above the close before`, GAP_DOWN: `opened more than ${cell(level, 'percent')} below the close before`, VOLUME_TIMES: `traded more than ${cell(level, 'number')} times the average volume of the ${sessions} sessions before`,
    DELIVERY: '', TURNOVER: '', VOLUME: '', RSI_HIGHEST: '', RSI_LOWEST: '', VOLATILITY_HIGHEST: '', VOLATILITY_LOWEST: '',
  };
  return words[condition];
}

async function screen(context: AnswerContext<'screen'>): Promise<Draft> {
  const { intent } = context;
  const { period } = intent;
  const stretch = period && period.from !== period.to ? period : null;
  const further = intent.also ?? [];
  if (stretch && ![intent, ...further].some(({ condition }) => condition === 'ROSE_OVER' || condition === 'FELL_OVER' || condition === 'VOLATILITY_HIGHEST' || condition === 'VOLATILITY_LOWEST')) return draft('That is looked at for one session. Name its day.');
  const day = period?.to ?? intent.date;
  const called = await read(context, marketScreen, { condition: intent.condition, length: intent.length, level: intent.level, also: further, ...(intent.count ? { limit: intent.count } : {}), sector: intent.sector, index: indexSaid(intent), ...(stretch ? { from: stretch.from } : {}), asOf: day });
  if (!called.ok) return refusalDraft(called);
  const { output } = called;
  const cell = cells(called);
  const met = [conditionInWords(cell, output.condition, ''), ...output.also.map((each, i) => conditionInWords(cell, each.condition, `also.${i}.`))];
  const scope = output.sector ? ` in ${said(output.sector)}` : output.index ? ` in ${cell('index', 'text')}` : '';
  if (intent.condition === 'VOLATILITY_HIGHEST' || intent.condition === 'VOLATILITY_LOWEST') {
    if (output.counted === 0) return draft(`I cannot say: ${cell('reason', 'text')}.`);
    const name = intent.condition === 'VOLATILITY_HIGHEST' ? 'Most volatile' : 'Least volatile';
    const time = output.fromText === null ? `over ${cell('length', 'count')} sessions to ${cell('sessionText', 'text')}` : `from ${cell('fromText', 'text')} to ${cell('sessionText', 'text')}`;
    return draft(sentences(`${name}${scope} ${time}: ${output.rows.slice(0, Math.min(10, intent.count ?? 5)).map((_, i) => `${cell(`rows.${i}.symbol`, 'text')} ${cell(`rows.${i}.measured`, 'percent')}`).join(', ')}.`, 'Deviation of daily log returns, a year.', output.short > 0 && `${cell('short', 'count')} ${many(output.short, 'share has', 'shares have')} too short a history to tell.`), {
      parts: [table(called, 'rows', name, [words('symbol', 'Symbol'), words('name', 'Company'), words('sector', 'Sector'), figures('close', 'Close', '₹'), figures('measured', 'Volatility', '%')])],
    });
  }
  if (intent.condition === 'RSI_HIGHEST' || intent.condition === 'RSI_LOWEST') {
    if (output.counted === 0) return draft(`I cannot say: ${cell('reason', 'text')}.`);
    const name = intent.condition === 'RSI_HIGHEST' ? 'Highest' : 'Lowest';
    return draft(sentences(`${name} RSI (${cell('length', 'count')} sessions) on ${cell('sessionText', 'text')}${scope}: ${output.rows.slice(0, 5).map((_, i) => `${cell(`rows.${i}.symbol`, 'text')} ${cell(`rows.${i}.measured`, 'number')}`).join(', ')}.`, output.short > 0 && `${cell('short', 'count')} ${many(output.short, 'share has', 'shares have')} too short a history to tell.`), {
      parts: [table(called, 'rows', `${name} RSI`, [words('symbol', 'Symbol'), words('name', 'Company'), words('sector', 'Sector'), figures('close', 'Close', '₹'), figures('measured', 'RSI')])],
    });
  }
  const byTrading = intent.condition === 'TURNOVER' || intent.condition === 'VOLUME';
  if (output.counted === 0) return draft(`I cannot say: ${cell('reason', 'text')}.`);
  if (intent.condition === 'DELIVERY') {
    return draft(sentences(`Most delivered, of what was traded on ${cell('sessionText', 'text')}${scope}: ${output.rows.slice(0, 5).map((_, i) => `${cell(`rows.${i}.symbol`, 'text')} ${cell(`rows.${i}.measured`, 'percent')}`).join(', ')}.`, output.short > 0 && `Of ${cell('short', 'count')} ${many(output.short, 'share', 'shares')} no source tells it.`), {
      parts: [table(called, 'rows', 'Most delivered', [words('symbol', 'Symbol'), words('name', 'Company'), words('sector', 'Sector'), figures('close', 'Close', '₹'), figures('measured', 'Delivered', '%'), figures('volume', 'Shares')])],
    });
  }
  const byMove = output.condition === 'ROSE_OVER' || output.condition === 'FELL_OVER' || output.condition === 'GAP_UP' || output.condition === 'GAP_DOWN';
  const times = output.condition === 'VOLUME_TIMES';
  const when = output.fromText === null ? `on ${cell('sessionText', 'text')}` : `from ${cell('fromText', 'text')} to ${cell('sessionText', 'text')}`;
  const measured = (i: number): string => `${cell(`rows.${i}.symbol`, 'text')} ${times ? `${cell(`rows.${i}.measured`, 'number')} times` : cell(`rows.${i}.measured`, 'signed_percent')}`;
  const short = output.rows.slice(0, 10).map((_, i) => cell(`rows.${i}.symbol`, 'text')).join(', ');
  const most = output.rows.length === 0 || byTrading ? null : byMove || times ? `Most: ${output.rows.slice(0, 5).map((_, i) => measured(i)).join(', ')}.` : `${output.found > 10 ? 'Most traded of them: ' : ''}${short}.`;
  const lead = byTrading
    ? `Most traded by ${intent.condition === 'TURNOVER' ? 'turnover (close × shares)' : 'shares'} on ${cell('sessionText', 'text')}${scope}: ${output.rows.slice(0, 5).map((_, i) => `${cell(`rows.${i}.symbol`, 'text')} ${intent.condition === 'TURNOVER' ? cell(`rows.${i}.turnoverMinor`, 'money') : cell(`rows.${i}.volume`, 'quantity')}`).join(', ')}.`
    : `${cell('found', 'count')} of ${cell('counted', 'count')} shares${scope}${output.foundPercent === null ? '' : ` (${cell('foundPercent', 'percent')})`} ${listed(met)} ${when}.`;
  return draft(sentences(lead, most, output.short > 0 && !byTrading && `${cell('short', 'count')} ${many(output.short, 'share has', 'shares have')} ${byMove ? 'no price of the session before' : 'too short a history'} to tell.`, output.rows.length < output.found && !byTrading && (byMove || times ? `The ${cell('shown', 'count')} that moved most are listed.` : `The ${cell('shown', 'count')} most traded are listed.`)), {
    parts: output.rows.length > 0 ? [table(called, 'rows', byTrading ? 'Most traded' : 'Shares', [words('symbol', 'Symbol'), words('name', 'Company'), words('sector', 'Sector'), figures('close', 'Close', '₹'), ...(output.rows.some((each) => each.measured !== null) ? [figures('measured', byMove ? 'Change' : times ? 'Times usual volume' : 'Measured', byMove ? '%' : undefined)] : []), figures('volume', 'Shares'), figures('turnover', 'Turnover', '₹')])] : [],
  });
}

export const statisticsAnswers: AnswerTable = { price_stat: priceStat, compare, sector_moves: sectors, screen };
