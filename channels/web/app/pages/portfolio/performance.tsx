import { lazy, Suspense, useMemo, type ReactNode } from 'react';
import { formatMinor, formatNumber, formatPercent, unknown } from '../../format/number.ts';
import { useQuery } from '../../location.ts';
import { useAccountInput } from '../../parts/account-input.ts';
import { Choice } from '../../parts/choice.tsx';
import { Reasons } from '../../parts/empty.tsx';
import { Grid, type GridColumn } from '../../parts/grid.tsx';
import { Section } from '../../parts/section.tsx';
import { Shown } from '../../parts/shown.tsx';
import { Stats } from '../../parts/stats.tsx';
import { useRead } from '../../read/use-read.ts';
import type { ReadOutput } from '../../read/read-types.ts';

const EquityChart = lazy(() => import('./equity-chart.tsx'));
const periods = [['today', 'Today'], ['week', 'Week'], ['month', 'Month'], ['year', 'Year'], ['all', 'All']] as const;
const groups = [['sector', 'Sector'], ['symbol', 'Symbol'], ['account', 'Account']] as const;
type Output = ReadOutput<'performance'>;
type Row = Output['rows'][number];
const columns: readonly GridColumn<Row>[] = [
  { key: 'name', title: 'Of', value: ({ name }) => name },
  { key: 'pnl', title: 'P&L', align: 'right', value: ({ pnl }) => pnl, sign: ({ pnl }) => pnl, show: ({ pnl }) => formatNumber(pnl, { decimals: 0, plus: true }) },
  { key: 'costs', title: 'Costs', align: 'right', value: ({ costs }) => costs, show: ({ costs }) => formatNumber(costs, { decimals: 0 }) },
  { key: 'return', title: 'Return', unit: '%', align: 'right', value: (row) => row.timeWeightedPercent, sign: (row) => row.timeWeightedPercent, show: (row) => (row.timeWeightedPercent === null ? null : formatNumber(row.timeWeightedPercent, { decimals: 2, plus: true })) },
];
type Day = Output['series'][number] & { drawdownPercent: number | null };
const dayColumns: readonly GridColumn<Day>[] = [
  { key: 'date', title: 'Day', value: ({ date }) => date },
  { key: 'equity', title: 'Equity', align: 'right', value: ({ equityMinor }) => (equityMinor === null ? null : equityMinor / 100), show: ({ equityMinor }) => formatMinor(equityMinor) },
  { key: 'flow', title: 'In and out', align: 'right', value: ({ flowMinor }) => flowMinor / 100, show: ({ flowMinor }) => formatMinor(flowMinor, { plus: true }) },
  { key: 'drawdown', title: 'Below the high', unit: '%', align: 'right', value: ({ drawdownPercent }) => drawdownPercent, show: ({ drawdownPercent }) => (drawdownPercent === null ? null : formatNumber(drawdownPercent, { decimals: 2 })) },
];
const nameKey = ({ name }: Row): string => name;
const dayKey = ({ date }: Day): string => date;
const daysOf = ({ series, underwater }: Output): Day[] => {
  const below = new Map(underwater.map(({ date, percent }) => [date, percent]));
  return series.map((day) => ({ ...day, drawdownPercent: below.get(day.date) ?? null }));
};

function Curve({ value }: { value: Output }): ReactNode {
  const series = useMemo(() => daysOf(value), [value]);
  // Before the first money came in there is nothing to draw.
  const known = useMemo(() => {
    const days = series.filter(({ equityMinor }) => equityMinor !== null);
    return days.slice(Math.max(0, days.findIndex(({ equityMinor }) => equityMinor !== 0)));
  }, [series]);
  if (known.length < 3) return <p className="muted part-line">Equity with its drawdown is drawn from the third day on.</p>;
  return (
    <>
      <Suspense fallback={<div className="equity-chart skeleton" />}>
        <EquityChart series={known} />
      </Suspense>
      <details className="behind">
        <summary>Table behind the chart</summary>
        <Grid title="Equity by day" columns={dayColumns} rows={series} rowKey={dayKey} exportName="equity" order={{ column: 'date', descending: true }} />
      </details>
    </>
  );
}

/** Returns against the index, drawdown, trades and costs of a period. */
export function Performance(): ReactNode {
  const [period, choose] = useQuery('period', 'month', ['today', 'week', 'month', 'year', 'all']);
  const [by, group] = useQuery('by', 'sector', ['sector', 'symbol', 'account']);
  const result = useRead('performance', { ...useAccountInput(), period, by });
  return (
    <Section title="Performance" aside={<Choice name="Period" value={period} values={periods} choose={choose} />}>
      <Shown read={result} lines={8}>
        {(value) => {
          const { currency, trades } = value;
          return (
            <>
              <Stats
                stats={[
                  { name: 'Profit after costs', text: formatMinor(value.pnlMinor, { currency, plus: true }), sign: value.pnlMinor, note: `costs ${formatMinor(value.costsMinor, { currency })}` },
                  { name: 'Time-weighted return', text: formatPercent(value.timeWeightedPercent, { plus: true }), sign: value.timeWeightedPercent, note: `${value.benchmark.name} ${formatPercent(value.benchmark.percent, { plus: true })}` },
                  { name: 'Money-weighted', text: formatPercent(value.moneyWeightedPercent, { plus: true }), sign: value.moneyWeightedPercent },
                  { name: 'Worst drawdown', text: formatPercent(value.drawdown?.percent ?? null), note: value.drawdown === null ? undefined : value.drawdown.date },
                  { name: 'Sharpe', text: formatNumber(value.sharpe, { decimals: 2 }), note: `Sortino ${value.sortino === null ? unknown : formatNumber(value.sortino, { decimals: 2 })}` },
                  { name: 'Closed trades', text: formatNumber(trades.closed), note: trades.closed === 0 ? undefined : `${trades.won} won, ${trades.lost} lost` },
                ]}
              />
              <Curve value={value} />
              {value.rows.length === 0 ? null : (
                <>
                  <Choice name="Profit by" value={by} values={groups} choose={group} />
                  <Grid title={`Profit by ${by}`} columns={columns} rows={value.rows} rowKey={nameKey} exportName={`profit-by-${by}`} order={{ column: 'pnl', descending: true }} />
                </>
              )}
              <Reasons reasons={value.reasons} />
            </>
          );
        }}
      </Shown>
    </Section>
  );
}
