import type { z } from 'zod';
import { patterns } from '../../tools/patterns.ts';
import { performance } from '../../tools/performance.ts';
import { reliability } from '../../tools/reliability.ts';
import type { Draft, DraftPart } from '../define.ts';
import type { IntentOf } from '../grammar/intents.ts';
import type { AnswerTable } from './define.ts';
import { refusalDraft } from './proposal-draft.ts';
import { sectorDraft, shareMove } from './statistics.ts';
import { cells, choice, draft, figures, many, namedScope, otherAccounts, type Read, read, scopeOf, signOf, table, words } from './wording.ts';

type Performance = z.output<(typeof performance)['output']>;
type Measure = NonNullable<IntentOf<'performance'>['measure']>;

const rowsTable = (call: Read<Performance>, title: string): DraftPart => {
  const sign = signOf(call.output.currency);
  const withReturn = call.output.rows.some((row) => row.timeWeightedPercent !== null);
  return table(call, 'rows', title, [words('name', 'Name'), figures('pnl', 'P&L', sign), figures('costs', 'Costs', sign), ...(withReturn ? [figures('timeWeightedPercent', 'Return', '%')] : [])]);
};

/** Which made most and least of those that the result is split by. */
function ends(call: Read<Performance>): string {
  const cell = cells(call);
  const known = call.output.rows.flatMap(({ pnl }, n) => (pnl === null ? [] : [{ pnl, n }])).toSorted((a, b) => b.pnl - a.pnl);
  const [most, least] = [known[0], known.at(-1)];
  if (!most || !least || most.n === least.n) return '';
  return ` Most: ${cell(`rows.${most.n}.name`, 'text')}, ${cell(`rows.${most.n}.pnl`, 'price')}; least: ${cell(`rows.${least.n}.name`, 'text')}, ${cell(`rows.${least.n}.pnl`, 'price')}.`;
}

/** The period, and the account where it is one of several: one that happens to be in force must not read as all there is. */
const labelOf = (call: Read<Performance>): string => `${cells(call)('period.label', 'text')}${call.output.accounts.length === 1 ? ` in ${cells(call)('accounts.0', 'text')}` : ''}`;

/** "+1.9 % (time-weighted) this month, Nifty +0.8 %. ₹9,480 on ₹5,00,000; 7 trades closed, 5 won; worst drop −1.2 % on 11 June. Costs ₹612." */
function inWords(call: Read<Performance>): string {
  const cell = cells(call);
  const { timeWeightedPercent, benchmark, pnlMinor, capitalMinor, trades, drawdown } = call.output;
  const label = labelOf(call);
  const index = benchmark.percent === null ? '' : `, ${cell('benchmark.name', 'text')} ${cell('benchmark.percent', 'signed_percent')}`;
  const first = timeWeightedPercent === null ? `The return ${label} is not known${index}.` : `${cell('timeWeightedPercent', 'signed_percent')} (time-weighted) ${label}${index}.`;
  const profit = pnlMinor === null ? 'The profit is not known' : capitalMinor === null || capitalMinor <= 0 ? cell('pnlMinor', 'money') : `${cell('pnlMinor', 'money')} on ${cell('capitalMinor', 'money')}`;
  const closed = trades.closed === 0 ? 'no trade closed' : `${cell('trades.closed', 'count')} ${many(trades.closed, 'trade')} closed, ${cell('trades.won', 'count')} won`;
  const worst = drawdown && drawdown.percent < 0 ? `; worst drop ${cell('drawdown.percent', 'signed_percent')} on ${cell('drawdown.date', 'date')}` : '';
  const tooFew = trades.closed > 0 && trades.tooFew ? ` ${cell('trades.closed', 'count')} ${many(trades.closed, 'trade is', 'trades are')} too few to say more.` : '';
  return `${first} ${profit}; ${closed}${worst}. Costs ${cell('costsMinor', 'money')}.${tooFew}`;
}

