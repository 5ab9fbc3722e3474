import { z } from 'zod';
import { formatCount, formatDay } from '../desk/format.ts';
import { STRUCTURES, type StructureKind } from '../desk/options/structures/kinds.ts';
import { searchStructures } from '../desk/options/structures/search.ts';
import { dateIn, timeIn } from '../desk/time.ts';
import { AsOf, DateText } from './as-of.ts';
import { ToolError, defineTool } from './define.ts';
import { expiryNamed, OutdatedChain, outdated, readChain } from './option-chain-read.ts';
import { structureInChain } from './option-structure.ts';

const View = z.enum(['UP', 'DOWN', 'STILL', 'MOVING']);
const Found = z.object({
  kind: z.string(), kindText: z.string(), strikesText: z.string(), probabilityPercent: z.number(), strikes: z.array(z.number()), view: View, lots: z.int(), netPremium: z.number(), maxProfit: z.number().nullable(), maxLoss: z.number().nullable(), rewardOverRisk: z.number().nullable(), breakEvens: z.array(z.number()),
  probabilityOfProfit: z.number(), margin: z.number(), reason: z.string(),
});
const Output = z.object({
  underlying: z.string(), asOf: z.string(), asOfText: z.string(), expiry: z.string(), expiryText: z.string(), spot: z.number().nullable(), lotSize: z.number(), searched: z.string(),
  structures: z.array(Found).describe('one lot each, best first'), outdated: OutdatedChain, notes: z.array(z.string()),
});
export type OptionStructuresAnswer = z.output<typeof Output>;

/** Kinds that are searched strike by strike; of the others the one by delta and width is offered. */
const SEARCHED: ReadonlySet<string> = new Set(['bull_call', 'bear_put', 'bull_put', 'bear_call', 'iron_condor']);
const INDEX_WIDTH = 0.02;
const SHARE_WIDTH = 0.08;

/** Structures from the live chain, by view, ranked by what they make for what they risk. Errors: those of `option_strategy`. */
export const optionStructures = defineTool({
  name: 'option_structures',
  purpose: 'Searches the chain for option structures that fit a view, within width, risk and probability, ranked by reward over risk',
  effect: 'read', permission: 'market:read',
  input: z.object({
    underlying: z.string().trim().min(1).max(60), expiry: DateText.optional(), view: View.optional().describe('what it should gain by; default: any'), kind: z.enum(Object.keys(STRUCTURES) as [StructureKind, ...StructureKind[]]).optional(),
    maxWidth: z.number().positive().optional(), delta: z.number().gt(0).lt(1).optional(), maxLoss: z.number().positive().optional().describe('most that one lot may lose, in currency'),
    minProbability: z.number().min(0).max(1).default(0.3), minRewardOverRisk: z.number().min(0).default(0.2), limit: z.int().min(1).max(50).default(8), asOf: AsOf.optional(),
  }),
  output: Output,
  run: async (context, input) => {
    const chain = await readChain(context, input);
    const expiry = expiryNamed(chain, input.expiry);
    const { market } = context.services;
    const spot = chain.snapshot.spot;
    const isIndex = (market.symbols().get(chain.underlying)?.kind ?? 'INDEX') === 'INDEX';
    const reference = spot ?? (expiry.forward.found ? expiry.forward.forward : 0);
    const maxWidth = input.maxWidth ?? reference * (isIndex ? INDEX_WIDTH : SHARE_WIDTH);
    const wanted = (Object.keys(STRUCTURES) as StructureKind[]).filter((kind) => (input.kind === undefined || kind === input.kind) && (input.view === undefined || STRUCTURES[kind].view === input.view));
    const keep = input.limit * 4;
    const candidates = searchStructures(expiry, { maxWidth, minProbability: input.minProbability, minRewardOverRisk: input.minRewardOverRisk, keep: 40 * keep }).filter(({ kind }) => wanted.includes(kind)).slice(0, keep);
    const found: OptionStructuresAnswer['structures'] = [];
    let lotSize = 1;
    const notes = new Set<string>();
    const add = async (kind: StructureKind, strikes: readonly number[] | undefined, reason: string | null): Promise<void> => {
      const structure = await structureInChain(context, chain, { kind, strikes, expiry: expiry.expiry, delta: input.delta, lots: 1, prices: 'crossing' });
      const { analysis } = structure;
      lotSize = structure.lotSize;
      for (const note of structure.notes) notes.add(note);
      if (input.maxLoss !== undefined && (analysis.maxLoss === null || analysis.maxLoss > input.maxLoss)) return;
      const at = strikes ? [...strikes] : structure.legs.flatMap(({ leg }) => (leg.kind === 'underlying' ? [] : [leg.strike]));
      found.push({
        kind, kindText: kind.replaceAll('_', ' '), strikesText: at.join(' / '), probabilityPercent: Math.round(1000 * analysis.profitProbability.smile) / 10, strikes: at, view: STRUCTURES[kind].view, lots: 1, netPremium: analysis.netPremium, maxProfit: analysis.maxProfit, maxLoss: analysis.maxLoss,
        rewardOverRisk: analysis.rewardOverRisk, breakEvens: analysis.breakEvens, probabilityOfProfit: analysis.profitProbability.smile, margin: analysis.margin.total, reason: reason ?? `by delta: ends in profit with ${(100 * analysis.profitProbability.smile).toFixed(0)} % by the smile`,
      });
    };
    for (const { kind, strikes, reason } of candidates) {
      if (found.length >= input.limit) break;
      await add(kind, strikes, reason);
    }
    for (const kind of wanted.filter((each) => !SEARCHED.has(each))) {
      try { await add(kind, undefined, null); } catch (error) {
        if (!(error instanceof ToolError)) throw error;
        notes.add(`${kind.replaceAll('_', ' ')}: ${error.message}`);
      }
    }
    return {
      underlying: chain.underlying, asOf: chain.snapshot.asOf, asOfText: `${formatDay(dateIn(chain.snapshot.asOf, market.zone), chain.moment.date)} ${timeIn(chain.snapshot.asOf, market.zone)}`, expiry: expiry.expiry, expiryText: formatDay(expiry.expiry, chain.moment.date), spot, lotSize,
      searched: `verticals and condors up to ${Math.round(maxWidth)} wide that make at least ${input.minRewardOverRisk} for 1 at risk with ${Math.round(100 * input.minProbability)} % or more${input.maxLoss === undefined ? '' : `, and lose at most ${formatCount(input.maxLoss)} a lot`}`,
      structures: found.slice(0, input.limit + wanted.length), outdated: outdated(chain, market.zone), notes: [...notes],
    };
  },
});
