import { z } from 'zod';
import { decimal } from '../desk/decimal.ts';
import { chargesFor } from '../desk/execution/charges.ts';
import { formatDay } from '../desk/format.ts';
import { freezeQuantity } from '../desk/gates/rules/index-derivatives.ts';
import { STRUCTURES, type StructureKind } from '../desk/options/structures/kinds.ts';
import { isOption } from '../desk/options/structures/legs.ts';
import { profitIn, scenarioGrid } from '../desk/options/structures/value.ts';
import { type TradingDate, dateIn, timeIn } from '../desk/time.ts';
import { AsOf, DateText } from './as-of.ts';
import { defineTool } from './define.ts';
import { ImaginedMove, MoveInput, imagineMove } from './imagined-move.ts';
import { MarginDetail, marginDetailOf } from './margin-detail.ts';
import { OutdatedChain, outdated, type ReadChain, readChain } from './option-chain-read.ts';
import { type LegInChain, type StructureInChain, structureInChain, words } from './option-structure.ts';

const kinds = Object.keys(STRUCTURES) as [StructureKind, ...StructureKind[]];
export const StructureInput = z.object({
  underlying: z.string().trim().min(1).max(60),
  expiry: DateText.optional().describe('default: the nearest; else the first on or after this date'), which: z.enum(['next', 'monthly']).optional().describe('instead of a date: the one after the nearest, or the last of its month'), laterExpiry: DateText.optional().describe('of a calendar’s long leg; default: the next'),
  kind: z.enum([...kinds, 'custom']),
  strikes: z.array(z.number().positive()).max(8).optional().describe('ascending, as many as the kind has; default: by delta and width'),
  delta: z.number().gt(0).lt(1).optional().describe('absolute delta of the strikes that are chosen by it; default 0.2'), width: z.number().positive().optional().describe('between the strikes of a spread, in the underlying’s units'),
  legs: z.array(z.object({ type: z.enum(['call', 'put']), side: z.enum(['BUY', 'SELL']), strike: z.number().positive(), lots: z.int().positive().max(1000).optional(), expiry: DateText.optional() })).max(8).optional().describe('for kind custom'),
  lots: z.int().positive().max(10_000).default(1), prices: z.enum(['crossing', 'middle']).default('crossing').describe('crossing: bought at the ask, sold at the bid'),
  asOf: AsOf.optional(),
});
const Leg = z.object({
  contract: z.string().nullable(), type: z.enum(['call', 'put', 'underlying']), side: z.enum(['BUY', 'SELL']), strike: z.number().nullable(), expiry: z.string().nullable(), lots: z.number(), quantity: z.number().describe('units of the underlying, negative when sold'), price: z.number(),
  iv: z.number().nullable(), ivPercent: z.number().nullable(), delta: z.number().nullable(), bid: z.number().nullable(), ask: z.number().nullable(), spreadPercent: z.number().nullable(), openInterest: z.number().nullable(), volume: z.number().nullable(), thin: z.boolean(), orders: z.int().describe('slices under the exchange’s freeze quantity'),
});
const Output = z.object({
  underlying: z.string(), kind: z.string(), asOf: z.string(), asOfText: z.string(), source: z.string(), expiry: z.string(), expiryText: z.string(), spot: z.number(), forward: z.number(), lotSize: z.number(), lots: z.int(),
  legs: z.array(Leg),
  netPremium: z.number().describe('paid for the options (positive) or received (negative)'), maxProfit: z.number().nullable().describe('null: unlimited'), maxLoss: z.number().nullable().describe('as a positive amount; null: unlimited'),
  breakEvens: z.array(z.number()), modelled: z.boolean().describe('a leg lives on past the first expiry and is valued by the model there'),
  margin: z.number(), marginDetail: MarginDetail,
  probabilityOfProfit: z.number().describe('by the distribution that the smile implies'), probabilityFlat: z.number().describe('by the volatility at the forward alone'), rewardOverRisk: z.number().nullable(),
  greeks: z.object({ delta: z.number().describe('units of the underlying'), gamma: z.number(), thetaPerDay: z.number(), vega: z.number().describe('for one volatility point') }),
  charges: z.object({ total: z.number().nullable(), reason: z.string().nullable() }).describe('in and out again, in currency'),
  payoff: z.array(z.tuple([z.number(), z.number()])).describe('[price of the underlying, profit] when the first options expire'),
  scenarios: z.array(z.object({ spotPercent: z.number(), spot: z.number(), volPoints: z.number(), daysAhead: z.number(), profit: z.number() })),
  whatIf: ImaginedMove.nullable(),
  kindText: z.string(), premiumAmount: z.number().describe('without its sign'), probabilityPercent: z.number(), probabilityFlatPercent: z.number(), thinLegs: z.int(), whatIfAmount: z.number().nullable(),
  payoffChart: z.array(z.tuple([z.number(), z.number()])).describe('the part of the payoff around the price that a chart shows'),
  outdated: OutdatedChain,
  notes: z.array(z.string()),
});
export type OptionStrategyAnswer = z.output<typeof Output>;

