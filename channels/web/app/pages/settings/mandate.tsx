import type { ReactNode } from 'react';
import { sentenceCase } from '../../format/number.ts';
import { withoutHiding } from '../../format/plain-text.ts';
import { useQuery } from '../../location.ts';
import { useDesk, usePick } from '../../page-context.tsx';
import { Choice } from '../../parts/choice.tsx';
import { Propose } from '../../parts/empty.tsx';
import { Section } from '../../parts/section.tsx';
import { Shown } from '../../parts/shown.tsx';
import { useRead } from '../../read/use-read.ts';

/** The rules that an account trades by. A change is said in the conversation, gated and confirmed. */
export function Mandate(): ReactNode {
  const names = (useDesk()?.accounts ?? []).map(({ name }) => name);
  const chosen = usePick((state) => state.account);
  const [asked, choose] = useQuery('mandate', chosen ?? names[0] ?? '');
  const account = names.includes(asked) ? asked : (names[0] ?? '');
  const mandate = useRead('mandate', account === '' ? null : { account });
  return (
    <Section title="Mandate" aside={names.length > 1 ? <Choice name="Account" value={account} values={names.map((name) => [name, name] as const)} choose={choose} /> : undefined}>
      {account === '' ? null : (
        <Shown read={mandate} lines={6}>
          {({ summary, lines, version, assumptions }) => (
            <>
              <p className="part-line">
                {withoutHiding(summary)} <span className="muted">Version {version}.</span>
              </p>
              <dl className="facts facts-wide">
                {lines.map((line) => (
                  <div key={line.setting}>
                    <dt>{sentenceCase(line.setting)}</dt>
                    <dd>{withoutHiding(line.value)}</dd>
                  </div>
                ))}
              </dl>
              {assumptions.length === 0 ? null : <p className="muted part-line">Assumed: {assumptions.map(withoutHiding).join('; ')}</p>}
              <Propose words={`set risk per trade of ${account} to `}>Propose a change …</Propose>
            </>
          )}
        </Shown>
      )}
    </Section>
  );
}
