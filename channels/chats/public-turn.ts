import type { ConversationEvent } from '../vocabulary.ts';

/** Events that are about an account whatever they say. */
const personal: ReadonlySet<ConversationEvent['type']> = new Set(['card', 'confirm', 'timeline', 'file']);

/**
 * Whether a turn may be shown to a whole group: it was answered from the market's tools and nothing else. A turn that used
 * no tool is not, since what the desk then says comes from what it knows of the person (which card, which account).
 */
export const isPublicTurn = ({ events, toolsUsed, isMarketTool }: { events: readonly ConversationEvent[]; toolsUsed: readonly string[]; isMarketTool: (name: string) => boolean }): boolean =>
  toolsUsed.length > 0 && toolsUsed.every(isMarketTool) && events.every(({ type }) => !personal.has(type));
