import type { Draft } from '../../agents/define.ts';
import { cells, draft, figures, many, table, words } from '../../agents/answers/wording.ts';
import { ungroundedFigures } from '../../agents/qa/ungrounded-figures.ts';
import type { ConversationEvent } from '../../agents/vocabulary.ts';
import type { Executor } from '../../db/client.ts';
import { messagesBefore, withoutReplaced } from '../../db/stores/conversation.ts';

const eventsBack = 200;

/**
 * Checks the last reply that had words before this turn: where each figure came from, and which have no source. `take` puts what was found among the turn's results, so that the
 * answer's own figures have theirs. Null: nothing was replied here yet.
 */
export async function checkLastReply(executor: Executor, { threadId, turn, take }: { threadId: string; turn: string; take(name: string, given: unknown, output: unknown): string }): Promise<Draft | null> {
  const events = withoutReplaced(await messagesBefore(executor, { threadId, before: null, limit: eventsBack })).filter((message) => message.turn !== turn && message.author === 'desk').map(({ event }) => JSON.parse(event) as ConversationEvent);
  const reply = events.filter((event) => event.type === 'reply').findLast(({ text }) => text.trim() !== '');
  if (!reply) return null;
  const stray = ungroundedFigures(reply);
  const output = { checked: reply.figures.length, stray: stray.length, figures: reply.figures.map(({ text, tool, path, asOf }) => ({ text, source: tool === 'person' ? 'you said it' : tool.replaceAll('_', ' '), path, asOf })), without: stray.map((text) => ({ text })) };
  const call = { call: take('qa_figures', { turn: reply.turn }, output) };
  const cell = cells(call);
  if (output.checked + output.stray === 0) return draft('The last reply has no figure in it.');
  return draft(stray.length === 0 ? `All ${cell('checked', 'count')} ${many(output.checked, 'figure')} of the last reply ${many(output.checked, 'has its source', 'have their sources')}.` : `${cell('stray', 'count')} ${many(stray.length, 'figure')} of the last reply ${many(stray.length, 'has', 'have')} no source; ${cell('checked', 'count')} ${many(output.checked, 'has', 'have')} one.`, {
    parts: [
      ...(output.checked > 0 ? [table(call, 'figures', 'Figures with a source', [words('text', 'Figure'), words('source', 'From'), words('path', 'Where in it'), words('asOf', 'As of')])] : []),
      ...(stray.length > 0 ? [table(call, 'without', 'Without a source', [figures('text', 'Figure')])] : []),
    ],
  });
}
