import type { OptionChainAnswer } from '../../tools/option-chain.ts';
import type { OptionHedgeAnswer } from '../../tools/option-hedge.ts';
import type { OptionPositionsAnswer } from '../../tools/option-positions.ts';
import type { OptionStrategyAnswer } from '../../tools/option-strategy.ts';
import type { OptionStructuresAnswer } from '../../tools/option-structures.ts';
import type { StrategyRouterAnswer } from '../../tools/strategy-router.ts';
import type { Draft } from '../define.ts';
import type { IntentOf } from '../grammar/intents.ts';
import type { AnswerContext, AnswerSetting, AnswerTable } from './define.ts';
import { chainFact, ofThatDayOnly } from './option-facts.ts';
import { accountFor, choice, draft, figures, namedScope, scopeOf, table, whichAccount, words } from './wording.ts';
import { proposed, refusalDraft } from './proposal-draft.ts';
import { cellsOf, sentences } from './references.ts';

const structureKinds: Record<string, string> = {
  'iron condor': 'iron_condor', 'bull put spread': 'bull_put', 'bear call spread': 'bear_call', 'bull call spread': 'bull_call', 'bear put spread': 'bear_put', 'covered call': 'covered_call', 'protective put': 'protective_put',
  straddle: 'long_straddle', 'long straddle': 'long_straddle', 'short straddle': 'short_straddle', strangle: 'long_strangle', 'long strangle': 'long_strangle', 'short strangle': 'short_strangle', 'calendar spread': 'calendar',
  butterfly: 'butterfly', 'iron butterfly': 'iron_butterfly', 'ratio spread': 'call_ratio', 'put spread': 'bear_put', 'call spread': 'bull_call', custom: 'custom',
};
const shown = (kind: string): string => kind.replaceAll('_', ' ');

async function chain({ intent, tools }: AnswerContext<'option_chain'>): Promise<Draft> {
  const called = await tools.call<OptionChainAnswer>('option_chain', { underlying: intent.underlying, ...(intent.date ? { expiry: intent.date } : {}), ...(intent.which ? { which: intent.which } : {}), ...(intent.above === undefined ? {} : { above: intent.above }), ...(intent.below === undefined ? {} : { below: intent.below }), ...(intent.inclusive ? { inclusive: true } : {}) });
  if (!called.ok) return refusalDraft(called);
  const { output } = called;
  const cell = cellsOf(called);
  const dated = ofThatDayOnly(called);
  const scaled = (path: string): string => cell(path, 'number');
  const head = `${cell('underlying')} options of ${cell('expiryText')}, as of ${cell('asOfText')}`;
  const old = output.stale ? 'These quotes are old: nothing should be traded on them.' : null;
  const choices = [...(output.outdated ? [] : [choice('Structures', `/strategy ${output.underlying}`)]), choice('Chain', `/chain ${output.underlying}`), ...output.expiries.filter((expiry) => expiry !== output.expiry).slice(0, 2).map((expiry) => choice(`Expiry ${expiry}`, `/chain ${output.underlying} ${expiry}`))];
  const noForward = output.forward === null ? `No forward can be had for this expiry: ${cell('forwardReason')}. Nothing of it is priced.` : null;
  const fact = chainFact(called, intent, choices);
  if (fact) return fact;
  switch (intent.measure) {
    case 'pcr': return draft(sentences(dated, `${head}: put–call ratio ${output.pcr === null ? 'not known' : scaled('pcr')} by open interest${output.pcrVolume === null ? '' : `, ${scaled('pcrVolume')} by volume`}.`, old), { choices });
    case 'maxPain': return draft(sentences(dated, output.maxPain === null ? `${head}: no open interest is known, so there is no max pain.` : `${head}: max pain ${scaled('maxPain')}${output.spot === null ? '' : `, the price is ${cell('spot', 'price')}`}.`, output.callWall !== null && output.putWall !== null && `Most calls are open at ${scaled('callWall')}, most puts at ${scaled('putWall')}.`, old), { choices });
    case 'impliedVolatility': return draft(sentences(dated, output.atmIv === null ? null : `${head}: ${cell('atmIvPercent', 'percent')} at the forward.`, noForward, output.ivRank === null ? `IV rank is not known (${cell('ivHistory.text')}).` : `IV rank ${scaled('ivRank')} of a hundred (${cell('ivHistory.text')})${output.ivPercentile === null ? '' : `; percentile ${scaled('ivPercentile')}`}.`,
      output.skew25dPoints !== null && `Puts cost ${cell('skew25dPoints', 'number')} points more than calls at a delta of a quarter.`, output.expectedMove && `Expected until expiry: ${cell('expectedMove.oneDeviation', 'price')} either way.`, old), { choices });
    default: return draft(sentences(dated, `${head}.`, output.forward === null ? noForward : `Forward ${cell('forward', 'price')} by put–call parity${output.spot === null ? '' : `, price ${cell('spot', 'price')}`}.`, output.atmIv !== null && `Volatility at the forward ${cell('atmIvPercent', 'percent')}${output.ivRank === null ? '' : `, IV rank ${scaled('ivRank')} (${cell('ivHistory.text')})`}.`,
      output.pcr !== null && `Put–call ratio ${scaled('pcr')}.`, output.maxPain !== null && `Max pain ${scaled('maxPain')}.`, old), { choices, parts: [chainTable(called)], note: output.notes.length > 0 ? output.notes.join(' ') : 'Marked quotes are shown without volatility.' });
  }
}
const chainTable = (called: { call: string }) => table(called, 'nearMoney', 'Near the money', [figures('callOi', 'Call OI'), figures('callIv', 'IV', '%'), figures('callBid', 'Bid'), figures('callAsk', 'Ask'), figures('strike', 'Strike'), figures('putBid', 'Bid'), figures('putAsk', 'Ask'), figures('putIv', 'IV', '%'), figures('putOi', 'Put OI')]);

