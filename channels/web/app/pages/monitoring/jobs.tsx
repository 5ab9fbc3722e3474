import type { ReactNode } from 'react';
import { formatNumber } from '../../format/number.ts';
import { withoutHiding } from '../../format/plain-text.ts';
import { Grid, type GridColumn } from '../../parts/grid.tsx';
import { Section } from '../../parts/section.tsx';
import { Shown } from '../../parts/shown.tsx';
import { useRead } from '../../read/use-read.ts';
import type { ReadOutput } from '../../read/read-types.ts';

type Job = ReadOutput<'jobs'>['jobs'][number];
const columns: readonly GridColumn<Job>[] = [
  { key: 'job', title: 'Job', value: ({ job }) => job },
  { key: 'state', title: 'State', value: ({ state }) => state, show: ({ state }) => <span className={state === 'failed' ? 'block' : ''}>{state}</span> },
  { key: 'last', title: 'Last ended', value: ({ secondsAgo }) => secondsAgo, show: ({ lastText }) => lastText ?? <span className="muted">never</span> },
  { key: 'runs', title: 'Runs', align: 'right', value: ({ runs }) => runs, show: ({ runs }) => formatNumber(runs) },
  { key: 'failures', title: 'Failures', align: 'right', value: ({ failures }) => failures, show: ({ failures }) => formatNumber(failures) },
  { key: 'message', title: 'Said', wide: true, value: ({ message }) => (message === null ? null : withoutHiding(message)) },
];
const keyOf = ({ job }: Job): string => job;

export function Jobs(): ReactNode {
  const jobs = useRead('jobs', {});
  return (
    <Section title="Jobs" note={jobs.reading.state === 'here' && jobs.reading.value.failed > 0 ? `${jobs.reading.value.failed} failed` : undefined}>
      <Shown read={jobs}>
        {({ jobs: all }) => <Grid title="Jobs" columns={columns} rows={all} rowKey={keyOf} exportName="jobs" empty={<p className="muted">What the desk does by the clock stands here once it has run.</p>} />}
      </Shown>
    </Section>
  );
}
