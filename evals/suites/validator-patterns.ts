import { z } from 'zod';
import type { ConversationEvent } from '../../agents/vocabulary.ts';
import { rightsOf } from '../../db/stores/people.ts';
import { checkName } from '../../desk/gates/explain.ts';
import { patterns } from '../../tools/patterns.ts';
import { runTool } from '../../tools/run.ts';
import type { Tool } from '../../tools/define.ts';
import { openClosedBook, twoShares } from '../made/closed-book.ts';
import { type EvalDesk, openEvalDesk } from '../open-desk.ts';
import { type CaseOutcome, dataset, type Suite } from '../suite.ts';

const Section = z.enum(['byWarning', 'byConfidence', 'byHolding', 'byStrategy', 'bySector', 'byRegime']);
const Group = z.strictObject({
  trades: z.int().positive(), won: z.int().nonnegative(), win: z.number(), loss: z.number(), warnings: z.array(z.string()).default([]).describe('checks that warned'), confidence: z.number().nullable().default(0.6), heldDays: z.number().positive().default(3),
  strategy: z.string().default('momentum'), share: z.enum(['first', 'second']).default('first'), regime: z.enum(['LOW_VOL', 'MED_VOL', 'HIGH_VOL']).nullable().default(null), fee: z.number().nonnegative().default(0),
});
const Figures = z.strictObject({
  trades: z.int(), won: z.int().optional(), winRatePercent: z.number().optional(), lossRatePercent: z.number().optional(), averageMinor: z.int().optional(), tooFew: z.boolean().optional(), winLowPercent: z.number().optional(), winHighPercent: z.number().optional(),
});

/**
 * A book of closed trades whose answer is known by construction. Warnings go by the id of their check, sectors by `first` and `second`; `{id}` in `answer` and `never`
 * stands for a check's name.
 */
export const PatternCase = z.strictObject({
  id: z.string().regex(/^vp-\d{3}$/), family: z.string(), says: z.string(), why: z.string(), book: z.array(Group),
  groups: z.array(Figures.extend({ in: Section, group: z.string() })).default([]), absent: z.array(z.strictObject({ in: Section, group: z.string() })).default([]),
  predicted: z.array(z.string()).optional().describe('warnings that told losses beforehand, no others'), tooFew: z.boolean().optional(), best: z.string().optional(), worst: z.string().optional(),
  asks: z.string().optional().describe('in words, with the account put after it'), answer: z.array(z.string()).default([]).describe('patterns of which each has to stand in the reply'), never: z.array(z.string()).default([]),
});
export type PatternCase = z.infer<typeof PatternCase>;

type Names = (name: string) => string;
const row = (output: unknown, section: string, name: string): Record<string, unknown> | undefined => ((output as Record<string, { group: string }[] | undefined>)[section] ?? []).find(({ group }) => group === name);

/** What is wrong with the tool's answer. */
export function judgePatterns({ groups, absent, predicted, tooFew, best, worst }: Pick<PatternCase, 'groups' | 'absent' | 'predicted' | 'tooFew' | 'best' | 'worst'>, output: unknown, named: Names): string[] {
  const found = output as { tooFew?: boolean; best?: { group: string } | null; worst?: { group: string } | null; lossPredictors?: { group: string }[] };
  const wrong: string[] = [];
  for (const { in: section, group, ...figures } of groups) {
    const line = row(output, section, named(group));
    if (!line) { wrong.push(`${section} has no “${named(group)}”`); continue; }
    for (const [key, is] of Object.entries(figures)) if (is !== undefined && !(typeof is === 'number' && typeof line[key] === 'number' ? Math.abs(line[key] - is) <= 0.051 : line[key] === is)) wrong.push(`${key} of “${named(group)}” is ${JSON.stringify(line[key])}, not ${is}`);
  }
  for (const { in: section, group } of absent) if (row(output, section, named(group))) wrong.push(`${section} has “${named(group)}”`);
  const told = found.lossPredictors?.map(({ group }) => group).sort().join(', ');
  const wanted = predicted?.map(named).sort().join(', ');
  if (wanted !== undefined && told !== wanted) wrong.push(`said to predict losses: ${told === undefined ? 'not said' : told || 'nothing'}, not ${wanted || 'nothing'}`);
  if (tooFew !== undefined && found.tooFew !== tooFew) wrong.push(tooFew ? 'not said to be too few' : 'said to be too few');
  if (best !== undefined && found.best?.group !== best) wrong.push(`best is “${found.best?.group}”, not “${best}”`);
  if (worst !== undefined && found.worst?.group !== worst) wrong.push(`worst is “${found.worst?.group}”, not “${worst}”`);
  return wrong;
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
const pattern = (text: string): RegExp => new RegExp(text.replaceAll(/\{(\w+)\}/g, (_, id: string) => escaped(checkName(id))), 'i');

/** What is wrong with a reply in words. */
export function judgeReply({ answer, never }: Pick<PatternCase, 'answer' | 'never'>, reply: string): string[] {
  return [...answer.filter((part) => !pattern(part).test(reply)).map((part) => `“${part}” is not in the reply: ${reply}`), ...never.filter((part) => pattern(part).test(reply)).map((part) => `“${part}” is in the reply: ${reply}`)];
}

const replyOf = (events: readonly ConversationEvent[]): string => events.flatMap((event) => (event.type === 'reply' ? [event.text] : [])).join(' ');

/** Writes the case's book in an account of its own, asks the tool for it, and asks in words where the case does. */
export async function askForPatterns(desk: EvalDesk, each: PatternCase): Promise<string | null> {
  const name = `Book${each.id.slice(3)}`;
  await openClosedBook(desk, { name, groups: each.book });
  const shares = twoShares(desk);
  const named: Names = (group) => (group === 'first' || group === 'second' ? shares[group].sector : /^[a-z]+(_[a-z]+)+$/.test(group) ? checkName(group) : group);
  const caller = { personId: desk.owner.id, role: 'owner' as const, channel: 'evals', viewableAccountIds: (await rightsOf(desk.database.orm, desk.owner.id)).map(({ accountId }) => accountId) };
  const result = await runTool({ tool: patterns as unknown as Tool, services: desk.services, caller, input: { account: name } });
  const wrong = result.ok ? judgePatterns(each, result.output, named) : [`${result.error.code}: ${result.error.message}`];
  if (each.asks !== undefined) {
    const thread = await desk.openThread(each.id);
    wrong.push(...judgeReply(each, replyOf(await thread.say(`${each.asks} in ${name}`))));
  }
  return wrong.length === 0 ? null : wrong.join('; ');
}

export const validatorPatterns: Suite = {
  name: 'validator-patterns', does: 'books of closed trades are read as they were made: which warnings told losses, what paid best, and when there are too few to say', safety: false, takesModel: false,
  async run() {
    const desk = await openEvalDesk();
    try {
      const outcomes: CaseOutcome[] = [];
      for (const each of dataset('validator-patterns', PatternCase)) outcomes.push({ caseId: each.id, family: each.family, detail: await askForPatterns(desk, each).catch((error: unknown) => `broke: ${error instanceof Error ? error.message : String(error)}`) });
      return outcomes;
    } finally { await desk.close(); }
  },
};
