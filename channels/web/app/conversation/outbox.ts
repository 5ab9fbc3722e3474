import { lastSaid, type Turn } from './fold.ts';

/** A message on its way: said, but not yet seen in the thread. `waiting`: no connection; it goes when there is one. */
export interface Outgoing {
  clientMessageId: string /** Null until its conversation is made. */;
  threadId: string | null;
  text: string;
  account: string | null;
  /** The turn whose words it replaces. */
  replaces: string | null;
  at: string;
  state: 'sending' | 'waiting' | 'refused';
  problem: string | null;
}

/** Drops what the thread already shows. */
export const withoutArrived = (outbox: readonly Outgoing[], arrived: ReadonlySet<string>): readonly Outgoing[] =>
  outbox.some(({ clientMessageId }) => arrived.has(clientMessageId))
    ? outbox.filter(({ clientMessageId }) => !arrived.has(clientMessageId))
    : outbox;
export const withState = (
  outbox: readonly Outgoing[],
  clientMessageId: string,
  state: Outgoing['state'],
  problem: string | null = null,
): readonly Outgoing[] => outbox.map((each) => (each.clientMessageId === clientMessageId ? { ...each, state, problem } : each));
/** The person's last message once it is answered and nothing else is on its way: it can be edited, and asked again as it is. */
export function canAskAgain(turns: readonly Turn[], outbox: readonly Outgoing[]): Turn | null {
  const last = lastSaid(turns);
  return last?.ended && outbox.every(({ state }) => state === 'refused') ? last : null;
}
