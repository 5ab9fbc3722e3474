import type { ReactNode } from 'react';
import { CardBlock } from '../card/card-block.tsx';
import { usePick } from '../page-context.tsx';

/** The card as it stands in the conversation, else as it waits in the queue. */
export function CardSheet({ actionId }: { actionId: string }): ReactNode {
  const here = usePick(({ conversation }) => conversation.cards[actionId]);
  const waiting = usePick(({ desk }) => desk?.approvals.find(({ card }) => card.actionId === actionId));
  const view = here ?? waiting;
  return view ? (
    <CardBlock view={view} inSheet />
  ) : (
    <p className="muted">This card waits no longer. Its story is in the conversation where it was made.</p>
  );
}
