import type { ReactNode } from 'react';
import { formatNumber, formatPercent, formatPrice } from '../../format/number.ts';
import { go } from '../../location.ts';
import { Grid, type GridColumn } from '../../parts/grid.tsx';
import { Section } from '../../parts/section.tsx';
import { Shown } from '../../parts/shown.tsx';
import { Stats } from '../../parts/stats.tsx';
import { useRead } from '../../read/use-read.ts';
import type { ReadOutput } from '../../read/read-types.ts';

type Row = ReadOutput<'market_movers'>['gainers'][number];
const columns: readonly GridColumn<Row>[] = [
  { key: 'symbol', title: 'Symbol', value: ({ symbol }) => symbol },
  { key: 'sector', title: 'Sector', wide: true, value: ({ sector }) => sector },
  { key: 'close', title: 'Last', align: 'right', value: ({ close }) => close, show: ({ close }) => formatPrice(close) },
  { key: 'change', title: 'Change', unit: '%', align: 'right', value: (row) => row.changePercent, sign: (row) => row.changePercent, show: (row) => formatPercent(row.changePercent, { plus: true }).replace(' %', '') },
  { key: 'turnover', title: 'Turnover', unit: 'crore', align: 'right', wide: true, value: ({ turnover }) => turnover, show: ({ turnover }) => formatNumber(turnover / 1e7, { decimals: 1 }) },
];
const keyOf = ({ symbol }: Row): string => symbol;

function Side({ title, rows }: { title: string; rows: readonly Row[] }): ReactNode {
  return (
    <div>
      <h3>{title}</h3>
      <Grid
        title={title}
        columns={columns}
        rows={rows}
        rowKey={keyOf}
        open={({ symbol }) => go({ part: 'desk', query: { symbol } })}
        openLabel={({ symbol }) => `Show ${symbol} on the desk`}
        exportName={title.toLowerCase()}
        empty={<p className="muted">None in this session.</p>}
      />
    </div>
  );
}

/** The session's largest moves, and how many rose and fell. */
export function Movers(): ReactNode {
  const movers = useRead('market_movers', { limit: 10 });
  const breadth = useRead('breadth', {});
  return (
    <Section title="Movers" note={movers.reading.state === 'here' ? movers.reading.value.sessionText : undefined}>
      <Shown read={breadth} lines={1}>
        {({ advances, declines, unchanged, trin, composite, word }) => (
          <Stats
            stats={[
              { name: 'Rose', text: formatNumber(advances) },
              { name: 'Fell', text: formatNumber(declines) },
              { name: 'Unchanged', text: formatNumber(unchanged) },
              { name: 'TRIN', text: formatNumber(trin, { decimals: 2 }) },
              { name: 'Breadth', text: formatNumber(composite, { decimals: 0 }), note: `of 100, ${word}` },
            ]}
          />
        )}
      </Shown>
      <Shown read={movers} lines={8}>
        {({ gainers, losers, reason }) =>
          gainers.length + losers.length === 0 ? (
            <p className="muted">{reason ?? 'Nothing has moved yet in this session.'}</p>
          ) : (
            <div className="part-pair">
              <Side title="Gainers" rows={gainers} />
              <Side title="Losers" rows={losers} />
            </div>
          )
        }
      </Shown>
    </Section>
  );
}
