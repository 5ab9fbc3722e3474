import type { ExpiryAnalysis } from '../desk/options/analyse-chain.ts';
import { contractSymbol } from '../desk/options/contract-symbol.ts';
import { type StructureAnalysis, analyseStructure } from '../desk/options/structures/analyse-structure.ts';
import { buildStructure } from '../desk/options/structures/build.ts';
import { STRUCTURES, type StructureKind } from '../desk/options/structures/kinds.ts';
import { type OptionLeg, type StructureLeg, isOption } from '../desk/options/structures/legs.ts';
import { selectStrikes } from '../desk/options/structures/select-strikes.ts';
import { type SpanSettings, scanRanges } from '../desk/options/structures/span-margin.ts';
import type { ReadOption } from '../desk/options/read-expiry.ts';
import { type ToolContext, ToolError } from './define.ts';
import { type ReadChain, expiryNamed, lotOf } from './option-chain-read.ts';

/** A leg as a person gives it; the expiry is the structure's own where none is said. */
export interface GivenLeg { type: 'call' | 'put'; side: 'BUY' | 'SELL'; strike: number; lots?: number | undefined; expiry?: string | undefined }
export interface StructureRequest {
  kind: StructureKind | 'custom';
  expiry?: string | undefined;
  which?: 'next' | 'monthly' | undefined;
  laterExpiry?: string | undefined;
  strikes?: readonly number[] | undefined;
  delta?: number | undefined;
  width?: number | undefined;
  legs?: readonly GivenLeg[] | undefined;
  lots: number;
  prices: 'crossing' | 'middle';
}

/** An option leg with the row of the chain that it stands for. */
export interface LegInChain { leg: StructureLeg; contract: string | null; option: ReadOption | null }
export interface StructureInChain {
  expiry: ExpiryAnalysis;
  spot: number;
  lotSize: number;
  lotFrom: string | null;
  legs: LegInChain[];
  analysis: StructureAnalysis;
  span: SpanSettings;
  notes: string[];
}

const DEFAULT_DELTA = 0.2;
/** Width of the wings where none is said: about the nearest strikes to this share of the price. */
const WIDTH_SHARE = { index: 0.01, share: 0.04 };
const SESSIONS = 252;

/** What a structure on the chain is, costs and can do. @throws ToolError `NO_FORWARD`, `NO_STRIKES`, `NOT_PRICED`, `BAD_LEGS`. */
export async function structureInChain(context: ToolContext, chain: ReadChain, request: StructureRequest): Promise<StructureInChain> {
  const expiry = request.which && request.expiry === undefined ? expiryCalled(chain, request.which) : expiryNamed(chain, request.expiry);
  const { snapshot, rate } = chain;
  if (!expiry.forward.found || expiry.smile === null) {
    throw new ToolError('NO_FORWARD', `No forward can be had for ${expiry.expiry}: the sound quotes of calls and puts near the money are too few or disagree, so nothing of it is priced.`, 'expiry');
  }
  const spot = snapshot.spot ?? expiry.forward.forward * Math.exp(-rate * expiry.timeYears);
  const lot = await lotOf(context, chain, expiry.expiry);
  const lotSize = lot?.lotSize ?? 1;
  const isIndex = (context.services.market.symbols().get(chain.underlying)?.kind ?? 'INDEX') === 'INDEX';
  const legs = request.kind === 'custom' ? customLegs(chain, expiry, { ...request, spot, lotSize }) : kindLegs(chain, expiry, { ...request, kind: request.kind, spot, lotSize, isIndex });
  const volatility = expiry.atmVolatility ?? expiry.smile.points[0]?.volatility ?? 0;
  const span = { spot, rate, ...scanRanges({ spot, dailyDeviation: volatility / Math.sqrt(SESSIONS), annualVolatility: volatility, isIndex }) };
  return {
    expiry, spot, lotSize, lotFrom: lot?.from ?? null, span, analysis: analyseStructure(legs, { smile: expiry.smile, span }),
    legs: legs.map((leg) => ({ leg, contract: isOption(leg) ? contractSymbol({ underlying: chain.underlying, expiry: leg.expiry, strike: leg.strike, type: leg.kind }) : null, option: isOption(leg) ? optionOf(chain, leg) : null })),
    notes: [
      ...(lot ? [] : ['The lot is not known for that day; figures are for one unit of the underlying.']),
      ...(snapshot.spot === null ? ['The source does not say the cash price; the discounted forward stands for it.'] : []),
      ...(snapshot.pricedFrom === 'CLOSES' ? ['Priced at closing prices, without a bid–ask spread.'] : []),
    ],
  };
}

