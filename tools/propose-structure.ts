import { z } from 'zod';
import type { ActionOf } from '../desk/actions/types.ts';
import { type Decimal, roundToTick } from '../desk/decimal.ts';
import { isOption } from '../desk/options/structures/legs.ts';
import { spanMargin } from '../desk/options/structures/span-margin.ts';
import { formatDay } from '../desk/format.ts';
import { dateIn, plusDays, timeIn, tradingDate } from '../desk/time.ts';
import { DateText } from './as-of.ts';
import { type ToolContext, ToolError, defineTool } from './define.ts';
import { type HeldStructure, structureMeant } from './option-book.ts';
import { type ReadChain, readChain, underlyingNamed } from './option-chain-read.ts';
import { StructureInput } from './option-strategy.ts';
import { type StructureInChain, structureInChain } from './option-structure.ts';
import { accountNamed, proposerOf } from './order-terms.ts';
import { ProposalOutput, proposalOutput } from './proposal-output.ts';

type Action = ActionOf<'option_structure'>;
type Leg = Action['legs'][number];

const TICK = 0.05;
/** How far a leg's limit goes beyond the other side of the market, so that it fills now and no farther. */
const SLACK_SHARE = 0.05;
const SLACK_TICKS = 4;
/** Of cheap options a few ticks are a large share; the gates take a limit that is a tenth worse than the market for a mistake. */
const MOST_SLACK_SHARE = 0.09;

/** A limit that crosses the market: the ask and a little for a purchase, the bid and a little less for a sale. */
export function crossingLimit({ side, bid, ask }: { side: 'BUY' | 'SELL'; bid: number; ask: number }): Decimal {
  const at = side === 'BUY' ? ask : bid;
  const slack = Math.min(Math.max(SLACK_TICKS * TICK, SLACK_SHARE * at), Math.floor((MOST_SLACK_SHARE * at) / TICK) * TICK);
  return roundToTick(Math.max(TICK, side === 'BUY' ? at + slack : at - slack), TICK, side === 'BUY' ? 'up' : 'down');
}

const where = (context: ToolContext) => ({ threadId: context.caller.threadId ?? null, turn: context.caller.turn ?? null });
const right = (type: 'call' | 'put'): Leg['right'] => (type === 'call' ? 'CALL' : 'PUT');

/** The legs that open, with limits that cross the market now. Shares that a kind has in it are not bought: they are held, or the gates say so. */
function openingLegsOf({ legs, lotSize }: StructureInChain, context: ToolContext): Leg[] {
  return legs.flatMap(({ leg, contract, option }): Leg[] => {
    if (!isOption(leg) || contract === null) return [];
    // A chain of closing prices has neither; the market then models both around the close.
    const { bid, ask } = option?.quote?.bid != null ? option.quote : (context.services.market.quote(contract) ?? { bid: null, ask: null });
    if (bid === null || ask === null || !(bid > 0) || !(ask > 0)) throw new ToolError('NOT_PRICED', `${contract} is not quoted on both sides now, so no order in it is drawn up.`, 'legs');
    const side = leg.quantity > 0 ? 'BUY' as const : 'SELL' as const;
    return [{ symbol: contract, right: right(leg.kind), strike: String(leg.strike) as Decimal, expiry: leg.expiry, side, lots: Math.round(Math.abs(leg.quantity) / lotSize), lotSize, limitPrice: crossingLimit({ side, bid, ask }) }];
  });
}

/** The legs that take a held structure back, at limits that cross the market now. */
function closingLegsOf({ legs }: HeldStructure, context: ToolContext): Leg[] {
  return legs.map(({ position, contract, option }): Leg => {
    const listed = context.services.market.contract(position.symbol);
    const quote = context.services.market.quote(position.symbol);
    const [bid, ask] = [quote?.bid ?? option?.quote?.bid ?? 0, quote?.ask ?? option?.quote?.ask ?? 0];
    const side = position.quantity > 0 ? 'SELL' as const : 'BUY' as const;
    if (!listed || !(side === 'BUY' ? ask > 0 : bid > 0)) throw new ToolError('NOT_PRICED', `${position.symbol} has no ${side === 'BUY' ? 'offer' : 'bid'} now, so it cannot be closed at a price.`, 'legs');
    return { symbol: position.symbol, right: right(contract.type), strike: String(contract.strike) as Decimal, expiry: contract.expiry, side, lots: Math.abs(position.quantity) / listed.lotSize, lotSize: listed.lotSize, limitPrice: crossingLimit({ side, bid, ask }), effect: 'CLOSE' };
  });
}

