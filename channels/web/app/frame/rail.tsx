import type { ReactNode } from 'react';
import { Icon } from '../icons.tsx';
import { usePick } from '../page-context.tsx';
import { PartLink } from './part-link.tsx';
import { partsOfDesk } from './parts-of-desk.ts';

/** How many cards wait, beside the name of the part where they do. */
export const Waiting = (): ReactNode => {
  const waiting = usePick(({ desk }) => desk?.approvals.length ?? 0);
  return waiting === 0 ? null : (
    <span className="count">
      {waiting}
      <span className="unseen"> waiting</span>
    </span>
  );
};

export const Rail = (): ReactNode => (
  <nav className="rail" aria-label="Parts of the desk">
    <ul>
      {partsOfDesk.map(({ part, name, icon }) => (
        <li key={part}>
          <PartLink part={part}>
            <span className="rail-icon">
              <Icon name={icon} size={18} />
              {part === 'approvals' ? <Waiting /> : null}
            </span>
            {name}
          </PartLink>
        </li>
      ))}
    </ul>
  </nav>
);
