import type { OptionChainAnswer } from '../../tools/option-chain.ts';
import type { Draft } from '../define.ts';
import type { IntentOf, OptionFact } from '../grammar/intents.ts';
import type { Choice } from '../vocabulary.ts';
import { cellsOf, sentences } from './references.ts';
import { draft, figures, many, table, words } from './wording.ts';

interface Called { call: string; output: OptionChainAnswer }
type Telling = (called: Called, intent: IntentOf<'option_chain'>) => string | null;
const head = (called: Called): string => { const cell = cellsOf(called); return `${cell('underlying')} options of ${cell('expiryText')}, as of ${cell('asOfText')}`; };
const old = ({ output }: Called): string | null => (output.stale ? 'These quotes are old: nothing should be traded on them.' : null);

/** First of all, of a chain that is too old to tell anything of the day that it is asked on. */
export const ofThatDayOnly = (called: { call: string; output: Pick<OptionChainAnswer, 'outdated' | 'underlying'> }): string | null => {
  const cell = cellsOf(called);
  return called.output.outdated === null ? null : `The newest stored option chain of ${cell('underlying')} is of ${cell('outdated.onText')}, ${cell('outdated.days', 'count')} days before; it tells nothing of today.`;
};
/** Sums over the strikes that were named, or all. */
const summedUp = (called: Called, { right, measure }: IntentOf<'option_chain'>): string | null => {
  const cell = cellsOf(called); const { sums } = called.output;
  const side = (of: 'calls' | 'puts'): string | null => {
    if (sums[of].contracts === 0) return null;
    if (measure === 'volume') return sums[of].volume === null ? null : `${of} ${cell(`sums.${of}.volume`, 'quantity')} traded`;
    const change = sums[of].openInterestChange === null ? null : `${cell(`sums.${of}.openInterestChange`, 'quantity')} since the day before`;
    return measure === 'buildUp' ? change && `${of} ${change}` : sums[of].openInterest === null ? null : `${of} ${cell(`sums.${of}.openInterest`, 'quantity')} open${change === null ? '' : ` (${change})`}`;
  };
  const told = [right === 'put' ? null : side('calls'), right === 'call' ? null : side('puts')].filter((each) => each !== null);
  return told.length === 0 ? null : `at ${sums.strikes === 'all strikes' ? '' : 'strikes '}${cell('sums.strikes')}, ${told.join('; ')}.`;
};

/** What the chain of an expiry says of one thing; null: it does not say. */
const ofExpiry: Partial<Record<OptionFact, Telling>> = {
  skew: (called) => (called.output.skew25dPoints === null ? null : `puts cost ${cellsOf(called)('skew25dPoints', 'number')} volatility points more than calls at a delta of a quarter.`),
  gammaFlip: (called) => {
    const cell = cellsOf(called);
    if (called.output.gammaFlip === null) return called.output.gammaExposure === null ? null : `gamma does not change its sign near the price; a move of 1 % makes dealers trade ${cell('gammaExposure', 'price')}, taken as long calls and short puts.`;
    return `gamma flips at ${cell('gammaFlip', 'price')}${called.output.spot === null ? '' : `, the price is ${cell('spot', 'price')}`}; dealers are taken as long calls and short puts.`;
  },
  expectedMove: (called) => (called.output.expectedMove === null ? null : `expected until expiry ${cellsOf(called)('expectedMove.oneDeviation', 'price')} either way (one standard deviation)${called.output.expectedMove.straddle === null ? '' : `; the straddle at the money costs ${cellsOf(called)('expectedMove.straddle', 'price')}`}.`),
  straddle: (called) => (called.output.expectedMove?.straddle == null ? null : `the straddle at the money costs ${cellsOf(called)('expectedMove.straddle', 'price')}.`),
  forward: (called) => (called.output.forward === null ? null : `forward ${cellsOf(called)('forward', 'price')} by put–call parity${called.output.spot === null ? '' : `, the price is ${cellsOf(called)('spot', 'price')}`}.`),
  expiries: (called) => `${many(called.output.expiries.length, 'one expiry', 'expiries')}: ${called.output.expiries.map((_, i) => cellsOf(called)(`expiryTexts.${i}`)).join(', ')}.`,
  walls: (called, { right }) => {
    const cell = cellsOf(called); const { callWall, putWall } = called.output;
    const told = [...(right !== 'put' && callWall !== null ? [`most calls are open at ${cell('callWall', 'number')}${openAt(called, callWall, 'call')}`] : []), ...(right !== 'call' && putWall !== null ? [`most puts at ${cell('putWall', 'number')}${openAt(called, putWall, 'put')}`] : [])];
    return told.length === 0 ? null : `${told.join(', ').replace(/^most puts at/, 'most puts are open at')}.`;
  },
  buildUp: (called, intent) => {
    if (intent.above !== undefined || intent.below !== undefined) return summedUp(called, intent);
    const { right } = intent;
    const side = (type: 'call' | 'put'): string | null => {
      const changed = called.output.rows.flatMap((row, at) => (row.type === type && row.openInterestChange !== null && row.openInterestChange !== 0 ? [{ at, by: row.openInterestChange }] : [])).toSorted((a, b) => b.by - a.by);
      const row = ({ at }: { at: number }): string => `${cellsOf(called)(`rows.${at}.strike`, 'number')} (${cellsOf(called)(`rows.${at}.openInterestChange`, 'quantity')})`;
      const added = changed.filter(({ by }) => by > 0).slice(0, 3);
      const shed = changed.filter(({ by }) => by < 0).slice(-1);
      return changed.length === 0 ? null : `${type}s: ${added.length > 0 ? `most added at ${added.map(row).join(', ')}` : 'none added'}${shed.length > 0 ? `, most closed at ${shed.map(row).join()}` : ''}`;
    };
    const told = [right === 'put' ? null : side('call'), right === 'call' ? null : side('put')].filter((each) => each !== null);
    return told.length === 0 ? null : `open interest since the day before, ${told.join('; ')}.`;
  },
  volume: summedUp,
  openInterest: (called, intent) => {
    if (intent.above !== undefined || intent.below !== undefined) return summedUp(called, intent);
    const { right } = intent;
    const cell = cellsOf(called); const { openInterest, openInterestChange } = called.output;
    const side = (of: 'calls' | 'puts'): string | null => (openInterest[of] === null ? null : `${of} ${cell(`openInterest.${of}`, 'quantity')} open${openInterestChange[of] === null ? '' : ` (${cell(`openInterestChange.${of}`, 'quantity')} since the day before)`}`);
    const told = [right === 'put' ? null : side('calls'), right === 'call' ? null : side('puts')].filter((each) => each !== null);
    return told.length === 0 ? null : `${told.join(', ')}${called.output.pcr === null || right ? '' : `; put–call ratio ${cell('pcr', 'number')}`}.`;
  },
};
const rowAt = ({ output }: Called, strike: number, type: 'call' | 'put'): number => output.rows.findIndex((row) => row.strike === strike && row.type === type);
const openAt = (called: Called, strike: number, type: 'call' | 'put'): string => { const at = rowAt(called, strike, type); return at < 0 || called.output.rows[at]?.openInterest == null ? '' : ` (${cellsOf(called)(`rows.${at}.openInterest`, 'quantity')})`; };

