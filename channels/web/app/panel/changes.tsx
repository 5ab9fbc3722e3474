import { useId, type ReactNode } from 'react';
import { withoutHiding } from '../format/plain-text.ts';
import { clockOrDay } from '../format/time.ts';
import { useDesk, usePage } from '../page-context.tsx';

/** What changed, newest first. What belongs to a trade opens its story. */
export function Changes(): ReactNode {
  const { openSheet } = usePage();
  const desk = useDesk();
  const heading = useId();
  const changes = desk?.changes ?? [];
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading}>Changed</h2>
      {changes.length === 0 || !desk ? (
        <p className="muted">Fills, stops and switches appear here as they happen.</p>
      ) : (
        <ul className="changes">
          {changes.map((change) => {
            const words = (
              <>
                <time dateTime={change.at}>{clockOrDay(change.at, desk.wallTime, desk.zone)}</time>
                <span>{withoutHiding(change.text)}</span>
              </>
            );
            const { actionId } = change;
            return (
              <li key={change.at + change.text}>
                {actionId === null ? (
                  <span className="change">{words}</span>
                ) : (
                  <button type="button" className="change" data-walk="" onClick={() => openSheet({ kind: 'story', actionId })}>
                    {words}
                  </button>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
