import type { ReactNode } from 'react';
import { Icon } from '../icons.tsx';
import { useRoute } from '../location.ts';
import { usePage } from '../page-context.tsx';
import { PartLink } from './part-link.tsx';
import { partsOfDesk } from './parts-of-desk.ts';
import { Waiting } from './rail.tsx';

const inBar = 4;

/** The phone's bar of five: four parts, and the rest in a sheet. */
export function BottomBar(): ReactNode {
  const { openSheet } = usePage();
  const { part } = useRoute();
  const elsewhere = partsOfDesk.findIndex((each) => each.part === part) >= inBar;
  return (
    <nav className="bottom" aria-label="Parts of the desk, on a phone">
      {partsOfDesk.slice(0, inBar).map(({ part: to, name, icon }) => (
        <PartLink key={to} part={to}>
          <span className="bottom-icon">
            <Icon name={icon} size={18} />
            {to === 'approvals' ? <Waiting /> : null}
          </span>
          {name}
        </PartLink>
      ))}
      <button type="button" aria-current={elsewhere ? 'page' : undefined} onClick={() => openSheet({ kind: 'more' })}>
        <span className="bottom-icon">
          <Icon name="dots" size={18} />
        </span>
        More
      </button>
    </nav>
  );
}

/** The parts that a phone's bar has no room for. */
export const MoreSheet = (): ReactNode => {
  const { openSheet } = usePage();
  return (
    <ul className="more">
      {partsOfDesk.slice(inBar).map(({ part, name, icon, what }) => (
        <li key={part}>
          <PartLink part={part}>
            <Icon name={icon} size={18} />
            <span>
              {name}
              <span className="muted">{what}</span>
            </span>
          </PartLink>
        </li>
      ))}
      <li>
        <button type="button" onClick={() => openSheet({ kind: 'threads' })}>
          <Icon name="chat" size={18} />
          <span>
            Conversations
            <span className="muted">All that you have with the desk</span>
          </span>
        </button>
      </li>
    </ul>
  );
};
