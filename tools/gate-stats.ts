import { z } from 'zod';
import { checkCounts, verdictCounts } from '../db/stores/gate-reports.ts';
import { checkName } from '../desk/gates/explain.ts';
import { momentOf } from './book/moment.ts';
import { bounds, PeriodInput, spanOf } from './book/period.ts';
import { accountsInScope, openedOn } from './book/scope.ts';
import { defineTool } from './define.ts';

const Figure = z.number().nullable();
const Line = z.object({ check: z.string(), name: z.string(), judged: z.int(), warned: z.int(), blocked: z.int(), blockedPercent: Figure });

/** How often the gates passed and blocked, and which checks did; of the proposals in the period, on the market clock. Errors: `NO_SUCH_ACCOUNT`, `PERIOD_INVALID`. */
export const gateStats = defineTool({
  name: 'gate_stats', purpose: 'How often the gates pass and block, and which check blocks most', effect: 'read', permission: 'desk:read',
  input: z.object({ account: z.string().optional(), period: PeriodInput }),
  output: z.object({
    asOf: z.string(), period: z.object({ from: z.string(), to: z.string(), label: z.string() }), judged: z.int(), passed: z.int(), blocked: z.int(), passPercent: Figure,
    again: z.int().describe('judged again after a yes'), againBlocked: z.int(), checks: z.array(Line), most: Line.nullable().describe('the check that blocked most'),
  }),
  run: async (context, input) => {
    const { database: { orm }, market } = context.services;
    const accounts = await accountsInScope(context, input.account);
    const moment = momentOf(context);
    const since = openedOn(accounts, { zone: market.zone, otherwise: moment.date });
    const span = spanOf(input.period, { moment, since });
    const within = { accountIds: accounts.map((account) => account.id), ...bounds(span, { moment, zone: market.zone }) };
    const verdicts = await verdictCounts(orm, within);
    const count = (phases: readonly string[], verdict?: string): number => verdicts.filter((row) => phases.includes(row.phase) && (verdict === undefined || row.verdict === verdict)).reduce((sum, row) => sum + row.reports, 0);
    const judged = count(['propose']);
    const checks = (await checkCounts(orm, within)).map((row) => ({ ...row, name: checkName(row.check), blockedPercent: row.judged === 0 ? null : Number(((row.blocked * 100) / row.judged).toFixed(2)) }));
    const [first] = checks;
    return {
      asOf: moment.asOf, period: span, judged, passed: count(['propose'], 'PASS'), blocked: count(['propose'], 'BLOCK'), passPercent: judged === 0 ? null : Number(((count(['propose'], 'PASS') * 100) / judged).toFixed(2)),
      again: count(['confirm', 'tranche']), againBlocked: count(['confirm', 'tranche'], 'BLOCK'), checks, most: first && first.blocked > 0 ? first : null,
    };
  },
});
