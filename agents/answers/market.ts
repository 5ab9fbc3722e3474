import type { BreadthOutput } from '../../tools/breadth.ts';
import type { BrokerQuote } from '../../tools/broker-quote.ts';
import type { Flows } from '../../tools/flows.ts';
import type { MarketMovers } from '../../tools/market-movers.ts';
import type { MarketRegime } from '../../tools/market-regime.ts';
import { performance } from '../../tools/performance.ts';
import type { Watchlist } from '../../tools/watchlist.ts';
import type { Draft } from '../define.ts';
import type { Column } from '../vocabulary.ts';
import type { IntentOf } from '../grammar/intents.ts';
import type { AnswerContext, AnswerTable } from './define.ts';
import { indexSaid } from './records.ts';
import { refusalDraft } from './proposal-draft.ts';
import { cellsOf, said, sentences } from './references.ts';
import { chart, indicator } from './symbol-views.ts';
import { cells, read } from './wording.ts';

const fieldWords: Record<BrokerQuote['field'], string> = { last: 'last', open: 'open', high: 'high', low: 'low', close: 'close', volume: 'volume' };
const staleSeconds = 120;

async function quote({ intent, tools, askedOn }: AnswerContext<'quote'>): Promise<Draft> {
  const called = await tools.call<BrokerQuote>('broker_quote', { symbol: intent.symbol, field: intent.field === 'previousClose' ? 'close' : intent.field, ...(intent.time ? { asOf: `${intent.date ?? askedOn}T${intent.time}` } : intent.date ? { date: intent.date } : {}) });
  if (!called.ok) return refusalDraft(called);
  const { output } = called;
  const cell = cellsOf(called);
  const value = (path: string): string => cell(path, output.field === 'volume' ? 'quantity' : 'price');
  const choices = [{ label: `Chart ${output.symbol}`, command: `/chart ${output.symbol}` }, { label: 'News', command: `/news ${output.symbol}` }];
  const before = output.previousSession ? `Previous close, ${cell('previousSession.dayText')}: ${cell('previousSession.close', 'price')}.` : null;
  switch (output.status) {
    case 'QUOTE': {
      const { quote: now } = output;
      if (output.value === null) return { text: `${cell('symbol')} ${fieldWords[output.field]} today is not known: ${cell('reason')}.`, parts: [], choices };
      const change = now?.changePercent == null ? `${now?.previousClose === null ? ', its previous close is not known' : ''}` : `, ${cell('quote.changePercent', 'signed_percent')} from the previous close`;
      const old = now && now.ageSeconds > staleSeconds ? ` Known at ${cell('atText')}.` : '';
      const spread = output.field === 'last' && now ? ` Bid ${cell('quote.bid', 'price')}, ask ${cell('quote.ask', 'price')}${now.spreadFrom === 'bars' ? ' (spread modelled from bars)' : ''}.` : '';
      return { text: output.field === 'last' ? `${cell('symbol')} ${now?.lastFrom ? `has no trade that is known; ${cell('quote.lastFrom')} is ` : ''}${value('value')}${change}.${spread}${old}` : `${cell('symbol')} ${fieldWords[output.field]} today: ${value('value')}${output.field === 'volume' ? ' shares so far' : ''}.${old}`, parts: [], choices };
    }
    case 'BAR': {
      if (!output.bar) return { text: `${cell('symbol')} ${value('value')}, known at ${cell('atText')}.`, parts: [], choices };
      const split = output.bar.adjustmentFactor !== null && Math.abs(output.bar.adjustmentFactor - 1) > 1e-9 && output.field === 'close';
      const unknown = output.bar.adjustmentFactor === null && intent.date !== undefined;
      if (intent.field === 'previousClose') return { text: output.bar.previousClose === null ? `The close before ${cell('bar.dayText')} of ${cell('symbol')} is not known.` : `${cell('symbol')} closed at ${cell('bar.previousClose', 'price')} in the session before ${cell('bar.dayText')}; on that day at ${cell('bar.close', 'price')}.`, parts: [], choices };
      const verb = output.field === 'close' || output.field === 'last' ? 'closed at' : `${fieldWords[output.field]}`;
      return {
        text: sentences(intent.time && 'No minute prices are stored for that time. The close before it:', `${cell('symbol')} ${verb} ${value('value')}${output.field === 'volume' ? ' shares' : ''} on ${cell('bar.dayText')}${verb === 'closed at' && output.bar.changePercent !== null ? `, ${cell('bar.changePercent', 'signed_percent')} from the previous close` : ''}.`, split && `As printed; in today’s prices ${cell('bar.adjustedClose', 'price')}.`, unknown && 'As printed; prices since then cannot be compared with it.'),
        parts: [], choices,
      };
    }
    case 'CLOSED_DAY': return { text: sentences(`The exchange ${isAhead(output) ? 'will be' : 'was'} closed on ${cell('closed.dayText')} (${cell('closed.label')}).`, before), parts: [], choices };
    case 'OUTSIDE_HISTORY': return { text: output.history ? `I know prices of ${cell('symbol')} from ${cell('history.from', 'date')} to ${cell('history.to', 'date')}; that day lies outside.` : `No prices of ${cell('symbol')} are stored.`, parts: [] };
    case 'NOT_TRADED': return { text: sentences(`No trade of ${cell('symbol')} is stored for that day, though the exchange was open.`, before), parts: [] };
    case 'SESSION_NOT_OVER': return { text: sentences(`Today’s ${fieldWords[output.field]} is not known yet: ${cell('reason')}.`, output.quote && `Last: ${cell('quote.last', 'price')}.`, before), parts: [], choices };
    case 'AHEAD': return { text: sentences('That day is still ahead.', before), parts: [] };
    case 'NO_PRICE': return { text: `No price of ${cell('symbol')} is known.`, parts: [] };
  }
}
const isAhead = ({ closed, asOf }: BrokerQuote): boolean => closed !== null && closed.date > asOf.slice(0, 10);

