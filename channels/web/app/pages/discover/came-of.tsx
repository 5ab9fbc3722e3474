import type { ReactNode } from 'react';
import { formatNumber, formatPercent } from '../../format/number.ts';
import { Grid, type GridColumn } from '../../parts/grid.tsx';
import { Section } from '../../parts/section.tsx';
import { Shown } from '../../parts/shown.tsx';
import type { ReadOutput } from '../../read/read-types.ts';
import { useRead } from '../../read/use-read.ts';

type Row = ReadOutput<'discovery_record'>['rows'][number];
const over = (key: 'over1' | 'over5' | 'over20', title: string, wide = false): GridColumn<Row> =>
  ({ key, title, unit: '%', align: 'right', wide, value: (row) => row[key], sign: (row) => row[key], show: (row) => (row[key] === null ? null : formatPercent(row[key], { plus: true }).replace(' %', '')) });
const columns: readonly GridColumn<Row>[] = [
  { key: 'label', title: 'Kind', value: ({ label }) => label },
  { key: 'count', title: 'Suggestions', align: 'right', value: ({ count }) => count, show: ({ count }) => formatNumber(count) },
  over('over1', 'After 1', true), over('over5', 'After 5', true), over('over20', 'After 20'),
  { key: 'above20', title: 'Ahead', unit: '%', align: 'right', wide: true, value: ({ above20 }) => above20, show: ({ above20 }) => (above20 === null ? null : formatNumber(above20, { decimals: 0 })) },
  { key: 'interval', title: '95 % interval', wide: true, value: ({ interval }) => interval, show: ({ interval }) => <span className="grid-words">{interval}</span> },
];
const keyOf = ({ kind }: Row): string => kind;

/** What came of what the rules behind “worth a look” said earlier, so that nobody takes a look for a forecast. */
export function CameOf(): ReactNode {
  const record = useRead('discovery_record', {});
  return (
    <Section title="What came of earlier ones" note={record.reading.state === 'here' ? `${record.reading.value.fromText} to ${record.reading.value.toText}, less the market` : undefined}>
      <Shown read={record} lines={6}>
        {({ rows, reason, basis }) => (
          <>
            <Grid title="What came of earlier suggestions" columns={columns} rows={rows} rowKey={keyOf} exportName="suggestion-record" empty={<p className="muted">{reason ?? 'There is no record yet.'}</p>} />
            {rows.length === 0 ? null : <p className="muted part-line">{basis}.</p>}
          </>
        )}
      </Shown>
    </Section>
  );
}
