import Chat, { Bubble } from '@chatui/core';
import { useEffect, useMemo, useRef, useState, type ReactNode, type RefObject } from 'react';
import { firstSequence, replacedTurns, type Conversation, type Turn } from '../conversation/fold.ts';
import { canAskAgain, type Outgoing } from '../conversation/outbox.ts';
import { calendarDay, clockTime, shortDay } from '../format/time.ts';
import { splitHeadline } from '../card/headline.ts';
import { Icon } from '../icons.tsx';
import { useDesk, usePage, usePick, useZone } from '../page-context.tsx';
import { DeskComposer, type ComposerControl } from './composer.tsx';
import { PlainText } from './plain.tsx';
import { DeskTurn, EarlierTurn, Quietly } from './turn.tsx';
import { useScroll } from './use-scroll.ts';

type Entry =
  | { kind: 'day'; at: string }
  | { kind: 'said'; turn: string; text: string; edited: boolean }
  | { kind: 'pressed'; text: string; at: string }
  | { kind: 'desk'; turn: string }
  | { kind: 'earlier'; turn: string }
  | { kind: 'outgoing'; message: Outgoing }
  | { kind: 'end' };
type Message = Parameters<typeof Chat>[0]['messages'][number];
const message = (id: string, position: 'left' | 'right' | 'center' | 'pop', content: Entry): Message => ({
  _id: id,
  type: content.kind,
  position,
  hasTime: false,
  content,
});
/** A last message in the position "pop" keeps the library from scrolling by itself; `useScroll` does it. */
const theEnd = message('end', 'pop', { kind: 'end' });

function messagesOf(turns: readonly Turn[], outbox: readonly Outgoing[], day: (at: string) => string): Message[] {
  const messages: Message[] = [];
  const replaced = replacedTurns(turns);
  let before = '';
  for (const turn of turns) {
    const today = day(turn.at);
    if (today !== before) messages.push(message(`day:${today}`, 'center', { kind: 'day', at: turn.at }));
    before = today;
    if (replaced.has(turn.turn)) {
      messages.push(message(`${turn.turn}:earlier`, 'left', { kind: 'earlier', turn: turn.turn }));
      continue;
    }
    if (turn.said !== null)
      messages.push(message(`${turn.turn}:said`, 'right', { kind: 'said', turn: turn.turn, text: turn.said, edited: turn.replaces !== null }));
    if (turn.pressed !== null)
      messages.push(message(`${turn.turn}:pressed`, 'center', { kind: 'pressed', text: turn.pressed.text, at: turn.at }));
    messages.push(message(turn.turn, 'left', { kind: 'desk', turn: turn.turn }));
  }
  for (const each of outbox) messages.push(message(`out:${each.clientMessageId}`, 'right', { kind: 'outgoing', message: each }));
  return [...messages, theEnd];
}

/** What a screen reader is told, politely and whole: the newest finished reply, card or fault. */
function announcement({ turns, cards }: Conversation): string {
  const block = turns.at(-1)?.blocks.at(-1);
  if (!block) return '';
  if (block.kind === 'reply') return block.reply.text;
  if (block.kind === 'error') return block.error.message;
  if (block.kind === 'table') return `Table: ${block.table.title}`;
  if (block.kind === 'chart') return `Chart: ${block.chart.symbol}`;
  if (block.kind === 'file') return `Document: ${block.file.report.title}`;
  if (block.kind === 'timeline') return block.timeline.subject;
  const card = cards[block.actionId]?.card;
  return card ? `${splitHeadline(card.headline).action}. ${card.outcome ?? card.worstLoss}` : '';
}

function OutgoingMessage({ message: sent }: { message: Outgoing }): ReactNode {
  const { link, compose } = usePage();
  return (
    <Quietly>
      <Bubble type="text">
        <PlainText text={sent.text} />
      </Bubble>
      {sent.state === 'sending' ? null : (
        <p className="outgoing">
          {sent.state === 'waiting' ? 'Not sent yet. It goes when the connection is back.' : (sent.problem ?? 'Not taken.')}
          <button
            type="button"
            className="quiet"
            onClick={() => {
              link.withdraw(sent.clientMessageId);
              if (sent.state === 'refused') compose(sent.text);
            }}
          >
            {sent.state === 'waiting' ? 'Do not send' : 'Edit'}
          </button>
        </p>
      )}
    </Quietly>
  );
}

/** Under the person's own words: that they were edited, and, for the last ones, the way to edit them. */
function SaidFoot({ turn, text, edited }: { turn: string; text: string; edited: boolean }): ReactNode {
  const { edit } = usePage();
  const editable = usePick(({ conversation, outbox }) => canAskAgain(conversation.turns, outbox)?.turn === turn);
  if (!edited && !editable) return null;
  return (
    <p className="said-foot muted">
      {edited ? <span>edited</span> : null}
      {editable ? (
        <button type="button" className="quiet" aria-label="Edit your last message" onClick={() => edit({ turn, text })}>
          Edit
        </button>
      ) : null}
    </p>
  );
}

