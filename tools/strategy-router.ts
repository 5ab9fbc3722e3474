import { z } from 'zod';
import { scheduledEvents } from '../db/stores/events.ts';
import { chainKnown } from '../db/stores/option-chains.ts';
import { pinProbability, route } from '../desk/options/router/route.ts';
import type { RouterFacts } from '../desk/options/router/strategies.ts';
import { analyseSnapshot } from '../desk/options/stored-chain.ts';
import { at, dateIn, msBetween, plusDays, plusMs } from '../desk/time.ts';
import { AsOf, DateText } from './as-of.ts';
import { breadth } from './breadth.ts';
import { type ToolContext, ToolError, defineTool } from './define.ts';
import { optionChain } from './option-chain.ts';
import { type ReadChain, expiryNamed, readChain } from './option-chain-read.ts';
import { structureInChain } from './option-structure.ts';
import { histories } from './symbol-history.ts';

const Output = z.object({
  underlying: z.string(), asOf: z.string(), expiry: z.string(),
  facts: z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()])),
  strategies: z.array(z.object({
    id: z.enum(['GammaScalping', 'OIBuildup', 'VolExpansion', 'ExpiryPin']), signal: z.boolean(), direction: z.enum(['UP', 'DOWN', 'NONE']), confidence: z.number(), rationale: z.string(), structure: z.string(), horizonDays: z.int(),
    conditions: z.array(z.object({ says: z.string(), state: z.enum(['MET', 'NOT_MET', 'NOT_KNOWN']), required: z.boolean() })),
    contracts: z.array(z.object({ contract: z.string(), side: z.enum(['BUY', 'SELL']), price: z.number() })).describe('one lot each; empty where the chain cannot price it'), contractsReason: z.string().nullable(),
  })),
  pinProbability: z.number().nullable().describe('of closing within half a strike of max pain at the nearest expiry: from distance and gamma alone, not fitted'),
});
export type StrategyRouterAnswer = z.output<typeof Output>;

const EVENT_REACH_DAYS = 30;
const DAY_MS = 86_400_000;

/** Which of the four option strategies the market's state calls for, with what each lacks. Errors: those of `option_chain`. */
export const strategyRouter = defineTool({
  name: 'strategy_router',
  purpose: 'Which option strategy (gamma scalping, OI build-up, volatility expansion, expiry pin) the state of an underlying calls for, why, and with which contracts',
  effect: 'read', permission: 'market:read',
  input: z.object({ underlying: z.string().trim().min(1).max(60), expiry: DateText.optional(), horizonDays: z.int().min(0).max(60).default(1).describe('0 or 1: within the day'), asOf: AsOf.optional() }),
  output: Output,
  run: async (context, { underlying, expiry: asked, horizonDays, asOf }) => {
    const chain = await readChain(context, { underlying, asOf });
    const expiry = expiryNamed(chain, asked);
    const facts = await factsOf(context, chain, { expiry: expiry.expiry, horizonDays, asOf });
    const strategies = await Promise.all(route(facts).map(async (routed) => ({ ...routed, ...(await contractsOf(context, chain, routed.structure, expiry.expiry)) })));
    const strikes = expiry.strikes.map(({ strike }) => strike);
    const steps = strikes.slice(1).map((strike, i) => strike - (strikes[i] ?? 0));
    return {
      underlying: chain.underlying, asOf: chain.snapshot.asOf, expiry: expiry.expiry, facts: { ...facts }, strategies,
      pinProbability: chain.snapshot.spot === null || !expiry.maxPain || !expiry.expectedMove ? null
        : pinProbability({ spot: chain.snapshot.spot, maxPain: expiry.maxPain.strike, strikeStep: Math.min(...steps), expectedMove: expiry.expectedMove.oneDeviation, aboveGammaFlip: facts.aboveGammaFlip }),
    };
  },
});

async function contractsOf(context: ToolContext, chain: ReadChain, kind: ReturnType<typeof route>[number]['structure'], expiry: string): Promise<{ contracts: StrategyRouterAnswer['strategies'][number]['contracts']; contractsReason: string | null }> {
  try {
    const { legs } = await structureInChain(context, chain, { kind, expiry, lots: 1, prices: 'crossing' });
    return { contracts: legs.flatMap(({ leg, contract }) => (contract === null ? [] : [{ contract, side: leg.quantity > 0 ? 'BUY' as const : 'SELL' as const, price: leg.price }])), contractsReason: null };
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return { contracts: [], contractsReason: error.message };
  }
}

async function factsOf(context: ToolContext, chain: ReadChain, { expiry, horizonDays, asOf }: { expiry: string; horizonDays: number; asOf: string | undefined }): Promise<RouterFacts> {
  const { services: { market, database: { orm } } } = context;
  const { snapshot, underlying } = chain;
  const today = dateIn(snapshot.asOf, market.zone);
  const answer = await optionChain.run(context, { underlying, expiry, asOf });
  const features = (await histories(orm, { symbols: [underlying], asOf: snapshot.asOf, calendar: market.calendar() })).get(underlying)?.features ?? null;
  const before = await chainKnown(orm, { underlying, asOf: plusMs(at(today, '00:00:00', market.zone), -1) });
  const earlier = before ? analyseSnapshot(before.snapshot).expiries.find((each) => each.expiry === expiry) : undefined;
  const events = await scheduledEvents(orm, { symbols: [underlying], from: today, to: plusDays(today, EVENT_REACH_DAYS), asOf: snapshot.asOf });
  const wide = await breadth.run(context, { asOf: snapshot.asOf }).catch((error: unknown) => { if (error instanceof ToolError) return null; throw error; });
  const open = answer.rows.reduce((sum, row) => sum + (row.openInterest ?? 0), 0);
  const change = answer.rows.some((row) => row.openInterestChange !== null) ? answer.rows.reduce((sum, row) => sum + (row.openInterestChange ?? 0), 0) : null;
  const spot = snapshot.spot;
  const share = (part: number | null | undefined): number | null => (part == null || spot === null ? null : (100 * part) / spot);
  return {
    horizonDays, ivRank: answer.ivRank, volatilityRegime: features?.volatilityRegime ?? null, squeeze: features?.bollingerSqueeze ?? null,
    daysToEvent: events[0] ? msBetween(at(today, '00:00:00', market.zone), at(events[0].date, '00:00:00', market.zone)) / DAY_MS : null,
    priceChangePercent: spot !== null && features && features.asOf < today ? 100 * (spot / features.close - 1) : (features?.gapPercent ?? null),
    openInterestChangePercent: change === null || open - change <= 0 ? null : (100 * change) / (open - change),
    pcr: answer.pcr, pcrChange: answer.pcr !== null && earlier?.putCallRatio.openInterest != null ? answer.pcr - earlier.putCallRatio.openInterest : null,
    advancesOverDeclines: wide && wide.declines > 0 ? wide.advances / wide.declines : null, daysToExpiry: answer.timeYears * 365,
    maxPainAwayPercent: answer.maxPain === null || spot === null ? null : (100 * Math.abs(answer.maxPain - spot)) / spot, expectedMovePercent: share(answer.expectedMove?.oneDeviation), aboveGammaFlip: answer.gammaFlip === null || spot === null ? null : spot > answer.gammaFlip,
  };
}
