import { z } from 'zod';
import { killSwitches } from '../../db/stores/controls.ts';
import { Action, MandateTerms } from '../../desk/actions/types.ts';
import type { GateReport } from '../../desk/gates/define.ts';
import { checkHypothetical } from '../../graph/action/propose.ts';
import { type RiskBench, openRiskBench } from '../made/risk-bench.ts';
import { type CaseOutcome, dataset, type Suite } from '../suite.ts';

const Price = z.number().positive();
const Expected = z.strictObject({
  verdict: z.enum(['pass', 'block']), by: z.array(z.string()).optional().describe('checks that have to block; no others do'), also: z.array(z.string()).optional().describe('checks that the same facts break too'), warns: z.array(z.string()).optional().describe('checks that have to warn'),
  largest: z.int().positive().optional().describe('quantity that is told as the largest that passes'), price: Price.optional().describe('price that is told as the nearest that passes'),
});
const order = z.strictObject({ symbol: z.string(), quantity: z.int().positive(), limit: Price, stop: Price, target: Price, side: z.enum(['BUY', 'SELL']).default('BUY'), strategy: z.string().default('manual'), horizon: z.int().positive().default(10) });

/** An account as it stands, with what is done or asked in it and what has to come of it by the catalogue's rules, worked out by hand. */
export const RiskCase = z.strictObject({
  id: z.string().regex(/^rk-\d{3}$/), family: z.string(), says: z.string(), why: z.string(),
  account: z.strictObject({
    cash: z.number().positive().default(1_000_000).describe('before what it holds was bought'), bufferPercent: z.number().min(0).default(0), mandate: MandateTerms.partial().optional(), state: z.enum(['ACTIVE', 'REDUCING', 'HALTED']).default('ACTIVE'),
    holds: z.array(z.strictObject({ symbol: z.string(), quantity: z.int().positive(), price: Price, stop: Price.optional() })).default([]), orders: z.array(z.strictObject({ symbol: z.string(), quantity: z.int().positive(), price: Price })).default([]).describe('entries that wait'),
    closed: z.array(z.number()).default([]).describe('results of closed trades in rupees, oldest first'), before: z.strictObject({ pnl: z.number(), peak: z.number() }).optional().describe('the reading of the evening before, in rupees'),
  }).prefault({}),
  quotes: z.record(z.string(), z.strictObject({ spreadPercent: z.number().optional(), ageMinutes: z.number().optional(), none: z.boolean().optional() })).default({}), killFile: z.enum(['HALTED', 'MALFORMED']).optional(),
  order: order.optional(), exit: z.strictObject({ symbol: z.string() }).optional(), reduce: z.strictObject({ symbol: z.string(), quantity: z.int().positive(), limit: Price.optional() }).optional(), moveStop: z.strictObject({ symbol: z.string(), stop: Price }).optional(),
  cancel: z.strictObject({ symbol: z.string() }).optional(), transfer: z.strictObject({ amount: z.number().positive() }).optional(), withdrawal: z.strictObject({ amount: z.number().positive() }).optional(), expect: Expected.optional(),
  trips: z.array(z.string()).optional().describe('switches that trip on the next reading, no others'),
  reads: z.strictObject({ tool: z.string(), input: z.record(z.string(), z.json()), gives: z.array(z.strictObject({ path: z.string(), is: z.union([z.number(), z.boolean(), z.string(), z.null()]), within: z.number().nonnegative().default(0) })).min(1) }).optional(),
}).refine(({ expect, trips, reads }) => [expect, trips, reads].filter((each) => each !== undefined).length === 1, 'one of expect, trips and reads');
export type RiskCase = z.infer<typeof RiskCase>;

const blocks = (report: GateReport): string[] => report.checks.filter(({ severity, passed }) => severity === 'BLOCK' && !passed).map(({ id }) => id);
const listed = (names: readonly string[]): string => (names.length > 0 ? [...names].sort().join(', ') : 'nothing');

/** What was wrong with a verdict; null where it is as worked out. A pass has no check that blocks. */
export function judgeVerdict(expected: z.infer<typeof Expected>, report: GateReport): string | null {
  const blocked = blocks(report);
  const wanted = expected.by ?? [];
  if (wanted.some((id) => !blocked.includes(id)) || blocked.some((id) => !wanted.includes(id) && !(expected.also ?? []).includes(id))) return `blocked by ${listed(blocked)}, not by ${listed(wanted)}`;
  const silent = (expected.warns ?? []).filter((id) => !report.checks.some((check) => check.id === id && check.severity === 'WARN'));
  if (silent.length > 0) return `no warning of ${listed(silent)}`;
  const told = report.counterfactuals.flatMap(({ nearest }) => (nearest.change === 'quantity' ? [nearest.quantity] : []));
  if (expected.largest !== undefined && !told.includes(expected.largest)) return `told ${told.length > 0 ? told.join(', ') : 'no quantity'} as what passes, not ${expected.largest}`;
  const prices = report.counterfactuals.flatMap(({ nearest }) => (nearest.change === 'price' ? [Number(nearest.price)] : []));
  return expected.price !== undefined && !prices.includes(expected.price) ? `told ${prices.length > 0 ? prices.join(', ') : 'no price'} as what passes, not ${expected.price}` : null;
}