const minorOf = (amount: number): number => Math.ceil(amount * 100);
const momentOf = ({ snapshot, moment }: ReadChain, { services: { market: { zone } } }: ToolContext): string => `${formatDay(dateIn(snapshot.asOf, zone), moment.date)} ${timeIn(snapshot.asOf, zone)}`;
const refuseOld = (chain: ReadChain, context: ToolContext): void => {
  const { moment, ageMs, underlying, tradable } = chain;
  if (!moment.live) throw new ToolError('NOT_LIVE', 'An order needs the chain of now.', 'asOf');
  if (tradable) return;
  const replayed = context.services.market.kind === 'replay';
  throw new ToolError('STALE_CHAIN', replayed ? `The newest chain of ${underlying} is that of ${momentOf(chain, context)}, before the present session; an order needs one of it.` : `The chain of ${underlying} is ${Math.round(ageMs / 1000)} seconds old; an order needs one of now.`, 'underlying');
};
/** What the card says of prices that were read from a file. */
const pricedBy = (chain: ReadChain, context: ToolContext): string[] => (context.services.market.kind !== 'replay' ? [] : [`priced and filled at the ${chain.snapshot.pricedFrom === 'CLOSES' ? 'closing prices, with a modelled spread,' : 'stored chain'} of ${momentOf(chain, context)}`]);

/** An option structure as one action: gated whole, confirmed once, carried out leg by leg with what protects first. */
export const proposeStructure = defineTool({
  name: 'propose_structure', purpose: 'Propose an option structure: drawn up from the live chain, gated as a whole, confirmed once', effect: 'propose', permission: 'propose', output: ProposalOutput,
  input: StructureInput.omit({ asOf: true, prices: true }).extend({ account: z.string().optional() }),
  async run(context, { account: named, ...input }) {
    const account = await accountNamed(context, named);
    const chain = await readChain(context, { underlying: input.underlying });
    refuseOld(chain, context);
    const structure = await structureInChain(context, chain, { ...input, prices: 'crossing' });
    const { analysis, notes } = structure;
    const legs = openingLegsOf(structure, context);
    const action: Action = {
      kind: 'option_structure', accountId: account.id, underlying: chain.underlying, structure: input.kind, legs, exchange: chain.snapshot.exchange,
      maxLossMinor: analysis.maxLoss === null ? null : minorOf(analysis.maxLoss), marginMinor: minorOf(analysis.margin.total),
    };
    const probability = `${Math.round(100 * analysis.profitProbability.smile)} % by the smile`;
    return proposalOutput(await context.services.propose({
      action, proposer: proposerOf(context), ...where(context), strategy: input.kind,
      thesis: [{ text: `Ends in profit with ${probability}; breaks even at ${analysis.breakEvens.map((at) => at.toFixed(1)).join(' and ')}.`, evidenceId: null, evidenceKind: null }], risks: [...pricedBy(chain, context), ...notes],
    }), [`limits cross the market by up to ${100 * SLACK_SHARE} %`]);
  },
});

const Which = z.object({ account: z.string().optional(), card: z.int().positive().optional(), underlying: z.string().optional() });
async function meant(context: ToolContext, input: z.output<typeof Which>): Promise<HeldStructure> {
  const accountIds = input.account === undefined ? context.caller.viewableAccountIds : [(await accountNamed(context, input.account)).id];
  return structureMeant(context, { accountIds, card: input.card, underlying: input.underlying === undefined ? undefined : underlyingNamed(context, input.underlying) });
}

/** Takes a held structure back: shorts first. It only ever lowers the risk, so the limits on entries do not stop it. */
export const proposeStructureClose = defineTool({
  name: 'propose_structure_close', purpose: 'Propose closing an option structure that is held, what was sold first', effect: 'propose', permission: 'propose', output: ProposalOutput, input: Which,
  async run(context, input) {
    const held = await meant(context, input);
    const action: Action = { kind: 'option_structure', accountId: held.accountId, underlying: held.underlying, structure: held.action?.structure ?? 'custom', legs: closingLegsOf(held, context), maxLossMinor: 0, marginMinor: 0, ...(held.chain ? { exchange: held.chain.snapshot.exchange } : {}) };
    return proposalOutput(await context.services.propose({ action, proposer: proposerOf(context), ...where(context), strategy: `close ${action.structure}`, risks: held.chain ? pricedBy(held.chain, context) : [] }));
  },
});

const overlaps = (legs: HeldStructure['legs'], shift: number): HeldStructure['legs'] => legs.filter((leg) =>
  legs.some((other) => other.contract.type === leg.contract.type && other.contract.strike + shift === leg.contract.strike && Math.sign(other.position.quantity) !== Math.sign(leg.position.quantity)));
/** A contract that is held one way and would be opened the other cannot be closed and opened by one action: its first order would do the work of both. */
function refuseOverlap({ legs }: HeldStructure, shift: number): void {
  const [first] = overlaps(legs, shift);
  if (first) throw new ToolError('STRIKES_OVERLAP', `Moved by ${Math.abs(shift)}, it would hold ${first.position.symbol} the other way round, which one action cannot do; move it by another distance, or close it and open a new one.`, 'shift');
}

