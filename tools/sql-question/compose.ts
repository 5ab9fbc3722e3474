import type { Reading } from './reading.ts';
import { type Measure, quoted, type Subject, subjects } from './subjects.ts';
import { courtesy, dimensionWords } from './words.ts';

/** SQL, or the words that nothing could be made of. */
export type Translation = { sql: string } | { unknown: string[] };

export const reasonWords = new Set(['reason', 'reasons', 'why', 'gave', 'given', 'gate', 'gates', 'check', 'checks', 'guardrails', 'limits', 'because']);
/** "How many, and where": the list has the number too. */
const listing = new Set(['where', 'which', 'why', 'reason', 'reasons']);
export const isRejected = (subject: Subject, { left }: Reading): boolean => left.some(({ text }) => /'(?:REJECTED|BLOCKED)'/.test(subject.states[text] ?? ''));
/** What only a time or an account narrows, as conditions over a view; null where something else was named as well. */
function narrowed({ conditions, left, by, weekday, rank, bound, period }: Reading, { date, words }: { date: string; words: readonly string[] }): string | null {
  if (by.length > 0 || weekday !== null || rank !== null || bound !== null || conditions.some(({ of }) => of !== 'account') || left.some(({ text }) => !courtesy.has(text) && !words.includes(text))) return null;
  const where = [...conditions.map(({ text }) => `account ${text}`), ...(period ? [`${date} BETWEEN ${quoted(period.from)} AND ${quoted(period.to)}`] : [])];
  return where.length > 0 ? ` WHERE ${where.join(' AND ')}` : '';
}
/** How many days were won or lost, and what part of the closed trades ended at the stop or the target: their questions name no view. */
export function toldByDaysOrExits(reading: Reading): Translation | null {
  const has = (word: string): boolean => reading.left.some(({ text }) => text === word);
  for (const [word, sign] of [['winning-days', '>'], ['losing-days', '<']] as const) {
    if (!has(word)) continue;
    const where = narrowed(reading, { date: 'd', words: [word, 'days'] });
    return where === null ? { unknown: [word] } : { sql: `SELECT count(*) AS ${word.replace('-', '_')} FROM (SELECT d FROM desk.pnl_daily${where} GROUP BY d HAVING sum(realized + unrealized - fees) ${sign} 0) days` };
  }
  // How long a share was held, whether it still is or not.
  if (has('held-long')) {
    const named = reading.conditions.find(({ of }) => of === 'symbol');
    const where = named && narrowed({ ...reading, conditions: reading.conditions.filter(({ of }) => of !== 'symbol') }, { date: 'opened_at::date', words: ['held-long', 'days'] });
    if (!named || (where === null && (reading.period !== null || reading.conditions.length > 1))) return { unknown: ['how long'] };
    if (reading.left.some(({ text }) => !courtesy.has(text) && !['held-long', 'days'].includes(text)) || reading.rank !== null || reading.by.length > 0) return { unknown: ['how long'] };
    return { sql: `SELECT symbol, account, opened_at, closed_at, round(extract(epoch FROM coalesce(closed_at, (SELECT market_now FROM desk.clock)) - opened_at)::numeric / 86400, 1) AS days_held FROM desk.positions WHERE symbol ${named.text}${where ? where.replace(' WHERE ', ' AND ') : ''} ORDER BY opened_at DESC` };
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


/** The subject that knows everything that was asked; profits by days belong to the days' results, by names to what was held. */
export function subjectOf(reading: Reading): Subject | null {
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

export function compose(subject: Subject, said: Reading): Translation {
  const words = said.left.map(({ text }) => text);
  const reading = said.count && said.measure === null && words.some((word, place) => place > 0 && listing.has(word) && !(word === 'which' && ['in', 'on', 'at', 'for'].includes(words[place - 1] ?? ''))) ? { ...said, count: false } : said;
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
  // An index is no share.
  if (subject.view === 'prices_daily' && words.some((word) => shareWords.has(word)) && !reading.conditions.some(({ of }) => of === 'symbol')) where.push("symbol NOT IN (SELECT symbol FROM desk.instruments WHERE kind = 'INDEX')");
  const condition = where.length > 0 ? ` WHERE ${where.join(' AND ')}` : '';
  const from = `desk.${subject.view}`;
  // The closes of some days are a list, their average is not what was asked.
  const listed = subject.view === 'prices_daily' && reading.measure !== 'volume' && reading.by.length === 0 && !reading.average && !reading.median;
  const measure = reading.measure === null ? undefined : subject.measures[reading.measure];
  const aggregate = aggregateOf(measure, reading);

  const distinct = reading.count && reading.by.length === 0 && subject.view !== 'instruments' && subject.view !== 'accounts' ? words.map((word) => dimensionWords[word]).find((name) => name === 'symbol' || name === 'sector') : undefined;
  if (distinct !== undefined && measure === undefined && distinct in subject.dimensions) return { sql: `SELECT count(DISTINCT ${subject.dimensions[distinct]}) AS ${distinct}s FROM ${from}${condition}` };
  if (reading.perTime && reading.average && reading.by.length === 1 && measure && !(subject.view === 'prices_daily' && (reading.measure !== 'volume' || reading.eachTime))) {
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
    return { sql: `SELECT ${dimensions.map(({ name, expression }) => (name === expression ? name : `${expression} AS ${name}`)).join(', ')}, ${figure.expression} AS ${figure.name} FROM ${from}${condition} GROUP BY ${places} ORDER BY ${order}${limit === null ? '' : ` LIMIT ${limit}`}${reading.skip === 0 ? '' : ` OFFSET ${reading.skip}`}` };
  }
  // "How many do I hold and what are they worth": both, side by side.
  if (reading.count && measure && aggregate && !reading.rank && reading.bound === null && words.includes('and')) return { sql: `SELECT count(*) AS count, ${aggregate.expression} AS ${aggregate.name} FROM ${from}${condition}` };
  if (reading.count && (reading.measure === null || reading.measure === 'pnl' || reading.measure === 'price' || (subject.view === 'prices_daily' && reading.bound !== null))) return { sql: `SELECT count(*) AS ${words.find((word) => word === 'stops-hit' || word === 'targets-hit')?.replace('-', '_') ?? 'count'} FROM ${from}${condition}` };
  const ranked = reading.rank === 'high' || reading.rank === 'low';
  if (aggregate && !listed && !reading.each && !(reading.bound && !reading.average) && !ranked && !reading.rank && (measure || reading.average)) return { sql: `SELECT ${aggregate.expression} AS ${aggregate.name} FROM ${from}${condition}` };
  const by = ranked ? (measure?.column ?? (reading.bySize && subject.view === 'positions' ? 'value' : defaultRank(subject))) : null;
  // The biggest losers are those with the least profit.
  const losing = states.some((state) => / < 0$/.test(state));
  // What was cancelled last is not what was sent last.
  const changed = subject.view === 'orders' && reading.rank === 'late' && states.some((state) => /^status = '(?:CANCELLED|FILLED|REJECTED|EXPIRED)'/.test(state));
  const order = changed ? 'updated_at DESC' : by !== null ? `${by} ${(reading.rank === 'high') !== losing ? 'DESC' : 'ASC'} NULLS LAST` : reading.rank === 'early' ? flipped(subject.order) : subject.order;
  const limit = reading.limit ?? (reading.rank === null ? null : words.includes('one') ? 1 : words.some((word) => word.endsWith('s') && subject.words.includes(word)) ? 5 : 1);
  const shown = subject.view === 'trade_cards' && isRejected(subject, reading) ? [...subject.columns.filter((name) => name !== 'confidence'), 'rejection_reason'] : subject.columns;
  // What a list was asked for, or is ranked by, stands in it.
  const columns = measure?.column !== undefined && !shown.includes(measure.column) && !measure.column.includes('realized_pnl + coalesce') ? [...shown, `${measure.column} AS ${measure.name.replace(/^average_/, '')}`] : shown;
  return { sql: `SELECT ${columns.join(', ')} FROM ${from}${condition} ORDER BY ${order}${limit === null ? '' : ` LIMIT ${limit}`}${reading.skip === 0 ? '' : ` OFFSET ${reading.skip}`}` };
}

/** How many closed trades were won and how many were lost, side by side. */
export function wonAndLost(subject: Subject, reading: Reading): Translation {
  const { sql } = compose(subject, { ...reading, left: reading.left.filter(({ text }) => !(text in subject.states) || text === 'closed'), measure: null, count: true, average: false, rank: null }) as { sql: string };
  return { sql: sql.replace('count(*) AS count', 'count(*) FILTER (WHERE pnl > 0) AS won, count(*) FILTER (WHERE pnl < 0) AS lost') };
}
const shareWords = new Set(['stock', 'stocks', 'share', 'shares', 'company', 'companies']);
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
