import type { Minor } from '../decimal.ts';
import type { TradingDate } from '../time.ts';
import { type FundingPlan, type Instalment, instalments, type SipTerms, trancheAmounts } from './funding-plan.ts';
import { bufferOf } from './ledger.ts';
import { parseTrigger, triggerState } from './tranche-trigger.ts';

/** A release as its action names it: tranches of the lump sum count from 0, the instalments of a hybrid go on after them. */
export interface Release {
  tranche: number;
  amountMinor: Minor;
}
export interface DueRelease extends Release {
  kind: 'INSTALMENT' | 'TRANCHE';
  dueDate: TradingDate | null;
}
export interface Waiting extends Release {
  kind: 'TRANCHE';
  waitsFor: string;
}

export interface PlanMoment {
  plan: FundingPlan;
  asOf: TradingDate;
  /** What was released already, by tranche number. */
  released: readonly Release[];
  /** Deepest fall of the reference index since the lump sum's date, percent; null when nobody knows. */
  worstFallPercent: number | null;
  /** Moves a due date to a day on which the exchange is open; null past what the calendar knows, which is then the date itself. */
  onTradingDay?: (date: TradingDate) => TradingDate | null;
}

/** Instalments and tranches that are due on `asOf` and were not released, oldest first, and tranches that still wait. */
export function dueReleases({ plan, asOf, released, worstFallPercent, onTradingDay }: PlanMoment): {
  due: DueRelease[];
  waiting: Waiting[];
} {
  const done = new Set(released.map(({ tranche }) => tranche));
  const shift = (date: TradingDate): TradingDate => onTradingDay?.(date) ?? date;
  const due: DueRelease[] = [];
  const waiting: Waiting[] = [];
  const { lumpSum, sip } = plan;
  if (lumpSum) {
    const amounts = trancheAmounts(lumpSum);
    for (const [tranche, { trigger: text }] of lumpSum.tranches.entries()) {
      const trigger = parseTrigger(text);
      const amountMinor = amounts[tranche] ?? 0;
      if (done.has(tranche) || amountMinor === 0) continue;
      if (!trigger) {
        waiting.push({ kind: 'TRANCHE', tranche, amountMinor, waitsFor: `a trigger that the desk does not know: ${text}` });
        continue;
      }
      const state = triggerState(trigger, { planDate: lumpSum.date, asOf, worstFallPercent });
      const dueDate = state.due && state.since ? shift(state.since) : null;
      if (state.due && (dueDate === null || dueDate <= asOf)) due.push({ kind: 'TRANCHE', tranche, amountMinor, dueDate });
      else waiting.push({ kind: 'TRANCHE', tranche, amountMinor, waitsFor: state.due ? (dueDate ?? 'unknown') : state.waitsFor });
    }
  }
  if (sip) {
    const offset = lumpSum?.tranches.length ?? 0;
    for (const { index, date, amountMinor } of instalments(sip)) {
      const dueDate = shift(date);
      if (dueDate > asOf) break;
      if (!done.has(offset + index)) due.push({ kind: 'INSTALMENT', tranche: offset + index, amountMinor, dueDate });
    }
  }
  return {
    due: due.sort((a, b) =>
      (a.dueDate ?? asOf) < (b.dueDate ?? asOf) ? -1 : (a.dueDate ?? asOf) > (b.dueDate ?? asOf) ? 1 : a.tranche - b.tranche,
    ),
    waiting,
  };
}

/** Cash that went into positions on a day. */
export interface Deployment {
  date: TradingDate;
  amountMinor: Minor;
}
export interface SipAllowance {
  /** The running instalment; null before the first. */
  instalment: Instalment | null;
  carriedMinor: Minor;
  deployedMinor: Minor;
  /** Of this period's instalment and carry, not yet deployed. */
  availableMinor: Minor;
  /** What unspent money lost its place in the plan so far; it stays in the account. */
  lapsedMinor: Minor;
}

/**
 * What a SIP lets the account deploy in the running period: the instalment and what earlier ones left over, that carry
 * being at most `maxCarryForwardPercent` of one instalment, and nothing when carrying forward is off. Deploying more
 * than a period allows leaves no debt to the next.
 */
export function sipAllowance({
  plan,
  sip,
  asOf,
  deployments,
}: {
  plan: FundingPlan;
  sip: SipTerms;
  asOf: TradingDate;
  deployments: readonly Deployment[];
}): SipAllowance {
  const started = instalments(sip).filter(({ date }) => date <= asOf);
  const capMinor = plan.carryForwardEnabled ? Math.floor((sip.amountMinor * plan.maxCarryForwardPercent) / 100) : 0;
  let allowance: SipAllowance = { instalment: null, carriedMinor: 0, deployedMinor: 0, availableMinor: 0, lapsedMinor: 0 };
  for (const [index, instalment] of started.entries()) {
    const next = started[index + 1]?.date;
    const deployedMinor = deployments.reduce(
      (sum, { date, amountMinor }) =>
        date >= instalment.date && date <= asOf && (next === undefined || date < next) ? sum + amountMinor : sum,
      0,
    );
    const carriedMinor = Math.min(allowance.availableMinor, capMinor);
    allowance = {
      instalment,
      carriedMinor,
      deployedMinor,
      availableMinor: Math.max(0, instalment.amountMinor + carriedMinor - deployedMinor),
      lapsedMinor: allowance.lapsedMinor + allowance.availableMinor - carriedMinor,
    };
  }
  return allowance;
}

export interface FundingState {
  totalDeployedMinor: Minor;
  /** Cash that entries may use now. */
  availableMinor: Minor;
  /** Cash that they may not: tranches that were not released, and the emergency buffer. */
  reservedMinor: Minor;
}

/**
 * Splits an account's cash by its plan: unreleased tranches first, then the emergency buffer (a part of the equity),
 * then what entries may use. The three never exceed the cash, and available and reserved always sum to it.
 */
export function fundingState({
  plan,
  released,
  cashMinor,
  equityMinor,
  deployments,
}: {
  plan: FundingPlan;
  released: readonly Release[];
  cashMinor: Minor;
  equityMinor: Minor;
  deployments: readonly Deployment[];
}): FundingState {
  const cash = Math.max(0, cashMinor);
  const done = new Set(released.map(({ tranche }) => tranche));
  const heldBack = plan.lumpSum
    ? trancheAmounts(plan.lumpSum).reduce((sum, amount, tranche) => (done.has(tranche) ? sum : sum + amount), 0)
    : 0;
  const reservedMinor = Math.min(cash, heldBack + bufferOf(equityMinor, plan.emergencyBufferPercent));
  return {
    totalDeployedMinor: deployments.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    availableMinor: cash - reservedMinor,
    reservedMinor,
  };
}
