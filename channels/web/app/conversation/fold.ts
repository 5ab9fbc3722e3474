import type { StoredEvent } from '../../../conversation-service.ts';
import type { Card, ConversationEvent } from '../../../vocabulary.ts';

type OfType<T extends ConversationEvent['type']> = Extract<ConversationEvent, { type: T }>;
/** What stands under a turn, in the order in which it came. A card is by reference: its newest rendering is in `cards`. */
export type Block = { key: string } & (
  | { kind: 'reply'; reply: OfType<'reply'> }
  | { kind: 'table'; table: OfType<'table'> }
  | { kind: 'card'; actionId: string }
  | { kind: 'chart'; chart: OfType<'chart'>['chart'] }
  | { kind: 'file'; file: OfType<'file'>['file'] }
  | { kind: 'timeline'; timeline: OfType<'timeline'> }
  | { kind: 'error'; error: OfType<'error'> }
);
export interface Turn {
  turn: string;
  /** Wall clock of its first event. */
  at: string;
  said: string | null;
  /** The turn whose words these replace. */
  replaces: string | null;
  pressed: { text: string; choice: 'confirm' | 'reject' } | null;
  blocks: Block[];
  progress: string | null;
  /** The reply as it streams in; empty once the reply itself is here. */
  live: string;
  /** Parts of the stream were missed, so it is not shown; the reply will come whole. */
  gapped: boolean;
  ended: boolean;
}
/** `shownAt`: since when its present confirmation has been waiting. */
export interface CardView {
  card: Card;
  shownAt: string;
}
export interface Conversation {
  turns: readonly Turn[];
  cards: Readonly<Record<string, CardView>>;
  /** Ascending, without doubles. */
  events: readonly StoredEvent[];
}
export const emptyConversation: Conversation = { turns: [], cards: {}, events: [] };
/** The person's last message: the one that can be edited. */
export const lastSaid = (turns: readonly Turn[]): Turn | null => turns.findLast(({ said }) => said !== null) ?? null;
/** Turns whose words were edited since: they are folded away, their cards are not. */
export const replacedTurns = (turns: readonly Turn[]): ReadonlySet<string> =>
  new Set(turns.flatMap(({ replaces }) => (replaces === null ? [] : [replaces])));
export const lastSequence = (conversation: Conversation): number => conversation.events.at(-1)?.sequence ?? 0;
export const firstSequence = (conversation: Conversation): number => conversation.events[0]?.sequence ?? 0;

const newTurn = (turn: string, at: string): Turn => ({
  turn,
  at,
  said: null,
  replaces: null,
  pressed: null,
  blocks: [],
  progress: null,
  live: '',
  gapped: false,
  ended: false,
});

function placeCard(cards: Conversation['cards'], card: Card, at: string): Conversation['cards'] {
  const before = cards[card.actionId];
  const sameConfirmation = before !== undefined && before.card.confirmation?.id === card.confirmation?.id;
  return { ...cards, [card.actionId]: { card, shownAt: sameConfirmation ? before.shownAt : at } };
}
function placeConfirmation(cards: Conversation['cards'], confirm: OfType<'confirm'>, at: string): Conversation['cards'] {
  const before = cards[confirm.actionId];
  if (!before || before.card.confirmation?.id === confirm.id) return cards;
  const confirmation = {
    id: confirm.id,
    digest: confirm.digest,
    expiresAt: confirm.expiresAt,
    driftPercent: before.card.confirmation?.driftPercent ?? null,
  };
  return placeCard(cards, { ...before.card, confirmation }, at);
}

function extend(turn: Turn, stored: StoredEvent, cardIsNew: boolean): Turn {
  const { event } = stored;
  const key = `${turn.turn}:${turn.blocks.length}`;
  const add = (block: Block, more: Partial<Turn> = {}): Turn => ({ ...turn, progress: null, blocks: [...turn.blocks, block], ...more });
  switch (event.type) {
    case 'said':
      return { ...turn, said: event.text, replaces: event.replaces ?? null };
    case 'pressed':
      return { ...turn, pressed: { text: event.text, choice: event.choice } };
    case 'delta':
      return turn.gapped || turn.ended ? turn : { ...turn, live: turn.live + event.text, progress: null };
    case 'progress':
      return turn.ended ? turn : { ...turn, progress: event.text };
    case 'reply':
      return add({ kind: 'reply', key, reply: event }, { live: '', gapped: false });
    case 'table':
      return add({ kind: 'table', key, table: event });
    case 'chart':
      return add({ kind: 'chart', key, chart: event.chart });
    case 'file':
      return add({ kind: 'file', key, file: event.file });
    case 'timeline':
      return add({ kind: 'timeline', key, timeline: event });
    case 'error':
      return add({ kind: 'error', key, error: event }, { live: '' });
    case 'card':
      return cardIsNew ? add({ kind: 'card', key, actionId: event.card.actionId }) : { ...turn, progress: null };
    case 'confirm':
      return turn;
    case 'end':
      return { ...turn, ended: true, progress: null, live: '' };
  }
}

function apply(conversation: Conversation, stored: StoredEvent): Conversation {
  const { event } = stored;
  let { cards } = conversation;
  const cardIsNew = event.type === 'card' && cards[event.card.actionId] === undefined;
  if (event.type === 'card') cards = placeCard(cards, event.card, stored.at);
  else if (event.type === 'confirm') cards = placeConfirmation(cards, event, stored.at);
  const index = conversation.turns.findLastIndex(({ turn }) => turn === event.turn);
  const before = index === -1 ? newTurn(event.turn, stored.at) : (conversation.turns[index] ?? newTurn(event.turn, stored.at));
  const after = extend(before, stored, cardIsNew);
  const turns =
    index === -1 ? [...conversation.turns, after] : after === before ? conversation.turns : conversation.turns.with(index, after);
  return { turns, cards, events: conversation.events };
}

/**
 * Adds events in whatever order they come: live ones (sequence 0) at once; stored ones once each, and those that belong
 * further up by folding the whole conversation again.
 */
export function withEvents(conversation: Conversation, arrived: readonly StoredEvent[]): Conversation {
  let next = conversation;
  const late = new Map<number, StoredEvent>();
  for (const stored of arrived) {
    if (stored.sequence === 0) next = apply(next, stored);
    else if (stored.sequence > lastSequence(next)) next = { ...apply(next, stored), events: [...next.events, stored] };
    else late.set(stored.sequence, stored);
  }
  for (const { sequence } of late.size > 0 ? next.events : []) late.delete(sequence);
  if (late.size === 0) return next;
  const events = [...next.events, ...late.values()].sort((a, b) => a.sequence - b.sequence);
  const refolded = events.reduce(apply, emptyConversation);
  // What is live only is not in the events: it is carried over from before.
  const live = new Map(next.turns.map((turn) => [turn.turn, turn]));
  const turns = refolded.turns.map((turn) => {
    const before = live.get(turn.turn);
    return before && !turn.ended ? { ...turn, live: before.live, progress: before.progress, gapped: before.gapped } : turn;
  });
  const folded = new Set(turns.map(({ turn }) => turn));
  return { turns: [...turns, ...next.turns.filter(({ turn }) => !folded.has(turn))], cards: refolded.cards, events };
}

/** After a break in the connection: what streamed before it is not continued, the reply comes whole. */
export function afterBreak(conversation: Conversation): Conversation {
  return {
    ...conversation,
    turns: conversation.turns.map((turn) =>
      turn.ended ? turn : { ...turn, live: '', gapped: true, progress: turn.progress ?? 'Still answering' },
    ),
  };
}
