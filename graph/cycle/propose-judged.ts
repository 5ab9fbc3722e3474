import { cardsOfActions } from '../../db/stores/cards.ts';
import type { StoredAction } from '../../db/stores/actions.ts';
import { canonicalAction } from '../../desk/actions/digest.ts';
import type { Proposer } from '../../desk/actions/types.ts';
import type { CycleSummary, ProposalInput } from '../../tools/services.ts';
import type { Judged } from './judge-candidate.ts';
import type { CycleRequest, CycleServices } from './services.ts';

/** A card is never a person's own order: whoever asked for ideas still has to say yes to each. */
const proposerOf = (requestedBy: Proposer): Proposer =>
  requestedBy.kind === 'person' ? { kind: 'agent', agent: 'Judge', onBehalfOf: requestedBy.personId, channel: requestedBy.channel }
    : requestedBy.kind === 'agent' ? { ...requestedBy, agent: 'Judge' } : requestedBy;

export function proposalOf({ candidate, judgement, signalId, writtenBy }: Judged, { request, cycleId }: { request: CycleRequest; cycleId: string }): ProposalInput {
  const { offer: { signal, label, playbook } } = candidate;
  return {
    action: candidate.action, proposer: proposerOf(request.requestedBy), threadId: request.threadId, turn: request.turn,
    thesis: playbook.note === null ? judgement.thesis : [...judgement.thesis, { text: playbook.note, evidenceId: null, evidenceKind: null }], risks: judgement.risks, strategy: signal.strategy, confidence: judgement.confidence, edgePercent: candidate.netEdgePercent, judgeRationale: judgement.rationale, cycleId,
    modelVersion: [signal.modelVersion, label.modelVersion, label.calibration, writtenBy].join(' '), ...(signalId ? { signalId } : {}), ...(playbook.label === null ? {} : { playbook: playbook.label }),
  };
}

/**
 * Proposes one after the other; what the gates block, or what fails, is told as refused, and the others go on. What stands on a card of this very
 * moment (`standing`, where the cycle is run anew) is that card, or refused where it came out with other figures.
 */
export async function proposeJudged(services: CycleServices, judged: readonly Judged[], context: { request: CycleRequest; cycleId: string; standing: readonly StoredAction[] }): Promise<Pick<CycleSummary, 'cards' | 'refused'> & { failed: number }> {
  const cards: CycleSummary['cards'] = [];
  const refused: CycleSummary['refused'] = [];
  let failed = 0;
  const cardOf = new Map((await cardsOfActions(services.database.orm, context.standing.map(({ id }) => id))).map((card) => [card.actionId, card.number]));
  for (const each of judged) {
    const { accountId, symbol } = each.candidate.action;
    const stands = context.standing.find(({ action, accountId: of }) => of === accountId && action.kind === 'enter' && action.symbol === symbol);
    if (stands) {
      const cardNumber = cardOf.get(stands.id);
      if (cardNumber !== undefined && stands.body === canonicalAction(each.candidate.action)) cards.push({ cardNumber, actionId: stands.id, accountId, symbol, state: stands.state });
      else refused.push({ accountId, symbol, reason: `is on card ${cardNumber ?? 'without a number'} already, which was drawn up with other figures` });
      continue;
    }
    try {
      const outcome = await services.propose(proposalOf(each, context));
      if (outcome.cardNumber !== null) cards.push({ cardNumber: outcome.cardNumber, actionId: outcome.actionId, accountId, symbol, state: outcome.state });
      if (outcome.gateReport.verdict === 'BLOCK' || outcome.cardNumber === null) refused.push({ accountId, symbol, reason: outcome.message ?? 'blocked by the gates' });
    } catch (error) {
      services.onFailure?.('propose', error);
      failed += 1;
      refused.push({ accountId, symbol, reason: 'it could not be proposed' });
    }
  }
  return { cards, refused, failed };
}
