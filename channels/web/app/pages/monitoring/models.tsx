import type { ReactNode } from 'react';
import { formatNumber } from '../../format/number.ts';
import { withoutHiding } from '../../format/plain-text.ts';
import { Grid, type GridColumn } from '../../parts/grid.tsx';
import { Section } from '../../parts/section.tsx';
import { Shown } from '../../parts/shown.tsx';
import { useRead } from '../../read/use-read.ts';
import type { ReadOutput } from '../../read/read-types.ts';

type Output = ReadOutput<'model_use'>;
type Use = Output['uses'][number];
type Latency = Output['latency'][number];
const number = (value: number): ReactNode => formatNumber(value);
const dollars = (value: number | null, unpriced: number): ReactNode => (
  <>
    {value === null ? '—' : formatNumber(value, { decimals: 4 })}
    {unpriced > 0 ? <span className="muted"> {unpriced} without a price</span> : null}
  </>
);
const useColumns: readonly GridColumn<Use>[] = [
  { key: 'day', title: 'Day', value: ({ day }) => day },
  { key: 'agent', title: 'Agent', value: ({ agent }) => agent },
  { key: 'person', title: 'Person', value: ({ person }) => (person === null ? null : withoutHiding(person)) },
  { key: 'model', title: 'Model', wide: true, value: ({ model }) => withoutHiding(model) },
  { key: 'calls', title: 'Calls', align: 'right', value: ({ calls }) => calls, show: ({ calls, failed }) => <>{formatNumber(calls)}{failed > 0 ? <span className="block"> {formatNumber(failed)} failed</span> : null}</> },
  { key: 'in', title: 'Tokens in', align: 'right', wide: true, value: ({ inputTokens }) => inputTokens, show: ({ inputTokens }) => number(inputTokens) },
  { key: 'out', title: 'Tokens out', align: 'right', wide: true, value: ({ outputTokens }) => outputTokens, show: ({ outputTokens }) => number(outputTokens) },
  { key: 'cost', title: 'Cost', unit: 'US$', align: 'right', value: ({ costUsd }) => costUsd, show: ({ costUsd, unpriced }) => dollars(costUsd, unpriced) },
  { key: 'p95', title: '95th percentile', unit: 'ms', align: 'right', wide: true, value: ({ p95Ms }) => p95Ms, show: ({ p95Ms }) => number(p95Ms) },
];
const latencyColumns: readonly GridColumn<Latency>[] = [
  { key: 'channel', title: 'Channel', value: ({ channel }) => channel },
  { key: 'turns', title: 'Turns', align: 'right', value: ({ turns }) => turns, show: ({ turns }) => number(turns) },
  { key: 'failed', title: 'Failed', align: 'right', value: ({ failed }) => failed, show: ({ failed }) => (failed > 0 ? <span className="block">{formatNumber(failed)}</span> : number(failed)) },
  { key: 'median', title: 'Median', unit: 'ms', align: 'right', value: ({ medianMs }) => medianMs, show: ({ medianMs }) => number(medianMs) },
  { key: 'p95', title: '95th percentile', unit: 'ms', align: 'right', value: ({ p95Ms }) => p95Ms, show: ({ p95Ms }) => number(p95Ms) },
];
const useKey = ({ day, agent, model, person }: Use): string => `${day} ${agent} ${model} ${person ?? ''}`;
const channelKey = ({ channel }: Latency): string => channel;

/** How long answers take, and what language models were asked and cost. */
export function Models(): ReactNode {
  const use = useRead('model_use', {});
  return (
    <>
      <Section title="Answers" note="the last 24 hours">
        <Shown read={use}>
          {({ latency }) => <Grid title="Answers" columns={latencyColumns} rows={latency} rowKey={channelKey} empty={<p className="muted">Nobody has asked anything in this time; how long answers take stands here.</p>} />}
        </Shown>
      </Section>
      <Section title="Language models" note={use.reading.state === 'here' ? `the last ${use.reading.value.days} days, costs by list prices` : undefined}>
        <Shown read={use}>
          {({ uses, calls, costUsd, unpriced }) =>
            uses.length === 0 ? (
              <p className="muted">No language model was asked. Where none is configured (OPENAI_API_KEY) every agent is its twin, which costs nothing.</p>
            ) : (
              <>
                <p className="part-line">{formatNumber(calls)} calls, US$ {dollars(costUsd, unpriced)} in all.</p>
                <Grid title="Language models" columns={useColumns} rows={uses} rowKey={useKey} exportName="model-use" />
              </>
            )
          }
        </Shown>
      </Section>
    </>
  );
}