/** The call that an intent asks for: expiry by date, or by what was said of it. */
function asked(intent: IntentOf<'option_strategy'>): Record<string, unknown> {
  const kind = intent.structure === undefined ? undefined : structureKinds[intent.structure];
  return { underlying: intent.underlying, kind, ...(intent.date ? { expiry: intent.date } : {}), ...(intent.which ? { which: intent.which } : {}), ...(intent.delta ? { delta: intent.delta } : {}), ...(intent.width ? { width: intent.width } : {}), ...(intent.lots ? { lots: intent.lots } : {}), ...(intent.strikes ? { strikes: intent.strikes } : {}), ...(intent.legs ? { legs: intent.legs } : {}) };
}

async function strategy(context: AnswerContext<'option_strategy'>): Promise<Draft> {
  const { intent, tools } = context;
  if (intent.structure === undefined) return ranked(context);
  if (structureKinds[intent.structure] === undefined) return draft(`I build no ${intent.structure} by name; give its legs to the tool “option_strategy”.`, { choices: [choice('Structures', `/strategy ${intent.underlying}`)] });
  const called = await tools.call<OptionStrategyAnswer>('option_strategy', asked(intent));
  if (!called.ok) return refusalDraft(called);
  context.remember({ lastStructure: intent });
  return strategyDraft(called);
}

