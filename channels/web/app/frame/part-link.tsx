import type { ReactNode } from 'react';
import { go, useRoute } from '../location.ts';
import { usePick } from '../page-context.tsx';
import { addressOf, stepTo, type Part } from '../route.ts';

/** A link to a part of the desk: a real address, so that it opens in another tab too. The chat is where it was left. */
export function PartLink({ part, className, children }: { part: Part; className?: string; children: ReactNode }): ReactNode {
  const route = useRoute();
  const threadId = usePick((state) => state.threadId);
  const to = part === 'chat' ? { part, id: threadId } : { part, id: null };
  const here = route.part === part;
  return (
    <a
      className={className}
      href={addressOf(stepTo(route, to))}
      aria-current={here ? 'page' : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        go(to);
      }}
    >
      {children}
    </a>
  );
}