/** One figure on its own, or why there is none. */
const measured: Record<Measure, (call: Read<Performance>) => string> = {
  sharpe: (call) => ratio(call, 'sharpe', 'Sharpe'), sortino: (call) => ratio(call, 'sortino', 'Sortino'),
  alpha: (call) => {
    const cell = cells(call);
    const { timeWeightedPercent: own, benchmark: { percent: index } } = call.output;
    const beaten = own !== null && index === null ? `${cell('timeWeightedPercent', 'signed_percent')} (time-weighted) ${labelOf(call)}; what ${cell('benchmark.name', 'text')} did in that time is not known.` : own === null || index === null ? `The return ${labelOf(call)} against ${cell('benchmark.name', 'text')} is not known.` : `${own > index ? 'Ahead of' : own < index ? 'Behind' : 'Level with'} ${cell('benchmark.name', 'text')} ${labelOf(call)}: ${cell('timeWeightedPercent', 'signed_percent')} (time-weighted) against ${cell('benchmark.percent', 'signed_percent')}.`;
    return call.output.alphaPercent === null ? `${beaten} ${unknownRatio(call, 'Alpha')}` : `${beaten} Alpha ${cell('alphaPercent', 'signed_percent')} a year against ${cell('benchmark.name', 'text')}, beta ${cell('beta', 'number')}, over ${cell('days', 'count')} days.`;
  },
  drawdown: (call) => {
    const cell = cells(call);
    const { drawdown } = call.output;
    if (!drawdown) return `There is no full day to see a drawdown in ${labelOf(call)}.`;
    const last = call.output.underwater.length - 1;
    const below = call.output.underwater[last]?.percent ?? null;
    const now = below === null ? '' : below === 0 ? ' At its high now.' : ` Now ${cell(`underwater.${last}.percent`, 'signed_percent')} from its high.`;
    return drawdown.percent === 0 ? `No drawdown ${labelOf(call)}.` : `Worst drawdown ${labelOf(call)}: ${cell('drawdown.percent', 'signed_percent')}, from ${cell('drawdown.from', 'date')} to ${cell('drawdown.date', 'date')}.${now}`;
  },
  winRate: (call) => {
    const cell = cells(call);
    const { trades } = call.output;
    if (trades.closed === 0) return `No trade has been closed ${labelOf(call)}.`;
    return `${cell('trades.winRatePercent', 'percent')}: ${cell('trades.won', 'count')} of ${cell('trades.closed', 'count')} closed trades won ${labelOf(call)}.${trades.tooFew ? ` That is too few to say more; it takes ${cell('fewestTrades', 'count')}.` : ''}`;
  },
  moneyWeighted: (call) => {
    const cell = cells(call);
    const { moneyWeightedPercent, moneyWeightedAnnualPercent } = call.output;
    if (moneyWeightedPercent === null) return `The money-weighted return ${labelOf(call)} is not known.`;
    const annual = moneyWeightedAnnualPercent === null ? ' A yearly rate (XIRR) is told from a year on.' : ` That is ${cell('moneyWeightedAnnualPercent', 'signed_percent')} a year (XIRR).`;
    return `Money-weighted ${labelOf(call)}: ${cell('moneyWeightedPercent', 'signed_percent')}.${annual}${call.output.timeWeightedPercent === null ? '' : ` Time-weighted ${cell('timeWeightedPercent', 'signed_percent')}.`}`;
  },
  expectancy: (call) => ofClosed(call, `${cells(call)('trades.expectancyMinor', 'signed_money')} a trade on average ${labelOf(call)}, after charges`),
  averages: (call) => {
    const cell = cells(call);
    const { averageWinMinor, averageLossMinor } = call.output.trades;
    const won = averageWinMinor === null ? 'No trade won' : `Average win ${cell('trades.averageWinMinor', 'money')} (${cell('trades.won', 'count')})`;
    const lost = averageLossMinor === null ? 'none lost' : `average loss ${cell('trades.averageLossMinor', 'money')} (${cell('trades.lost', 'count')})`;
    return ofClosed(call, `${won}, ${lost}, after charges, ${labelOf(call)}`);
  },
  profitFactor: (call) => ofClosed(call, call.output.trades.profitFactor === null ? `Nothing was lost ${labelOf(call)}, so there is no profit factor` : `Profit factor ${cells(call)('trades.profitFactor', 'number')} ${labelOf(call)}: what was won over what was lost, after charges`),
  holding: (call) => {
    const cell = cells(call);
    const { winHoldingDays, lossHoldingDays } = call.output.trades;
    const sides = [winHoldingDays === null ? '' : `winners ${cell('trades.winHoldingDays', 'number')}`, lossHoldingDays === null ? '' : `losers ${cell('trades.lossHoldingDays', 'number')}`].filter(Boolean).join(', ');
    return ofClosed(call, `Held ${cell('trades.averageHoldingDays', 'number')} calendar days on average ${labelOf(call)}${sides === '' ? '' : `: ${sides}`}`);
  },
  streak: (call) => ofClosed(call, `Longest run of losses ${labelOf(call)}: ${cells(call)('trades.longestLosingStreak', 'count')}; of wins: ${cells(call)('trades.longestWinningStreak', 'count')}, in the order in which trades were closed`),
  costs: (call) => `Costs ${labelOf(call)}: ${cells(call)('costsMinor', 'money')}, charges of every fill included.`,
  best: (call) => oneTrade(call, 'best', 'Best'), worst: (call) => oneTrade(call, 'worst', 'Worst'),
};
/** A sentence about closed trades with how many it rests on; without any, that. */
const ofClosed = (call: Read<Performance>, sentence: string): string => {
  const { closed, tooFew } = call.output.trades;
  if (closed === 0) return `No trade has been closed ${labelOf(call)}.`;
  return `${sentence}. ${cells(call)('trades.closed', 'count')} closed ${many(closed, 'trade')}${tooFew ? `, too few to say more; it takes ${cells(call)('fewestTrades', 'count')}` : ''}.`;
};
const ratio = (call: Read<Performance>, key: 'sharpe' | 'sortino', name: string): string => {
  const cell = cells(call);
  return call.output[key] === null ? unknownRatio(call, name) : `${name} ${cell(key, 'number')} over ${cell('days', 'count')} daily returns, ${labelOf(call)}.`;
};
/** The reason stands in the result; without one the returns do not vary. */
function unknownRatio(call: Read<Performance>, name: string): string {
  const because = call.output.reasons.findIndex((reason) => /daily returns|no full day|There was no money/.test(reason));
  return `${name} is not known. ${because < 0 ? 'The daily returns do not vary.' : cells(call)(`reasons.${because}`, 'text')}`;
}
const chargeNames: Record<NonNullable<IntentOf<'performance'>['charges']>[number], string> = { stt: 'STT', gst: 'GST', stampDuty: 'stamp duty', exchange: 'exchange fee', sebi: 'SEBI fee', dp: 'DP charge' };
const chargeTable = (call: Read<Performance>): DraftPart => table(call, 'charges', 'What was charged', [words('name', 'Charge'), figures('amount', 'Amount', signOf(call.output.currency))]);
/** One kind of charge; the costs as a whole stand beside it. */
function chargeDraft(call: Read<Performance>, charge: Exclude<NonNullable<IntentOf<'performance'>['charge']>, 'taxes'>): Draft {
  const at = call.output.charges.findIndex((each) => each.charge === charge);
  if (at < 0) return draft(`No such charge was made ${labelOf(call)}. ${measured.costs(call)}`, { parts: call.output.charges.length > 0 ? [chargeTable(call)] : [] });
  return draft(`${cells(call)(`charges.${at}.name`, 'text')} ${labelOf(call)}: ${cells(call)(`charges.${at}.amountMinor`, 'money')} of ${cells(call)('costsMinor', 'money')} charges.`, { parts: [chargeTable(call)] });
}
function oneTrade(call: Read<Performance>, key: 'best' | 'worst', name: string): string {
  const cell = cells(call);
  if (!call.output.trades[key]) return `No trade has been closed ${labelOf(call)}.`;
  return `${name} closed trade ${labelOf(call)}: ${cell(`trades.${key}.symbol`, 'text')} in ${cell(`trades.${key}.account`, 'text')}, ${cell(`trades.${key}.netMinor`, 'signed_money')} after charges${call.output.trades[key].cardNumber === null ? '' : ` (card ${cell(`trades.${key}.cardNumber`, 'count')})`}.`;
}

