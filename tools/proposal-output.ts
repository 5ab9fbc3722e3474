import { z } from 'zod';
import type { ProposalOutcome } from './services.ts';

/** What every propose tool returns: the gate report is catalogue C8; `confirmation` is there when a person may now say yes. */
export const ProposalOutput = z.looseObject({
  actionId: z.string(), state: z.string(), gateReport: z.looseObject({ verdict: z.enum(['PASS', 'BLOCK']), checks: z.array(z.looseObject({ id: z.string() })) }),
  confirmation: z.object({ id: z.string(), digest: z.string(), expiresAt: z.string() }).optional(),
  cardNumber: z.number().nullable(), message: z.string().nullable(), assumed: z.array(z.string()),
});
export const proposalOutput = (outcome: ProposalOutcome, assumed: string[] = []): z.input<typeof ProposalOutput> => ({
  actionId: outcome.actionId, state: outcome.state, gateReport: outcome.gateReport as unknown as z.input<typeof ProposalOutput>['gateReport'],
  ...(outcome.confirmation ? { confirmation: outcome.confirmation } : {}), cardNumber: outcome.cardNumber, message: outcome.message, assumed,
});
