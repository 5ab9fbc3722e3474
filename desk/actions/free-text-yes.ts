import type { Instant } from '../time.ts';

/** A confirmation that waits for the person who just wrote, in this conversation or another. */
export interface Waiting { confirmationId: string; /** "card 12 (BUY COALINDIA)" */ label: string; threadId: string | null; expiresAt: Instant }
export type YesBinding = { kind: 'bound'; confirmationId: string } | { kind: 'ask'; among: readonly Waiting[] } | { kind: 'none' };

/**
 * What a bare "yes" is a yes to. It binds only when there is nothing to mistake: one card waits for this person anywhere,
 * it was shown in this very conversation, and it is the last thing shown here that asks for an answer. Otherwise the desk
 * asks. `pending` holds what this person may confirm; `lastShown` is the id of the last question in this conversation.
 */
export function bindFreeTextYes({ pending, lastShown, threadId, now }: {
  pending: readonly Waiting[]; lastShown: string | null; threadId: string; now: Instant;
}): YesBinding {
  const open = pending.filter(({ expiresAt }) => expiresAt > now);
  const [only, another] = open;
  if (only === undefined) return { kind: 'none' };
  if (another !== undefined || only.confirmationId !== lastShown || only.threadId !== threadId) return { kind: 'ask', among: open };
  return { kind: 'bound', confirmationId: only.confirmationId };
}

/** "Two are waiting: card 12 (BUY COALINDIA) and card 13 (SELL INFY). Which one?" */
export function whichOne(among: readonly Waiting[]): string {
  const labels = among.map(({ label }) => label);
  if (labels.length === 1) return `Do you mean ${labels[0]}?`;
  const counts = ['', '', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine'];
  return `${counts[labels.length] ?? String(labels.length)} are waiting: ${labels.slice(0, -1).join(', ')} and ${labels.at(-1)}. Which one?`;
}
