import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import type { Card } from '../../../vocabulary.ts';
import { clockTime, duration } from '../format/time.ts';
import { useConnected, usePage, useZone } from '../page-context.tsx';
import { useDeskNow } from '../use-now.ts';
import { useSettledOnScreen } from './use-settled-on-screen.ts';

/** Shown beside the word, drawn by the style sheet so that it is not part of the button's name. */
const Key = ({ name }: { name: string }): ReactNode => <span className="key" data-key={name} />;

/** The shrinking line and the two buttons, apart from each other. C and R press them from inside the card. */
export function Decision({
  card,
  confirmation,
  shownAt,
  within,
}: {
  card: Card;
  confirmation: NonNullable<Card['confirmation']>;
  shownAt: string;
  within: RefObject<HTMLElement | null>;
}): ReactNode {
  const { link } = usePage();
  const zone = useZone();
  const row = useRef<HTMLDivElement>(null);
  const now = useDeskNow(true);
  const expiresMs = Date.parse(confirmation.expiresAt);
  const leftMs = Math.max(0, expiresMs - now);
  const wholeMs = Math.max(1, expiresMs - Date.parse(shownAt));
  const expired = leftMs === 0;
  const settled = useSettledOnScreen(row, !expired);
  const [pressed, setPressed] = useState<'confirm' | 'reject' | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const connected = useConnected();
  const active = settled && !expired && connected && pressed === null;

  const press = async (choice: 'confirm' | 'reject'): Promise<void> => {
    if (!active) return;
    setPressed(choice);
    setProblem(null);
    const why = await link.press(confirmation.id, choice);
    if (why !== null) {
      setProblem(why);
      setPressed(null);
    }
  };
  const pressing = useRef(press);
  pressing.current = press;
  useEffect(() => {
    const element = within.current;
    if (!element) return;
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLTextAreaElement || event.repeat) return;
      const choice = event.key === 'c' ? 'confirm' : event.key === 'r' ? 'reject' : null;
      if (choice) {
        event.preventDefault();
        void pressing.current(choice);
      }
    };
    element.addEventListener('keydown', onKey);
    return () => element.removeEventListener('keydown', onKey);
  }, [within]);

  const drift = confirmation.driftPercent === null ? '' : ` or until the price moves ${confirmation.driftPercent} %`;
  return (
    <div className="decision">
      <div className={`expiry${leftMs < wholeMs * 0.2 ? ' expiry-soon' : ''}`} aria-hidden="true">
        <span style={{ transform: `scaleX(${Math.min(1, leftMs / wholeMs)})` }} />
      </div>
      <p className="decision-words muted">
        {expired ? (
          `Expired at ${clockTime(confirmation.expiresAt, zone)}. Ask again for the price of now.`
        ) : (
          <>
            Good for <span className="figure">{duration(leftMs)}</span>
            {drift}.
          </>
        )}
      </p>
      {problem === null ? null : (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <div className="decision-row" ref={row}>
        {/* Reject stands first, so that the keyboard reaches it before Confirm. */}
        <button
          type="button"
          className="button button-reject"
          data-press="reject"
          aria-disabled={!active}
          onClick={() => void press('reject')}
        >
          {pressed === 'reject' ? 'Rejecting' : 'Reject'}
          <Key name="R" />
        </button>
        <button
          type="button"
          className="button button-primary button-confirm"
          data-press="confirm"
          aria-disabled={!active}
          onClick={() => void press('confirm')}
        >
          {pressed === 'confirm' ? 'Confirming' : 'Confirm'}
          <Key name="C" />
        </button>
      </div>
      <span className="unseen">
        {card.gates.warnings > 0 ? `${card.gates.warnings} warning. ` : ''}
        {active || expired ? '' : connected ? 'The buttons wake after a moment on screen.' : 'No connection: nothing can be pressed.'}
      </span>
    </div>
  );
}
