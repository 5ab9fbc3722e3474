import { z } from 'zod';
import { chainKnown, volatilityHistory } from '../db/stores/option-chains.ts';
import { formatCount, formatDay } from '../desk/format.ts';
import type { ExpiryAnalysis } from '../desk/options/analyse-chain.ts';
import { contractSymbol } from '../desk/options/contract-symbol.ts';
import { buildUp } from '../desk/options/positioning.ts';
import type { ReadOption } from '../desk/options/read-expiry.ts';
import { comparableVolatility } from '../desk/options/stored-chain.ts';
import { volatilityRank } from '../desk/options/volatility-rank.ts';
import { at, dateIn, plusMs, timeIn } from '../desk/time.ts';
import { AsOf, DateText } from './as-of.ts';
import { type ToolContext, defineTool } from './define.ts';
import { OutdatedChain, type ReadChain, expiryNamed, lotOf, outdated, readChain } from './option-chain-read.ts';
import { expiryCalled } from './option-structure.ts';

const BuildUpClass = z.enum(['LONG_BUILD_UP', 'SHORT_BUILD_UP', 'SHORT_COVERING', 'LONG_UNWINDING']);
const Row = z.object({
  contract: z.string(), expiry: z.string(), strike: z.number(), type: z.enum(['call', 'put']),
  bid: z.number().nullable(), ask: z.number().nullable(), last: z.number().nullable(), volume: z.number().nullable(), openInterest: z.number().nullable(), openInterestChange: z.number().nullable(),
  iv: z.number().nullable().describe('a year, as a fraction; null where the quote is marked or there is no forward'), ivPercent: z.number().nullable(),
  delta: z.number().nullable().describe('on the forward'), gamma: z.number().nullable(), thetaPerDay: z.number().nullable(), vega: z.number().nullable().describe('for a change of volatility by 1.00'), rho: z.number().nullable(),
  marks: z.array(z.string()).describe('why it is not priced'),
  buildUp: BuildUpClass.nullable().describe('from the change of its price since the day before and of its open interest'),
});
const Count = z.number().nullable();
const StrikeSum = z.object({ openInterest: Count, openInterestChange: Count, volume: Count, contracts: z.int() });
const Output = z.object({
  underlying: z.string(), asOf: z.string(), asOfText: z.string(), source: z.string(), spot: z.number().nullable(), pricedFrom: z.enum(['QUOTES', 'CLOSES']).describe('CLOSES: closing prices of what traded that day'),
  expiry: z.string(), expiryText: z.string(), expiries: z.array(z.string()), expiryTexts: z.array(z.string()), timeYears: z.number(), rate: z.number(), lotSize: z.number().nullable(),
  forward: z.number().nullable().describe('from put–call parity near the money'), forwardReason: z.string().nullable(), forwardStrikes: z.int(),
  rows: z.array(Row),
  atmIv: z.number().nullable(), pcr: z.number().nullable().describe('puts over calls, by open interest'), pcrVolume: z.number().nullable(),
  maxPain: z.number().nullable(), callWall: z.number().nullable(), putWall: z.number().nullable(),
  ivRank: z.number().nullable(), ivPercentile: z.number().nullable(), ivHistory: z.object({ days: z.int(), from: z.string().nullable(), volatility: z.number().nullable().describe('of the expiry nearest to thirty days, by which days are compared'), text: z.string() }),
  gammaExposure: z.number().nullable().describe('currency for a move of 1 %, dealers taken as long calls and short puts, all expiries'), gammaFlip: z.number().nullable().describe('the one nearest to spot'),
  skew25d: z.number().nullable().describe('put less call volatility at a delta of 0.25'), expectedMove: z.object({ oneDeviation: z.number(), straddle: z.number().nullable() }).nullable(),
  sums: z.object({ calls: StrikeSum, puts: StrikeSum, strikes: z.string().describe('which strikes, in words') }).describe('over the strikes asked for, all where none were'),
  openInterest: z.object({ calls: z.number().nullable(), puts: z.number().nullable() }).describe('of the expiry'), openInterestChange: z.object({ calls: z.number().nullable(), puts: z.number().nullable() }),
  buildUps: z.object({ LONG_BUILD_UP: z.int(), SHORT_BUILD_UP: z.int(), SHORT_COVERING: z.int(), LONG_UNWINDING: z.int() }).nullable(),
  termStructure: z.array(z.object({ expiry: z.string(), timeYears: z.number(), forward: z.number().nullable(), atmIv: z.number().nullable(), forwardIv: z.number().nullable() })),
  atmIvPercent: z.number().nullable(), skew25dPoints: z.number().nullable(),
  nearMoney: z.array(z.object({ strike: z.number(), callOi: z.number().nullable(), callIv: z.number().nullable(), callBid: z.number().nullable(), callAsk: z.number().nullable(), putBid: z.number().nullable(), putAsk: z.number().nullable(), putIv: z.number().nullable(), putOi: z.number().nullable() })).describe('the strikes around the price, volatilities in percent'),
  marked: z.record(z.string(), z.int()), ageSeconds: z.number(), stale: z.boolean().describe('older than a quarter of an hour while the exchange is open'),
  outdated: OutdatedChain,
  notes: z.array(z.string()),
});
export type OptionChainAnswer = z.output<typeof Output>;