function strategyDraft(called: { call: string; output: OptionStrategyAnswer }): Draft {
  const { output } = called;
  const cell = cellsOf(called);
  const thin = output.legs.filter(({ thin: isThin }) => isThin).length;
  return draft(sentences(
    ofThatDayOnly(called), `${cell('underlying')} ${cell('kindText')}, ${cell('expiryText')}: ${output.netPremium > 0 ? 'costs' : 'brings in'} ${cell('premiumAmount', 'price')}.`,
    `Most it can lose ${output.maxLoss === null ? 'has no bound' : cell('maxLoss', 'price')}, most it can make ${output.maxProfit === null ? 'has no bound' : cell('maxProfit', 'price')}, before charges${output.charges.total === null ? '' : ` of ${cell('charges.total', 'price')}`}.`,
    output.breakEvens.length > 0 && `Breaks even at ${output.breakEvens.map((_, i) => cell(`breakEvens.${i}`, 'price')).join(' and ')}.`,
    `Chance of a profit ${cell('probabilityPercent', 'percent')} by the smile, ${cell('probabilityFlatPercent', 'percent')} at one volatility.`, `Margin about ${cell('margin', 'price')} (in the manner of SPAN).`,
    output.modelled && 'A leg lives on, so its figures rest on the model.', thin > 0 && `Hard to trade: ${cell('thinLegs', 'count')} of its legs.`,
  ), {
    parts: [table(called, 'legs', 'Legs', [words('side', 'Side'), figures('quantity', 'Units'), figures('strike', 'Strike'), words('type', 'Right'), words('expiry', 'Expiry'), figures('price', 'Price', '₹'), figures('ivPercent', 'IV', '%'), figures('delta', 'Delta'), figures('openInterest', 'OI')]),
      { type: 'chart', chart: { symbol: output.underlying, bars: [], lines: [], pins: [], payoff: { title: `${output.underlying} ${shown(output.kind)}, ${output.expiryText}`, points: output.payoffChart, breakEvens: output.breakEvens, spot: output.spot } } }],
    choices: [...(output.outdated ? [] : [choice('Propose it', 'propose it')]), choice('What if it falls 2 % and vol is up 3', 'what if it drops 2% and vol is up 3'), choice('Why is margin so high', 'why is margin so high')], ...(output.notes.length > 0 ? { note: output.notes.join(' ') } : {}),
  });
}

const gainsWhen = { UP: 'when the price rises', DOWN: 'when it falls', STILL: 'when it stays where it is', MOVING: 'when it moves far' } as const;
async function ranked({ intent, tools }: AnswerContext<'option_strategy'>): Promise<Draft> {
  const routed = await tools.call<StrategyRouterAnswer>('strategy_router', { underlying: intent.underlying, ...(intent.date ? { expiry: intent.date } : {}) });
  if (!routed.ok) return refusalDraft(routed);
  const wished = { ...(intent.view ? { view: intent.view } : {}), ...(intent.maxLoss ? { maxLoss: intent.maxLoss } : {}) };
  const found = await tools.call<OptionStructuresAnswer>('option_structures', { underlying: intent.underlying, ...(intent.date ? { expiry: intent.date } : {}), ...wished, ...(intent.view ? {} : { minProbability: 0.5 }), limit: 6 });
  if (!found.ok) return refusalDraft(found);
  const route = cellsOf(routed);
  const cell = cellsOf(found);
  const old = ofThatDayOnly(found);
  if (old) return draft(`${old} So no structure is suggested by it.`);
  const [first] = routed.output.strategies;
  return draft(sentences(
    first?.signal ? `${route('strategies.0.id')}: ${route('strategies.0.rationale')}.` : `None of the four strategies has a signal; nearest is ${route('strategies.0.id')}, ${route('strategies.0.rationale')}.`,
    found.output.structures.length === 0 ? `No structure within the limits was found${intent.view ? `, of those that gain ${gainsWhen[intent.view]}` : ''}.` : `Ranked by what they make for what they risk, ${cell('expiryText')}, one lot each${intent.view ? `, of those that gain ${gainsWhen[intent.view]}` : ''}: ${cell('searched')}.`,
  ), {
    parts: found.output.structures.length === 0 ? [] : [table(found, 'structures', 'Structures', [words('kindText', 'Structure'), words('strikesText', 'Strikes'), figures('netPremium', 'Premium', '₹'), figures('maxProfit', 'Most made', '₹'), figures('maxLoss', 'Most lost', '₹'), figures('rewardOverRisk', 'Reward : risk'), figures('probabilityPercent', 'Chance', '%'), figures('margin', 'Margin', '₹')])],
    choices: [...new Set(found.output.structures.map(({ kind }) => kind))].slice(0, 3).map((kind) => choice(shown(kind), `/strategy ${intent.underlying} ${Object.keys(structureKinds).find((name) => structureKinds[name] === kind) ?? 'iron condor'}`)),
  });
}

const lastStrategy = ({ memory }: AnswerSetting): IntentOf<'option_strategy'> | null => memory.lastStructure ?? null;

