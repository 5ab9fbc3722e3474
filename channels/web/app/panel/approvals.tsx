import { useId, type ReactNode } from 'react';
import { splitHeadline, splitWorstLoss } from '../card/headline.ts';
import { duration } from '../format/time.ts';
import { useDesk, usePage } from '../page-context.tsx';
import { useDeskNow } from '../use-now.ts';

/** What needs a decision, soonest expiry first. Each line opens the card. */
export function Approvals({ account }: { account: string | null }): ReactNode {
  const { openSheet } = usePage();
  const desk = useDesk();
  const heading = useId();
  const waiting = (desk?.approvals ?? []).filter(({ card }) => account === null || card.account === account);
  const now = useDeskNow(waiting.length > 0);
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading}>Needs you{waiting.length > 0 ? <span className="count">{waiting.length}</span> : null}</h2>
      {waiting.length === 0 ? (
        <p className="muted">No card waits for you.</p>
      ) : (
        <ul className="approvals">
          {waiting.map(({ card, shownAt }) => {
            const expiresMs = Date.parse(card.confirmation?.expiresAt ?? '');
            const leftMs = Math.max(0, expiresMs - now);
            return (
              <li key={card.actionId}>
                <button type="button" data-walk="" onClick={() => openSheet({ kind: 'card', actionId: card.actionId })}>
                  <span className="approval-action">{splitHeadline(card.headline).action}</span>
                  <span className="muted">
                    {card.account}
                    {card.cardNumber === null ? '' : ` · card ${card.cardNumber}`} · at most {splitWorstLoss(card.worstLoss)?.sum ?? '—'} ·{' '}
                    {Number.isNaN(leftMs) ? '' : leftMs === 0 ? 'expired' : duration(leftMs)}
                  </span>
                  <span className="expiry" aria-hidden="true">
                    <span
                      style={{
                        transform: `scaleX(${Number.isNaN(leftMs) ? 0 : Math.min(1, leftMs / Math.max(1, expiresMs - Date.parse(shownAt)))})`,
                      }}
                    />
                  </span>
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