const STALE_SECONDS = 900;
const HISTORY_DAYS = 366;

const missingForward = { TOO_FEW_PAIRS: 'fewer than three strikes have both a sound call and a sound put', STRIKES_DISAGREE: 'the strikes near the money disagree about it' } as const;

/** A chain with volatility and greeks from its parity forward, and what its open interest and volatilities say. Errors: `NO_CHAIN`, `NO_EXPIRY`. */
export const optionChain = defineTool({
  name: 'option_chain',
  purpose: 'Option chain of an underlying with implied volatility and greeks, put–call ratio, max pain, IV rank, skew, gamma and expected move',
  effect: 'read', permission: 'market:read',
  input: z.object({ underlying: z.string().trim().min(1).max(60), expiry: DateText.optional().describe('default: the nearest; else the first on or after this date'), which: z.enum(['next', 'monthly']).optional().describe('instead of a date: the one after the nearest, or the last of its month'), above: z.number().positive().optional().describe('sums over the strikes above this'), below: z.number().positive().optional(), inclusive: z.boolean().optional().describe('the bounds themselves count'), asOf: AsOf.optional() }),
  output: Output,
  run: async (context, { underlying, expiry: asked, which, above, below, inclusive = false, asOf }) => {
    const chain = await readChain(context, { underlying, asOf });
    const { snapshot, analysis, moment } = chain;
    const expiry = which !== undefined && asked === undefined ? expiryCalled(chain, which) : expiryNamed(chain, asked);
    const { market } = context.services;
    const lot = await lotOf(context, chain, expiry.expiry);
    const before = await dayBefore(context, chain);
    const sides = expiry.strikes.flatMap(({ call, put }) => [call, put]);
    const rows = sides.map((option) => rowOf(option, chain.underlying, expiry.expiry, before));
    const history = await rankOf(context, chain);
    const session = market.calendar().session(moment.date);
    const ageSeconds = chain.ageMs / 1000;
    const flips = analysis.gamma?.flips ?? [];
    const { spot } = snapshot;
    const classes = rows.flatMap(({ buildUp: found }) => found ?? []);
    const summed = (type: 'call' | 'put', field: 'openInterest' | 'openInterestChange' | 'volume', among: readonly OptionChainAnswer['rows'][number][] = rows): number | null => {
      const known = among.filter((row) => row.type === type).flatMap((row) => row[field] ?? []);
      return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
    };
    const count = (name: z.output<typeof BuildUpClass>): number => classes.filter((each) => each === name).length;
    const { forward } = expiry;
    const meant = rows.filter(({ strike }) => (above === undefined || strike > above || (inclusive && strike === above)) && (below === undefined || strike < below || (inclusive && strike === below)));
    const strikeSum = (type: 'call' | 'put') => ({ openInterest: summed(type, 'openInterest', meant), openInterestChange: summed(type, 'openInterestChange', meant), volume: summed(type, 'volume', meant), contracts: meant.filter((row) => row.type === type).length });
    return {
      underlying: chain.underlying, asOf: snapshot.asOf, asOfText: `${formatDay(dateIn(snapshot.asOf, market.zone), moment.date)} ${timeIn(snapshot.asOf, market.zone)}`, source: chain.source, spot: snapshot.spot, pricedFrom: snapshot.pricedFrom,
      expiry: expiry.expiry, expiryText: formatDay(expiry.expiry, moment.date), expiries: analysis.expiries.map((each) => each.expiry), expiryTexts: analysis.expiries.map((each) => formatDay(each.expiry, moment.date)), timeYears: expiry.timeYears, rate: chain.rate, lotSize: lot?.lotSize ?? null,
      forward: forward.found ? forward.forward : null, forwardReason: forward.found ? null : missingForward[forward.reason], forwardStrikes: forward.strikes,
      rows,
      atmIv: expiry.atmVolatility, pcr: expiry.putCallRatio.openInterest, pcrVolume: expiry.putCallRatio.volume, maxPain: expiry.maxPain?.strike ?? null, callWall: expiry.walls.call, putWall: expiry.walls.put,
      ...history,
      gammaExposure: analysis.gamma?.exposure ?? null, gammaFlip: spot === null ? null : flips.reduce<number | null>((best, flip) => (best === null || Math.abs(flip - spot) < Math.abs(best - spot) ? flip : best), null),
      skew25d: expiry.skew25?.skew ?? null, expectedMove: expiry.expectedMove && { oneDeviation: expiry.expectedMove.oneDeviation, straddle: expiry.expectedMove.straddle },
      sums: { calls: strikeSum('call'), puts: strikeSum('put'), strikes: strikesInWords({ above, below, inclusive }) },
      openInterest: { calls: summed('call', 'openInterest'), puts: summed('put', 'openInterest') }, openInterestChange: { calls: summed('call', 'openInterestChange'), puts: summed('put', 'openInterestChange') },
      buildUps: classes.length === 0 ? null : { LONG_BUILD_UP: count('LONG_BUILD_UP'), SHORT_BUILD_UP: count('SHORT_BUILD_UP'), SHORT_COVERING: count('SHORT_COVERING'), LONG_UNWINDING: count('LONG_UNWINDING') },
      termStructure: analysis.termStructure.map((point) => ({ expiry: point.expiry, timeYears: point.timeYears, forward: point.forward, atmIv: point.atmVolatility, forwardIv: point.forwardVolatility })),
      atmIvPercent: percent(expiry.atmVolatility), skew25dPoints: percent(expiry.skew25?.skew ?? null), nearMoney: nearMoney(expiry, spot),
      marked: expiry.marked as Record<string, number>, ageSeconds, stale: session !== null && moment.asOf > session.open && moment.asOf < session.close && ageSeconds > STALE_SECONDS,
      outdated: outdated(chain, market.zone), notes: notesOf({ chain, hasLot: lot !== null, hasBefore: before !== null }),
    };
  },
});