const moverColumns: Column[] = [
  { key: 'symbol', title: 'Symbol', align: 'left' }, { key: 'name', title: 'Company', align: 'left' }, { key: 'sector', title: 'Sector', align: 'left' }, { key: 'close', title: 'Price', unit: '₹', align: 'right' }, { key: 'changePercent', title: 'Change', unit: '%', align: 'right' }, { key: 'adjustedFor', title: 'Adjusted for', align: 'left' },
];

async function movers(context: AnswerContext<'movers'>): Promise<Draft> {
  const { intent, tools } = context;
  const today = intent.period !== undefined && intent.period.from === intent.period.to;
  const period = intent.period ? { period: { from: intent.period.from, to: intent.period.to } } : {};
  const index = indexSaid(intent);
  const called = await tools.call<MarketMovers>('market_movers', { direction: intent.direction, ...(intent.sector ? { sector: intent.sector } : {}), ...(index ? { index } : {}), ...(intent.count ? { limit: intent.count } : {}), ...period });
  if (!called.ok) return refusalDraft(called);
  const { output } = called;
  const cell = cellsOf(called);
  const when = output.singleSession ? (output.live ? 'so far today' : `on ${cell('sessionText')}`) : `from ${cell('fromText')} to ${cell('sessionText')}`;
  const scope = output.sector ? ` in ${said(output.sector)}` : output.index ? ` in ${cell('index')}` : '';
  const first = (list: 'gainers' | 'losers'): string | null => (output[list][0] ? output[list].slice(0, Math.min(10, intent.count ?? (intent.direction === 'BOTH' ? 1 : 3))).map((_, i) => `${cell(`${list}.${i}.symbol`)} ${cell(`${list}.${i}.changePercent`, 'signed_percent')}`).join(', ') : null);
  const leads = [output.gainers.length > 0 && `up most: ${first('gainers')}`, output.losers.length > 0 && `down most: ${first('losers')}`].filter((part) => part !== false);
  const nothing = output.direction === 'UP' ? 'No share rose' : output.direction === 'DOWN' ? 'No share fell' : 'No share moved';
  const lead = leads.length > 0 ? `${sentenceCase(leads.join('; '))} (${when}${scope}).` : `${nothing}${scope} ${when}${output.reason ? `: ${cell('reason')}` : ''}.`;
  return {
    text: sentences(today && output.closedOn && `No session that day (${cell('closedOn')}).`, lead,
      output.breadth.counted > 0 && `${cell('breadth.advances', 'count')} rose, ${cell('breadth.declines', 'count')} fell of ${cell('breadth.counted', 'count')}.`,
      output.tooThin > 0 && `Left out for turnover below ₹${cell('leastTurnover', 'count')} a session: ${cell('tooThin', 'count')}.`,
      output.broken > 0 && `Without a comparable price: ${cell('broken', 'count')}.`, await ownTrade(context)),
    parts: [
      ...(output.gainers.length > 0 ? [{ type: 'table' as const, title: 'Up most', columns: moverColumns, call: called.call, path: 'gainers' }] : []),
      ...(output.losers.length > 0 ? [{ type: 'table' as const, title: 'Down most', columns: moverColumns, call: called.call, path: 'losers' }] : []),
    ],
    choices: [output.gainers[0], output.losers[0]].flatMap((row) => (row ? [{ label: `News on ${row.symbol}`, command: `/news ${row.symbol}` }] : [])),
  };
}
/** Over a stretch of time "top losers" may be asked of one's own trades: where some were closed in it, the furthest of them is told beside the market. */
async function ownTrade(context: AnswerContext<'movers'>): Promise<string | false> {
  const { period, direction, sector, index, indexNumber } = context.intent;
  if (!period || period.from === period.to || direction === 'BOTH' || sector !== undefined || index !== undefined || indexNumber !== undefined) return false;
  const called = await read(context, performance, { period });
  const key = direction === 'UP' ? 'best' : 'worst';
  const trade = called.ok ? called.output.trades[key] : null;
  if (!called.ok || !trade || trade.netMinor > 0 !== (direction === 'UP')) return false;
  const own = cells(called);
  return `That is the market; of your own closed trades ${own(`trades.${key}.symbol`, 'text')} in ${own(`trades.${key}.account`, 'text')} ${direction === 'UP' ? 'won' : 'lost'} most in that time, ${own(`trades.${key}.netMinor`, 'signed_money')} after charges.`;
}
const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

