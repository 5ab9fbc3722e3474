import type { Draft } from '../../agents/define.ts';
import { cells, draft, figures, many, table, words } from '../../agents/answers/wording.ts';
import type { Executor } from '../../db/client.ts';
import { messagesBefore, withoutReplaced } from '../../db/stores/conversation.ts';
import { spansOfTurn } from '../../db/stores/turn-spans.ts';
import { turnSteps } from '../../tools/turn-steps.ts';

const eventsBack = 200;

/** What the last turn of a thread that has steps on record did: agent, tools, models, each with its time. `take` puts it among the turn’s results, so that its figures have their source. */
export async function showSteps(executor: Executor, { threadId, turn, take }: { threadId: string; turn: string; take(name: string, given: unknown, output: unknown): string }): Promise<Draft> {
  const turns = [...new Set(withoutReplaced(await messagesBefore(executor, { threadId, before: null, limit: eventsBack })).filter((message) => message.author === 'person' && message.turn !== turn).map((message) => message.turn))].toReversed();
  for (const each of turns.slice(0, 5)) {
    const spans = await spansOfTurn(executor, each);
    const output = turnSteps(spans);
    if (!output) continue;
    const call = { call: take('turn_steps', { turn: each }, output) };
    const cell = cells(call);
    const model = output.models === 0 ? ', no language model' : `, ${cell('models', 'count')} ${many(output.models, 'call')} of a language model (${cell('inputTokens', 'count')} tokens in, ${cell('outputTokens', 'count')} out)`;
    return draft(`${output.agent} answered in ${cell('milliseconds', 'count')} ms: ${output.tools === 0 ? 'no tool' : `${cell('tools', 'count')} ${many(output.tools, 'tool call')}`}${model}.`, {
      parts: [table(call, 'steps', 'The last answer, step by step', [words('step', 'Step'), words('kind', 'Kind'), figures('ms', 'Milliseconds'), ...(output.models > 0 ? [figures('tokens', 'Tokens')] : []), words('ended', 'Ended')])],
    });
  }
  return draft('No steps are on record for an answer in this conversation.');
}
