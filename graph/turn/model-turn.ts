import type { ThreadMemory } from '../../agents/answers/define.ts';
import type { Draft } from '../../agents/define.ts';
import type { Tokens } from '../../agents/model/usage.ts';
import type { ToolCaller } from '../../tools/define.ts';
import type { TurnCalls } from './tool-calls.ts';

/** One message as a model gets it. */
export interface ModelTurn {
  text: string; turn: string; personId: string; role: ToolCaller['role'];
  /** Made for an agent: whatever comes of them is an agent's proposal. */
  calls: TurnCalls;
  accounts: readonly string[]; memory: Readonly<ThreadMemory>;
  /** The thread's last messages, oldest first, within a budget. */
  history: readonly { author: 'person' | 'desk'; text: string }[];
  /** Cards of this thread that wait for this person's answer, by name; none falls out of the budget. */
  waiting: readonly string[];
  market: { label: string; now: string; today: string; zone: string };
  onDelta: (text: string) => void;
  /** A call of a model begins; what it returns ends it, with its tokens or without an answer. */
  onModelCall?: (call: { agent: string; model: string }) => (tokens: Tokens | null) => void;
  signal: AbortSignal;
}

/** A model's part in a turn, where one is configured; null leaves the turn to the twin. */
export interface ModelPath {
  answer(turn: ModelTurn): Promise<{ draft: Draft; agent: string; /** What follow-ups refer to from now on. */ memory: Partial<ThreadMemory> } | null>;
}
