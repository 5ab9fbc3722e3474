import { useEffect, useRef } from 'react';

const writing = (target: EventTarget | null): boolean =>
  target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement || target instanceof HTMLSelectElement;

/** J and K go through cards and lines in the order in which they stand on the page. */
function walk(step: 1 | -1): void {
  const open = document.querySelector('dialog[open]') ?? document;
  const stops = [...open.querySelectorAll<HTMLElement>('[data-walk]')].filter((element) => element.offsetParent !== null);
  const at = stops.findIndex((element) => element === document.activeElement || element.contains(document.activeElement));
  const next = at === -1 ? (step === 1 ? stops[0] : stops.at(-1)) : stops[at + step];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: 'nearest' });
}

export function useKeys(actions: { command: () => void; write: () => void; keys: () => void }): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        latest.current.command();
        return;
      }
      if (event.metaKey || event.ctrlKey || event.altKey || writing(event.target)) return;
      const run = { j: () => walk(1), k: () => walk(-1), '?': latest.current.keys, '/': latest.current.write }[event.key];
      if (run) {
        event.preventDefault();
        run();
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