/** One contract, or both at a strike: what was asked of it first, then its quote. */
function ofContract(called: Called, intent: IntentOf<'option_chain'>, strike: number): string {
  const cell = cellsOf(called);
  const sides = intent.right ? [intent.right] : (['call', 'put'] as const);
  const found = sides.map((type) => rowAt(called, strike, type)).filter((at) => at >= 0);
  if (found.length === 0) return `No ${intent.right ?? 'option'} with that strike is listed in this chain.`;
  return found.map((at) => {
    const row = called.output.rows[at] as OptionChainAnswer['rows'][number];
    const path = (name: string): string => `rows.${at}.${name}`;
    const named = `${cell(path('strike'), 'number')} ${row.type}`;
    const known: [string, string | null][] = [
      ['price', row.last === null ? null : `last ${cell(path('last'), 'price')}`], ['quote', row.bid === null || row.ask === null ? null : `bid ${cell(path('bid'), 'price')}, ask ${cell(path('ask'), 'price')}`],
      ['impliedVolatility', row.ivPercent === null ? null : `volatility ${cell(path('ivPercent'), 'percent')}`], ['delta', row.delta === null ? null : `delta ${cell(path('delta'), 'number')}`], ['gamma', row.gamma === null ? null : `gamma ${cell(path('gamma'), 'number')}`],
      ['theta', row.thetaPerDay === null ? null : `theta ${cell(path('thetaPerDay'), 'price')} a day`], ['vega', row.vega === null ? null : `vega ${cell(path('vega'), 'number')} for a change of volatility by 1.00`],
      ['openInterest', row.openInterest === null ? null : `${cell(path('openInterest'), 'quantity')} open${row.openInterestChange === null ? '' : ` (${cell(path('openInterestChange'), 'quantity')} since the day before)`}`], ['volume', row.volume === null ? null : `${cell(path('volume'), 'quantity')} traded`],
    ];
    const wanted = known.find(([name]) => name === intent.measure)?.[1];
    const others = known.filter(([name]) => name !== intent.measure && ['price', 'quote', 'impliedVolatility', 'delta', 'openInterest'].includes(name)).flatMap(([, told]) => told ?? []);
    const missing = intent.measure !== undefined && known.some(([name]) => name === intent.measure) && wanted == null ? `what was asked is not known${row.marks.length > 0 ? ` (${cell(path('marks.0'))})` : ''}` : wanted;
    return `${named}: ${[missing, ...others].filter((each) => each != null).join(', ') || 'no quote'}.`;
  }).join(' ');
}

/** One thing that a chain says; null where the whole chain was asked for, or what `options.ts` tells. */
export function chainFact(called: Called, intent: IntentOf<'option_chain'>, choices: Choice[]): Draft | null {
  if (intent.strike !== undefined) return draft(sentences(ofThatDayOnly(called), `${head(called)}.`, ofContract(called, intent, intent.strike), old(called)), { choices });
  const tell = intent.measure && ofExpiry[intent.measure];
  if (!tell) return null;
  const told = tell(called, intent);
  const parts = intent.measure === 'expiries' ? [table(called, 'termStructure', 'Expiries', [words('expiry', 'Expiry'), figures('forward', 'Forward'), figures('atmIv', 'Volatility at the forward')])] : [];
  return draft(sentences(ofThatDayOnly(called), told === null ? `${head(called)}: that is not known from this chain.` : `${head(called)}: ${told}`, old(called)), { choices, parts });
}
