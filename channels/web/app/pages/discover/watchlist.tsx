import type { ReactNode } from 'react';
import { formatPercent, formatPrice } from '../../format/number.ts';
import { go } from '../../location.ts';
import { Changing } from '../../panel/changing.tsx';
import { Empty, Propose } from '../../parts/empty.tsx';
import { Grid, type GridColumn } from '../../parts/grid.tsx';
import { Section } from '../../parts/section.tsx';
import { Shown } from '../../parts/shown.tsx';
import { useRead } from '../../read/use-read.ts';
import type { ReadOutput } from '../../read/read-types.ts';

type Row = ReadOutput<'watchlist'>['items'][number];
const columns: readonly GridColumn<Row>[] = [
  { key: 'symbol', title: 'Symbol', value: ({ symbol }) => symbol },
  { key: 'name', title: 'Name', wide: true, value: ({ name }) => name },
  { key: 'sector', title: 'Sector', wide: true, value: ({ sector }) => sector },
  { key: 'last', title: 'Last', align: 'right', value: ({ last }) => last, show: ({ last }) => <Changing text={formatPrice(last)} /> },
  { key: 'change', title: 'Change', unit: '%', align: 'right', value: ({ changePercent }) => changePercent, sign: ({ changePercent }) => changePercent, show: ({ changePercent }) => formatPercent(changePercent, { plus: true }).replace(' %', '') },
];
const keyOf = ({ symbol }: Row): string => symbol;

export function Watchlist(): ReactNode {
  const watched = useRead('watchlist', {});
  return (
    <Section title="Watchlist" aside={<Propose words="add  to the watchlist">Add a symbol …</Propose>}>
      <Shown read={watched}>
        {({ items }) => (
          <Grid
            title="Watchlist"
            columns={columns}
            rows={items}
            rowKey={keyOf}
            open={({ symbol }) => go({ part: 'desk', query: { symbol } })}
            openLabel={({ symbol }) => `Show ${symbol} on the desk`}
            exportName="watchlist"
            empty={<Empty>Symbols that you watch stand here with their price and change.</Empty>}
          />
        )}
      </Shown>
    </Section>
  );
}
