import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../../../channels/conversation-service.ts';
import {
  afterBreak,
  emptyConversation,
  lastSaid,
  lastSequence,
  replacedTurns,
  withEvents,
  type Conversation,
} from '../../../../channels/web/app/conversation/fold.ts';
import { canAskAgain, type Outgoing } from '../../../../channels/web/app/conversation/outbox.ts';
import type { ConversationEvent } from '../../../../channels/vocabulary.ts';
import { proposal } from '../story-cards.ts';

const at = (sequence: number): string => new Date(Date.parse('2024-06-03T06:12:00.000Z') + sequence * 1_000).toISOString();
const card = (actionId: string, state: 'PENDING' | 'FILLED', confirmationId = 'c1'): ConversationEvent => {
  const made = proposal({ actionId, cardNumber: 12, confirmationId, expiresAt: at(600), marketTime: at(0) });
  return { turn: 't1', type: 'card', card: state === 'PENDING' ? made : { ...made, state, confirmation: null, outcome: 'Filled.' } };
};
const desk = (sequence: number, event: ConversationEvent): StoredEvent => ({ sequence, at: at(sequence), author: 'desk', event });
const said = (sequence: number, turn: string, text: string, replaces?: string): StoredEvent => ({
  sequence,
  at: at(sequence),
  author: 'person',
  event: { type: 'said', turn, text, ...(replaces === undefined ? {} : { replaces }) },
});
const reply = (turn: string, text: string): ConversationEvent => ({ turn, type: 'reply', text, figures: [], agent: 'desk' });

const story: StoredEvent[] = [
  said(1, 't1', 'find me a trade'),
  desk(2, reply('t1', 'One passes.')),
  desk(3, card('a1', 'PENDING')),
  desk(4, { turn: 't1', type: 'end' }),
  {
    sequence: 5,
    at: at(5),
    author: 'person',
    event: { type: 'pressed', turn: 't2', confirmationId: 'c1', actionId: 'a1', choice: 'confirm', text: 'You confirmed card 12' },
  },
  desk(6, { ...card('a1', 'FILLED'), turn: 't2' }),
  desk(7, reply('t2', 'Filled.')),
  desk(8, { turn: 't2', type: 'end' }),
  said(9, 't3', 'and now?'),
  desk(10, { ...card('a2', 'PENDING'), turn: 't3' }),
  desk(11, { turn: 't3', type: 'confirm', id: 'c9', digest: 'd', expiresAt: at(900), actionId: 'a2' }),
  desk(12, { turn: 't3', type: 'end' }),
];
const whole = withEvents(emptyConversation, story);