async function whatIf(context: AnswerContext<'option_what_if'>): Promise<Draft> {
  const { intent, tools } = context;
  const move = { spotPercent: intent.movePercent, volPoints: intent.volPoints, ...(intent.date ? { date: intent.date } : {}) };
  const last = lastStrategy(context);
  if (!last) return whatIfHeld(context, move);
  const called = await tools.call<OptionStrategyAnswer>('option_strategy', { ...asked(last), whatIf: move });
  if (!called.ok) return refusalDraft(called);
  const cell = cellsOf(called);
  const { output } = called;
  if (!output.whatIf) return draft('That cannot be worked out for this structure.');
  return draft(sentences(`${cell('underlying')} ${cell('kindText')} with ${cell('underlying')} at ${cell('whatIf.spot', 'price')} and volatility ${cell('whatIf.volText')} by ${cell('whatIf.dateText')}: ${output.whatIf.profit >= 0 ? 'a profit' : 'a loss'} of ${cell('whatIfAmount', 'price')} before charges; the most it can lose is ${output.maxLoss === null ? 'without bound' : cell('maxLoss', 'price')}.`,
    output.whatIf.endsBefore && 'Its options end on that day, before the one that you named.'),
    { parts: [table(called, 'scenarios', 'Price by volatility by time', [figures('spotPercent', 'Price', '%'), figures('volPoints', 'Volatility', 'points'), figures('daysAhead', 'Days'), figures('profit', 'Profit', '₹')])] });
}

/** Of what is held, where nothing was shown before. */
async function whatIfHeld(context: AnswerSetting, move: { spotPercent: number; volPoints: number; date?: string }): Promise<Draft> {
  const called = await context.tools.call<OptionPositionsAnswer>('option_positions', { ...scopeOf(context), whatIf: move });
  if (!called.ok) return refusalDraft(called);
  const { structures } = called.output;
  if (structures.length === 0) return draft('Which structure? None is held; show one first, such as an iron condor, then ask what happens to it.', { choices: [choice('NIFTY structures', '/strategy NIFTY')] });
  const cell = cellsOf(called);
  return draft(structures.map((each, i) => {
    const at = (name: string): string => `structures.${i}.${name}`;
    if (!each.whatIf) return `${cell(at('underlying'))} ${cell(at('structureText'))} in ${cell(at('account'))}: not every leg is priced now, so that cannot be worked out.`;
    return sentences(`${cell(at('underlying'))} ${cell(at('structureText'))} in ${cell(at('account'))}, with ${cell(at('underlying'))} at ${cell(at('whatIf.spot'), 'price')} and volatility ${cell(at('whatIf.volText'))} by ${cell(at('whatIf.dateText'))}: ${cell(at('whatIf.profit'), 'price')} in all before charges${each.profit === null ? '' : `, ${cell(at('profit'), 'price')} so far`}.`,
      each.whatIf.endsBefore && 'Its options end on that day, before the one that you named.');
  }).join(' '));
}

