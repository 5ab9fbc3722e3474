import { z } from 'zod';
import { activeFundingPlan } from '../../db/stores/accounts.ts';
import { fundingReleases } from '../../db/stores/controls.ts';
import { listFills } from '../../db/stores/execution.ts';
import { valueMinor } from '../../desk/decimal.ts';
import { fundingPlanOf } from '../../desk/treasury/deployable.ts';
import { dueReleases, type PlanMoment, sipAllowance } from '../../desk/treasury/funding-due.ts';
import { instalments } from '../../desk/treasury/funding-plan.ts';
import { dateIn } from '../../desk/time.ts';
import type { ToolServices } from '../services.ts';
import { everyFill } from './trades.ts';
import type { Moment } from './moment.ts';

const Minor = z.int().nullable();
/** `due`: its day has come; a tranche that is due may be used, an instalment is asked for. `waits`: what for is in `waitsFor` or `dueDate`. */
export const FundingLine = z.object({
  account: z.string(), kind: z.enum(['INSTALMENT', 'TRANCHE']), number: z.int(), amountMinor: z.int(), amount: z.number(), dueDate: z.string().nullable(), state: z.enum(['due', 'waits']), shown: z.string(), waitsFor: z.string().nullable(),
});
/** A part of the plan that was let out by a confirmed action. */
export const FundingPaid = z.object({ account: z.string(), kind: z.enum(['INSTALMENT', 'TRANCHE']), number: z.int(), amountMinor: z.int(), amount: z.number(), on: z.string() });
/** Instalments looked ahead: a year of monthly ones. */
const mostComing = 12;
export const FundingPlanSummary = z.object({
  account: z.string(), type: z.enum(['SIP', 'LUMP_SUM', 'HYBRID']), lines: z.array(FundingLine), next: FundingLine.nullable(), coming: z.array(FundingLine).describe('instalments after today, up to twelve'), comingCount: z.int().describe('instalments after today, all of them'), paid: z.array(FundingPaid),
  /** Of the running instalment and what earlier ones carried over; null without a SIP. */
  allowance: z.object({ instalmentMinor: Minor, carriedMinor: z.int(), deployedMinor: z.int(), availableMinor: z.int() }).nullable(),
});
export type FundingPlanSummary = z.infer<typeof FundingPlanSummary>;

/** What the funding plan of an account has let out, and what comes next; null without a plan. */
export async function fundingOf({ database: { orm }, market }: ToolServices, { account, moment }: { account: { id: string; name: string }; moment: Moment }): Promise<FundingPlanSummary | null> {
  const row = await activeFundingPlan(orm, account.id);
  if (!row) return null;
  const plan = fundingPlanOf(row);
  const calendar = market.calendar();
  const onTradingDay: NonNullable<PlanMoment['onTradingDay']> = (date) => (calendar.covers(date) ? (calendar.isTradingDay(date) ? date : calendar.next(date)) : null);
  const all = (await fundingReleases(orm, account.id)).filter(({ releasedOn }) => releasedOn <= moment.date);
  const released = all.filter(({ kind }) => kind === 'INSTALMENT');
  const letOut = new Map(all.map((each) => [each.tranche, each.releasedOn]));
  const { due, waiting } = dueReleases({ plan, asOf: moment.date, released, worstFallPercent: null, onTradingDay });
  const ahead = plan.sip ? instalments(plan.sip).filter(({ date }) => date > moment.date) : [];
  const offset = plan.lumpSum?.tranches.length ?? 0;
  const line = (each: { kind: 'INSTALMENT' | 'TRANCHE'; tranche: number; amountMinor: number }, more: Pick<z.infer<typeof FundingLine>, 'dueDate' | 'state' | 'waitsFor'>): z.infer<typeof FundingLine> =>
    ({ account: account.name, kind: each.kind, number: each.tranche + 1 - (each.kind === 'INSTALMENT' ? offset : 0), amountMinor: each.amountMinor, amount: each.amountMinor / 100, ...more, shown: more.state === 'waits' ? 'waits' : each.kind === 'TRANCHE' ? 'out' : 'due' });
  const coming = ahead.slice(0, mostComing).map((each) => line({ kind: 'INSTALMENT', tranche: offset + each.index, amountMinor: each.amountMinor }, { dueDate: onTradingDay(each.date) ?? each.date, state: 'waits', waitsFor: null }));
  const paid = all.map((each) => ({ account: account.name, kind: each.kind, number: each.tranche + 1 - (each.kind === 'INSTALMENT' ? offset : 0), amountMinor: each.amountMinor, amount: each.amountMinor / 100, on: each.releasedOn })).sort((a, b) => (a.on < b.on ? -1 : 1));
  const lines = [
    ...due.map((each) => line(each, { dueDate: each.dueDate, state: 'due', waitsFor: null })),
    ...waiting.map((each) => (letOut.has(each.tranche) ? line(each, { dueDate: letOut.get(each.tranche) ?? null, state: 'due', waitsFor: null }) : isDate(each.waitsFor) ? line(each, { dueDate: each.waitsFor, state: 'waits', waitsFor: null }) : line(each, { dueDate: null, state: 'waits', waitsFor: each.waitsFor }))),
    ...coming.slice(0, 1),
  ];
  const dated = lines.filter((each) => each.state === 'waits' && each.dueDate !== null).sort((a, b) => ((a.dueDate ?? '') < (b.dueDate ?? '') ? -1 : 1));
  return { account: account.name, type: row.type, lines, next: dated[0] ?? lines.find((each) => each.state === 'waits') ?? null, coming, comingCount: ahead.length, paid, allowance: plan.sip ? await allowance() : null };

  async function allowance(): Promise<FundingPlanSummary['allowance']> {
    if (!plan.sip) return null;
    const deployments = (await listFills(orm, { accountIds: [account.id], to: moment.asOf, limit: everyFill })).filter((fill) => fill.category === 'ENTRY' && fill.side === 'BUY')
      .map((fill) => ({ date: dateIn(fill.happenedAt, market.zone), amountMinor: valueMinor(fill.price, fill.quantity) }));
    const { instalment, carriedMinor, deployedMinor, availableMinor } = sipAllowance({ plan, sip: plan.sip, asOf: moment.date, deployments });
    return { instalmentMinor: instalment?.amountMinor ?? null, carriedMinor, deployedMinor, availableMinor };
  }
}
const isDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);
