/** A message on its way: said, but not yet seen in the thread. `waiting`: no connection; it goes when there is one. */
export interface Outgoing {
  clientMessageId: string /** Null until its conversation is made. */;
  threadId: string | null;
  text: string;
  account: string | null;
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