async function margin(context: AnswerContext<'option_margin'>): Promise<Draft> {
  const last = lastStrategy(context);
  if (!last) return marginHeld(context);
  const called = await context.tools.call<OptionStrategyAnswer>('option_strategy', asked(last));
  if (!called.ok) return refusalDraft(called);
  return draft(marginWords(cellsOf(called), { total: 'margin', detail: 'marginDetail', hedgeBenefit: called.output.marginDetail.hedgeBenefit }));
}
async function marginHeld(context: AnswerSetting): Promise<Draft> {
  const called = await context.tools.call<OptionPositionsAnswer>('option_positions', scopeOf(context));
  if (!called.ok) return refusalDraft(called);
  const { structures } = called.output;
  if (structures.length === 0) return draft('Of which structure? None is held; show one first, such as an iron condor.');
  const cell = cellsOf(called);
  return draft(structures.map((each, i) => `${cell(`structures.${i}.underlying`)} ${cell(`structures.${i}.structureText`)} in ${cell(`structures.${i}.account`)}: ${each.marginDetail === null ? 'not every leg is priced now, so its margin is not known.' : marginWords(cell, { total: `structures.${i}.marginNow`, detail: `structures.${i}.marginDetail`, hedgeBenefit: each.marginDetail.hedgeBenefit })}`).join(' '));
}
const marginWords = (cell: ReturnType<typeof cellsOf>, { total, detail, hedgeBenefit }: { total: string; detail: string; hedgeBenefit: number }): string => sentences(
  `Margin about ${cell(total, 'price')}: the worst of sixteen moves (price ${cell(`${detail}.priceScanPercent`, 'percent')}, volatility ${cell(`${detail}.volatilityScanPoints`, 'number')} points) costs ${cell(`${detail}.scanRisk`, 'price')}, and exposure margin on what is sold adds ${cell(`${detail}.exposure`, 'price')}.`,
  hedgeBenefit > 0 && `Each leg alone would need ${cell(`${detail}.standalone`, 'price')}; held together they save ${cell(`${detail}.hedgeBenefit`, 'price')}.`, `${cell(`${detail}.advice`)}.`, `It is ${cell(`${detail}.text`)}.`);

async function propose(context: AnswerContext<'option_propose'>): Promise<Draft> {
  const last = lastStrategy(context);
  if (!last) return draft('Which structure? Show one first, then say to propose it.');
  const which = whichAccount(context, (account) => `propose it in ${account}`);
  if (which) return which;
  const called = await context.tools.call('propose_structure', { ...asked(last), ...(context.intent.lots ? { lots: context.intent.lots } : {}), ...(accountFor(context) ? { account: accountFor(context) } : {}) });
  return proposed(context, called);
}

const named = (context: AnswerContext<'option_roll'> | AnswerContext<'option_close'>): Record<string, unknown> => ({ ...(context.intent.underlying ? { underlying: context.intent.underlying } : {}), ...(context.intent.account && context.account ? { account: context.account.name } : {}) });
async function roll(context: AnswerContext<'option_roll'>): Promise<Draft> {
  const { weeks, date, shift, recentre } = context.intent;
  return proposed(context, await context.tools.call('propose_structure_roll', { ...named(context), ...(date ? { expiry: date } : {}), ...(weeks ? { weeks } : {}), ...(shift === undefined ? {} : { shift }), ...(recentre ? { recentre } : {}) }));
}
const close = async (context: AnswerContext<'option_close'>): Promise<Draft> => proposed(context, await context.tools.call('propose_structure_close', named(context)));

async function held(context: AnswerContext<'option_positions'>): Promise<Draft> {
  // An account that happens to be in force must not hide what is held in another.
  const called = await context.tools.call<OptionPositionsAnswer>('option_positions', namedScope(context));
  if (!called.ok) return refusalDraft(called);
  const { structures } = called.output;
  if (context.intent.expiring) return expiring(called, context.intent.period);
  if (structures.length === 0) return draft('No options are held.', { choices: [choice('NIFTY chain', '/chain NIFTY')] });
  const cell = cellsOf(called);
  return draft(structures.map((each, i) => sentences(`${cell(`structures.${i}.underlying`)} ${cell(`structures.${i}.structureText`)} in ${cell(`structures.${i}.account`)}, ${cell(`structures.${i}.expiryText`)}: ${each.profit === null ? 'no price is known' : `${cell(`structures.${i}.profit`, 'price')} so far`}.`,
    each.greeks.delta !== null && `Delta ${cell(`structures.${i}.greeks.delta`, 'number')}, theta ${cell(`structures.${i}.greeks.thetaPerDay`, 'number')} a day, vega ${cell(`structures.${i}.greeks.vega`, 'number')} a point.`, each.settlement && `It is ${cell(`structures.${i}.settlement`)}.`)).join(' '), {
    parts: structures.map((each, i) => table(called, `structures.${i}.legs`, `${each.underlying} ${shown(each.structure)}`, [words('contract', 'Contract'), figures('quantity', 'Units'), figures('averagePrice', 'Average', '₹'), figures('last', 'Last', '₹'), figures('profit', 'Profit', '₹'), figures('delta', 'Delta')])),
    choices: [choice('Close it', 'close the structure'), choice('Roll it a week', 'roll it a week'), choice('Adjust it', 'adjust the structure')],
    ...(structures.some(({ notes }) => notes.length > 0) ? { note: [...new Set(structures.flatMap(({ notes }) => notes))].join(' ') } : {}),
  });
}

