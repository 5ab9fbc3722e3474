import { z } from 'zod';
import { defineTool } from './define.ts';
import { accountNamed, proposerOf, symbolNamed } from './order-terms.ts';

/** Runs the desk cycle for an account and shows the best card that passed the gates. */
export const findIdea = defineTool({
  name: 'find_idea', purpose: 'Look for a trade: runs a desk cycle and draws up cards that passed the gates', effect: 'propose', permission: 'propose',
  input: z.object({ account: z.string().optional(), symbol: z.string().optional(), sector: z.string().optional() }),
  output: z.object({
    asOf: z.string(), account: z.string(), cards: z.array(z.object({ cardNumber: z.number(), actionId: z.string(), symbol: z.string(), state: z.string() })),
    refused: z.array(z.object({ symbol: z.string(), reason: z.string() })), looked: z.number(), signals: z.number(), elapsedMs: z.number(), degraded: z.array(z.string()),
  }),
  async run(context, input) {
    const account = await accountNamed(context, input.account);
    const { market } = context.services;
    const symbols = input.symbol === undefined ? (input.sector === undefined ? undefined : [...market.symbols().values()].filter((record) => record.sector?.toLowerCase() === input.sector?.toLowerCase()).map((record) => record.symbol)) : [symbolNamed(context, input.symbol).symbol];
    const summary = await context.services.runCycle({ accountIds: [account.id], ...(symbols ? { symbols } : {}), requestedBy: proposerOf(context), threadId: context.caller.threadId ?? null, turn: context.caller.turn ?? null });
    const stage = (name: string) => summary.stages.find((each) => each.stage === name);
    return {
      asOf: summary.asOf, account: account.name, cards: summary.cards.map(({ cardNumber, actionId, symbol, state }) => ({ cardNumber, actionId, symbol, state })), refused: summary.refused.map(({ symbol, reason }) => ({ symbol, reason })),
      looked: stage('features')?.in ?? 0, signals: stage('signals')?.out ?? 0, elapsedMs: summary.elapsedMs, degraded: summary.stages.flatMap((each) => (each.degraded ? [`${each.stage}: ${each.degraded}`] : [])),
    };
  },
});