type Earlier = ReadonlyMap<string, number>;
const keyOf = (expiry: string, strike: number, type: string): string => `${expiry}|${strike}|${type}`;

function rowOf(option: ReadOption, underlying: string, expiry: OptionChainAnswer['expiry'], before: Earlier | null): OptionChainAnswer['rows'][number] {
  const { strike, type, quote, greeks } = option;
  const previous = before?.get(keyOf(expiry, strike, type));
  return {
    contract: contractSymbol({ underlying, expiry: expiry as Parameters<typeof contractSymbol>[0]['expiry'], strike, type }), expiry, strike, type,
    bid: quote?.bid ?? null, ask: quote?.ask ?? null, last: quote?.last ?? null, volume: quote?.volume ?? null, openInterest: quote?.openInterest ?? null, openInterestChange: quote?.openInterestChange ?? null,
    iv: option.impliedVolatility, ivPercent: percent(option.impliedVolatility), delta: greeks?.delta ?? null, gamma: greeks?.gamma ?? null, thetaPerDay: greeks?.thetaPerDay ?? null, vega: greeks?.vega ?? null, rho: greeks?.rho ?? null, marks: option.marks,
    buildUp: buildUp(previous === undefined || quote?.last == null ? null : quote.last - previous, quote?.openInterestChange ?? null),
  };
}

