import { forwardRef, useId, useImperativeHandle, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { CommandOffer } from '../../../conversation-service.ts';
import { lastSaid } from '../conversation/fold.ts';
import { Icon } from '../icons.tsx';
import { useConnected, useDesk, usePage, usePick } from '../page-context.tsx';

const longestMessage = 4_000;
export interface ComposerControl {
  setText(text: string): void;
  /** The words of a message that is asked again in other ones. */
  edit(message: { turn: string; text: string }): void;
  focus(): void;
}

const matching = (commands: readonly CommandOffer[], text: string): CommandOffer[] => {
  if (!/^\/\S*$/.test(text)) return [];
  return commands.filter(({ command }) => command.startsWith(text.toLowerCase()) && command !== text).slice(0, 8);
};

/** Enter sends, Shift+Enter makes a line, ↑ in an empty box brings back what was said last, / offers the commands. */
export const DeskComposer = forwardRef<ComposerControl>(function DeskComposer(_props, control): ReactNode {
  const { link } = usePage();
  const desk = useDesk();
  const connected = useConnected();
  const answering = usePick(
    ({ conversation }) =>
      conversation.turns.findLast(({ ended, said, pressed }) => !ended && (said !== null || pressed !== null))?.turn ?? null,
  );
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const [closed, setClosed] = useState(false);
  /** The message that is being edited, and what stood in the box before. */
  const [editing, setEditing] = useState<{ turn: string; draft: string } | null>(null);
  const last = usePick(({ conversation }) => lastSaid(conversation.turns)?.turn ?? null);
  const box = useRef<HTMLTextAreaElement>(null);
  const list = useId();
  const offers = closed ? [] : matching(desk?.commands ?? [], text);

  const change = (next: string): void => {
    setText(next);
    setChosen(0);
    setClosed(false);
  };
  const focusEnd = (): void => {
    const element = box.current;
    if (element) {
      element.focus();
      requestAnimationFrame(() => element.setSelectionRange(element.value.length, element.value.length));
    }
  };
  useImperativeHandle(control, () => ({
    setText: (next) => {
      setEditing(null);
      change(next);
      focusEnd();
    },
    edit: (message) => {
      setEditing({ turn: message.turn, draft: editing?.draft ?? text });
      change(message.text);
      focusEnd();
    },
    focus: focusEnd,
  }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the box grows with its text
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${Math.min(element.scrollHeight, 160)}px`;
  }, [text]);

  const send = (): void => {
    const message = text.trim();
    if (message === '') return;
    change(editing?.draft ?? '');
    setEditing(null);
    void link.say(message, editing?.turn === last && editing ? editing.turn : undefined);
  };
  const leaveEdit = (): void => {
    change(editing?.draft ?? '');
    setEditing(null);
    focusEnd();
  };
  const take = (offer: CommandOffer | undefined): void => {
    if (offer) {
      change(`${offer.command} `);
      focusEnd();
    }
  };
  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    // While an input method composes a letter, its Enter is not ours.
    if (event.nativeEvent.isComposing) return;
    if (offers.length > 0) {
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        setChosen((chosen + (event.key === 'ArrowDown' ? 1 : offers.length - 1)) % offers.length);
        return;
      }
      if (event.key === 'Tab' || event.key === 'Enter') {
        event.preventDefault();
        take(offers[chosen]);
        return;
      }
      if (event.key === 'Escape') {
        event.preventDefault();
        setClosed(true);
        return;
      }
    }
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
      return;
    }
    if (event.key === 'ArrowUp' && text === '') {
      const words = lastSaid(link.state().conversation.turns)?.said;
      if (words) {
        event.preventDefault();
        change(words);
        focusEnd();
      }
    }
    if (event.key === 'Escape') {
      if (editing) leaveEdit();
      else box.current?.blur();
    }
  };
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {offers.length === 0 ? null : (
        <ul className="offers" role="listbox" id={list} aria-label="Commands">
          {offers.map((offer, index) => (
            <li
              key={offer.command}
              id={`${list}-${index}`}
              role="option"
              aria-selected={index === chosen}
              onPointerDown={(event) => {
                event.preventDefault();
                take(offer);
              }}
            >
              <span className="offer-command">{offer.command}</span>
              <span className="muted">{offer.title}</span>
            </li>
          ))}
        </ul>
      )}
      {editing === null ? null : (
        <p className="editing" role="status">
          <span>{editing.turn === last ? 'Editing your last message' : 'You have said something else since, so this goes as a new message'}</span>
          <button type="button" className="quiet" onClick={leaveEdit}>
            Leave it
          </button>
        </p>
      )}
      <div className="composer-box">
        <textarea
          ref={box}
          rows={1}
          value={text}
          maxLength={longestMessage}
          enterKeyHint="send"
          autoComplete="off"
          spellCheck={false}
          placeholder="Ask, or type / for commands"
          aria-label={editing === null ? 'Message to the desk' : 'New words of your last message'}
          role="combobox"
          aria-expanded={offers.length > 0}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={offers.length > 0 ? `${list}-${chosen}` : undefined}
          onChange={(event) => change(event.target.value)}
          onKeyDown={onKey}
        />
        {answering !== null && text === '' ? (
          <button
            type="button"
            className="send"
            aria-label="Stop the answer"
            disabled={!connected}
            onClick={() => void link.cancel(answering)}
          >
            <Icon name="stop" />
          </button>
        ) : (
          <button type="submit" className="send" aria-label="Send" disabled={text.trim() === ''}>
            <Icon name="up" />
          </button>
        )}
      </div>
      <p className="composer-hint muted" aria-hidden="true">
        <kbd>Enter</kbd> sends <kbd>⌘K</kbd> commands <kbd>?</kbd> keys
      </p>
    </form>
  );
});
