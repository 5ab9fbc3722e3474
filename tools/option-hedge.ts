import { z } from 'zod';
import { formatDay, formatPrice } from '../desk/format.ts';
import { readContract } from '../desk/options/contract-symbol.ts';
import { analysePayoff } from '../desk/options/structures/payoff.ts';
import { isOption } from '../desk/options/structures/legs.ts';
import { DateText } from './as-of.ts';
import { ToolError, defineTool } from './define.ts';
import { expiryNamed, outdated, readChain } from './option-chain-read.ts';
import { structureInChain } from './option-structure.ts';
import { portfolioRisk } from './portfolio-risk.ts';

const Candidate = z.object({
  kind: z.enum(['put', 'put_spread']), text: z.string(), lots: z.int(), legs: z.array(z.object({ contract: z.string(), side: z.enum(['BUY', 'SELL']), price: z.number() })),
  cost: z.number(), costPercent: z.number().describe('of what is hedged'), protectsBelow: z.number().describe('price of the index below which it pays more than it cost'), at5: z.number().describe('its profit at expiry if the index falls 5 %'), at10: z.number(),
});
const Output = z.object({
  underlying: z.string(), until: z.string(), untilText: z.string(), portfolioText: z.string(), portfolioValue: z.number(), betaValue: z.number().describe('of the index that moves as the holdings do'),
  candidates: z.array(Candidate).describe('the cheapest first'), basis: z.string(),
});
export type OptionHedgeAnswer = z.output<typeof Output>;

/** Strikes below the price, and the second one of a spread. */
const WAYS: readonly (readonly [number, number | null])[] = [[0.98, null], [0.95, null], [0.92, null], [0.98, 0.92], [0.97, 0.9]];
const LEAST_DAYS = 5;

/** Index puts and put spreads that cover what is held, by beta, the cheapest first. Errors: those of `option_chain`, `NOTHING_HELD`. */
export const optionHedge = defineTool({
  name: 'option_hedge', purpose: 'Ways to hedge what is held with index puts and put spreads: lots by beta, cost, what each pays in a fall', effect: 'read', permission: 'account:read',
  input: z.object({ account: z.string().optional(), underlying: z.string().default('NIFTY'), until: DateText.optional().describe('the hedge should live until then; default: the first expiry that is a few days off'), expiry: DateText.optional() }),
  output: Output,
  run: async (context, { account, underlying, until }) => {
    const risk = await portfolioRisk.run(context, { ...(account === undefined ? {} : { account }) } as never);
    const chain = await readChain(context, { underlying });
    const old = outdated(chain, context.services.market.zone);
    if (old) throw new ToolError('STALE_CHAIN', `The newest stored option chain of ${chain.underlying} is of ${old.onText}, ${old.days} days before: no hedge can be priced by it.`, 'underlying');
    const held = risk.betas.filter(({ exposure, symbol }) => exposure !== null && (exposure > 0 || readContract(symbol) !== null));
    const value = held.reduce((sum, each) => sum + (each.value ?? 0), 0);
    // Options that are held count by their delta: what they protect already is not hedged twice.
    const betaValue = held.reduce((sum, { exposure, beta }) => sum + (exposure ?? 0) * (beta ?? 1), 0);
    if (!(betaValue > 0)) throw new ToolError('NOTHING_HELD', held.length === 0 ? 'Nothing is held that an index put would hedge.' : 'What is held does not lose when the index falls, counting options by delta, so there is nothing to hedge with puts.', 'account');
    const expiry = until === undefined ? (chain.analysis.expiries.find(({ timeYears, forward }) => timeYears * 365 >= LEAST_DAYS && forward.found) ?? expiryNamed(chain, undefined)) : expiryNamed(chain, until);
    const spot = chain.snapshot.spot ?? (expiry.forward.found ? expiry.forward.forward : 0);
    const nearest = (wanted: number): number | null => expiry.strikes.filter(({ put }) => put.impliedVolatility !== null).reduce<number | null>((best, { strike }) => (best === null || Math.abs(strike - wanted) < Math.abs(best - wanted) ? strike : best), null);
    const candidates: z.output<typeof Candidate>[] = [];
    for (const [high, low] of WAYS) {
      const [bought, sold] = [nearest(spot * high), low === null ? null : nearest(spot * low)];
      if (bought === null || (low !== null && (sold === null || sold >= bought))) continue;
      const legs = [{ type: 'put' as const, side: 'BUY' as const, strike: bought }, ...(sold === null ? [] : [{ type: 'put' as const, side: 'SELL' as const, strike: sold }])];
      const one = await structureInChain(context, chain, { kind: 'custom', expiry: expiry.expiry, legs, lots: 1, prices: 'crossing' });
      const lots = Math.max(1, Math.round(betaValue / (spot * one.lotSize)));
      const all = one.legs.map(({ leg }) => ({ ...leg, quantity: leg.quantity * lots }));
      const { breakEvens, netPremium } = { ...analysePayoff(all, chain.rate), netPremium: all.filter(isOption).reduce((sum, { quantity, price }) => sum + quantity * price, 0) };
      const at = (price: number): number => all.reduce((sum, leg) => sum + (isOption(leg) ? leg.quantity * (Math.max(0, leg.strike - price) - leg.price) : 0), 0);
      candidates.push({
        kind: sold === null ? 'put' : 'put_spread', text: sold === null ? `${lots} × ${bought} put` : `${lots} × ${bought}/${sold} put spread`, lots,
        legs: one.legs.flatMap(({ leg, contract }) => (contract === null ? [] : [{ contract, side: leg.quantity > 0 ? 'BUY' as const : 'SELL' as const, price: leg.price }])),
        cost: netPremium, costPercent: (100 * netPremium) / betaValue, protectsBelow: breakEvens.at(-1) ?? bought, at5: at(spot * 0.95), at10: at(spot * 0.9),
      });
    }
    if (candidates.length === 0) throw new ToolError('NOT_PRICED', `No put of ${expiry.expiry} can be priced.`, 'until');
    candidates.sort((a, b) => a.cost - b.cost);
    const guessed = held.filter(({ beta }) => beta === null).length;
    return {
      underlying: chain.underlying, until: expiry.expiry, untilText: formatDay(expiry.expiry, chain.moment.date), portfolioText: `What is held, ${formatPrice(value, 'INR')},`, portfolioValue: value, betaValue: Math.round(100 * betaValue) / 100, candidates,
      basis: `Lots by beta${guessed > 0 ? `; ${guessed} holdings have too short a history and count with a beta of one` : ''}${until === undefined ? '; no day was named, so it is the first expiry that is a few days off' : ''}`,
    };
  },
});
