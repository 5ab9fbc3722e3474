import type { StructuredToolInterface } from '@langchain/core/tools';
import { ToolInputParsingException } from '@langchain/core/tools';
import { canonicalJson } from '../../desk/canonical.ts';
import { orAborted } from './deadline.ts';
import { ModelMiss, type MissReason } from './miss.ts';
import type { AskedCall } from './read-stream.ts';

/** What an agent can call. `effect` decides how: reads run side by side; proposals one after the other, to their end. */
export interface Usable {
  tool: StructuredToolInterface;
  effect: 'read' | 'propose' | 'ask_agent';
  /** Runs without LangChain's own look at the input, for the sentence in which the tool itself refuses it. */
  run(input: unknown): Promise<string>;
  /** What it gives back comes from somebody who read outside text. */
  bringsOutsideText: boolean;
}

/** What the tool calls of one agent in one turn have come to. */
export interface ToolUse { answer(calls: readonly AskedCall[]): Promise<string[]> }

const mostCalls = 24;
const mostProposals = 3;
const mostHandOffs = 4;
/** The first repetition is pointed out; at the next one the model is going round in circles. */
const mostRepetitions = 2;

const said = (error: string): string => JSON.stringify({ error });

/**
 * Runs what a model asks for, within bounds that no wording can move. @throws ModelMiss when it goes round in circles or asks
 * for too much; what a tool throws is thrown on.
 */
export function createToolUse({ usable, signal, onMiss }: { usable: ReadonlyMap<string, Usable>; signal: AbortSignal; onMiss: (reason: MissReason) => void }): ToolUse {
  const repetitions = new Map<string, number>();
  const made = { calls: 0, proposals: 0, handOffs: 0 };
  let outsideTextRead = false;

  const refusal = (reason: MissReason, error: string): string => { onMiss(reason); return said(error); };

  /** Null: it may run. */
  function refused({ name, args }: AskedCall, found: Usable | undefined): string | null {
    made.calls += 1;
    if (made.calls > mostCalls) throw new ModelMiss('TOO_MANY_CALLS');
    if (!found) return refusal('NO_SUCH_TOOL', `there is no tool ${name.slice(0, 60)}; there are: ${[...usable.keys()].join(', ')}`);
    if (args === null) return refusal('BROKEN_ARGUMENTS', 'the arguments are not one JSON object');
    const key = `${name} ${canonicalJson(args)}`;
    const times = (repetitions.get(key) ?? 0) + 1;
    repetitions.set(key, times);
    if (times > mostRepetitions) throw new ModelMiss('LOOP');
    if (times > 1) return said('this call was made already with the same arguments; its result is above. Use it, or answer without it.');
    if (found.effect === 'ask_agent') {
      made.handOffs += 1;
      return made.handOffs > mostHandOffs ? said(`a turn asks at most ${mostHandOffs} agents; answer with what is there`) : null;
    }
    if (found.effect === 'read') return null;
    if (outsideTextRead) return refusal('PROPOSAL_AFTER_OUTSIDE_TEXT', 'text from outside was read in this turn, so nothing can be proposed in it; tell the person to ask for it in a message of its own');
    made.proposals += 1;
    return made.proposals > mostProposals ? refusal('TOO_MANY_PROPOSALS', `a turn makes at most ${mostProposals} proposals`) : null;
  }

  async function run({ id, name, args }: AskedCall, found: Usable): Promise<string> {
    try {
      const result: unknown = await found.tool.invoke({ type: 'tool_call', id, name, args: args ?? {} });
      return typeof result === 'string' ? result : String((result as { content: unknown }).content);
    } catch (error) {
      if (error instanceof ToolInputParsingException) return found.run(args);
      throw error;
    }
  }

  return {
    async answer(calls) {
      const answers: (string | Promise<string>)[] = [];
      const proposals: { index: number; call: AskedCall; found: Usable }[] = [];
      for (const [index, call] of calls.entries()) {
        const found = usable.get(call.name);
        const no = refused(call, found);
        if (no !== null || !found) answers[index] = no ?? '';
        else if (found.effect === 'propose') proposals.push({ index, call, found });
        else {
          // What one reads side by side with a proposal counts as read before it.
          outsideTextRead ||= found.bringsOutsideText;
          answers[index] = orAborted(run(call, found), signal);
        }
      }
      const read = Promise.all(answers);
      read.catch(() => undefined);
      for (const { index, call, found } of proposals) {
        signal.throwIfAborted();
        // To its end, whatever the time: half known to the desk, it would be made again by whoever answers instead.
        answers[index] = outsideTextRead ? refusal('PROPOSAL_AFTER_OUTSIDE_TEXT', 'text from outside is read in this turn, so nothing can be proposed in it') : await run(call, found);
      }
      await read;
      return Promise.all(answers);
    },
  };
}
