import type { ReactNode } from 'react';
import { formatNumber, formatPercent, sentenceCase } from '../../format/number.ts';
import { useQuery } from '../../location.ts';
import { useAccountInput } from '../../parts/account-input.ts';
import { Choice } from '../../parts/choice.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Grid, type GridColumn } from '../../parts/grid.tsx';
import { Section } from '../../parts/section.tsx';
import { Shown } from '../../parts/shown.tsx';
import { Stats } from '../../parts/stats.tsx';
import { useRead } from '../../read/use-read.ts';
import type { ReadOutput } from '../../read/read-types.ts';

type Row = ReadOutput<'gate_stats'>['checks'][number];
const columns: readonly GridColumn<Row>[] = [
  { key: 'check', title: 'Check', value: ({ name }) => sentenceCase(name) },
  { key: 'judged', title: 'Judged', align: 'right', value: ({ judged }) => judged, show: ({ judged }) => formatNumber(judged) },
  { key: 'warned', title: 'Warned', align: 'right', value: ({ warned }) => warned, show: ({ warned }) => formatNumber(warned) },
  { key: 'blocked', title: 'Blocked', align: 'right', value: ({ blocked }) => blocked, show: ({ blocked }) => formatNumber(blocked) },
  { key: 'percent', title: 'Blocked', unit: '%', align: 'right', value: (row) => row.blockedPercent, show: (row) => (row.blockedPercent === null ? null : formatNumber(row.blockedPercent, { decimals: 1 })) },
];
const keyOf = ({ check }: Row): string => check;

export function GateStatistics(): ReactNode {
  const [period, choose] = useQuery('period', 'all', ['today', 'week', 'month', 'all']);
  const stats = useRead('gate_stats', { ...useAccountInput(), period });
  return (
    <Section title="What the gates said" aside={<Choice name="Period" value={period} values={[['today', 'Today'], ['week', 'Week'], ['month', 'Month'], ['all', 'All']]} choose={choose} />}>
      <Shown read={stats} lines={5}>
        {({ judged, passed, blocked, passPercent, again, againBlocked, checks, most }) =>
          judged === 0 ? (
            <Empty offer="find me a trade" label="Look for a trade">How often each check passes, warns and blocks stands here after the first proposal.</Empty>
          ) : (
            <>
              <Stats
                stats={[
                  { name: 'Judged', text: formatNumber(judged) },
                  { name: 'Passed', text: formatNumber(passed), note: formatPercent(passPercent, { decimals: 0 }) },
                  { name: 'Blocked', text: formatNumber(blocked), note: most === null ? undefined : `mostly by ${most.name.toLowerCase()}` },
                  { name: 'Again after a yes', text: formatNumber(again), note: `${formatNumber(againBlocked)} blocked` },
                ]}
              />
              <Grid title="Verdicts by check" columns={columns} rows={checks} rowKey={keyOf} exportName="gate-statistics" order={{ column: 'blocked', descending: true }} />
            </>
          )
        }
      </Shown>
    </Section>
  );
}