function Starters(): ReactNode {
  const { link } = usePage();
  const desk = useDesk();
  const starters = desk?.commands.filter(({ starter }) => starter) ?? [];
  return (
    <div className="starters">
      <h2>Ask the desk</h2>
      <p className="muted">Answers, cards to confirm and charts appear here. Orders go out only inside what you have confirmed.</p>
      {starters.length === 0 ? null : (
        <ul>
          {starters.map((each) => (
            <li key={each.command}>
              <button type="button" onClick={() => void link.say(each.example)}>
                <span>{each.example}</span>
                <span className="muted">{each.title}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The conversation: the page itself on the chat, beside it on every other part. */
export function ChatPane({ composer, docked }: { composer: RefObject<ComposerControl | null>; docked: boolean }): ReactNode {
  const { link } = usePage();
  const conversation = usePick((state) => state.conversation);
  const allOutgoing = usePick((state) => state.outbox);
  const threadId = usePick((state) => state.threadId);
  const history = usePick((state) => state.history);
  const zone = useZone();
  const frame = useRef<HTMLDivElement>(null);
  const [spoken, setSpoken] = useState('');
  const outbox = useMemo(() => allOutgoing.filter((each) => each.threadId === threadId || each.threadId === null), [allOutgoing, threadId]);
  // Only what adds or removes a message makes a new list; a turn that grows redraws itself.
  const shape = conversation.turns
    .map(({ turn, said, replaces, pressed }) => `${turn}${said === null ? '' : 's'}${replaces === null ? '' : 'e'}${pressed === null ? '' : 'p'}`)
    .join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` stands for the turns
  const messages = useMemo(() => messagesOf(conversation.turns, outbox, (at) => calendarDay(at, zone)), [shape, outbox, zone]);
  const { away, toEnd } = useScroll({
    frame,
    threadId,
    conversation,
    firstKey: firstSequence(conversation),
    sent: allOutgoing.map(({ clientMessageId, state }) => `${clientMessageId} ${state}`).join(),
    loadEarlier: () => void link.loadEarlier(),
  });
  const said = announcement(conversation);
  useEffect(() => {
    const timer = setTimeout(() => setSpoken(said), 300);
    return () => clearTimeout(timer);
  }, [said]);

  const render = ({ content }: Message): ReactNode => {
    const entry = content as Entry;
    switch (entry.kind) {
      case 'day':
        return (
          <Quietly>
            <time className="day" dateTime={entry.at}>
              {shortDay(entry.at, zone)}
            </time>
          </Quietly>
        );
      case 'said':
        return (
          <Quietly>
            <Bubble type="text">
              <PlainText text={entry.text} />
            </Bubble>
            <SaidFoot turn={entry.turn} text={entry.text} edited={entry.edited} />
          </Quietly>
        );
      case 'earlier':
        return <EarlierTurn id={entry.turn} />;
      case 'pressed':
        return (
          <Quietly>
            <p className="pressed">
              {entry.text} <time dateTime={entry.at}>{clockTime(entry.at, zone, true)}</time>
            </p>
          </Quietly>
        );
      case 'outgoing':
        return <OutgoingMessage message={entry.message} />;
      case 'desk':
        return <DeskTurn id={entry.turn} />;
      case 'end':
        return null;
    }
  };
  const empty = conversation.turns.length === 0 && outbox.length === 0;
  return (
    // One element whatever its role, so that nothing is drawn anew on the way from the chat to another part.
    <section className="chat" ref={frame} role={docked ? 'complementary' : 'main'} aria-label="Conversation">
      <p className="unseen" role="status" aria-live="polite">
        {spoken}
      </p>
      <Chat
        messages={messages}
        renderMessageContent={render}
        onSend={() => undefined}
        locale="en-US"
        colorScheme="light"
        Composer={DeskComposer}
        composerRef={composer as never}
        renderBeforeMessageList={() => (empty && history === 'all' ? <Starters /> : history === 'loading' && empty ? <Skeleton /> : null)}
      />
      {away ? (
        <button type="button" className="to-end" onClick={toEnd}>
          <Icon name="down" size={14} />
          Newest
        </button>
      ) : null}
    </section>
  );
}
const Skeleton = (): ReactNode => (
  <div className="starters" aria-hidden="true">
    {[62, 84, 40].map((width) => (
      <div key={width} className="skeleton skeleton-line" style={{ width: `${width}%` }} />
    ))}
  </div>
);