describe('the conversation as the page holds it', () => {
  it('is the same however the stored events arrive: in pieces, out of order, more than once', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(story, { minLength: 0 }),
        fc.array(fc.nat({ max: story.length - 1 }), { maxLength: 20 }),
        fc.integer({ min: 1, max: 5 }),
        (some, again, size) => {
          const arrivals = [...some, ...again.flatMap((index) => story[index] ?? []), ...story];
          let conversation: Conversation = emptyConversation;
          for (let from = 0; from < arrivals.length; from += size)
            conversation = withEvents(conversation, arrivals.slice(from, from + size));
          expect(conversation).toEqual(whole);
        },
      ),
    );
  });
  it('shows a card once, where it first stood, in its newest state', () => {
    const places = whole.turns.flatMap(({ turn, blocks }) =>
      blocks.flatMap((block) => (block.kind === 'card' ? [`${turn} ${block.actionId}`] : [])),
    );
    expect(places).toEqual(['t1 a1', 't3 a2']);
    expect(whole.cards.a1?.card.state).toBe('FILLED');
  });
  it('counts a confirmation’s time from when that confirmation was shown', () => {
    const early = withEvents(emptyConversation, story.slice(0, 3));
    expect(early.cards.a1?.shownAt).toBe(at(3));
    const sameAgain = withEvents(early, [desk(4, card('a1', 'PENDING'))]);
    expect(sameAgain.cards.a1?.shownAt).toBe(at(3));
    const renewed = withEvents(sameAgain, [desk(5, card('a1', 'PENDING', 'c2'))]);
    expect(renewed.cards.a1?.shownAt).toBe(at(5));
    expect(whole.cards.a2?.card.confirmation).toMatchObject({ id: 'c9', driftPercent: 0.5 });
    expect(whole.cards.a2?.shownAt).toBe(at(11));
  });
  it('streams words and replaces them by the reply', () => {
    const words = ['One ', 'passes.'].map((text): StoredEvent => desk(0, { turn: 't1', type: 'delta', text }));
    const streaming = withEvents(emptyConversation, [story[0]!, desk(0, { turn: 't1', type: 'progress', text: 'Reading' }), ...words]);
    expect(streaming.turns[0]).toMatchObject({ live: 'One passes.', progress: null, ended: false });
    const done = withEvents(streaming, [story[1]!]);
    expect(done.turns[0]).toMatchObject({ live: '', blocks: [{ kind: 'reply' }] });
    expect(lastSequence(done)).toBe(2);
  });
  it('shows no stream with a hole in it after the connection broke, and the whole reply when it comes', () => {
    const streaming = withEvents(emptyConversation, [story[0]!, desk(0, { turn: 't1', type: 'delta', text: 'One ' })]);
    const broken = withEvents(afterBreak(streaming), [desk(0, { turn: 't1', type: 'delta', text: 'gate.' })]);
    expect(broken.turns[0]).toMatchObject({ live: '', gapped: true });
    expect(withEvents(broken, [story[1]!]).turns[0]).toMatchObject({
      gapped: false,
      blocks: [{ kind: 'reply', reply: { text: 'One passes.' } }],
    });
  });
  it('keeps a stream that is going on when earlier entries are loaded above it', () => {
    const late = withEvents(emptyConversation, [said(9, 't3', 'and now?'), desk(0, { turn: 't3', type: 'delta', text: 'Let me' })]);
    const filled = withEvents(late, story.slice(0, 8));
    expect(filled.turns.map(({ turn }) => turn)).toEqual(['t1', 't2', 't3']);
    expect(filled.turns[2]?.live).toBe('Let me');
  });
});

describe('an edited message', () => {
  const edited = withEvents(whole, [said(13, 't4', 'and then?', 't3'), desk(14, reply('t4', 'Nothing.')), desk(15, { turn: 't4', type: 'end' })]);
  const outgoing = (state: Outgoing['state']): Outgoing => ({ clientMessageId: 'o', threadId: null, text: '', account: null, replaces: null, at: at(0), state, problem: null });

  it('replaces the earlier turn, which keeps its words and its card', () => {
    expect([...replacedTurns(edited.turns)]).toEqual(['t3']);
    expect(edited.turns.find(({ turn }) => turn === 't3')).toMatchObject({ said: 'and now?', blocks: [{ kind: 'card', actionId: 'a2' }] });
    expect(edited.cards.a2?.card.state).toBe('PENDING');
    expect([...replacedTurns(whole.turns)]).toEqual([]);
  });

  it('is the last one, and can be asked again once it is answered and nothing is on its way', () => {
    expect(lastSaid(edited.turns)?.turn).toBe('t4');
    expect(canAskAgain(edited.turns, [])?.turn).toBe('t4');
    expect(canAskAgain(edited.turns, [outgoing('refused')])?.turn).toBe('t4');
    for (const state of ['sending', 'waiting'] as const) expect(canAskAgain(edited.turns, [outgoing(state)])).toBeNull();
    expect(canAskAgain(withEvents(edited, [said(16, 't5', 'more')]).turns, [])).toBeNull();
    expect(canAskAgain([], [])).toBeNull();
  });
});
