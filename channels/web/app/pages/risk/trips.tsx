import type { ReactNode } from 'react';
import { formatNumber } from '../../format/number.ts';
import { withoutHiding } from '../../format/plain-text.ts';
import { Grid, type GridColumn } from '../../parts/grid.tsx';
import { Section } from '../../parts/section.tsx';
import { Shown } from '../../parts/shown.tsx';
import { useRead } from '../../read/use-read.ts';
import type { ReadOutput } from '../../read/read-types.ts';

type Rule = ReadOutput<'switches'>['rules'][number];
const columns: readonly GridColumn<Rule>[] = [
  { key: 'name', title: 'Trips on', value: ({ name }) => name },
  { key: 'scope', title: 'Where', value: ({ scope }) => scope, wide: true },
  { key: 'threshold', title: 'At', align: 'right', value: ({ threshold }) => threshold },
  { key: 'does', title: 'Does', value: ({ does }) => does, wide: true },
  { key: 'shown', title: 'State', value: ({ shown }) => shown, show: ({ shown }) => <span className={shown === 'tripped' ? 'block' : ''}>{shown}</span> },
];
const keyOf = ({ scope, switchType }: Rule): string => `${scope} ${switchType}`;

/** What holds entries back now, with the figure that tripped it, and what would trip by itself. */
export function Trips(): ReactNode {
  const switches = useRead('switches', {});
  return (
    <Section title="What trips by itself">
      <Shown read={switches} lines={4}>
        {({ holds, rules }) => (
          <>
            {holds.length === 0 ? null : (
              <ul className="lines">
                {holds.map((hold) => (
                  <li key={`${hold.scope} ${hold.cause}`} className="line line-still">
                    <span className="line-main">
                      {hold.scope}: {withoutHiding(hold.reason)}
                    </span>
                    <span className="block">{hold.state.toLowerCase()}</span>
                    <span className="muted line-under">
                      {hold.measured === null || hold.threshold === null ? '' : `measured ${formatNumber(hold.measured)}, threshold ${formatNumber(hold.threshold)} · `}
                      since {hold.sinceText}
                      {hold.resetsText === null ? '' : ` · ${hold.resetsText}`}
                    </span>
                  </li>
                ))}
              </ul>
            )}
            <Grid title="What trips by itself" columns={columns} rows={rules} rowKey={keyOf} exportName="kill-switches" empty={<p className="muted">Thresholds that halt entries by themselves stand here once they are set.</p>} />
          </>
        )}
      </Shown>
    </Section>
  );
}
