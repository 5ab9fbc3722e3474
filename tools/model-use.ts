import { z } from 'zod';
import { modelUseByDay, turnLatency } from '../db/stores/turn-spans.ts';
import { defineTool } from './define.ts';

const daysShown = 14;
const latencyHours = 24;
const Use = z.object({
  day: z.string(), agent: z.string(), model: z.string(), person: z.string().nullable(), calls: z.int(), failed: z.int(), inputTokens: z.int(), outputTokens: z.int(),
  costUsd: z.number().nullable().describe('by list prices; null where no call’s price is known'), unpriced: z.int().describe('answers without a known cost'), medianMs: z.int(), p95Ms: z.int(),
});

/** What language models were asked and what that cost, and how long turns took. Days are the exchange’s. */
export const modelUse = defineTool({
  name: 'model_use', purpose: 'Calls, tokens, cost and latency of language models by day, agent and person; how long turns took by channel', effect: 'read', permission: 'desk:read', input: z.object({}),
  output: z.object({
    asOf: z.string(), days: z.int(), hours: z.int(), count: z.int(), calls: z.int(), costUsd: z.number().nullable(), unpriced: z.int(), uses: z.array(Use),
    latency: z.array(z.object({ channel: z.string(), turns: z.int(), failed: z.int(), medianMs: z.int(), p95Ms: z.int() })),
  }),
  run: async ({ services: { database: { orm }, market } }) => {
    const uses = (await modelUseByDay(orm, { days: daysShown, zone: market.zone })).map((use) => ({ ...use, medianMs: Math.round(use.medianMs), p95Ms: Math.round(use.p95Ms) }));
    const priced = uses.map(({ costUsd }) => costUsd).filter((cost) => cost !== null);
    return {
      asOf: market.now(), days: daysShown, hours: latencyHours, count: uses.length, calls: uses.reduce((sum, { calls }) => sum + calls, 0), costUsd: priced.length === 0 ? null : priced.reduce((sum, cost) => sum + cost, 0), unpriced: uses.reduce((sum, { unpriced }) => sum + unpriced, 0), uses,
      latency: (await turnLatency(orm, latencyHours)).map((each) => ({ ...each, medianMs: Math.round(each.medianMs), p95Ms: Math.round(each.p95Ms) })),
    };
  },
});