async function breadth({ intent, tools }: AnswerContext<'breadth'>): Promise<Draft> {
  const called = await tools.call<BreadthOutput>('breadth', { ...(intent.period ? { date: intent.period.to } : {}), ...(intent.index ? { index: indexSaid(intent) } : {}) });
  if (!called.ok) return refusalDraft(called);
  const { output } = called;
  const cell = cellsOf(called);
  const mood = output.composite === null ? 'Nothing rose or fell, so there is no mood to speak of' : `${output.index ? cell('index') : 'The market'} is ${cell('word')}: ${cell('composite', 'number')} of a hundred`;
  return {
    text: sentences(output.closedOn && `No session that day (${cell('closedOn')}).`, `${mood} (${output.live ? 'so far today' : `on ${cell('sessionText')}`}).`,
      `${cell('advances', 'count')} rose, ${cell('declines', 'count')} fell, ${cell('unchanged', 'count')} did not move${output.advanceDeclineRatio === null ? '' : `; ratio ${cell('advanceDeclineRatio', 'number')}`}.`,
      output.trin !== null && `TRIN ${cell('trin', 'number')}: ${output.trin < 1 ? 'volume favours the rising' : 'volume favours the falling'}.`,
      output.missing.includes('institutions') && 'Institutional flows are not loaded, so the composite rests on the rest.'),
    parts: [], note: 'The composite’s formula is in the tool “breadth”.', choices: [{ label: 'What moved', command: '/movers' }, { label: 'Regime', command: '/regime' }],
  };
}

