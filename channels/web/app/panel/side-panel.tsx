import type { ReactNode } from 'react';
import { usePick } from '../page-context.tsx';
import { Approvals } from './approvals.tsx';
import { Changes } from './changes.tsx';
import { Holdings } from './holdings.tsx';

/** What needs a decision, then what is at risk, then what changed. */
export function SidePanel(): ReactNode {
  const account = usePick((state) => state.account);
  const loaded = usePick(({ desk }) => desk !== null);
  return (
    <aside className="panel" aria-label="State of the desk">
      {loaded ? (
        <>
          <Approvals account={account} />
          <Holdings account={account} />
          <Changes />
        </>
      ) : (
        [48, 80, 72, 60].map((width) => <div key={width} className="skeleton skeleton-line" style={{ width: `${width}%` }} />)
      )}
    </aside>
  );
}
