import type { ReactNode } from 'react';
import { formatNumber, formatPercent, formatPrice } from '../../format/number.ts';
import { withoutHiding } from '../../format/plain-text.ts';
import { go } from '../../location.ts';
import { Propose } from '../../parts/empty.tsx';
import { Grid, type GridColumn } from '../../parts/grid.tsx';
import { Section } from '../../parts/section.tsx';
import { Shown } from '../../parts/shown.tsx';
import { useRead } from '../../read/use-read.ts';
import type { ReadOutput } from '../../read/read-types.ts';

type Row = ReadOutput<'discovery'>['items'][number];
const columns: readonly GridColumn<Row>[] = [
  { key: 'symbol', title: 'Symbol', value: ({ symbol }) => symbol },
  { key: 'sector', title: 'Sector', wide: true, value: ({ sector }) => sector },
  { key: 'close', title: 'Last', align: 'right', wide: true, value: ({ close }) => close, show: ({ close }) => formatPrice(close) },
  { key: 'change', title: 'Change', unit: '%', align: 'right', wide: true, value: (row) => row.changePercent, sign: (row) => row.changePercent, show: (row) => (row.changePercent === null ? null : formatPercent(row.changePercent, { plus: true }).replace(' %', '')) },
  { key: 'why', title: 'Why', value: ({ why }) => why, show: ({ why }) => <span className="grid-words">{withoutHiding(why)}</span> },
  { key: 'score', title: 'Score', align: 'right', wide: true, value: ({ score }) => score, show: ({ score }) => formatNumber(score, { decimals: 1 }) },
  { key: 'watch', title: 'Watch', value: () => null, show: ({ symbol }) => <Propose words={`add ${symbol} to the watchlist`}>Watch</Propose> },
];
const keyOf = ({ symbol }: Row): string => symbol;

/** What the desk would look at outside holdings and watchlist. A look, no advice: nothing is proposed from it. */
export function WorthALook(): ReactNode {
  const found = useRead('discovery', { limit: 10 });
  return (
    <Section title="Worth a look" note={found.reading.state === 'here' ? found.reading.value.sessionText : undefined}>
      <Shown read={found} lines={8}>
        {({ items, reason, basis }) => (
          <>
            <Grid
              title="Worth a look"
              columns={columns}
              rows={items}
              rowKey={keyOf}
              open={({ symbol }) => go({ part: 'desk', query: { symbol } })}
              openLabel={({ symbol }) => `Show ${symbol} on the desk`}
              exportName="worth-a-look"
              empty={<p className="muted">{reason ?? 'Nothing stands out in this session.'}</p>}
            />
            {items.length === 0 ? null : <p className="muted part-line">{basis}.</p>}
          </>
        )}
      </Shown>
    </Section>
  );
}