/** Last prices by contract of the latest chain of an earlier day; null where none is stored. */
async function dayBefore({ services }: ToolContext, { underlying, snapshot }: ReadChain): Promise<Earlier | null> {
  const { zone } = services.market;
  const stored = await chainKnown(services.database.orm, { underlying, asOf: plusMs(at(dateIn(snapshot.asOf, zone), '00:00:00', zone), -1) });
  if (!stored) return null;
  return new Map(stored.snapshot.expiries.flatMap(({ expiry, strikes }) => strikes.flatMap(({ strike, call, put }) =>
    ([['call', call], ['put', put]] as const).flatMap(([type, quote]): [string, number][] => (quote?.last ? [[keyOf(expiry, strike, type), quote.last]] : [])))));
}

async function rankOf({ services }: ToolContext, { underlying, snapshot, analysis, moment }: ReadChain): Promise<Pick<OptionChainAnswer, 'ivRank' | 'ivPercentile' | 'ivHistory'>> {
  const today = comparableVolatility(analysis);
  const date = dateIn(snapshot.asOf, services.market.zone);
  const earlier = (await volatilityHistory(services.database.orm, { underlying, asOf: snapshot.asOf, days: HISTORY_DAYS })).filter((day) => day.date < date);
  const from = earlier[0]?.date ?? null;
  if (today === null) return { ivRank: null, ivPercentile: null, ivHistory: { days: earlier.length, from, volatility: null, text: 'no volatility at the forward today' } };
  const { rank, percentile, observations } = volatilityRank([...earlier.map(({ volatility }) => volatility), today]);
  const text = from === null ? 'no earlier day is stored' : `${observations} days since ${formatDay(from, moment.date)}`;
  return { ivRank: rank, ivPercentile: percentile, ivHistory: { days: observations, from, volatility: today, text } };
}

function notesOf({ chain: { snapshot }, hasLot, hasBefore }: { chain: ReadChain; hasLot: boolean; hasBefore: boolean }): string[] {
  return [
    ...(snapshot.pricedFrom === 'CLOSES' ? ['An end-of-day file has no bids and offers: closing prices of what traded stand for them.'] : []),
    ...(snapshot.spot === null ? ['The source does not say the cash price, so there is no gamma exposure.'] : []),
    ...(hasLot ? [] : ['The lot is not known for that day.']),
    ...(hasBefore ? [] : ['No chain of an earlier day is stored, so build-up is not classed.']),
    ...(snapshot.openInterestUnit === 'SHARES' ? ['Open interest is in units of the underlying.'] : ['Open interest is in contracts.']),
  ];
}

function strikesInWords({ above, below, inclusive }: { above: number | undefined; below: number | undefined; inclusive: boolean }): string {
  if (above !== undefined && below !== undefined) return `from ${formatCount(above)} to ${formatCount(below)}${inclusive ? '' : ', these two left out'}`;
  if (above === undefined && below === undefined) return 'all strikes';
  return above === undefined ? `${inclusive ? 'up to' : 'below'} ${formatCount(below ?? 0)}` : inclusive ? `from ${formatCount(above)} up` : `above ${formatCount(above)}`;
}

const percent = (fraction: number | null): number | null => (fraction === null ? null : Math.round(fraction * 1e4) / 100);
const STRIKES_SHOWN = 15;

/** Calls and puts side by side, as an exchange shows them: the strikes nearest to the forward, else to the price, else the middle ones. */
function nearMoney({ strikes, forward }: ExpiryAnalysis, spot: number | null): OptionChainAnswer['nearMoney'] {
  const centre = forward.found ? forward.forward : (spot ?? strikes[Math.floor(strikes.length / 2)]?.strike ?? 0);
  const nearest = [...strikes].sort((a, b) => Math.abs(a.strike - centre) - Math.abs(b.strike - centre)).slice(0, STRIKES_SHOWN).sort((a, b) => a.strike - b.strike);
  return nearest.map(({ strike, call, put }) => ({
    strike, callOi: call.quote?.openInterest ?? null, callIv: percent(call.impliedVolatility), callBid: call.quote?.bid ?? null, callAsk: call.quote?.ask ?? null,
    putBid: put.quote?.bid ?? null, putAsk: put.quote?.ask ?? null, putIv: percent(put.impliedVolatility), putOi: put.quote?.openInterest ?? null,
  }));
}