const optionOf = ({ analysis }: ReadChain, { expiry, strike, kind }: Pick<OptionLeg, 'expiry' | 'strike' | 'kind'>): ReadOption | null =>
  analysis.expiries.find((each) => each.expiry === expiry)?.strikes.find((each) => each.strike === strike)?.[kind] ?? null;

function kindLegs(chain: ReadChain, expiry: ExpiryAnalysis, { kind, strikes, delta, width, lots, lotSize, laterExpiry, spot, prices, isIndex }: StructureRequest & { kind: StructureKind; spot: number; lotSize: number; isIndex: boolean }): StructureLeg[] {
  const needsLater = STRUCTURES[kind].legs.some(({ expiry: later }) => later === 1);
  const later = needsLater ? expiryAfter(chain, expiry, laterExpiry) : undefined;
  const wishes = { delta: delta ?? DEFAULT_DELTA, width: width ?? spot * (isIndex ? WIDTH_SHARE.index : WIDTH_SHARE.share) };
  const chosen = strikes ?? selectStrikes(kind, expiry, wishes);
  if (!chosen) throw new ToolError('NO_STRIKES', `The chain has not enough priced strikes for ${words(kind)} with a delta of ${wishes.delta} and a width of ${Math.round(wishes.width)}.`, 'delta');
  const built = buildStructure({ kind, strikes: chosen, expiries: later ? [expiry, later] : [expiry], spot, rate: chain.rate, quantity: lots * lotSize, prices });
  if (!built.built) throw new ToolError('NOT_PRICED', `${built.reason.charAt(0).toUpperCase()}${words(built.reason.slice(1))}.`, 'kind');
  return built.legs;
}

/** The one after the nearest, or the last of the nearest's month. */
export function expiryCalled(chain: ReadChain, which: 'next' | 'monthly'): ExpiryAnalysis {
  const nearest = expiryNamed(chain, undefined);
  const living = chain.analysis.expiries.filter(({ timeYears }) => timeYears >= nearest.timeYears);
  return (which === 'next' ? living[1] : living.filter(({ expiry }) => expiry.slice(0, 7) === nearest.expiry.slice(0, 7)).at(-1)) ?? nearest;
}

function expiryAfter(chain: ReadChain, expiry: ExpiryAnalysis, asked: string | undefined): ExpiryAnalysis {
  const later = asked === undefined ? chain.analysis.expiries.find(({ timeYears, forward }) => timeYears > expiry.timeYears && forward.found) : expiryNamed(chain, asked);
  if (!later) throw new ToolError('NO_EXPIRY', `${chain.underlying} has no later expiry with a forward.`, 'laterExpiry');
  return later;
}

function customLegs(chain: ReadChain, expiry: ExpiryAnalysis, { legs, lots, lotSize, spot, prices }: StructureRequest & { spot: number; lotSize: number }): StructureLeg[] {
  if (!legs || legs.length === 0) throw new ToolError('BAD_LEGS', 'A structure of your own needs its legs.', 'legs');
  return legs.map(({ type, side, strike, lots: ratio = 1, expiry: own }, i): StructureLeg => {
    const read = own === undefined ? expiry : expiryNamed(chain, own);
    if (!read.forward.found) throw new ToolError('NO_FORWARD', `No forward can be had for ${read.expiry}, so its options are not priced.`, `legs.${i}.expiry`);
    const option = read.strikes.find((each) => each.strike === strike)?.[type];
    if (!option) throw new ToolError('NO_STRIKES', `${read.expiry} has no ${type} at ${strike}.`, `legs.${i}.strike`);
    if (option.middle === null || option.impliedVolatility === null) throw new ToolError('NOT_PRICED', `The ${strike} ${type} of ${read.expiry} cannot be priced: ${option.marks.join(', ') || 'no quote'}.`, `legs.${i}`);
    const crossing = side === 'BUY' ? option.quote?.ask : option.quote?.bid;
    return {
      kind: type, quantity: (side === 'BUY' ? 1 : -1) * ratio * lots * lotSize, strike, expiry: read.expiry, timeYears: read.timeYears, volatility: option.impliedVolatility,
      price: prices === 'middle' ? option.middle : (crossing ?? option.middle), dividendYield: chain.rate - Math.log(read.forward.forward / spot) / read.timeYears,
    };
  });
}

export const words = (kind: string): string => kind.replaceAll('_', ' ');
