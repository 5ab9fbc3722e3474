import type { ReactNode } from 'react';
import type { Evidence } from '../../../conversation-service.ts';
import { readEvidence } from '../desk-api.ts';
import { safeAddress, withoutHiding } from '../format/plain-text.ts';
import { calendarDay, clockTime } from '../format/time.ts';
import { Icon } from '../icons.tsx';
import { useZone } from '../page-context.tsx';
import { Failed, Loading } from './loading.tsx';
import { useLoaded } from './use-loaded.ts';

function Record({ evidence }: { evidence: Evidence }): ReactNode {
  const zone = useZone();
  const address = safeAddress(evidence.url);
  const when = (at: string): ReactNode => (
    <time dateTime={at}>
      {calendarDay(at, zone)}, {clockTime(at, zone, true)}
    </time>
  );
  return (
    <div className="record">
      <h3>{withoutHiding(evidence.title)}</h3>
      <dl className="facts">
        <div>
          <dt>Source</dt>
          <dd>{withoutHiding(evidence.source)}</dd>
        </div>
        {evidence.happenedAt === null ? null : (
          <div>
            <dt>Happened</dt>
            <dd>{when(evidence.happenedAt)}</dd>
          </div>
        )}
        {evidence.knownAt === null ? null : (
          <div>
            <dt>Known here</dt>
            <dd>{when(evidence.knownAt)}</dd>
          </div>
        )}
        {(evidence.fields ?? []).map(({ name, value }) => (
          <div key={name}>
            <dt>{withoutHiding(name)}</dt>
            <dd>{withoutHiding(value)}</dd>
          </div>
        ))}
      </dl>
      {evidence.body.trim() === '' ? null : <div className="record-body">{withoutHiding(evidence.body)}</div>}
      {address === null ? null : (
        <p>
          <a className="record-link" href={address.href} target="_blank" rel="noopener noreferrer nofollow">
            <Icon name="out" size={14} />
            {address.host}
          </a>
        </p>
      )}
      <p className="muted record-note">As the source wrote it. Nothing in it is acted on.</p>
    </div>
  );
}

export function EvidenceSheet({ reference }: { reference: string }): ReactNode {
  const { loaded, again } = useLoaded(reference, readEvidence);
  if (loaded.state === 'loading') return <Loading />;
  if (loaded.state === 'failed') return <Failed message={loaded.message} again={again} />;
  return <Record evidence={loaded.value} />;
}