async function regime({ tools }: AnswerContext<'regime'>): Promise<Draft> {
  const called = await tools.call<MarketRegime>('market_regime', {});
  if (!called.ok) return refusalDraft(called);
  const { output } = called;
  const cell = cellsOf(called);
  if (output.regime === null) return { text: `No regime can be told: ${cell('reason')}.`, parts: [] };
  const index = output.index?.volatility20 == null ? null : `${cell('index.symbol')} moves at ${cell('index.volatility20', 'percent')} a year${output.index.momentum20 === null ? '' : `, ${cell('index.momentum20', 'signed_percent')} over a month of sessions`}.`;
  const lead = output.basis === 'index' ? `Volatility is ${cell('words')} (index, ${cell('sessionText')}).` : `Volatility of most shares is ${cell('words')} (${cell('sessionText')}; no index long enough is stored).`;
  return {
    text: sentences(lead, index, `Of the ${cell('shares.counted', 'count')} most traded shares ${cell('shares.low', 'count')} are calm, ${cell('shares.medium', 'count')} ordinary, ${cell('shares.high', 'count')} volatile, each against its own past year.`),
    parts: [], choices: [{ label: 'Breadth', command: '/breadth' }],
  };
}

/** What the depository tells of foreign money: by sector of a fortnight, by month, and who holds which derivatives. Null where none of it was asked. */
function foreignMoney(called: { call: string; output: Flows }, { measure, period }: IntentOf<'flows'>): Draft | null {
  const cell = cellsOf(called);
  const { output } = called;
  if (measure === 'SECTORS') {
    const last = output.sectors.length - 1;
    if (last < 0) return { text: 'No source of foreign money by sector is loaded.', parts: [] };
    return {
      text: `Foreign investors by sector over the fortnight to ${cell('sectorsToText')}: bought most ${cell('sectors.0.sector')} (net ${cell('sectors.0.netCrore', 'number')} crore rupees), sold most ${cell(`sectors.${last}.sector`)} (net ${cell(`sectors.${last}.netCrore`, 'number')}).`,
      parts: [{ type: 'table', title: 'By sector', columns: [{ key: 'sector', title: 'Sector', align: 'left' }, { key: 'netCrore', title: 'Net', unit: '₹ crore', align: 'right' }, { key: 'assetsCrore', title: 'Held', unit: '₹ crore', align: 'right' }], call: called.call, path: 'sectors' }],
    };
  }
  if (measure === 'MONTHS') {
    const wanted = period?.from.slice(0, 7);
    const at = wanted === undefined ? 0 : output.months.findIndex(({ month }) => month.startsWith(wanted));
    const row = output.months[at];
    if (!row) return wanted === undefined ? { text: 'No source of foreign money by month is loaded.', parts: [] } : null;
    const part = (name: string, key: 'equityCrore' | 'debtCrore' | 'totalCrore'): string => `${name} ${row[key] === null ? 'not told' : cell(`months.${at}.${key}`, 'number')}`;
    return {
      text: `Foreign investors in ${cell(`months.${at}.month`)}, net in crore rupees: ${part('equity', 'equityCrore')}, ${part('debt', 'debtCrore')}, ${part('all', 'totalCrore')} (depository).`,
      parts: [{ type: 'table', title: 'By month', columns: [{ key: 'month', title: 'Month', align: 'left' }, { key: 'equityCrore', title: 'Equity', unit: '₹ crore', align: 'right' }, { key: 'debtCrore', title: 'Debt', unit: '₹ crore', align: 'right' }, { key: 'totalCrore', title: 'All', unit: '₹ crore', align: 'right' }], call: called.call, path: 'months' }],
    };
  }
  if (measure === 'DERIVATIVES') {
    if (output.derivatives.length === 0) return { text: 'No source of who holds which derivatives is loaded for that time.', parts: [] };
    const at = output.derivatives.findIndex(({ participant, instrument }) => /FII|FPI/i.test(participant) && /future.*index|index.*future/i.test(instrument));
    const told = at < 0 ? '' : ` ${cell(`derivatives.${at}.participant`)} in ${cell(`derivatives.${at}.instrument`)}: ${cell(`derivatives.${at}.longContracts`, 'quantity')} long, ${cell(`derivatives.${at}.shortContracts`, 'quantity')} short, net ${cell(`derivatives.${at}.netContracts`, 'quantity')}.`;
    const other = period && output.derivativesOn !== null && output.derivativesOn < period.from ? 'Nothing is told of the time asked for; the last before it: ' : '';
    return {
      text: `${other}Open derivatives contracts by participant on ${cell('derivativesOn', 'date')}.${told}`,
      parts: [{ type: 'table', title: 'By participant', columns: [{ key: 'participant', title: 'Who', align: 'left' }, { key: 'instrument', title: 'What', align: 'left' }, { key: 'longContracts', title: 'Long', align: 'right' }, { key: 'shortContracts', title: 'Short', align: 'right' }], call: called.call, path: 'derivatives' }],
    };
  }
  return null;
}

