import type { Minor } from '../decimal.ts';
import type { TradingDate } from '../time.ts';
import { dueReleases } from './funding-due.ts';
import { type FundingPlan, trancheAmounts } from './funding-plan.ts';
import { bufferOf, deployable } from './ledger.ts';

/** A funding plan as a flat row keeps it. */
export interface StoredFundingPlan {
  type: 'SIP' | 'LUMP_SUM' | 'HYBRID';
  sipAmountMinor: Minor | null;
  sipFrequency: 'MONTHLY' | 'WEEKLY' | null;
  sipStartDate: TradingDate | null;
  sipDurationMonths: number | null;
  lumpSumAmountMinor: Minor | null;
  lumpSumDate: TradingDate | null;
  tranchePlan: readonly { percent: number; trigger: string }[];
  carryForwardEnabled: boolean;
  maxCarryForwardPercent: number;
  emergencyBufferPercent: number;
}

/** The row as a plan. A half that lacks one of its fields is no half: it plans nothing. */
export function fundingPlanOf(row: StoredFundingPlan): FundingPlan {
  const { sipAmountMinor, sipFrequency, sipStartDate, sipDurationMonths, lumpSumAmountMinor, lumpSumDate, tranchePlan } = row;
  const hasSip = sipAmountMinor !== null && sipFrequency !== null && sipStartDate !== null && sipDurationMonths !== null;
  const hasLumpSum = lumpSumAmountMinor !== null && lumpSumDate !== null && tranchePlan.length > 0;
  return {
    type: row.type,
    sip: hasSip
      ? { amountMinor: sipAmountMinor, frequency: sipFrequency, startDate: sipStartDate, durationMonths: sipDurationMonths }
      : null,
    lumpSum: hasLumpSum ? { amountMinor: lumpSumAmountMinor, date: lumpSumDate, tranches: [...tranchePlan] } : null,
    carryForwardEnabled: row.carryForwardEnabled,
    maxCarryForwardPercent: row.maxCarryForwardPercent,
    emergencyBufferPercent: row.emergencyBufferPercent,
  };
}

/**
 * Of a lump sum, what its plan does not let out before or on `today` and nobody released. A fall of the market that nobody
 * vouches for lets nothing out. `released`: numbers of tranches that were let out by a fall, or early by a person.
 */
export function heldBackMinor({
  plan,
  today,
  released = [],
}: {
  plan: FundingPlan;
  today: TradingDate;
  released?: readonly number[];
}): Minor {
  if (!plan.lumpSum) return 0;
  const due = dueReleases({ plan: { ...plan, sip: null }, asOf: today, released: [], worstFallPercent: null }).due;
  const out = new Set([...released, ...due.map(({ tranche }) => tranche)]);
  return trancheAmounts(plan.lumpSum).reduce((sum, amount, tranche) => (out.has(tranche) ? sum : sum + amount), 0);
}

/** What new entries may use under an account's plan: cash less open reservations, tranches that are not due, and the emergency buffer. */
export function deployableMinor({
  cashMinor,
  reservedMinor,
  equityMinor,
  plan,
  today,
  released = [],
}: {
  cashMinor: Minor;
  reservedMinor: Minor;
  equityMinor: Minor;
  plan: StoredFundingPlan | null;
  today: TradingDate;
  released?: readonly number[];
}): Minor {
  if (!plan) return deployable({ cashMinor, reservedMinor, bufferMinor: 0 });
  const heldBack = heldBackMinor({ plan: fundingPlanOf(plan), today, released });
  return deployable({
    cashMinor,
    reservedMinor: reservedMinor + heldBack,
    bufferMinor: bufferOf(equityMinor, plan.emergencyBufferPercent),
  });
}
