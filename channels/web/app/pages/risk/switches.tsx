import type { ReactNode } from 'react';
import { withoutHiding } from '../../format/plain-text.ts';
import { clockOrDay } from '../../format/time.ts';
import { useDesk, useZone } from '../../page-context.tsx';
import { Propose } from '../../parts/empty.tsx';
import { Section } from '../../parts/section.tsx';
import { Shown } from '../../parts/shown.tsx';
import { useRead } from '../../read/use-read.ts';

/** The desk's switch and each account's: state in words, since when, why, and the words that change it. */
export function Switches(): ReactNode {
  const zone = useZone();
  const desk = useDesk();
  const switches = useRead('switches', {});
  return (
    <Section title="Switches" note="exits always work">
      <Shown read={switches} lines={4}>
        {({ lines }) => (
          <ul className="switches">
            {lines.map((line, index) => {
              const suffix = index === 0 ? '' : ` ${line.scope}`;
              return (
                <li key={line.scope}>
                  <span className={`guard guard-${line.state.toLowerCase()}`}>
                    <span className="guard-dot" aria-hidden="true" />
                    {line.state}
                  </span>
                  <span>
                    <strong>{line.scope}</strong> <span className="muted">{line.means}</span>
                    {line.reason === null ? null : <span className="switch-reason">{withoutHiding(line.reason)}</span>}
                    {line.since === null || line.state === 'ACTIVE' || !desk ? null : <span className="muted"> since {clockOrDay(line.since, desk.wallTime, zone)}</span>}
                  </span>
                  <span className="switch-words">
                    {line.state === 'ACTIVE' ? (
                      <>
                        <Propose words={`/pause${suffix}`}>Pause</Propose>
                        <Propose words={`/kill${suffix}`} danger>
                          Kill
                        </Propose>
                      </>
                    ) : (
                      <Propose words={`/resume${suffix}`}>Resume</Propose>
                    )}
                  </span>
                </li>
              );
            })}
          </ul>
        )}
      </Shown>
    </Section>
  );
}
