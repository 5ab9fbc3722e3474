import { useId, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Icon } from '../icons.tsx';
import { go } from '../location.ts';
import { useDesk, usePage, usePick } from '../page-context.tsx';
import { partsOfDesk } from './parts-of-desk.ts';

interface Offer {
  key: string;
  name: string;
  what: string;
  run: () => void;
}
const most = 12;

/** The same commands as in the chat, the parts of the desk, and anything else that is typed, said to the desk. */
export function Palette({ close }: { close: () => void }): ReactNode {
  const { compose, say } = usePage();
  const desk = useDesk();
  const threadId = usePick((state) => state.threadId);
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const list = useId();
  // Before the next key: whoever types on at once types into it.
  useLayoutEffect(() => {
    dialog.current?.showModal();
  }, []);
  const offers = useMemo((): Offer[] => {
    const wanted = text.trim().toLowerCase();
    const matches = (words: string): boolean => words.toLowerCase().includes(wanted.replace(/^\//, ''));
    const parts = partsOfDesk
      .filter(({ name, what }) => !wanted.startsWith('/') && matches(`${name} ${what}`))
      .map(({ part, name, what }): Offer => ({ key: part, name, what, run: () => go(part === 'chat' ? { part, id: threadId } : { part, id: null }) }));
    const commands = (desk?.commands ?? [])
      .filter(({ command, title }) => (wanted.startsWith('/') ? command.startsWith(wanted) : matches(`${command} ${title}`)))
      .map(({ command, title }): Offer => ({ key: command, name: command, what: title, run: () => compose(`${command} `) }));
    const found = [...parts.slice(0, wanted === '' ? most : 5), ...commands].slice(0, most);
    const whole = text.trim();
    // A command with what belongs to it, or a sentence: it is said as it stands.
    const spoken: Offer = { key: 'say', name: `Say “${whole}”`, what: 'to the desk', run: () => say(whole) };
    return whole === '' || (whole.startsWith('/') && !whole.includes(' ')) ? found : found.length === 0 || whole.includes(' ') ? [spoken, ...found] : [...found, spoken];
  }, [text, desk, threadId, compose, say]);
  const take = (offer: Offer | undefined): void => {
    if (!offer) return;
    close();
    offer.run();
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setChosen((at) => (offers.length === 0 ? 0 : (at + (event.key === 'ArrowDown' ? 1 : offers.length - 1)) % offers.length));
    } else if (event.key === 'Enter' || event.key === 'Tab') {
      event.preventDefault();
      take(offers[chosen]);
    }
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it, by the dialog itself
    <dialog
      ref={dialog}
      className="palette"
      aria-label="Commands and parts"
      onClose={close}
      onClick={(event) => {
        if (event.target === event.currentTarget) close();
      }}
    >
      <div className="palette-inner">
        <label className="palette-box">
          <Icon name="lens" />
          <span className="unseen">Command, part or question</span>
          <input
            autoFocus
            value={text}
            placeholder="A command, a part of the desk, or a question"
            role="combobox"
            aria-expanded={offers.length > 0}
            aria-controls={list}
            aria-activedescendant={offers.length > 0 ? `${list}-${chosen}` : undefined}
            autoComplete="off"
            spellCheck={false}
            maxLength={4_000}
            onChange={(event) => {
              setText(event.target.value);
              setChosen(0);
            }}
            onKeyDown={onKey}
          />
        </label>
        <ul role="listbox" id={list} aria-label="Commands">
          {offers.map((offer, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the box has the keys
            <li key={offer.key} id={`${list}-${index}`} role="option" aria-selected={index === chosen} onPointerEnter={() => setChosen(index)} onClick={() => take(offer)}>
              <span className="offer-command">{offer.name}</span>
              <span className="muted">{offer.what}</span>
            </li>
          ))}
        </ul>
        {offers.length === 0 ? <p className="muted palette-none">Nothing is called that. Enter a whole sentence to say it to the desk.</p> : null}
      </div>
    </dialog>
  );
}
