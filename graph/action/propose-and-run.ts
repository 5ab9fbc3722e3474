import { cardOfAction, setCardStatus } from '../../db/stores/cards.ts';
import { confirmationOf } from '../../db/stores/confirmations.ts';
import { actionById, reportsOf } from '../../db/stores/actions.ts';
import { Action } from '../../desk/actions/types.ts';
import { mayPropose } from '../../desk/actions/policy.ts';
import { invalidInput } from '../../tools/define.ts';
import type { ProposalInput, ProposalOutcome } from '../../tools/services.ts';
import { type ActionGraph, runAction } from './action-graph.ts';
import { mustFind, personBehind, writeProposal } from './propose.ts';
import type { ActionServices } from './services.ts';
import type { ActionWorker } from './worker.ts';

/** Proposes: writes the action down, lets its graph run to the question (or to the end, where the person's command is its own yes). */
export async function proposeAndRun(desk: { services: ActionServices; graph: ActionGraph; worker: ActionWorker; ownerId: string }, input: ProposalInput): Promise<ProposalOutcome> {
  const { services } = desk;
  const { orm } = services.database;
  const parsed = Action.safeParse(input.action);
  if (!parsed.success) throw invalidInput(parsed.error);
  const action = parsed.data;
  if (!mayPropose(action.kind, input.proposer)) throw new Error(`${action.kind} cannot be proposed by ${input.proposer.kind}`);
  const actionId = await writeProposal(services, { ...input, action });
  const stored = await mustFind(services, actionId);
  await runAction(desk.graph, { actionId, personId: personBehind(stored, desk.ownerId) });
  await desk.worker.drain();
  const after = await actionById(orm, actionId);
  const report = (await reportsOf(orm, actionId)).at(-1)?.report;
  if (!after || !report) throw new Error(`action ${actionId} has no verdict`);
  if (after.state === 'blocked') await setCardStatus(orm, { actionId, status: 'BLOCKED', reason: after.reason });
  const card = await cardOfAction(orm, actionId);
  const confirmation = await confirmationOf(orm, actionId);
  return {
    actionId, state: after.state, gateReport: report, cardNumber: card?.number ?? null, message: after.reason,
    ...(confirmation?.status === 'pending' ? { confirmation: { id: confirmation.id, digest: confirmation.actionDigest, expiresAt: confirmation.expiresAt } } : {}),
  };
}
