import type { ReactNode } from 'react';
import { Icon, type IconName } from '../icons.tsx';
import { useDesk, usePage, type Sheet } from '../page-context.tsx';

/** The phone's bar. Chat is the page itself; the rest lies over it. */
export function BottomBar({ open, closeAll }: { open: Sheet | null; closeAll: () => void }): ReactNode {
  const { openSheet } = usePage();
  const desk = useDesk();
  const waiting = desk?.approvals.length ?? 0;
  const parts: { name: string; icon: IconName; sheet: Sheet | null; count?: number }[] = [
    { name: 'Chat', icon: 'chat', sheet: null },
    { name: 'Approvals', icon: 'bell', sheet: { kind: 'panel', part: 'approvals' }, count: waiting },
    { name: 'Holdings', icon: 'book', sheet: { kind: 'panel', part: 'holdings' } },
    { name: 'Changes', icon: 'clock', sheet: { kind: 'panel', part: 'changes' } },
    { name: 'History', icon: 'list', sheet: { kind: 'threads' } },
  ];
  const isOpen = (sheet: Sheet | null): boolean =>
    sheet === null
      ? open === null
      : open?.kind === sheet.kind && (open.kind !== 'panel' || sheet.kind !== 'panel' || open.part === sheet.part);
  return (
    <nav className="bottom" aria-label="Parts of the desk">
      {parts.map(({ name, icon, sheet, count }) => (
        <button
          key={name}
          type="button"
          aria-current={isOpen(sheet) ? 'page' : undefined}
          onClick={() => {
            if (sheet === null) closeAll();
            else openSheet(sheet);
          }}
        >
          <span className="bottom-icon">
            <Icon name={icon} size={18} />
            {count ? (
              <span className="count">
                {count}
                <span className="unseen"> waiting</span>
              </span>
            ) : null}
          </span>
          {name}
        </button>
      ))}
    </nav>
  );
}