const titles = { account: 'By account', sector: 'By sector', symbol: 'By symbol' } as const;

export const performanceAnswers: AnswerTable = {
  async performance(context) {
    const { period, symbol, by, measure, charge, charges } = context.intent;
    // An account that happens to be in force must not hide what a share made in another; one that was named is meant.
    const scope = (symbol !== undefined || by === 'account') && context.intent.account === undefined ? {} : scopeOf(context);
    if (by === 'account' && (measure === 'drawdown' || measure === 'sharpe')) {
      const lines: string[] = [];
      for (const { name } of context.accounts) {
        const one = await read(context, performance, { account: name, ...(period ? { period } : {}) });
        if (!one.ok) return refusalDraft(one);
        lines.push(measured[measure](one));
      }
      return draft(lines.join('\n'));
    }
    const split = by ?? (symbol === undefined && measure === undefined && context.account === null && context.accounts.length > 1 ? 'account' : undefined);
    const call = await read(context, performance, { ...scope, ...(measure === 'costs' ? { charges: true } : {}), ...(period ? { period } : {}), ...(symbol === undefined ? {} : { symbol }), ...(split ? { by: split } : {}) });
    if (!call.ok) return refusalDraft(call);
    const cell = cells(call);
    // Whoever held nothing asks about the market.
    if (by === 'sector' && call.output.rows.length === 0) { const moved = await sectorDraft(context, period ? { period } : {}); return { ...moved, text: `Nothing was held or traded in that time. The market’s sectors: ${moved.text}` }; }
    if (charges !== undefined) return draft(`Of ${cell('costsMinor', 'money')} charges ${labelOf(call)}: ${charges.map((each) => { const at = call.output.charges.findIndex((found) => found.charge === each); return at < 0 ? `no ${chargeNames[each]}` : `${cell(`charges.${at}.name`, 'text')} ${cell(`charges.${at}.amountMinor`, 'money')}`; }).join(', ')}.`, { parts: call.output.charges.length > 0 ? [chargeTable(call)] : [] });
    if (charge === 'taxes') return draft(`Taxes on trades ${labelOf(call)}: ${cell('taxesMinor', 'money')} (STT, GST, stamp duty) of ${cell('costsMinor', 'money')} charges.`, { parts: [chargeTable(call)], choices: [choice('Tax on gains', 'tax owed so far')] });
    if (charge !== undefined) return chargeDraft(call, charge);
    if (measure === 'costs' && call.output.charges.length > 0) return draft(measured.costs(call), { parts: [chargeTable(call)] });
    const told = measure === 'best' || measure === 'worst' ? call.output.trades[measure] : null;
    if (told) context.remember({ lastSymbol: told.symbol, ...(told.cardNumber === null ? {} : { lastCard: told.cardNumber }) });
    if (measure) return draft(`${symbol === undefined ? '' : `${cell('symbol', 'text')}: `}${measured[measure](call)}`, measure === 'best' || measure === 'worst' || measure === 'costs' ? { parts: call.output.rows.length > 0 ? [rowsTable(call, titles[by ?? 'symbol'])] : [] } : {});
    if (symbol !== undefined) {
      const { pnlMinor, reasons } = call.output;
      if (pnlMinor === null) return draft(`What ${cell('symbol', 'text')} made ${labelOf(call)} is not known.${reasons.map((reason, index) => (/has no return/.test(reason) ? '' : ` ${cell(`reasons.${index}`, 'text')}`)).join('')} ${(await shareMove(context, { symbol, period })) ?? ''}`.trim());
      return draft(`${cell('symbol', 'text')} ${labelOf(call)}: ${cell('pnlMinor', 'signed_money')} after ${cell('costsMinor', 'money')} costs. ${tradesOf(call)}`, { choices: [choice(`${symbol} trades`)] });
    }
    const besides = call.output.reasons.flatMap((reason, index) => (/left out|split|bonus/.test(reason) ? [` ${cell(`reasons.${index}`, 'text')}`] : [])).join('');
    return draft(`${inWords(call)}${split ? ends(call) : ''}${besides}`, { parts: split && call.output.rows.length > 0 ? [rowsTable(call, titles[split])] : [], choices: [...(split === 'symbol' ? [] : [choice('By symbol', `performance by symbol${period ? ` ${period.label}` : ''}`)]), ...otherAccounts(context, `performance${period ? ` ${period.label}` : ''}`)] });
  },

  async patterns(context) {
    const call = await read(context, patterns, namedScope(context));
    if (!call.ok) return refusalDraft(call);
    const cell = cells(call);
    const { closed, tooFew, best, worst, currency } = call.output;
    if (closed === 0) return draft('No trade has been closed yet, so there is no pattern to see.', { choices: [choice('What do I hold', 'what do I hold')] });
    const sign = signOf(currency);
    const group = (path: 'best' | 'worst', name: string): string => `${name}: ${cell(`${path}.group`, 'text')}, ${cell(`${path}.winRatePercent`, 'percent')} of ${cell(`${path}.trades`, 'count')} won, ${cell(`${path}.averageMinor`, 'signed_money')} on average.`;
    const found = tooFew ? `That is too few for a pattern; it takes ${cell('fewestTrades', 'count')}.` : best && worst && best.group !== worst.group ? `${group('best', 'Best')} ${group('worst', 'Worst')}` : 'No group of them is large enough to stand out.';
    const columns = [words('group', 'Of'), figures('trades', 'Trades'), figures('winRatePercent', 'Won', '%'), figures('winLowPercent', 'From', '%'), figures('winHighPercent', 'To', '%'), figures('average', 'Average', sign)];
    return draft(`${cell('closed', 'count')} ${many(closed, 'trade')} closed, ${cell('winRatePercent', 'percent')} won. ${found}${tooFew ? '' : warningWords(call)}`, {
      parts: [table(call, 'byWarning', 'By warning on the card', columns), table(call, 'byConfidence', 'By confidence', columns), table(call, 'byHolding', 'By holding time', columns), table(call, 'byStrategy', 'By strategy', columns), table(call, 'bySector', 'By sector', columns), table(call, 'byRegime', 'By volatility at the start', columns)],
      note: 'From and To: what 95 % of such groups would show by chance.',
    });
  },

  async reliability(context) {
    const call = await read(context, reliability, {});
    if (!call.ok) return refusalDraft(call);
    const { main, count } = call.output;
    if (!main) return draft('I cannot say yet: what my chances came to is worked out when I look for trades.', { choices: [choice('Find a trade', 'find me a trade')] });
    const cell = cells(call);
    if (!main.calibrated) return draft(`I cannot say: ${cell('main.reason', 'text')}. Until then cards show trust, which is no probability.`);
    const fitted = `fitted on ${cell('main.count', 'count')} outcomes of set-ups from ${cell('main.fromText', 'text')} to ${cell('main.toText', 'text')} (${cell('main.version', 'text')}: ${cell('main.of', 'text')})`;
    if (main.tried === 0) return draft(`The chances are ${fitted}, and have not met a later stretch of time yet.`);
    const [off, offTrust] = [main.errorPoints, main.errorPointsOfTrust];
    const better = main.brier !== null && main.brierOfAverage !== null && main.brier < main.brierOfAverage;
    return draft([
      `Of ${cell('main.tried', 'count')} set-ups from ${cell('main.triedFromText', 'text')} to ${cell('main.triedToText', 'text')}, each foretold by what was known before it, ${cell('main.reachedPercent', 'percent')} reached the target before stop and time.`,
      ...(off === null || offTrust === null ? [] : [`What I said was off by ${cell('main.errorPoints', 'number')} points on average, trust taken for a probability by ${cell('main.errorPointsOfTrust', 'number')}.`]),
      `The Brier score is ${cell('main.brierText.own', 'text')} (trust itself ${cell('main.brierText.trust', 'text')}), ${better ? 'better' : 'no better'} than always saying the average (${cell('main.brierText.average', 'text')}). The chances of today are ${fitted}.`,
    ].join(' '), {
      parts: [
        table(call, 'main.bins', 'What was said and what came', [figures('said', 'Said', '%'), figures('came', 'Came', '%'), figures('low', 'From', '%'), figures('high', 'To', '%'), figures('count', 'Set-ups'), figures('sessions', 'Sessions')]),
        table(call, 'main.chances', 'What trust has come to', [figures('trust', 'Trust'), figures('percent', 'Target first', '%')]),
        ...(count > 1 ? [table(call, 'versions', 'Versions in use', [words('version', 'Version'), words('of', 'Of'), figures('count', 'Outcomes'), figures('reachedPercent', 'Target first', '%'), figures('brier', 'Brier')])] : []),
      ], note: 'From and To: Wilson’s 95 % interval over sessions.',
    });
  },
};

type Patterns = z.output<(typeof patterns)['output']>;
/** Which warnings told losses beforehand; silent where no trade carried one. */
function warningWords(call: Read<Patterns>): string {
  const { lossPredictors, byWarning } = call.output;
  const warned = byWarning.filter(({ group }) => group !== 'no warning');
  const cell = cells(call);
  if (lossPredictors.length > 0) return lossPredictors.map((_, n) => ` After the warning “${cell(`lossPredictors.${n}.group`, 'text')}” ${cell(`lossPredictors.${n}.lossRatePercent`, 'percent')} of ${cell(`lossPredictors.${n}.trades`, 'count')} were lost, without it ${cell(`lossPredictors.${n}.othersLossPercent`, 'percent')}.`).join('');
  if (warned.length === 0) return '';
  return warned.every((group) => group.tooFew) ? ' Too few trades carried a warning to say whether it tells losses.' : ' There is no warning after which more was lost than without it, beyond chance.';
}

const tradesOf = (call: Read<Performance>): string => {
  const { closed } = call.output.trades;
  return closed === 0 ? 'No trade in it was closed.' : `${cells(call)('trades.closed', 'count')} ${many(closed, 'trade')} closed, ${cells(call)('trades.won', 'count')} won.`;
};
