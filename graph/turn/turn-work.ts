import type { Draft } from '../../agents/define.ts';
import type { Understanding } from '../../agents/grammar/context.ts';

/** What one turn does at each node, bound to its person, thread and tools. */
export interface TurnWork {
  understand(): Promise<Understanding>;
  answer(understanding: Understanding): Promise<{ draft: Draft; agent: string }>;
  /** Fills figures from tool results and sends. */
  say(draft: Draft, agent: string): Promise<void>;
}