/** By how much strikes must move, in whole strikes of the chain and without overlapping themselves, for the middle of the outermost to be at the forward. */
function shiftToForward({ chain, legs, underlying }: HeldStructure): number {
  const strikes = legs.map(({ contract }) => contract.strike);
  const expiry = chain?.analysis.expiries.find((each) => each.expiry === legs[0]?.contract.expiry);
  if (!expiry?.forward.found) throw new ToolError('NO_FORWARD', `No forward of ${underlying} can be had now, so nothing can be centred on it; say by how many points.`, 'recentre');
  const { forward } = expiry.forward;
  const away = forward - (Math.min(...strikes) + Math.max(...strikes)) / 2;
  const near = expiry.strikes.map(({ strike }) => strike).filter((strike) => Math.abs(strike - forward) < 0.05 * forward);
  const step = near.slice(1).reduce((least, strike, i) => Math.min(least, strike - (near[i] ?? strike)), Number.POSITIVE_INFINITY);
  if (!Number.isFinite(step) || Math.abs(away) < step) throw new ToolError('CENTRED', `The ${underlying} structure stands within a strike of the forward already; say by how many points to move it.`, 'recentre');
  const whole = Math.round(away / step) * step;
  const shift = [0, step, -step, 2 * step, -2 * step].map((more) => whole + more).find((each) => each !== 0 && overlaps(legs, each).length === 0);
  if (shift === undefined) throw new ToolError('STRIKES_OVERLAP', `The ${underlying} structure cannot be centred without holding one of its contracts the other way round; close it and open a new one.`, 'recentre');
  return shift;
}

/** The same structure in a later expiry: opened there and closed here as one action. */
export const proposeStructureRoll = defineTool({
  name: 'propose_structure_roll', purpose: 'Propose rolling a held option structure into a later expiry, or to other strikes', effect: 'propose', permission: 'propose', output: ProposalOutput,
  input: Which.extend({ expiry: DateText.optional().describe('default: the next one after the structure’s own'), weeks: z.int().positive().max(12).optional().describe('instead of an expiry: so many weeks later'), shift: z.number().optional().describe('moves every strike by so much; for an adjustment'), recentre: z.boolean().optional().describe('instead of a shift: so that the middle of its strikes is at the forward again') }),
  async run(context, { expiry: named, weeks, shift: asked, recentre, ...input }) {
    const held = await meant(context, input);
    if (!held.chain) throw new ToolError('NO_CHAIN', `No option chain of ${held.underlying} is known now.`, 'underlying');
    refuseOld(held.chain, context);
    const shift = asked ?? (recentre ? shiftToForward(held) : 0);
    const last = held.legs.map(({ contract }) => contract.expiry).sort().at(-1) ?? '';
    const later = named ?? (weeks === undefined || last === '' ? undefined : plusDays(tradingDate(last), 7 * weeks - 3));
    const target = later ?? (shift === 0 ? held.chain.analysis.expiries.find(({ expiry, forward }) => expiry > last && forward.found)?.expiry : last);
    const into = held.chain.analysis.expiries.find(({ expiry }) => target !== undefined && expiry >= target);
    if (!into || target === undefined) throw new ToolError('NO_EXPIRY', `${held.underlying} has no expiry after ${last}.`, 'expiry');
    const priced = into.strikes.filter(({ call, put }) => call.impliedVolatility !== null || put.impliedVolatility !== null).map(({ strike }) => strike);
    const nearest = (strike: number): number => priced.reduce((best, each) => (Math.abs(each - strike) < Math.abs(best - strike) ? each : best), priced[0] ?? strike);
    if (into.expiry === last) refuseOverlap(held, shift);
    const lots = held.legs.map(({ position }) => Math.abs(position.quantity) / (context.services.market.contract(position.symbol)?.lotSize ?? 1));
    const structure = await structureInChain(context, held.chain, {
      kind: 'custom', expiry: into.expiry, lots: 1, prices: 'crossing',
      legs: held.legs.map(({ position, contract }, i) => ({ type: contract.type, side: position.quantity > 0 ? 'BUY' as const : 'SELL' as const, strike: nearest(contract.strike + shift), lots: lots[i] ?? 1 })),
    });
    const legs = [...closingLegsOf(held, context), ...openingLegsOf(structure, context)];
    const margin = spanMargin(structure.legs.map(({ leg }) => leg), structure.span);
    const action: Action = {
      kind: 'option_structure', accountId: held.accountId, underlying: held.underlying, structure: held.action?.structure ?? 'custom', legs, exchange: held.chain.snapshot.exchange,
      maxLossMinor: structure.analysis.maxLoss === null ? null : minorOf(structure.analysis.maxLoss), marginMinor: minorOf(margin.total),
    };
    return proposalOutput(await context.services.propose({ action, proposer: proposerOf(context), ...where(context), strategy: `${into.expiry === last ? 'adjust' : 'roll'} ${action.structure}`, risks: pricedBy(held.chain, context), thesis: [{ text: `${into.expiry === last ? 'Stays in' : 'Rolls into'} ${into.expiry}${shift === 0 ? '' : `, strikes moved ${shift > 0 ? 'up' : 'down'} by ${Math.abs(shift)}`}.`, evidenceId: null, evidenceKind: null }] }));
  },
});