async function flows({ tools, intent }: AnswerContext<'flows'>): Promise<Draft> {
  // "The last 5 days" of flows are days on which the exchange told them.
  const counted = /^(?:the )?(?:last|past|previous) (\d{1,3}) (?:trading )?(?:days?|sessions?)$/.exec(intent.period?.label ?? '');
  const called = await tools.call<Flows>('flows', { ...(intent.level ? { level: intent.level } : {}), ...(counted ? { days: Number(counted[1]) } : intent.period ? { from: intent.period.from, to: intent.period.to } : {}) });
  if (!called.ok) return refusalDraft(called);
  const foreign = foreignMoney(called, intent);
  if (foreign) return foreign;
  const cell = cellsOf(called);
  const { output } = called;
  const { monthSum } = output;
  if (output.rows.length === 0 && monthSum && !intent.measure && intent.who !== 'DII') {
    const part = (name: string, key: 'equityCrore' | 'debtCrore' | 'totalCrore'): string => `${name} ${monthSum[key] === null ? 'not told' : cell(`monthSum.${key}`, 'number')}`;
    return { text: `Foreign investors from ${cell('monthSum.fromMonth')} to ${cell('monthSum.toMonth')} (${cell('monthSum.months', 'count')} months told), net in crore rupees: ${part('equity', 'equityCrore')}, ${part('debt', 'debtCrore')}, ${part('all', 'totalCrore')} (depository). No days of the exchanges’ own figures are stored for that time.`, parts: [] };
  }
  if (output.rows.length === 0) return { text: `I cannot say: ${cell('reason')}. Breadth shows how the market as a whole moved.`, parts: [], choices: [{ label: 'Breadth', command: '/breadth' }] };
  const net = (who: string, path: string, value: number | null | undefined): string => (value == null ? `${who} are not told` : `${who} ${value >= 0 ? 'bought more than they sold' : 'sold more than they bought'} (net ${cell(path, 'number')} crore rupees)`);
  const latest = output.rows[0];
  const { measure } = intent;
  const columns: Column[] = [{ key: 'dayText', title: 'Day', align: 'left' }, { key: 'fiiNetCrore', title: 'Foreign, net', unit: '₹ crore', align: 'right' }, { key: 'diiNetCrore', title: 'Domestic, net', unit: '₹ crore', align: 'right' }];
  const day = `On ${cell('rows.0.dayText')} ${net('foreign institutions', 'rows.0.fiiNetCrore', latest?.fiiNetCrore)}; ${net('domestic ones', 'rows.0.diiNetCrore', latest?.diiNetCrore)}.`;
  const oldest = output.rows.length - 1;
  const span = `from ${cell(`rows.${oldest}.dayText`)} to ${cell('rows.0.dayText')}, ${cell('sum.days', 'count')} days told`;
  const total = (who: string, path: string, value: number | null | undefined): string => (value == null ? `${who}: not told on every day` : `${who} net ${cell(path, 'number')}`);
  const over = output.rows.length > 1 ? `${total('Foreign institutions', 'sum.fiiNetCrore', output.sum?.fiiNetCrore)}, ${total('domestic ones', 'sum.diiNetCrore', output.sum?.diiNetCrore)} crore rupees ${span}.` : null;
  const asked = measure && measure !== 'MONTHS' && measure !== 'SECTORS' && measure !== 'DERIVATIVES' ? flowMeasure(output, { measure, who: intent.who ?? 'FII', span, cell }) : null;
  return {
    text: sentences(...(asked ? [asked] : intent.period && over ? [over, day] : [day, over]), output.roughDays > 0 && `The figures of ${cell('roughDays', 'count')} of these days may be rounded by who collected them.`),
    parts: [{ type: 'table', title: 'Institutional flows', columns, call: called.call, path: 'rows' }], choices: [{ label: 'Breadth', command: '/breadth' }],
  };
}
/** The heaviest day, or on how many days they bought or sold on balance. */
function flowMeasure(output: Flows, { measure, who, span, cell }: { measure: NonNullable<IntentOf<'flows'>['measure']>; who: 'FII' | 'DII'; span: string; cell: ReturnType<typeof cellsOf> }): string | null {
  const key = who === 'FII' ? 'fiiNetCrore' : 'diiNetCrore';
  const name = who === 'FII' ? 'Foreign institutions' : 'Domestic institutions';
  const told = output.rows.map((row, at) => ({ value: row[key], at })).filter((row): row is { value: number; at: number } => row.value !== null);
  if (told.length === 0) return null;
  if (output.sum?.beyond && (measure === 'DAYS_BOUGHT' || measure === 'DAYS_SOLD')) return `${name} ${measure === 'DAYS_BOUGHT' ? 'bought' : 'sold'} more than ${cell('sum.beyond.crore', 'number')} crore rupees on balance on ${cell(`sum.beyond.${who === 'FII' ? 'fii' : 'dii'}${measure === 'DAYS_BOUGHT' ? 'Bought' : 'Sold'}Days`, 'count')} days ${span}.`;
  if (measure === 'AVERAGE') return output.sum?.[who === 'FII' ? 'fiiAverageCrore' : 'diiAverageCrore'] == null ? null : `${name} net ${cell(`sum.${who === 'FII' ? 'fii' : 'dii'}AverageCrore`, 'number')} crore rupees a day on average (${span}).`;
  if (measure === 'DAYS_BOUGHT' || measure === 'DAYS_SOLD') return `${name} were net buyers on ${cell(`sum.${who === 'FII' ? 'fii' : 'dii'}BoughtDays`, 'count')} and net sellers on ${cell(`sum.${who === 'FII' ? 'fii' : 'dii'}SoldDays`, 'count')} days ${span}.`;
  const most = told.reduce((best, row) => ((measure === 'MOST_BOUGHT' ? row.value > best.value : row.value < best.value) ? row : best));
  const way = measure === 'MOST_BOUGHT' ? most.value > 0 : most.value < 0;
  return way ? `${name} ${measure === 'MOST_BOUGHT' ? 'bought' : 'sold'} most on ${cell(`rows.${most.at}.dayText`)}: net ${cell(`rows.${most.at}.${key}`, 'number')} crore rupees (${span}).` : `${name} ${measure === 'MOST_BOUGHT' ? 'bought' : 'sold'} on balance on no day ${span}.`;
}

