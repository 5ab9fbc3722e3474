import type { ReactNode } from 'react';
import type { Card } from '../../../vocabulary.ts';
import { withoutHiding } from '../format/plain-text.ts';
import { usePage } from '../page-context.tsx';

const kindWord = { event: 'event', feature: 'feature', bars: 'prices', outcome: 'past trades' } as const;

/** Why and against: each reason opens the record behind it. */
export function EvidenceLines({ why, against }: Pick<Card, 'why' | 'against'>): ReactNode {
  const { openSheet } = usePage();
  if (why.length === 0 && against.length === 0) return null;
  return (
    <dl className="evidence">
      {why.length === 0 ? null : (
        <>
          <dt>Why</dt>
          <dd className="evidence-why">
            <ol>
              {why.map((line, index) => (
                <li key={index}>
                  {line.evidenceId === null ? (
                    withoutHiding(line.text)
                  ) : (
                    <button
                      type="button"
                      onClick={() => {
                        if (line.evidenceId !== null) openSheet({ kind: 'evidence', ref: line.evidenceId });
                      }}
                    >
                      <span className="evidence-text">{withoutHiding(line.text)}</span>{' '}
                      <span className="evidence-kind">{line.evidenceKind === null ? 'record' : kindWord[line.evidenceKind]}</span>
                    </button>
                  )}
                </li>
              ))}
            </ol>
          </dd>
        </>
      )}
      {against.length === 0 ? null : (
        <>
          <dt>Against</dt>
          <dd>
            <ul>
              {against.map((line, index) => (
                <li key={index}>{withoutHiding(line)}</li>
              ))}
            </ul>
          </dd>
        </>
      )}
    </dl>
  );
}