const SPOT_MOVES = [-10, -5, -2, 0, 2, 5, 10];
const VOL_POINTS = [-5, 0, 5];
const YEAR_DAYS = 365;
/** A leg whose quote is wider than this share of its middle, or in which nothing is open, is hard to trade. */
const THIN_SPREAD_PERCENT = 8;

/**
 * A structure on the chain: legs, payoff, margin, probabilities, scenarios. Money in currency for all lots, before charges.
 * Errors: those of `option_chain`, `NO_FORWARD`, `NO_STRIKES`, `NOT_PRICED`, `BAD_LEGS`.
 */
export const optionStrategy = defineTool({
  name: 'option_strategy',
  purpose: 'One option structure from the chain: legs, payoff, break-evens, largest profit and loss, margin, chance of a profit, scenarios',
  effect: 'read', permission: 'market:read',
  input: StructureInput.extend({ whatIf: MoveInput.optional().describe('profit if the underlying moves by so many percent and volatility by so many points by a date') }),
  output: Output,
  run: async (context, { whatIf, ...input }) => {
    const chain = await readChain(context, input);
    const { market } = context.services;
    const structure = await structureInChain(context, chain, input);
    const { analysis, expiry, spot, span } = structure;
    const legsOut = structure.legs.map((each) => legOf(each, structure, chain));
    const options = structure.legs.map(({ leg }) => leg).filter(isOption);
    const firstYears = options.length > 0 ? Math.min(...options.map(({ timeYears }) => timeYears)) : expiry.timeYears;
    const legs = structure.legs.map(({ leg }) => leg);
    const imagined = whatIf ? imagineMove({ legs, spot, rate: chain.rate, asOf: chain.snapshot.asOf, exchange: chain.snapshot.exchange, today: chain.moment.date, move: whatIf }) : null;
    const grid = scenarioGrid({ legs, rate: chain.rate, spots: SPOT_MOVES.map((move) => spot * (1 + move / 100)), volatilityShifts: VOL_POINTS.map((points) => points / 100), yearsAhead: [0, firstYears / 2, firstYears] });
    return {
      underlying: chain.underlying, kind: input.kind, asOf: chain.snapshot.asOf, asOfText: `${formatDay(dateIn(chain.snapshot.asOf, market.zone), chain.moment.date)} ${timeIn(chain.snapshot.asOf, market.zone)}`, source: chain.source,
      expiry: expiry.expiry, expiryText: formatDay(expiry.expiry, chain.moment.date), spot, forward: expiry.forward.found ? expiry.forward.forward : spot, lotSize: structure.lotSize, lots: input.lots,
      legs: legsOut,
      netPremium: analysis.netPremium, maxProfit: analysis.maxProfit, maxLoss: analysis.maxLoss, breakEvens: analysis.breakEvens, modelled: analysis.modelled,
      margin: toHundredth(analysis.margin.total), marginDetail: marginDetailOf(analysis.margin, span),
      probabilityOfProfit: analysis.profitProbability.smile, probabilityFlat: analysis.profitProbability.flat, rewardOverRisk: analysis.rewardOverRisk,
      greeks: greeksOf(structure), charges: chargesOf(structure, chain, context.services.market.today()),
      payoff: analysis.payoff, scenarios: grid.map(({ spot: price, volatilityShift, yearsAhead, profit }) => ({ spotPercent: rounded(100 * (price / spot - 1)), spot: price, volPoints: rounded(100 * volatilityShift), daysAhead: rounded(yearsAhead * YEAR_DAYS), profit: toHundredth(profit) })),
      whatIf: imagined, whatIfAmount: imagined ? Math.abs(imagined.profit) : null,
      kindText: input.kind === 'custom' ? 'structure of these legs' : words(input.kind), premiumAmount: Math.abs(analysis.netPremium), probabilityPercent: rounded(100 * analysis.profitProbability.smile), probabilityFlatPercent: rounded(100 * analysis.profitProbability.flat), thinLegs: legsOut.filter(({ thin }) => thin).length,
      payoffChart: chartOf(structure, chain.rate),
      outdated: outdated(chain, market.zone), notes: structure.notes,
    };
  },
});

