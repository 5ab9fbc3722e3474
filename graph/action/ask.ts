import { confirmedLimits } from '../../db/stores/controls.ts';
import { eligiblePeople, openConfirmation } from '../../db/stores/confirmations.ts';
import { moveAction, type StoredAction, type StoredReport } from '../../db/stores/actions.ts';
import { uuidv7 } from '../../db/uuid.ts';
import { approvalsNeeded } from '../../desk/actions/confirmation.ts';
import { driftBoundPercent } from '../../desk/actions/drift.ts';
import { policyFor } from '../../desk/actions/policy.ts';
import { valueMinor } from '../../desk/decimal.ts';
import { limitsInForce } from '../../desk/gates/limit-settings.ts';
import { digestOf } from '../../desk/canonical.ts';
import type { ActionServices } from './services.ts';

/** The symbol by whose price a yes is given: a structure's is its underlying. */
export const pricedBy = (action: StoredAction['action']): string | null => ('symbol' in action ? action.symbol : action.kind === 'option_structure' ? action.underlying : null);

/** The price a yes is given at, and how far it may move before the question must be asked again. */
function driftOf(services: ActionServices, action: StoredAction['action']): { referencePrice: number | null; driftPercent: number | null } {
  const symbol = pricedBy(action);
  if (symbol === null) return { referencePrice: null, driftPercent: null };
  const quote = services.market.quote(symbol);
  if (!quote || !policyFor(action.kind).driftApplies) return { referencePrice: quote?.last ?? null, driftPercent: null };
  const stop = action.kind === 'enter' ? Number(action.bracket.stop) : null;
  return { referencePrice: quote.last, driftPercent: driftBoundPercent({ reference: quote.last, stop }) };
}

/** Puts the question, or ends the action where too few people could answer it: opens the confirmation that binds action, report, people, price and expiry. */
export async function askForConfirmation(services: ActionServices, input: { stored: StoredAction; report: StoredReport; rendering: unknown }): Promise<void> {
  const { stored, report } = input;
  const policy = policyFor(stored.action.kind);
  const limits = limitsInForce(services.limits(), await confirmedLimits(services.database.orm), stored.accountId);
  const eligible = await eligiblePeople(services.database.orm, stored.accountId);
  const needed = approvalsNeeded({ kind: stored.action.kind, valueMinor: valueAtStake(stored.action, report.report.worstLossMinor), fourEyesMinor: limits.fourEyesMinor });
  if (eligible.length < needed) {
    const reason = eligible.length === 0 ? 'nobody may confirm this' : `it needs ${needed} people’s yes, and only ${eligible.length} may confirm this`;
    await services.database.transaction((tx) => moveAction(tx, { id: stored.id, from: 'gated', to: 'blocked', reason, actor: 'gate', payload: { eligible, needed }, topic: 'action.blocked' }));
    return;
  }
  const id = uuidv7(Date.parse(services.wallNow()));
  await services.database.transaction((tx) => openConfirmation(tx, {
    id, actionId: stored.id, reportId: report.id, eligible, approvalsNeeded: needed, threadId: stored.threadId,
    seconds: policy.expiryMinutes * 60, ...driftOf(services, stored.action), renderingDigest: digestOf(input.rendering), actor: 'desk',
  }));
}

/** What four-eyes looks at: the money that moves, or the value of the order where it has a limit, else the worst loss. */
export function valueAtStake(action: StoredAction['action'], worstLossMinor: number | null): number | null {
  if ('amountMinor' in action) return action.amountMinor;
  // Whoever could raise the amount alone could do alone what it keeps from them.
  if (action.kind === 'limit_change') return action.setting === 'fourEyesAmount' ? null : 0;
  return action.kind === 'enter' && action.limitPrice ? valueMinor(action.limitPrice, action.quantity) : worstLossMinor;
}
