import { useMemo, useState, type ReactNode } from 'react';
import { Timeline } from '../chat/timeline.tsx';
import { formatNumber } from '../format/number.ts';
import { withoutHiding } from '../format/plain-text.ts';
import { clockOrDay } from '../format/time.ts';
import { go, useQuery, useRoute } from '../location.ts';
import { useDesk, usePage, useZone } from '../page-context.tsx';
import { useAccountInput } from '../parts/account-input.ts';
import { Choice } from '../parts/choice.tsx';
import { Empty } from '../parts/empty.tsx';
import { Grid, type GridColumn } from '../parts/grid.tsx';
import { Section } from '../parts/section.tsx';
import { Shown } from '../parts/shown.tsx';
import { useRead } from '../read/use-read.ts';
import type { ReadOutput } from '../read/read-types.ts';

type Row = ReadOutput<'activity'>['lines'][number];
const columns: readonly GridColumn<Row>[] = [
  { key: 'when', title: 'When', value: ({ at }) => at, show: ({ when }) => when },
  { key: 'card', title: 'Card', align: 'right', value: ({ cardNumber }) => cardNumber },
  { key: 'what', title: 'What', value: ({ what }) => withoutHiding(what) },
  { key: 'account', title: 'Account', wide: true, value: ({ account }) => account },
  { key: 'by', title: 'By', wide: true, value: ({ by }) => by },
  { key: 'state', title: 'State', value: ({ state }) => state.replaceAll('_', ' ') },
  { key: 'outcome', title: 'Outcome', wide: true, value: ({ outcome }) => withoutHiding(outcome) },
];
const keyOf = ({ actionId, at, what }: Row): string => `${actionId} ${at} ${what}`;

function Story({ actionId }: { actionId: string }): ReactNode {
  const story = useRead('audit_story', { actionId });
  return (
    <Section
      title="Story"
      aside={
        <button type="button" className="quiet" onClick={() => go({ part: 'audit', id: null })}>
          All trades
        </button>
      }
    >
      <Shown read={story} lines={8}>
        {({ subject, entries }) => (entries.length === 0 ? <p className="muted">Nothing is written about it yet.</p> : <Timeline subject={subject} entries={entries} />)}
      </Shown>
    </Section>
  );
}

function Verify(): ReactNode {
  const [asked, setAsked] = useState(false);
  const verdict = useRead('audit_verify', asked ? {} : null);
  if (!asked)
    return (
      <button type="button" className="button button-small" onClick={() => setAsked(true)}>
        Verify the chain
      </button>
    );
  return (
    <Shown read={verdict} lines={1}>
      {({ ok, entries, verdicts, firstBad }) => (
        <p className={ok ? 'gain' : 'loss'} role="status">
          {ok ? `Sound: ${formatNumber(entries)} entries, ${formatNumber(verdicts)} verdicts recomputed.` : `Broken at entry ${firstBad?.sequence ?? '—'}: ${withoutHiding(firstBad?.reason ?? '')}`}
        </p>
      )}
    </Shown>
  );
}

/** The chain itself, newest last written first. */
function Log(): ReactNode {
  const { openSheet } = usePage();
  const zone = useZone();
  const desk = useDesk();
  const log = useRead('audit_log', { limit: 100 });
  return (
    <>
      <div className="part-line">
        <Verify />
      </div>
      <Shown read={log} lines={8}>
        {({ entries }) => (
          <ul className="lines">
            {[...entries].reverse().map((entry) => (
              <li key={entry.sequence}>
                <button type="button" className="line" data-walk="" onClick={() => openSheet({ kind: 'evidence', ref: entry.ref })}>
                  <span className="line-main line-wraps">
                    <span className="muted figure">{entry.sequence}</span> {withoutHiding(entry.text)}
                  </span>
                  <span className="muted">{desk ? clockOrDay(entry.at, desk.wallTime, zone) : ''}</span>
                  <span className="muted line-under">
                    {entry.kind} · {withoutHiding(entry.actor)}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </Shown>
    </>
  );
}

function Trades(): ReactNode {
  const [period, choose] = useQuery('period', 'all', ['today', 'week', 'month', 'all']);
  const activity = useRead('activity', { ...useAccountInput(), period, limit: 200 });
  const newest = useMemo(() => ({ column: 'when', descending: true }), []);
  return (
    <>
      <Choice name="Period" value={period} values={[['today', 'Today'], ['week', 'Week'], ['month', 'Month'], ['all', 'All']]} choose={choose} />
      <Shown read={activity} lines={8}>
        {({ lines, truncated }) => (
          <>
            <Grid
              title="What was proposed and done"
              columns={columns}
              rows={lines}
              rowKey={keyOf}
              order={newest}
              open={({ actionId }) => go({ id: actionId })}
              openLabel={({ when, what }) => `${when}, story of ${withoutHiding(what)}`}
              exportName="activity"
              empty={<Empty offer="find me a trade" label="Find me a trade">Every proposal and what became of it stands here; a press tells its story down to the document that it came from.</Empty>}
            />
            {truncated ? <p className="muted part-line">There is more than fits; narrow the period or the account.</p> : null}
          </>
        )}
      </Shown>
    </>
  );
}

export default function AuditView(): ReactNode {
  const { id } = useRoute();
  const [view, choose] = useQuery('view', 'trades', ['trades', 'log']);
  if (id !== null) return <Story actionId={id} />;
  return (
    <Section title="Audit" aside={<Choice name="What is listed" value={view} values={[['trades', 'Trades'], ['log', 'Chain']]} choose={choose} />}>
      {view === 'trades' ? <Trades /> : <Log />}
    </Section>
  );
}