const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;
/** Money of the model is an estimate; it is given to the hundredth. What follows from prices alone stays exact. */
const toHundredth = (value: number): number => Math.round(value * 100) / 100;

function legOf({ leg, contract, option }: LegInChain, { lotSize }: StructureInChain, { underlying, moment }: ReadChain): OptionStrategyAnswer['legs'][number] {
  const base = { side: leg.quantity > 0 ? 'BUY' as const : 'SELL' as const, lots: Math.abs(leg.quantity) / lotSize, quantity: leg.quantity, price: leg.price };
  if (!isOption(leg) || !option) return { ...base, contract: null, type: 'underlying', strike: null, expiry: null, iv: null, ivPercent: null, delta: null, bid: null, ask: null, spreadPercent: null, openInterest: null, volume: null, thin: false, orders: 1 };
  const { quote, middle } = option;
  const spreadPercent = quote?.bid != null && quote.ask != null && middle ? (100 * (quote.ask - quote.bid)) / middle : null;
  const freeze = freezeQuantity(underlying, moment.date);
  return {
    ...base, contract, type: leg.kind, strike: leg.strike, expiry: leg.expiry, iv: leg.volatility, ivPercent: rounded(100 * leg.volatility), delta: option.greeks?.delta ?? null, bid: quote?.bid ?? null, ask: quote?.ask ?? null, spreadPercent,
    openInterest: quote?.openInterest ?? null, volume: quote?.volume ?? null, thin: (spreadPercent !== null && spreadPercent > THIN_SPREAD_PERCENT) || quote?.openInterest === 0,
    orders: freeze === undefined ? 1 : Math.ceil(Math.abs(leg.quantity) / (Math.floor(freeze / lotSize) * lotSize || Math.abs(leg.quantity))),
  };
}

function greeksOf({ legs }: StructureInChain): OptionStrategyAnswer['greeks'] {
  const sum = (pick: (option: NonNullable<LegInChain['option']>) => number): number => legs.reduce((total, { leg, option }) => total + (option ? leg.quantity * pick(option) : 0), 0);
  const shares = legs.reduce((total, { leg }) => total + (isOption(leg) ? 0 : leg.quantity), 0);
  return { delta: shares + sum(({ greeks }) => greeks?.delta ?? 0), gamma: sum(({ greeks }) => greeks?.gamma ?? 0), thetaPerDay: sum(({ greeks }) => greeks?.thetaPerDay ?? 0), vega: sum(({ greeks }) => greeks?.vega ?? 0) / 100 };
}

function chargesOf({ legs }: StructureInChain, { snapshot }: ReadChain, date: TradingDate): OptionStrategyAnswer['charges'] {
  let total = 0;
  for (const { leg } of legs) {
    for (const side of ['BUY', 'SELL'] as const) {
      const charges = chargesFor({ exchange: snapshot.exchange, product: 'DELIVERY', side, quantity: Math.max(1, Math.round(Math.abs(leg.quantity))), price: decimal(leg.price.toFixed(4)), date, instrument: isOption(leg) ? 'INDEX_OPTION' : 'EQUITY' });
      if (!charges.known) return { total: null, reason: charges.reason };
      total += charges.totalMinor / 100;
    }
  }
  return { total, reason: null };
}

const CHART_POINTS = 80;
/** The payoff from well below the lowest strike or deviation to well above the highest, strikes and break-evens among the points. */
function chartOf({ legs, analysis, expiry, spot }: StructureInChain, rate: number): [number, number][] {
  const reach = 3 * (expiry.atmVolatility ?? 0.2) * Math.sqrt(Math.max(expiry.timeYears, 1 / YEAR_DAYS)) * spot;
  const strikes = legs.flatMap(({ leg }) => (isOption(leg) ? [leg.strike] : []));
  const [low, high] = [Math.max(0, Math.min(spot - reach, ...strikes) * 0.99), Math.max(spot + reach, ...strikes) * 1.01];
  const prices = [...new Set([...Array.from({ length: CHART_POINTS + 1 }, (_, i) => low + ((high - low) * i) / CHART_POINTS), ...strikes, ...analysis.breakEvens.filter((at) => at > low && at < high)])].sort((a, b) => a - b);
  const years = Math.min(...legs.flatMap(({ leg }) => (isOption(leg) ? [leg.timeYears] : [])), expiry.timeYears);
  const profits = profitIn(legs.map(({ leg }) => leg), prices.map((price) => ({ spot: price, yearsAhead: years, volatilityShift: 0 })), rate);
  return prices.map((price, i) => [rounded(price), Math.round(100 * (profits[i] ?? 0)) / 100]);
}