/** A part of an answer by its path, `sectors.0.percent`; undefined where there is none. */
const partOf = (value: unknown, path: string): unknown => path.split('.').reduce<unknown>((part, key) => (typeof part === 'object' && part !== null ? (part as Record<string, unknown>)[key] : undefined), value);

/** What was wrong with a reading. A figure that should be unknown has to be null: zero is wrong. */
export function judgeReading(gives: NonNullable<RiskCase['reads']>['gives'], output: unknown): string | null {
  const wrong = gives.flatMap(({ path, is, within }) => {
    const found = partOf(output, path);
    const right = typeof is === 'number' && typeof found === 'number' ? Math.abs(found - is) <= within + 1e-9 : found === is;
    return right ? [] : [`${path} is ${JSON.stringify(found)}, not ${JSON.stringify(is)}`];
  });
  return wrong.length === 0 ? null : wrong.join('; ');
}

export const judgeTrips = (wanted: readonly string[], tripped: readonly string[]): string | null => (listed(tripped) === listed(wanted) ? null : `tripped ${listed(tripped)}, not ${listed(wanted)}`);

async function actionOf(bench: RiskBench, { order: enter, exit, reduce, moveStop, cancel, transfer, withdrawal }: RiskCase, accountId: string): Promise<Action> {
  const common = { accountId, exchange: 'NSE' };
  const position = async (symbol: string): Promise<string> => (await bench.positionIn(accountId, symbol));
  if (enter) return Action.parse({ kind: 'enter', ...common, symbol: enter.symbol, side: enter.side, quantity: enter.quantity, orderType: 'LIMIT', limitPrice: enter.limit, bracket: { stop: enter.stop, target: enter.target }, strategy: enter.strategy, horizonDays: enter.horizon });
  if (exit) return Action.parse({ kind: 'exit', ...common, symbol: exit.symbol, positionId: await position(exit.symbol), orderType: 'MARKET' });
  if (reduce) return Action.parse({ kind: 'reduce', ...common, symbol: reduce.symbol, positionId: await position(reduce.symbol), quantity: reduce.quantity, ...(reduce.limit === undefined ? { orderType: 'MARKET' } : { orderType: 'LIMIT', limitPrice: reduce.limit }) });
  if (moveStop) return Action.parse({ kind: 'modify', accountId, positionId: await position(moveStop.symbol), stop: moveStop.stop });
  if (cancel) return Action.parse({ kind: 'cancel', accountId, orderId: await bench.entryIn(accountId, cancel.symbol) });
  if (transfer) return Action.parse({ kind: 'transfer_cash', accountId, toAccountId: bench.otherAccountId, amountMinor: transfer.amount * 100, reason: 'evals' });
  if (withdrawal) return Action.parse({ kind: 'withdrawal', accountId, amountMinor: withdrawal.amount * 100, reason: 'evals' });
  throw new Error('the case does nothing');
}

/** Sets the account up as the case says, then asks the gates, the switches or a tool. */
export async function judgeRisk(bench: RiskBench, each: RiskCase): Promise<string | null> {
  const accountId = await bench.setUp(each);
  if (each.expect) return judgeVerdict(each.expect, await checkHypothetical(bench.desk.gates, { action: await actionOf(bench, each, accountId), personId: bench.desk.ownerId }));
  if (each.trips) {
    if ((await killSwitches(bench.desk.database.orm)).every((rule) => rule.accountId !== accountId)) return 'the account has no switches';
    return judgeTrips(each.trips, await bench.tripped(accountId));
  }
  return each.reads ? judgeReading(each.reads.gives, await bench.ask(each.reads.tool, { ...each.reads.input, account: each.id })) : 'nothing was asked';
}

export const riskManagement: Suite = {
  name: 'risk-management', does: 'what has to be blocked, warned of or let through is, switches trip at their mark, and risk is read as it was worked out', safety: false, takesModel: false,
  async run() {
    const bench = await openRiskBench();
    try {
      const outcomes: CaseOutcome[] = [];
      for (const each of dataset('risk-management', RiskCase)) outcomes.push({ caseId: each.id, family: each.family, detail: await judgeRisk(bench, each).catch((error: unknown) => `broke: ${error instanceof Error ? error.message : String(error)}`) });
      return outcomes;
    } finally { await bench.desk.close(); }
  },
};
