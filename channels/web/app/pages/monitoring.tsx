import type { ReactNode } from 'react';
import { formatNumber } from '../format/number.ts';
import { withoutHiding } from '../format/plain-text.ts';
import { useDesk, usePick } from '../page-context.tsx';
import { Grid, type GridColumn } from '../parts/grid.tsx';
import { Section } from '../parts/section.tsx';
import { Shown } from '../parts/shown.tsx';
import { Stats } from '../parts/stats.tsx';
import { useRead } from '../read/use-read.ts';
import type { ReadOutput } from '../read/read-types.ts';
import { Alerts } from './monitoring/alerts.tsx';
import { Jobs } from './monitoring/jobs.tsx';
import { Models } from './monitoring/models.tsx';
import { Turns } from './monitoring/turns.tsx';

type Feed = ReadOutput<'feeds_health'>['feeds'][number];
const feedColumns: readonly GridColumn<Feed>[] = [
  { key: 'feed', title: 'Feed', value: ({ feed }) => feed },
  { key: 'state', title: 'State', value: ({ state }) => state, show: ({ stale, state }) => <span className={stale ? 'block' : ''}>{stale ? `stale: ${state}` : state}</span> },
  { key: 'heard', title: 'Last heard', value: ({ lastHeardMarketTime }) => lastHeardMarketTime, show: ({ lastHeardText }) => lastHeardText },
  { key: 'silent', title: 'Silent', unit: 'min', align: 'right', value: ({ minutesSilent }) => minutesSilent, show: ({ minutesSilent }) => formatNumber(minutesSilent) },
  { key: 'errors', title: 'Errors', align: 'right', value: ({ errors }) => errors, show: ({ errors }) => formatNumber(errors) },
  { key: 'error', title: 'Last error', wide: true, value: ({ lastError }) => (lastError === null ? null : withoutHiding(lastError)), show: ({ lastError }) => (lastError === null ? <span className="muted">none</span> : withoutHiding(lastError)) },
];
const feedKey = ({ feed }: Feed): string => feed;
const linkWord = { connecting: 'connecting', live: 'connected', lost: 'no connection', signed_out: 'signed out' } as const;

/** What is stale or failing first, then everything else that keeps the desk going. */
export default function MonitoringView(): ReactNode {
  const desk = useDesk();
  const link = usePick((state) => state.link.state);
  const skewMs = usePick((state) => state.clockSkewMs);
  const feeds = useRead('feeds_health', {});
  return (
    <>
      <Stats
        stats={[
          { name: 'World', text: desk?.world.label ?? '—' },
          { name: 'Market', text: desk?.session.text ?? '—', note: desk?.session.exchange },
          { name: 'This page', text: linkWord[link], note: `clock apart by ${formatNumber(Math.round(skewMs / 1_000))} s` },
          { name: 'Notices', text: formatNumber(desk?.notices.length ?? 0) },
        ]}
      />
      {desk && desk.notices.length > 0 ? (
        <Section title="Notices">
          <ul className="lines">
            {desk.notices.map((notice) => (
              <li key={notice} className="line line-still">
                <span className="line-main line-wraps">{withoutHiding(notice)}</span>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Alerts />
      <Section title="Feeds" note={feeds.reading.state === 'here' && feeds.reading.value.stale.length > 0 ? `${feeds.reading.value.stale.length} stale` : undefined}>
        <Shown read={feeds}>{({ feeds: all }) => <Grid title="Feeds" columns={feedColumns} rows={all} rowKey={feedKey} exportName="feeds" />}</Shown>
      </Section>
      <Jobs />
      <Models />
      <Turns />
    </>
  );
}
