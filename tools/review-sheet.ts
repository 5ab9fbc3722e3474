import { z } from 'zod';
import { listAccounts } from '../db/stores/accounts.ts';
import { actionById, reportsOf } from '../db/stores/actions.ts';
import { cardOfAction } from '../db/stores/cards.ts';
import { judgedBetween, reviewSheet as storedSheet } from '../db/stores/review-sheets.ts';
import { csvText } from '../desk/csv.ts';
import { boundsOfWeek, decisionsOnASheet, mondayOf, seededSample } from '../desk/evaluation/review-sample.ts';
import { formatDay } from '../desk/format.ts';
import { dateIn } from '../desk/time.ts';
import { DateText, dateNamed } from './as-of.ts';
import { localTime } from './book/local-time.ts';
import { defineTool } from './define.ts';
import { actionWords, proposerWords } from './story/action-words.ts';
import { maySee } from './story/find-trade.ts';

const Line = z.object({ number: z.int(), when: z.string(), card: z.int().nullable(), account: z.string(), what: z.string(), by: z.string(), gates: z.string(), outcome: z.string(), actionId: z.string() });

/**
 * The sheet of decisions that a person reviews: twenty of a week's proposals, drawn by lot with the week as the seed. Without a stored sheet it shows the running week's draw so far, which may still change.
 * Only what the person may see is shown; what is left out is counted.
 */
export const reviewSheet = defineTool({
  name: 'review_sheet', purpose: 'The weekly sheet of twenty random decisions for a person to review, with verdicts and outcomes, also as CSV', effect: 'read', permission: 'audit:read',
  input: z.object({ week: DateText.optional().describe('any date of the week; absent: the newest sheet') }),
  output: z.object({ asOf: z.string(), week: z.string(), weekText: z.string(), stored: z.boolean(), drawnText: z.string().nullable(), decisions: z.int(), shown: z.int(), leftOut: z.int(), lines: z.array(Line), csv: z.string(), fileName: z.string() }),
  async run(context, input) {
    const { database: { orm }, market, wallNow } = context.services;
    const today = dateIn(wallNow(), market.zone);
    const asked = input.week === undefined ? null : mondayOf(dateNamed(input.week, 'week'));
    const sheet = await storedSheet(orm, asked);
    const week = sheet?.week ?? asked ?? mondayOf(today);
    const population = sheet ? null : await judgedBetween(orm, boundsOfWeek(week, market.zone));
    const ids = sheet?.actionIds ?? seededSample(population ?? [], { seed: week, size: decisionsOnASheet });
    const accounts = new Map((await listAccounts(orm, context.caller.viewableAccountIds)).map(({ id, name }) => [id, name]));
    const at = { today, zone: market.zone };
    const lines: z.infer<typeof Line>[] = [];
    for (const id of ids) {
      const stored = await actionById(orm, id);
      if (!stored || !maySee(context, stored)) continue;
      const report = (await reportsOf(orm, id)).at(-1)?.report;
      const blocks = report?.checks.filter(({ severity }) => severity === 'BLOCK') ?? [];
      const warnings = report?.checks.filter(({ severity }) => severity === 'WARN').length ?? 0;
      lines.push({
        number: lines.length + 1, when: localTime(stored.createdAt, at), card: (await cardOfAction(orm, id))?.number ?? null, account: stored.accountId === null ? 'desk' : (accounts.get(stored.accountId) ?? ''), what: actionWords(stored.action), by: proposerWords(stored.proposer, context.caller.personId),
        gates: blocks.length > 0 ? `blocked: ${blocks.map((check) => check.id.replaceAll('_', ' ')).join(', ')}` : warnings > 0 ? `passed, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}` : 'passed', outcome: `${stored.state.replaceAll('_', ' ')}${stored.reason ? `: ${stored.reason}` : ''}`.slice(0, 200), actionId: id,
      });
    }
    return {
      asOf: market.now(), week, weekText: formatDay(week, today), stored: sheet !== null, drawnText: sheet ? localTime(sheet.drawnAt, at) : null, decisions: sheet?.decisions ?? population?.length ?? 0, shown: lines.length, leftOut: ids.length - lines.length, lines, fileName: `review-${week}.csv`,
      csv: csvText(['number', 'when', 'card', 'account', 'what', 'by', 'gates', 'outcome', 'action_id', 'right (yes/no)', 'what should have happened'], lines.map((line) => [line.number, line.when, line.card, line.account, line.what, line.by, line.gates, line.outcome, line.actionId, '', ''])),
    };
  },
});
