import type { TradingCalendar } from '../../desk/market/types.ts';
import { periodAt } from '../../desk/market/spoken-periods.ts';
import type { TradingDate } from '../../desk/time.ts';
import { type Measure, measureWords, type Subject, subjects } from './subjects.ts';
import { amountAt, averages, bounds, courtesy, dimensionWords, earliest, highest, latest, lowest, numberOf, sizes, type Word, wordsOf } from './words.ts';

/** What names in a question are looked up in. */
export interface QuestionFrame {
  calendar: TradingCalendar; marketDate: TradingDate; accounts: readonly string[]; strategies: readonly string[];
  /** The symbol that a name means, where exactly one does. */
  symbol(name: string): string | null;
  /** The symbols of a sector's or industry's name. */
  sector(name: string): { label: string; sector: string | null; symbols: readonly string[] } | null;
}
export type Translation = { sql: string } | { unknown: string[] };

interface Reading {
  left: Word[]; conditions: { of: 'symbol' | 'sector' | 'account' | 'strategy' | 'side' | 'date' | 'state'; text: string; value: string }[];
  period: { from: string; to: string } | null; by: string[]; measure: string | null; average: boolean; count: boolean; rank: 'high' | 'low' | 'late' | 'early' | null; limit: number | null; median: boolean; bySize: boolean; bound: { sign: string; amount: number; days: boolean } | null; perTime: boolean; /** "Tuesdays": all of them. */ weekday: string | null;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/**
 * A question of the usual kinds as SQL: lists, counts, sums, averages, highest and lowest, split by something, filtered by symbol,
 * sector, account, strategy, side, state and dates. A word that is not understood makes it no question of these kinds: better none than a wrong answer.
 */
export function translate(question: string, frame: QuestionFrame): Translation {
  // What may come is not what was.
  const ahead = /^\s*(?:can|could|will|would|should|may|might) (?:i|we) (?:still )?(?:lose|make|earn|gain|afford|take|add|deploy|risk)\b/i.exec(question);
  if (ahead) return { unknown: [ahead[0].trim()] };
  const reading = read(wordsOf(question), frame);
  const told = toldByDaysOrExits(reading);
  if (told) return told;
  const subject = subjectOf(reading);
  if (!subject) return { unknown: reading.left.map(({ typed }) => typed).slice(0, 5) };
  const ofSector = reading.conditions.some(({ of }) => of === 'sector');
  const ofStrategy = reading.conditions.some(({ of }) => of === 'strategy');
  if (reading.weekday !== null && !('weekday' in subject.dimensions)) return { unknown: [`${reading.weekday}s`] };
  const withReason = subject.view === 'trade_cards' && isRejected(subject, reading);
  const unknown = reading.left.filter(({ text }) => !courtesy.has(text) && !(withReason && reasonWords.has(text)) && !(ofStrategy && text === 'strategy') && !subject.words.includes(text) && !(subject.view === 'fills' && ['buy', 'sell'].includes(text)) && !(text in subject.states) && !(text in measureWords) && !(reading.count && text in dimensionWords) && !(ofSector && ['stock', 'stocks', 'names', 'companies'].includes(text)));
  if (unknown.length > 0) return { unknown: unknown.map(({ typed }) => typed) };
  // Every share's every price is no answer to anything; a share, a ranking or a sum is.
  if (subject.view === 'prices_daily' && reading.rank === null && reading.by.length === 0 && !reading.average && !reading.median && !reading.count && reading.bound === null && !reading.conditions.some(({ of }) => of === 'symbol')) return { unknown: ['which symbol'] };
  // Nothing is won and lost at once: both were asked for, one beside the other.
  const signs = new Set(reading.left.flatMap(({ text }) => (Object.hasOwn(subject.states, text) ? [/ ([<>]) 0$/.exec(subject.states[text] ?? '')?.[1] ?? ''] : [])));
  if (signs.has('<') && signs.has('>')) return { unknown: ['winners or losers'] };
  return compose(subject, reading);
}

function read(words: readonly Word[], frame: QuestionFrame): Reading {
  const reading: Reading = { left: [], conditions: [], period: null, by: [], measure: null, average: false, count: false, rank: null, limit: null, median: false, bySize: false, bound: null, perTime: false, weekday: null };
  const plain = words.map(({ text }) => text);
  for (let at = 0; at < words.length;) at += step(at);
  return reading;

  function step(at: number): number {
    const word = words[at];
    if (!word) return 1;
    const { text } = word;
    const after = plain[at + 1] ?? '';
    if (text === 'how' && after === 'many') { reading.count = true; return 2; }
    if ((text === 'number' && after === 'of') || text === 'count') { reading.count = true; return text === 'count' ? 1 : 2; }
    const weekday = /^((?:mon|tues|wednes|thurs|fri|satur|sun)day)s$/.exec(text)?.[1];
    if (weekday !== undefined && reading.weekday === null) { reading.weekday = weekday.replace(/^./, (letter) => letter.toUpperCase()); return 1; }
    const bounded = boundAt(at);
    if (bounded > 0) return bounded;
    const ranked = rankAt(at);
    if (ranked > 0) return ranked;
    const split = splitAt(at);
    if (split > 0) return split;
    const spoken = ['in', 'on', 'for', 'during', 'of', 'over'].includes(text) ? null : periodAt(plain, at, frame);
    if (spoken && !(spoken.length === 1 && text in dimensionWords)) { reading.period = { from: spoken.period.from, to: spoken.period.to }; return spoken.length; }
    if (/^(20\d\d)$/.test(text) && ['in', 'during', 'for', 'of', 'year'].includes(plain[at - 1] ?? '')) { reading.period = { from: `${text}-01-01`, to: `${text}-12-31` }; return 1; }
    if (averages.has(text)) { reading.average = true; return 1; }
    if (text === 'median') { reading.median = true; return 1; }
    for (let length = Math.min(4, words.length - at); length > 0; length -= 1) if (nameAt(at, length)) return length;
    if (text in measureWords && reading.measure === null) {
      reading.measure = measureWords[text] ?? null;
      // "how many shares" asks for a sum.
      if (reading.measure === 'quantity') reading.count = false;
    }
    reading.left.push(word);
    return 1;
  }

  /** "above 1 lakh", "more than 10 days". */
  function boundAt(at: number): number {
    for (const length of [2, 1]) {
      const sign = bounds[plain.slice(at, at + length).join(' ')];
      const found = sign === undefined ? null : amountAt(plain, at + length);
      if (!sign || !found || isUnit(plain[at + length + found.length]) && !/^days?$/.test(plain[at + length + found.length] ?? '')) continue;
      const days = /^days?$/.test(plain[at + length + found.length] ?? '');
      reading.bound = { sign, amount: found.amount, days };
      return length + found.length + (days ? 1 : 0);
    }
    return 0;
  }

  /** "top 5", "5 largest", "last 3", "worst". */
  function rankAt(at: number): number {
    const [text = '', next = ''] = [plain[at], plain[at + 1]];
    const rankOf = (word: string): Reading['rank'] => (highest.has(word) ? 'high' : lowest.has(word) ? 'low' : latest.has(word) ? 'late' : earliest.has(word) ? 'early' : null);
    const rank = rankOf(text);
    const count = numberOf(rank ? next : text);
    if (sizes.has(text) || (count !== null && sizes.has(next))) reading.bySize = true;
    if (rank && count !== null && !isUnit(plain[at + 2])) { reading.rank = rank; reading.limit = count; return 2; }
    // "worst day": the day of the worst result.
    if (rank && (rank === 'high' || rank === 'low') && ['day', 'week', 'month', 'quarter', 'year'].includes(next)) { reading.rank = rank; reading.limit = 1; reading.by.push(next); reading.measure ??= 'pnl'; return 2; }
    if (rank && count === null && (rank === 'high' || rank === 'low' || !isUnit(next))) { if (periodAt(plain, at, frame)) return 0; reading.rank = rank; return 1; }
    const later = rankOf(next);
    if (!rank && count !== null && later) { reading.rank = later; reading.limit = count; return 2; }
    return 0;
  }

  /** "by sector", "per month", "for each account", "sector-wise", "monthly". */
  function splitAt(at: number): number {
    const [text = '', next = '', third = ''] = plain.slice(at, at + 3);
    const wise = /^(\w+)-?wise$/.exec(text)?.[1];
    const take = (word: string | undefined, length: number): number => { const dimension = word === undefined ? undefined : dimensionWords[word]; if (dimension === undefined) return 0; reading.by.push(dimension); return length; };
    if (wise !== undefined) return take(wise, 1);
    if (['daily', 'weekly', 'monthly', 'quarterly', 'yearly'].includes(text)) { reading.perTime = true; return take(text, 1); }
    if (text === 'traded' && reading.rank !== null && next in dimensionWords) { reading.left.push({ text, typed: text }); return take(next, 2); }
    if (next === 'wise') return take(text, 2);
    if ((text === 'for' || text === 'in') && (next === 'each' || next === 'every')) return take(third, 3);
    if (text === 'by' || text === 'per' || text === 'each' || text === 'every') return take(next, 2);
    if (text === 'and' && reading.by.length > 0 && plain[at - 1] !== undefined && (plain[at - 1] ?? '') in dimensionWords) return take(next, 2);
    if (text === 'which' && next in dimensionWords) return take(next, 2);
    return 0;
  }

  function nameAt(at: number, length: number): boolean {
    const typed = words.slice(at, at + length).map((each) => each.typed).join(' ');
    const said = plain.slice(at, at + length).join(' ');
    const account = frame.accounts.find((name) => name.toLowerCase() === said);
    if (account) return note('account', account, `= ${quoted(account)}`);
    const strategy = frame.strategies.find((name) => name === said.replaceAll(/[ -]/g, '_'));
    if (strategy) return note('strategy', strategy, `= ${quoted(strategy)}`);
    if (length === 1 && ['buy', 'bought', 'buys', 'purchases'].includes(said)) { note('side', 'BUY', "= 'BUY'"); return false; }
    if (length === 1 && ['sell', 'sold', 'sells', 'sales'].includes(said)) { note('side', 'SELL', "= 'SELL'"); return false; }
    const common = length === 1 && (courtesy.has(said) || said in measureWords || subjects.some(({ words: named, states }) => named.includes(said) || said in states));
    if (common && typed !== typed.toUpperCase()) return false;
    if (common && typed.length < 3 && typed !== 'IT') return false;
    const symbol = typed === 'IT' ? null : frame.symbol(typed);
    if (symbol) return note('symbol', symbol, `= ${quoted(symbol)}`);
    // "it" is a word, "IT" is a sector.
    const sector = courtesy.has(said) && typed !== typed.toUpperCase() ? null : frame.sector(said);
    if (sector) return note('sector', sector.label, sector.sector !== null ? `= ${quoted(sector.sector)}` : `IN (${sector.symbols.map(quoted).join(', ')})`);
    return false;
  }
  function note(of: Reading['conditions'][number]['of'], value: string, text: string): true { reading.conditions.push({ of, value, text }); return true; }
}

const reasonWords = new Set(['reason', 'reasons', 'why', 'gave', 'given']);
const isRejected = (subject: Subject, { left }: Reading): boolean => left.some(({ text }) => subject.states[text] === "status = 'REJECTED'");
/** What only a time or an account narrows, as conditions over a view; null where something else was named as well. */
function narrowed({ conditions, left, by, weekday, rank, bound, period }: Reading, { date, words }: { date: string; words: readonly string[] }): string | null {
  if (by.length > 0 || weekday !== null || rank !== null || bound !== null || conditions.some(({ of }) => of !== 'account') || left.some(({ text }) => !courtesy.has(text) && !words.includes(text))) return null;
  const where = [...conditions.map(({ text }) => `account ${text}`), ...(period ? [`${date} BETWEEN ${quoted(period.from)} AND ${quoted(period.to)}`] : [])];
  return where.length > 0 ? ` WHERE ${where.join(' AND ')}` : '';
}
/** How many days were won or lost, and what part of the closed trades ended at the stop or the target: their questions name no view. */
function toldByDaysOrExits(reading: Reading): Translation | null {
  const has = (word: string): boolean => reading.left.some(({ text }) => text === word);
  for (const [word, sign] of [['winning-days', '>'], ['losing-days', '<']] as const) {
    if (!has(word)) continue;
    const where = narrowed(reading, { date: 'd', words: [word, 'days'] });
    return where === null ? { unknown: [word] } : { sql: `SELECT count(*) AS ${word.replace('-', '_')} FROM (SELECT d FROM desk.pnl_daily${where} GROUP BY d HAVING sum(realized + unrealized - fees) ${sign} 0) days` };
  }
  if (!has('percent')) return null;
  for (const [word, categories, name] of [['stops-hit', "'STOP_LOSS', 'TRAIL'", 'closed_trades_that_ended_at_the_stop_percent'], ['targets-hit', "'TAKE_PROFIT'", 'closed_trades_that_ended_at_the_target_percent']] as const) {
    if (!has(word)) continue;
    const where = narrowed(reading, { date: 'closed_at::date', words: [word, 'percent', 'trade', 'trades', 'closed'] });
    const ended = `EXISTS (SELECT 1 FROM desk.orders o WHERE o.account = t.account AND o.symbol = t.symbol AND o.category IN (${categories}) AND o.filled_qty > 0 AND o.updated_at = t.closed_at)`;
    return where === null ? { unknown: [word] } : { sql: `SELECT round(100.0 * count(*) FILTER (WHERE ${ended}) / nullif(count(*), 0), 1) AS ${name} FROM desk.trades t${where}` };
  }
  return null;
}

const isUnit = (word: string | undefined): boolean => /^(day|days|week|weeks|month|months|quarter|quarters|year|years|sessions?|trading)$/.test(word ?? '');

/** The subject that knows everything that was asked; profits by days belong to the days' results, by names to what was held. */
function subjectOf(reading: Reading): Subject | null {
  // "did I buy" asks about fills; "buy" alone is an order and no question.
  const asks = reading.left.some(({ text }) => ['did', 'do', 'have', 'was', 'were'].includes(text));
  const said = reading.left.map(({ text }) => (asks && text === 'buy' ? 'bought' : asks && text === 'sell' ? 'sold' : text));
  const fits = (subject: Subject): boolean =>
    reading.by.every((dimension) => dimension in subject.dimensions) && (reading.period === null || subject.date !== null) &&
    reading.conditions.every(({ of }) => of === 'date' || of === 'state' || of === 'side' && !said.some((word) => subject.words.includes(word)) ? true : of in subject.filters);
  const named = subjects.filter((subject) => said.some((word) => subject.words.includes(word)));
  const measure = reading.measure;
  const withMeasure = (list: readonly Subject[]): Subject | undefined => list.find((subject) => fits(subject) && (measure === null || measure in subject.measures));
  const first = withMeasure(named.filter(({ view }) => view !== 'pnl_daily' && view !== 'instruments')) ?? withMeasure(named.filter(({ view }) => measure === null || view !== 'pnl_daily'));
  if (first) return first;
  if (measure === 'pnl' || measure === 'realised' || measure === 'unrealised' || measure === 'fees') {
    // An exit is filled under a card of its own: what a strategy made over some time only closed trades tell.
    const ordered = (reading.average || reading.median) && !reading.perTime || reading.period !== null && (reading.by.includes('strategy') || reading.conditions.some(({ of }) => of === 'strategy')) ? ['trades', 'fills', 'positions'] : measure === 'unrealised' ? ['positions', 'pnl_daily'] : reading.period === null && measure !== 'fees' ? ['pnl_daily', 'positions', 'fills'] : ['pnl_daily', 'fills', 'positions'];
    return ordered.flatMap((view) => subjects.filter((subject) => subject.view === view)).find((subject) => fits(subject) && measure in subject.measures) ?? null;
  }
  if (measure !== null) return withMeasure(subjects) ?? null;
  return named.find(fits) ?? null;
}

function compose(subject: Subject, reading: Reading): Translation {
  const words = reading.left.map(({ text }) => text);
  const states = words.flatMap((word) => (Object.hasOwn(subject.states, word) ? [subject.states[word] ?? ''] : []));
  const where = [...new Set(states)];
  for (const { of, text } of reading.conditions) {
    const column = of === 'side' ? subject.filters.side : of === 'date' || of === 'state' ? undefined : subject.filters[of];
    if (column !== undefined) where.push(`${of === 'sector' && text.startsWith('IN') ? (subject.filters.symbol ?? 'symbol') : column} ${text}`);
  }
  const allTime = reading.measure === 'pnl' || reading.measure === 'realised' || reading.measure === 'fees';
  if (states.length === 0 && subject.standing && !(subject.view === 'positions' && allTime)) where.unshift(subject.standing);
  // A stop that is hit today may have been sent last year.
  const hit = states.some((state) => state.includes('filled_qty'));
  const date = hit ? 'updated_at::date' : subject.date;
  if (reading.period && date) where.push(reading.period.from === reading.period.to ? `${date} = ${quoted(reading.period.from)}` : `${date} BETWEEN ${quoted(reading.period.from)} AND ${quoted(reading.period.to)}`);
  if (reading.weekday !== null) where.push(`${subject.dimensions.weekday} = ${quoted(reading.weekday)}`);
  if (reading.bound) {
    const column = reading.bound.days ? subject.measures.holding?.column : ((reading.measure === null ? undefined : subject.measures[reading.measure]?.column) ?? { positions: 'value', trades: 'pnl', fills: 'qty * price', orders: 'qty * limit_price', trade_cards: 'value', accounts: 'equity' }[subject.view]);
    if (column === undefined) return { unknown: [`${reading.bound.sign} ${reading.bound.amount}`] };
    // A loss of more than five thousand is a result below minus five thousand.
    const lost = !reading.bound.days && column === subject.measures.pnl?.column && (states.some((state) => / < 0$/.test(state)) || words.some((word) => losses.has(word)));
    where.push(lost ? `${column} ${flippedSign[reading.bound.sign] ?? reading.bound.sign} -${reading.bound.amount}` : `${column} ${reading.bound.sign} ${reading.bound.amount}`);
  }
  const condition = where.length > 0 ? ` WHERE ${where.join(' AND ')}` : '';
  const from = `desk.${subject.view}`;
  // The closes of some days are a list, their average is not what was asked.
  const listed = subject.view === 'prices_daily' && reading.measure !== 'volume' && reading.by.length === 0 && !reading.average && !reading.median;
  const measure = reading.measure === null ? undefined : subject.measures[reading.measure];
  const aggregate = aggregateOf(measure, reading);

  const distinct = reading.count && reading.by.length === 0 && subject.view !== 'instruments' && subject.view !== 'accounts' ? words.map((word) => dimensionWords[word]).find((name) => name === 'symbol' || name === 'sector') : undefined;
  if (distinct !== undefined && distinct in subject.dimensions) return { sql: `SELECT count(DISTINCT ${subject.dimensions[distinct]}) AS ${distinct}s FROM ${from}${condition}` };
  if (reading.perTime && reading.average && reading.by.length === 1 && measure) {
    const [time = ''] = reading.by;
    return { sql: `SELECT round(avg(${measure.name}), 2) AS average_${measure.name}_a_${time} FROM (SELECT ${subject.dimensions[time]} AS ${time}, ${measure.expression} AS ${measure.name} FROM ${from}${condition} GROUP BY 1) per_${time}` };
  }
  if (reading.by.length > 0) {
    const dimensions = [...new Set(reading.by)].map((name) => ({ name, expression: subject.dimensions[name] ?? name }));
    const figure = aggregate ?? { expression: 'count(*)', name: 'count' };
    const timed = dimensions.some(({ name }) => ['day', 'week', 'month', 'quarter', 'year'].includes(name)) && reading.rank === null;
    const places = dimensions.map((_, place) => place + 1).join(', ');
    // "Which symbol do I lose most on": the least profit is the most lost.
    const lost = reading.measure === 'pnl' && words.some((word) => losses.has(word));
    const order = timed ? places : `${dimensions.length + 1} ${(reading.rank === 'low') !== lost ? 'ASC' : 'DESC'} NULLS LAST, ${places}`;
    const limit = reading.limit;
    return { sql: `SELECT ${dimensions.map(({ name, expression }) => (name === expression ? name : `${expression} AS ${name}`)).join(', ')}, ${figure.expression} AS ${figure.name} FROM ${from}${condition} GROUP BY ${places} ORDER BY ${order}${limit === null ? '' : ` LIMIT ${limit}`}` };
  }
  if (reading.count && (reading.measure === null || reading.measure === 'pnl' || reading.measure === 'price')) return { sql: `SELECT count(*) AS ${words.find((word) => word === 'stops-hit' || word === 'targets-hit')?.replace('-', '_') ?? 'count'} FROM ${from}${condition}` };
  const ranked = reading.rank === 'high' || reading.rank === 'low';
  if (aggregate && !listed && !(reading.bound && !reading.average) && !ranked && !reading.rank && (measure || reading.average)) return { sql: `SELECT ${aggregate.expression} AS ${aggregate.name} FROM ${from}${condition}` };
  const by = ranked ? (measure?.column ?? (reading.bySize && subject.view === 'positions' ? 'value' : defaultRank(subject))) : null;
  // The biggest losers are those with the least profit.
  const losing = states.some((state) => / < 0$/.test(state));
  const order = by !== null ? `${by} ${(reading.rank === 'high') !== losing ? 'DESC' : 'ASC'} NULLS LAST` : reading.rank === 'early' ? flipped(subject.order) : subject.order;
  const limit = reading.limit ?? (reading.rank === null ? null : words.some((word) => word.endsWith('s') && subject.words.includes(word)) ? 5 : 1);
  const columns = subject.view === 'trade_cards' && isRejected(subject, reading) ? [...subject.columns.filter((name) => name !== 'confidence'), 'rejection_reason'] : subject.columns;
  return { sql: `SELECT ${columns.join(', ')} FROM ${from}${condition} ORDER BY ${order}${limit === null ? '' : ` LIMIT ${limit}`}` };
}

const losses = new Set(['lost', 'lose', 'loss', 'losses', 'losing', 'losers', 'loser']);
const flippedSign: Readonly<Record<string, string>> = { '>': '<', '<': '>', '>=': '<=', '<=': '>=' };
function defaultRank(subject: Subject): string {
  return { positions: 'unrealized_pnl', trades: 'pnl', fills: 'qty * price', orders: 'qty', trade_cards: 'confidence', prices_daily: 'close', accounts: 'equity', pnl_daily: 'realized + unrealized - fees', events: 'sentiment' }[subject.view] ?? subject.columns[0] ?? '1';
}
const flipped = (order: string): string => order.replace('DESC', 'ASC');

function aggregateOf(measure: Measure | undefined, { average, median, count }: Reading): Measure | null {
  if (count && !measure) return { expression: 'count(*)', name: 'count' };
  if (!measure) return null;
  const column = measure.column;
  if (median && column !== undefined && !column.includes('*')) return { expression: `percentile_cont(0.5) WITHIN GROUP (ORDER BY ${column})`, name: `median_${measure.name.replace(/^average_/, '')}` };
  if (column === undefined || /^(round|avg|max|min)\(/.test(measure.expression)) return measure;
  if (median) return { expression: `percentile_cont(0.5) WITHIN GROUP (ORDER BY ${column})`, name: `median_${measure.name}` };
  return average ? { expression: `round(avg(${column}), 2)`, name: `average_${measure.name}` } : measure;
}
