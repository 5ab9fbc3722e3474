import type { Instant } from '../time.ts';

/** A confirmation that waits for the person who just wrote. `shownHere`: its card stands in this very conversation. */
export interface Waiting { confirmationId: string; /** "card 12 (BUY COALINDIA)" */ label: string; shownHere: boolean; expiresAt: Instant }
export type YesBinding = { kind: 'bound'; confirmationId: string } | { kind: 'ask'; among: readonly Waiting[] } | { kind: 'none' };

/**
 * What a bare "yes" is a yes to. It binds only when there is nothing to mistake: one card that stands in this very conversation
 * waits for this person, and it is the last thing shown here that asks for an answer. Otherwise the desk asks, also about what
 * waits elsewhere. `pending` holds what this person may confirm; `lastShown` is the id of the last question in this conversation.
 */
export function bindFreeTextYes({ pending, lastShown, now }: {
  pending: readonly Waiting[]; lastShown: string | null; now: Instant;
}): YesBinding {
  const open = pending.filter(({ expiresAt }) => expiresAt > now);
  if (open.length === 0) return { kind: 'none' };
  const [only, another] = open.filter(({ shownHere }) => shownHere);
  if (only === undefined || another !== undefined || only.confirmationId !== lastShown) return { kind: 'ask', among: open };
  return { kind: 'bound', confirmationId: only.confirmationId };
}

/** "Two are waiting: card 12 (BUY COALINDIA) and card 13 (SELL INFY). Which one?" */
export function whichOne(among: readonly Waiting[]): string {
  const labels = among.map(({ label }) => label);
  if (labels.length === 1) return `Do you mean ${labels[0]}?`;
  const counts = ['', '', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine'];
  return `${counts[labels.length] ?? String(labels.length)} are waiting: ${labels.slice(0, -1).join(', ')} and ${labels.at(-1)}. Which one?`;
}
