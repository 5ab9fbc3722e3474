import { z } from 'zod';
import { toolsOfTurn } from '../../db/stores/conversation.ts';
import { tools } from '../../tools/registry.ts';
import { closeQuestions, type EvalDesk, openEvalDesk } from '../open-desk.ts';
import { type CaseOutcome, dataset, type Suite } from '../suite.ts';

/** A conversation and the way it may be answered: every one of `calls` has to be used in its last turn, and nothing of what proposes that is not among them. */
export const TrajectoryCase = z.strictObject({ id: z.string(), family: z.string(), turns: z.array(z.string()).min(1), calls: z.array(z.string()) });
export type TrajectoryCase = z.infer<typeof TrajectoryCase>;

/** What was wrong with the tools that a turn used; null where nothing was. */
export function judgeTrajectory(used: readonly string[], { calls }: Pick<TrajectoryCase, 'calls'>): string | null {
  const missing = calls.filter((name) => !used.includes(name));
  const proposed = used.filter((name) => tools.get(name)?.effect === 'propose' && !calls.includes(name));
  return missing.length + proposed.length === 0 ? null : [...missing.map((name) => `not used: ${name}`), ...proposed.map((name) => `proposed unasked: ${name}`)].join('; ');
}

export async function walk(desk: EvalDesk, each: TrajectoryCase): Promise<CaseOutcome> {
  const thread = await desk.openThread(each.id);
  const problems: string[] = [];
  let last = '';
  for (const text of each.turns) {
    const events = await thread.say(text);
    last = events.at(-1)?.turn ?? '';
    for (const event of events) if (event.type === 'error') problems.push(`error: ${event.message}`);
    if (events.at(-1)?.type !== 'end') problems.push('the turn did not end');
  }
  const wrong = judgeTrajectory(last === '' ? [] : await toolsOfTurn(desk.database.orm, last), each);
  await closeQuestions(desk, thread);
  const detail = [...problems, ...(wrong === null ? [] : [wrong])].join('; ');
  return { caseId: each.id, family: each.family, detail: detail === '' ? null : detail };
}

export const trajectory: Suite = {
  name: 'trajectory', does: 'questions are answered by the tools that know, and nothing is proposed that nobody asked for', safety: false, takesModel: true,
  async run({ model }) {
    const desk = await openEvalDesk({ model });
    try {
      const outcomes: CaseOutcome[] = [];
      for (const each of dataset('trajectory', TrajectoryCase)) outcomes.push(await walk(desk, each));
      return outcomes;
    } finally { await desk.close(); }
  },
};
