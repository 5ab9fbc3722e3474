import type { StoredAction } from '../../db/stores/actions.ts';
import { formatCount } from '../../desk/format.ts';

/** An action in a few words for a list. */
export function actionWords(action: StoredAction['action']): string {
  const kind = action.kind.replaceAll('_', ' ');
  if (action.kind === 'enter') return `${action.side} ${formatCount(action.quantity)} ${action.symbol}`;
  if (action.kind === 'reduce') return `reduce ${action.symbol} by ${formatCount(action.quantity)}`;
  return 'symbol' in action ? `${kind} ${action.symbol}` : kind;
}
/** Who put it forward, as one of several people reads it. */
export const proposerWords = (proposer: StoredAction['proposer'], personId: string): string => (proposer.kind === 'person' ? (proposer.personId === personId ? 'you' : 'a person') : proposer.kind === 'agent' ? proposer.agent : 'the desk');
