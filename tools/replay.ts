import { z } from 'zod';
import { reportsOf, snapshotByDigest } from '../db/stores/actions.ts';
import { defineTool, ToolError } from './define.ts';
import { findTrade } from './story/find-trade.ts';
import { replayReport } from './story/replay-report.ts';

const Difference = z.object({ check: z.string(), field: z.string(), was: z.string(), now: z.string() });
const Report = z.object({ reportId: z.string(), phase: z.string(), verdict: z.string(), checks: z.int(), same: z.boolean(), digest: z.string(), storedDigest: z.string(), differences: z.array(Difference) });

/** Every verdict on a trade again, by the gates of its day on the stored snapshot; `digest` is that of the last one. Errors: `NO_SUCH_CARD`, `NO_SUCH_TRADE`, `NO_REPORT`. */
export const replay = defineTool({
  name: 'replay', purpose: 'Run the gates again on the recorded snapshot of a card or action and compare', effect: 'read', permission: 'audit:read',
  input: z.object({ card: z.int().positive().optional(), actionId: z.uuid().optional() }),
  output: z.object({ same: z.boolean(), digest: z.string(), differences: z.array(Difference), cardNumber: z.int().nullable(), actionId: z.string(), verdict: z.string(), checks: z.int(), reports: z.array(Report), count: z.int() }),
  run: async (context, input) => {
    const { database } = context.services;
    const { stored, card } = await findTrade(context, input);
    const reports: z.infer<typeof Report>[] = [];
    for (const report of await reportsOf(database.orm, stored.id)) {
      const kept = await snapshotByDigest(database.orm, report.snapshotDigest);
      if (!kept) throw new Error(`the snapshot of report ${report.id} is not there`);
      reports.push({ reportId: report.id, phase: report.phase, verdict: report.report.verdict, checks: report.report.checks.filter((check) => check.code !== 'NOT_APPLICABLE').length, ...replayReport({ stored, report, snapshot: kept.snapshot }) });
    }
    const last = reports.at(-1);
    if (!last) throw new ToolError('NO_REPORT', 'The gates have not judged it yet.', 'card');
    return {
      same: reports.every((report) => report.same), digest: last.digest, differences: reports.flatMap((report) => report.differences), cardNumber: card?.number ?? null, actionId: stored.id,
      verdict: last.verdict, checks: last.checks, reports, count: reports.length,
    };
  },
});