async function watchlistShown({ tools }: AnswerContext<'watchlist_show'>): Promise<Draft> {
  const called = await tools.call<Watchlist>('watchlist', {});
  if (!called.ok) return refusalDraft(called);
  const cell = cellsOf(called);
  if (called.output.count === 0) return { text: 'Nothing is watched. Say which symbols to watch.', parts: [], choices: [{ label: 'What moved', command: '/movers' }] };
  const columns: Column[] = [{ key: 'symbol', title: 'Symbol', align: 'left' }, { key: 'name', title: 'Company', align: 'left' }, { key: 'sector', title: 'Sector', align: 'left' }, { key: 'last', title: 'Last', unit: '₹', align: 'right' }, { key: 'changePercent', title: 'Change', unit: '%', align: 'right' }, { key: 'reason', title: 'Why', align: 'left' }];
  const unpriced = called.output.items.filter((item) => item.last === null).length;
  return { text: sentences(`${cell('count', 'count')} watched.`, unpriced > 0 && 'Where no price is known the cell is empty.'), parts: [{ type: 'table', title: 'Watchlist', columns, call: called.call, path: 'items' }] };
}

export const marketAnswers: AnswerTable = { quote, movers, breadth, regime, flows, chart, indicator, watchlist_show: watchlistShown };
