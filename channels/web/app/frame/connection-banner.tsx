import { useEffect, useState, type ReactNode } from 'react';
import { withoutHiding } from '../format/plain-text.ts';
import { clockTime } from '../format/time.ts';
import { usePage, usePick, useZone } from '../page-context.tsx';

/** Short breaks heal before anybody has to read about them. */
const patienceMs = 800;

export function ConnectionBanner(): ReactNode {
  const { link } = usePage();
  const connection = usePick((state) => state.link);
  const clockSkewMs = usePick((state) => state.clockSkewMs);
  const told = usePick(({ desk }) => desk?.notices);
  const alerts = usePick(({ desk }) => desk?.alerts);
  const critical = (alerts ?? []).filter(({ open, severity }) => open && severity === 'CRITICAL').map(({ title }) => withoutHiding(title));
  const notices = [...new Set([...(told ?? []), ...critical])];
  const zone = useZone();
  const [due, setDue] = useState(false);
  useEffect(() => {
    setDue(false);
    if (connection.state !== 'lost') return;
    const timer = setTimeout(() => setDue(true), patienceMs);
    return () => clearTimeout(timer);
  }, [connection]);
  if (connection.state === 'lost' && due) {
    return (
      <div className="banner" role="status">
        <p>
          No connection since {clockTime(new Date(connection.sinceMs + clockSkewMs).toISOString(), zone, true)}. Figures are as of then;
          nothing can be confirmed until it is back.
        </p>
        <button type="button" className="button button-plain" onClick={link.retry}>
          Try now
        </button>
      </div>
    );
  }
  return notices.length > 0 ? (
    <div className="banner banner-notice" role="status">
      {notices.map((notice) => (
        <p key={notice}>{notice}</p>
      ))}
    </div>
  ) : null;
}
