import type { ReactNode } from 'react';
import { formatMinor, formatNumber, formatPercent } from '../format/number.ts';
import { useAccountInput } from '../parts/account-input.ts';
import { Empty } from '../parts/empty.tsx';
import { Grid, type GridColumn } from '../parts/grid.tsx';
import { Section } from '../parts/section.tsx';
import { Shown } from '../parts/shown.tsx';
import { Stats } from '../parts/stats.tsx';
import { useRead } from '../read/use-read.ts';
import type { ReadOutput } from '../read/read-types.ts';
import { Evals } from './learning/evals.tsx';
import { Playbooks } from './learning/playbooks.tsx';
import { Reliability } from './learning/reliability.tsx';

type Output = ReadOutput<'patterns'>;
type Group = Output['bySector'][number];
const percent = (value: number | null): ReactNode => (value === null ? null : formatNumber(value, { decimals: 0 }));
const columns: readonly GridColumn<Group>[] = [
  { key: 'group', title: 'Trades with', value: ({ group }) => group },
  { key: 'trades', title: 'Trades', align: 'right', value: ({ trades }) => trades, show: ({ trades, tooFew }) => <>{formatNumber(trades)}{tooFew ? <span className="muted"> few</span> : null}</> },
  { key: 'won', title: 'Won', unit: '%', align: 'right', value: (row) => row.winRatePercent, show: (row) => percent(row.winRatePercent) },
  { key: 'average', title: 'Average', align: 'right', value: ({ average }) => average, sign: ({ average }) => average, show: ({ average }) => (average === null ? null : formatNumber(average, { decimals: 0, plus: true })) },
];
const keyOf = ({ group }: Group): string => group;
const groups = [
  ['bySector', 'By sector'], ['byStrategy', 'By strategy'], ['byConfidence', 'By confidence'], ['byHolding', 'By time held'], ['byRegime', 'By volatility at entry'], ['byWarning', 'By warning at entry'],
] as const;

/** What closed trades say about the next one, with how many they are, how reliable the chances on cards are, and the playbooks. */
export default function LearningView(): ReactNode {
  return (
    <>
      <Patterns />
      <Reliability />
      <Playbooks />
      <Evals />
    </>
  );
}

function Patterns(): ReactNode {
  const patterns = useRead('patterns', useAccountInput());
  return (
    <Shown read={patterns} lines={8}>
      {(value) => (
        <>
          <Stats
            stats={[
              { name: 'Closed trades', text: formatNumber(value.closed), ...(value.tooFew ? { note: `fewer than ${value.fewestTrades}: no pattern yet` } : {}) },
              { name: 'Won', text: formatNumber(value.won), note: formatPercent(value.winRatePercent, { decimals: 0 }) },
              { name: 'Best group', text: value.best?.group ?? '—', note: value.best === null ? undefined : formatMinor(value.best.averageMinor, { currency: value.currency, plus: true }) },
              { name: 'Worst group', text: value.worst?.group ?? '—', note: value.worst === null ? undefined : formatMinor(value.worst.averageMinor, { currency: value.currency, plus: true }) },
            ]}
          />
          {value.closed === 0 ? (
            <Section title="Patterns">
              <Empty offer="what do I hold" label="See what is open">
                Win rates by sector, strategy, confidence, holding time and warning stand here once trades have closed.
              </Empty>
            </Section>
          ) : (
            <div className="part-pair">
              {groups.map(([key, title]) =>
                value[key].length === 0 ? null : (
                  <Section key={key} title={title}>
                    <Grid title={title} columns={columns} rows={value[key]} rowKey={keyOf} exportName={`patterns-${key}`} order={{ column: 'trades', descending: true }} />
                  </Section>
                ),
              )}
            </div>
          )}
        </>
      )}
    </Shown>
  );
}
