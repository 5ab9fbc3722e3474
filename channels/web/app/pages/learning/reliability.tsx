import type { ReactNode } from 'react';
import { formatNumber } from '../../format/number.ts';
import { Empty } from '../../parts/empty.tsx';
import { Grid, type GridColumn } from '../../parts/grid.tsx';
import { Section } from '../../parts/section.tsx';
import { Shown } from '../../parts/shown.tsx';
import { useRead } from '../../read/use-read.ts';
import type { ReadOutput } from '../../read/read-types.ts';

type Bin = NonNullable<ReadOutput<'reliability'>['main']>['bins'][number];
const tenths = (value: number | null): string => (value === null ? '—' : formatNumber(value, { decimals: 1 }));
const columns: readonly GridColumn<Bin>[] = [
  { key: 'said', title: 'Said', unit: '%', align: 'right', value: ({ said }) => said, show: ({ said }) => tenths(said) },
  { key: 'came', title: 'Came', unit: '%', align: 'right', value: ({ came }) => came, show: ({ came }) => tenths(came) },
  { key: 'interval', title: '95 % interval', unit: '%', align: 'right', value: ({ low }) => low, show: ({ low, high }) => <>{tenths(low)} to {tenths(high)}</> },
  { key: 'count', title: 'Set-ups', align: 'right', value: ({ count }) => count },
  { key: 'sessions', title: 'Sessions', align: 'right', wide: true, value: ({ sessions }) => sessions },
];
const keyOf = ({ said, count }: Bin): string => `${said} ${count}`;

/** The chances on cards beside what came of such set-ups. */
export function Reliability(): ReactNode {
  const read = useRead('reliability', {});
  return (
    <Section title="How reliable the chances are">
      <Shown read={read} lines={5}>
        {({ main }) =>
          main === null ? (
            <Empty offer="find me a trade" label="Find a trade">
              What was foretold stands here beside what came of it, once the desk has looked for trades.
            </Empty>
          ) : main.bins.length === 0 ? (
            <p className="muted part-line">{main.reason === null ? 'The chances have not met a later stretch of time yet.' : `Nothing is calibrated: ${main.reason}.`}</p>
          ) : (
            <>
              <p className="muted part-line">
                {formatNumber(main.tried)} set-ups from {main.triedFromText} to {main.triedToText}, each foretold by what was known before it; {tenths(main.reachedPercent)} % reached their target ({main.of}). Off by {tenths(main.errorPoints)} points on
                average; Brier score {main.brier} ({main.brierOfAverage} for always saying the average). Version {main.version}.
              </p>
              <Grid title="Reliability" columns={columns} rows={main.bins} rowKey={keyOf} exportName="reliability" />
            </>
          )
        }
      </Shown>
    </Section>
  );
}
