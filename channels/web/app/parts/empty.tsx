import type { ReactNode } from 'react';
import { usePage } from '../page-context.tsx';

/** An empty part says what will appear there, and offers the words that fill it. */
export function Empty({ children, offer, label }: { children: ReactNode; offer?: string; label?: string }): ReactNode {
  const { compose } = usePage();
  return (
    <div className="empty">
      <p className="muted">{children}</p>
      {offer === undefined ? null : (
        <button type="button" className="button" onClick={() => compose(offer)}>
          {label ?? offer}
        </button>
      )}
    </div>
  );
}
/** Why figures are missing, in the desk's own words. */
export const Reasons = ({ reasons }: { reasons: readonly string[] }): ReactNode =>
  reasons.length === 0 ? null : (
    <ul className="reasons muted">
      {reasons.map((reason) => (
        <li key={reason}>{reason}</li>
      ))}
    </ul>
  );
/** Words for the conversation: a change is proposed there, never made here. */
export function Propose({ words, children, danger = false }: { words: string; children: ReactNode; danger?: boolean }): ReactNode {
  const { compose } = usePage();
  return (
    <button type="button" className={`button button-small${danger ? ' button-danger' : ''}`} title={`Puts “${words.trim()}” into the conversation`} onClick={() => compose(words)}>
      {children}
    </button>
  );
}
