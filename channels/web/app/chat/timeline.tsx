import type { ReactNode } from 'react';
import type { StoryEntry } from '../../../conversation-service.ts';
import { clockTime } from '../format/time.ts';
import { withoutHiding } from '../format/plain-text.ts';
import { usePage, useZone } from '../page-context.tsx';

/** Each line opens the record behind it. */
export function Timeline({ subject, entries }: { subject: string | null; entries: readonly StoryEntry[] }): ReactNode {
  const { openSheet } = usePage();
  const zone = useZone();
  return (
    <figure className="timeline">
      {subject === null ? null : <figcaption>{withoutHiding(subject)}</figcaption>}
      <ol>
        {entries.map((entry, index) => {
          const words = (
            <>
              <time dateTime={entry.at}>{clockTime(entry.at, zone, true)}</time>
              <span className="timeline-text">{withoutHiding(entry.text)}</span>
            </>
          );
          return (
            <li key={index} data-kind={entry.kind}>
              {entry.ref === null ? (
                <span className="timeline-line">{words}</span>
              ) : (
                <button
                  type="button"
                  className="timeline-line"
                  onClick={() => {
                    if (entry.ref !== null) openSheet({ kind: 'evidence', ref: entry.ref });
                  }}
                >
                  {words}
                </button>
              )}
            </li>
          );
        })}
      </ol>
    </figure>
  );
}
