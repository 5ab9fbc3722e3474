import type { ReactNode } from 'react';
import { formatNumber, sentenceCase } from '../../format/number.ts';
import { withoutHiding } from '../../format/plain-text.ts';
import { Propose } from '../../parts/empty.tsx';
import { Grid, type GridColumn } from '../../parts/grid.tsx';
import { Section } from '../../parts/section.tsx';
import { Shown } from '../../parts/shown.tsx';
import { useRead } from '../../read/use-read.ts';
import type { ReadOutput } from '../../read/read-types.ts';

type Output = ReadOutput<'alert_log'>;
type Route = Output['routes'][number];
type Delivery = Output['deliveries'][number];
type Kind = Output['kinds'][number];
const words = (name: string): string => sentenceCase(name.replaceAll('_', ' '));
const severity = { INFO: 'note', WARNING: 'warning', CRITICAL: 'critical' } as const;
const none = <span className="muted">none</span>;

const routeColumns: readonly GridColumn<Route>[] = [
  { key: 'route', title: 'Way', value: ({ route }) => words(route) },
  { key: 'goes', title: 'Usually', value: ({ goes }) => goes, show: ({ goes, setUp }) => <span className={setUp ? '' : 'muted'}>{goes}</span> },
  { key: 'sent', title: 'Sent', align: 'right', value: ({ sent }) => sent, show: ({ sent }) => formatNumber(sent) },
  { key: 'waiting', title: 'Waiting', align: 'right', wide: true, value: ({ waiting }) => waiting, show: ({ waiting }) => formatNumber(waiting) },
  { key: 'failed', title: 'Failed', align: 'right', value: ({ failed }) => failed, show: ({ failed }) => (failed > 0 ? <span className="block">{formatNumber(failed)}</span> : formatNumber(failed)) },
  { key: 'last', title: 'Last sent', value: ({ lastSentText }) => lastSentText, show: ({ lastSentText }) => lastSentText ?? none },
  { key: 'error', title: 'Last error', wide: true, value: ({ lastError }) => lastError, show: ({ lastError }) => (lastError === null ? none : withoutHiding(lastError)) },
];
const deliveryColumns: readonly GridColumn<Delivery>[] = [
  { key: 'at', title: 'At', value: ({ atText }) => atText },
  { key: 'title', title: 'Alert', value: ({ title }) => withoutHiding(title) },
  { key: 'route', title: 'Way', value: ({ route }) => words(route) },
  { key: 'state', title: 'State', value: ({ state }) => state, show: ({ state, error }) => <span className={state === 'failed' ? 'block' : ''}>{state}{error === null || state === 'sent' ? '' : `: ${withoutHiding(error)}`}</span> },
  { key: 'attempts', title: 'Tries', align: 'right', wide: true, value: ({ attempts }) => attempts, show: ({ attempts }) => formatNumber(attempts) },
];
const kindColumns: readonly GridColumn<Kind>[] = [
  { key: 'kind', title: 'Alert', value: ({ kind }) => words(kind) },
  { key: 'severity', title: 'Severity', value: (row) => severity[row.severity] },
  { key: 'test', title: 'Test', value: () => null, show: ({ kind }) => <Propose words={`/testalert ${kind}`}>Send a test</Propose> },
];
const routeKey = ({ route }: Route): string => route;
const kindKey = ({ kind }: Kind): string => kind;

/** How alerts reach people, a test of each kind, and what became of the last ones. */
export function AlertRoutes(): ReactNode {
  const log = useRead('alert_log', {});
  return (
    <>
      <Section title="Alert routes" note="ways are set up with the desk’s configuration">
        <Shown read={log}>
          {({ routes }) => <Grid title="Alert routes" columns={routeColumns} rows={routes} rowKey={routeKey} />}
        </Shown>
      </Section>
      <div className="part-pair">
        <Section title="Alerts to test">
          <Shown read={log}>{({ kinds }) => <Grid title="Alerts to test" columns={kindColumns} rows={kinds} rowKey={kindKey} />}</Shown>
        </Section>
        <Section title="Delivery log">
          <Shown read={log}>
            {({ deliveries }) => (
              <Grid
                title="Delivery log" columns={deliveryColumns} rows={deliveries} exportName="deliveries"
                rowKey={(row) => `${row.atText} ${row.title} ${row.route} ${deliveries.indexOf(row)}`}
                empty={<p className="muted">What was sent, by which way and with what result, stands here.</p>}
              />
            )}
          </Shown>
        </Section>
      </div>
    </>
  );
}
