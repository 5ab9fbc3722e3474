import type { ReactNode } from 'react';
import { formatNumber } from '../../format/number.ts';
import { withoutHiding } from '../../format/plain-text.ts';
import { useQuery } from '../../location.ts';
import { Empty, Propose } from '../../parts/empty.tsx';
import { Grid, type GridColumn } from '../../parts/grid.tsx';
import { Section } from '../../parts/section.tsx';
import { Shown } from '../../parts/shown.tsx';
import { useRead } from '../../read/use-read.ts';
import type { ReadOutput } from '../../read/read-types.ts';

type Output = ReadOutput<'evals'>;
type Run = Output['runs'][number];
type Score = Output['scores'][number];
type Failure = Output['failures'][number];
type Compared = ReadOutput<'eval_comparison'>['suites'][number];
const percent = (value: number | null): ReactNode => (value === null ? null : formatNumber(value, { decimals: 1 }));

const runColumns: readonly GridColumn<Run>[] = [
  { key: 'started', title: 'Run', value: ({ startedText }) => startedText },
  { key: 'label', title: 'Label', value: ({ label }) => withoutHiding(label) },
  { key: 'suites', title: 'Suites', wide: true, value: ({ suiteWords }) => suiteWords },
  { key: 'safety', title: 'Safety failures', align: 'right', value: ({ safetyFailures }) => safetyFailures, show: ({ safetyFailures }) => (safetyFailures > 0 ? <span className="block">{formatNumber(safetyFailures)}</span> : formatNumber(safetyFailures)) },
  { key: 'seconds', title: 'Took', unit: 's', align: 'right', wide: true, value: ({ seconds }) => seconds, show: ({ seconds }) => formatNumber(seconds) },
];
const scoreColumns: readonly GridColumn<Score>[] = [
  { key: 'suite', title: 'Suite', value: ({ suite }) => suite },
  { key: 'kind', title: 'Kind', wide: true, value: ({ kind }) => kind },
  { key: 'right', title: 'Right', align: 'right', value: ({ right }) => right, show: ({ right, cases }) => `${formatNumber(right)} of ${formatNumber(cases)}` },
  { key: 'percent', title: 'Score', unit: '%', align: 'right', value: (row) => row.percent, show: (row) => percent(row.percent) },
  { key: 'interval', title: '95 % interval', unit: '%', align: 'right', value: ({ low }) => low, show: ({ low, high }) => <>{percent(low)} to {percent(high)}</> },
];
const failureColumns: readonly GridColumn<Failure>[] = [
  { key: 'suite', title: 'Suite', value: ({ suite }) => suite },
  { key: 'case', title: 'Case', value: ({ caseId }) => caseId },
  { key: 'detail', title: 'What was wrong', value: ({ detail }) => withoutHiding(detail) },
];
const comparedColumns: readonly GridColumn<Compared>[] = [
  { key: 'suite', title: 'Suite', value: ({ suite }) => suite },
  { key: 'before', title: 'Before', unit: '%', align: 'right', value: ({ before }) => before, show: ({ before }) => percent(before) },
  { key: 'after', title: 'After', unit: '%', align: 'right', value: ({ after }) => after, show: ({ after }) => percent(after) },
  { key: 'verdict', title: 'Verdict', value: ({ verdict }) => verdict, show: ({ verdict }) => <span className={verdict === 'worse' || verdict === 'safety failure' ? 'block' : ''}>{verdict}</span> },
  { key: 'changed', title: 'Cases lost (−) and gained (+)', wide: true, value: ({ changed }) => changed },
];
const runKey = ({ id }: Run): string => id;
const suiteKey = ({ suite }: { suite: string }): string => suite;
const failureKey = ({ suite, caseId }: Failure): string => `${suite} ${caseId}`;

/** Stored runs of the evaluation suites: the chosen one's scores and failures, and how it compares with the one before it. */
export function Evals(): ReactNode {
  const [chosen, choose] = useQuery('run', 'last');
  const evals = useRead('evals', { run: chosen });
  return (
    <Section title="Evaluations" aside={<Propose words="run the evals">Run the suites</Propose>}>
      <Shown read={evals} lines={6}>
        {({ runs, run, scores, failures, failed }) =>
          run === null ? (
            <Empty offer="run the evals" label="Run the suites">
              How well sentences are understood, whether figures are right and whether safety holds stand here after the first run.
            </Empty>
          ) : (
            <>
              <Grid title="Runs" columns={runColumns} rows={runs} rowKey={runKey} open={({ id }) => choose(id)} openLabel={({ startedText }) => `Show the run of ${startedText}`} exportName="eval-runs" />
              <h3>Scores of the run of {run.startedText}</h3>
              <Grid title="Scores" columns={scoreColumns} rows={scores} rowKey={suiteKey} exportName="eval-scores" />
              {failed === 0 ? null : (
                <details>
                  <summary>{formatNumber(failed)} {failed === 1 ? 'case' : 'cases'} failed{failures.length < failed ? `, the first ${failures.length} of them` : ''}</summary>
                  <Grid title="Failures" columns={failureColumns} rows={failures} rowKey={failureKey} exportName="eval-failures" />
                </details>
              )}
              <Comparison runs={runs} head={run.id} />
            </>
          )
        }
      </Shown>
    </Section>
  );
}

function Comparison({ runs, head }: { runs: readonly Run[]; head: string }): ReactNode {
  const base = runs[runs.findIndex(({ id }) => id === head) + 1];
  const compared = useRead('eval_comparison', base === undefined ? null : { base: base.id, head });
  if (base === undefined) return <p className="muted part-line">There is no earlier run to compare this one with.</p>;
  return (
    <>
      <h3>Against the run of {base.startedText}</h3>
      <Shown read={compared}>{({ suites }) => <Grid title="Comparison" columns={comparedColumns} rows={suites} rowKey={suiteKey} exportName="eval-comparison" />}</Shown>
    </>
  );
}
