import type { ReactNode } from 'react';
import { withoutHiding } from '../format/plain-text.ts';
import { clockOrDay } from '../format/time.ts';
import { Icon } from '../icons.tsx';
import { signOut } from '../desk-api.ts';
import { usePage, usePick, useZone } from '../page-context.tsx';

const channelWord: Record<string, string> = { web: '', telegram: 'Telegram', discord: 'Discord', terminal: 'Terminal' };

/** Every conversation that this person has with the desk, on whatever channel, newest first. */
export function Threads({ chosen }: { chosen?: () => void }): ReactNode {
  const { link, compose } = usePage();
  const threads = usePick((state) => state.threads);
  const threadId = usePick((state) => state.threadId);
  const wallTime = usePick(({ desk }) => desk?.wallTime) ?? new Date().toISOString();
  const person = usePick(({ desk }) => desk?.person);
  const zone = useZone();
  const open = (id: string | null): void => {
    void link.openConversation(id);
    chosen?.();
    if (id === null) compose('');
  };
  return (
    <nav className="threads" aria-label="Conversations">
      <button type="button" className="new-thread" onClick={() => open(null)}>
        <Icon name="plus" size={14} />
        New conversation
      </button>
      {threads.length === 0 ? (
        <p className="muted threads-empty">Your conversations are listed here, from every channel.</p>
      ) : (
        <ul>
          {threads.map((thread) => (
            <li key={thread.threadId}>
              <button type="button" aria-current={thread.threadId === threadId ? 'page' : undefined} onClick={() => open(thread.threadId)}>
                <span className="thread-title">{withoutHiding(thread.title)}</span>
                <span className="thread-when muted">
                  {[channelWord[thread.channel] ?? thread.channel, clockOrDay(thread.updatedAt, wallTime, zone)]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {person ? (
        <p className="person muted">
          <span>
            {withoutHiding(person.name)}, {person.role}
          </span>
          <button type="button" className="quiet" onClick={() => void signOut().then(() => location.assign('/'))}>
            Sign out
          </button>
        </p>
      ) : null}
    </nav>
  );
}