/** What of the options held ends within a stretch of days, or when each does. */
function expiring(called: { call: string; output: OptionPositionsAnswer }, period: { from: string; to: string; label: string } | undefined): Draft {
  const cell = cellsOf(called);
  const { structures } = called.output;
  const indices = structures.flatMap(({ expiry }, index) => (period === undefined || (expiry >= period.from && expiry <= period.to) ? [index] : [])).sort((a, b) => ((structures[a]?.expiry ?? '') < (structures[b]?.expiry ?? '') ? -1 : 1));
  const line = (index: number): string => `${cell(`structures.${index}.underlying`)} ${cell(`structures.${index}.structureText`)} in ${cell(`structures.${index}.account`)}, on ${cell(`structures.${index}.expiryText`)}${structures[index]?.profit === null ? '' : `, ${cell(`structures.${index}.profit`, 'price')} so far`}`;
  if (structures.length === 0) return draft('No options are held, so nothing that you hold expires.', { choices: [choice('Cards and until when they wait', '/cards')] });
  if (indices.length === 0) return draft(`Nothing that you hold expires {{said:${period?.label ?? ''}}}. First to expire: ${line(structures.map((_, index) => index).sort((a, b) => ((structures[a]?.expiry ?? '') < (structures[b]?.expiry ?? '') ? -1 : 1))[0] ?? 0)}.`);
  return draft(`Expiring${period === undefined ? '' : ` {{said:${period.label}}}`}: ${indices.map(line).join('; ')}.`, { parts: indices.map((index) => table(called, `structures.${index}.legs`, `${structures[index]?.underlying} ${shown(structures[index]?.structure ?? '')}`, [words('contract', 'Contract'), figures('quantity', 'Units'), figures('averagePrice', 'Average', '₹'), figures('last', 'Last', '₹'), figures('profit', 'Profit', '₹')])) });
}

async function hedge(context: AnswerContext<'option_hedge'>): Promise<Draft> {
  const called = await context.tools.call<OptionHedgeAnswer>('option_hedge', { ...scopeOf(context), ...(context.intent.underlying ? { underlying: context.intent.underlying } : {}), ...(context.intent.date ? { until: context.intent.date } : {}) });
  if (!called.ok) return refusalDraft(called);
  const cell = cellsOf(called);
  const { candidates } = called.output;
  if (candidates.length === 0) return draft(`No hedge: ${cell('basis')}.`);
  return draft(sentences(context.intent.event === 'budget' && 'The Union Budget is taken to be on 1 February, its customary day.', `${cell('portfolioText')} moves like ${cell('betaValue', 'price')} of ${cell('underlying')}. Cheapest cover until ${cell('untilText')}: ${cell('candidates.0.text')}, for ${cell('candidates.0.cost', 'price')} (${cell('candidates.0.costPercent', 'percent')} of it); it pays from ${cell('candidates.0.protectsBelow', 'price')} down.`, `${cell('basis')}.`), {
    parts: [table(called, 'candidates', 'Ways to hedge', [words('text', 'Hedge'), figures('lots', 'Lots'), figures('cost', 'Cost', '₹'), figures('costPercent', 'Cost', '%'), figures('protectsBelow', 'Pays below', '₹'), figures('at5', 'At −5 %', '₹'), figures('at10', 'At −10 %', '₹')])],
  });
}

export const optionAnswers: AnswerTable = { option_chain: chain, option_strategy: strategy, option_what_if: whatIf, option_margin: margin, option_propose: propose, option_roll: roll, option_close: close, option_positions: held, option_hedge: hedge, hedge: (context) => hedge({ ...context, intent: { kind: 'option_hedge', ...(context.intent.account === undefined ? {} : { account: context.intent.account }) } }) };
