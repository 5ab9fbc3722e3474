import type { ReactNode } from 'react';
import { withoutHiding } from '../../format/plain-text.ts';
import { Propose } from '../../parts/empty.tsx';
import { Section } from '../../parts/section.tsx';
import { Shown } from '../../parts/shown.tsx';
import { useRead } from '../../read/use-read.ts';

/** How each type of news is traded, with every setting in force. A change is proposed in the conversation. */
export function Playbooks(): ReactNode {
  const playbooks = useRead('playbooks', {});
  return (
    <Section title="Playbooks">
      <Shown read={playbooks} lines={6}>
        {({ lines, playbooks: all }) =>
          lines.length === 0 ? (
            <p className="muted">How each type of news is traded stands here.</p>
          ) : (
            <ul className="lines">
              {lines.map((line) => {
                const own = all.find(({ id }) => id === line.id);
                return (
                  <li key={line.id}>
                    <details className="playbook">
                      <summary>
                        <span className="line-main">
                          {withoutHiding(line.name)} <span className="muted">version {line.version}</span>
                        </span>
                        <span className="muted line-under">
                          {withoutHiding(line.news)}: {withoutHiding(line.does)}
                        </span>
                      </summary>
                      <dl className="facts facts-wide">
                        {(own?.settings ?? []).map(({ setting, value }) => (
                          <div key={setting}>
                            <dt>{setting}</dt>
                            <dd>{withoutHiding(value)}</dd>
                          </div>
                        ))}
                      </dl>
                      <Propose words={`set  of the playbook ${line.id} to `}>Propose a change …</Propose>
                    </details>
                  </li>
                );
              })}
            </ul>
          )
        }
      </Shown>
    </Section>
  );
}
