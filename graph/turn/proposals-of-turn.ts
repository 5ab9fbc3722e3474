import { type Proposed, proposalDraft } from '../../agents/answers/proposal-draft.ts';
import type { Draft } from '../../agents/define.ts';
import type { Tool } from '../../tools/define.ts';
import type { RecordedCall } from './tool-calls.ts';

/** Every `actionId` in what a tool gave back. */
function actionIdsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(actionIdsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => (name === 'actionId' && typeof member === 'string' ? [member] : actionIdsIn(member)));
}
const isProposed = (output: unknown): output is Proposed => typeof output === 'object' && output !== null && 'actionId' in output && 'gateReport' in output && 'assumed' in output;

/** What was proposed in a turn, as it has to be shown: a card each, and for a single one what the desk itself says of it. Null where nothing was. */
export function proposalsOfTurn(calls: readonly RecordedCall[], tools: ReadonlyMap<string, Pick<Tool, 'effect'>>): { draft: Draft; lastActionId: string; lastCard: number | null } | null {
  const proposing = calls.flatMap(({ call, name, result }) => (tools.get(name)?.effect === 'propose' && result.ok ? [{ call, output: result.output }] : []));
  const actionIds = [...new Set(proposing.flatMap(({ output }) => actionIdsIn(output)))];
  const lastActionId = actionIds.at(-1);
  if (lastActionId === undefined) return null;
  const [only] = proposing;
  const single = proposing.length === 1 && only && isProposed(only.output) ? { ok: true as const, call: only.call, output: only.output } : null;
  return {
    draft: { text: '', ...(single ? proposalDraft(single) : {}), parts: actionIds.map((actionId) => ({ type: 'card', actionId })) },
    lastActionId, lastCard: single?.output.cardNumber ?? null,
  };
}
/** Whether a turn's tools have shown this action to the person who asks. */
export const wasShown = (actionId: string, calls: readonly RecordedCall[]): boolean => calls.some(({ result }) => result.ok && actionIdsIn(result.output).includes(actionId));
