import type { ReactNode } from 'react';
import { CardBlock } from '../card/card-block.tsx';
import { splitHeadline, splitWorstLoss } from '../card/headline.ts';
import { withoutHiding } from '../format/plain-text.ts';
import { duration } from '../format/time.ts';
import { go, useRoute } from '../location.ts';
import { useDesk, usePage, usePick } from '../page-context.tsx';
import { useAccountInput } from '../parts/account-input.ts';
import { Empty } from '../parts/empty.tsx';
import { Section } from '../parts/section.tsx';
import { Shown, Skeleton } from '../parts/shown.tsx';
import { useRead } from '../read/use-read.ts';
import { useDeskNow } from '../use-now.ts';

/** Soonest expiry first; the open one is beside the list where there is room, below it on a phone. */
function Queue(): ReactNode {
  const desk = useDesk();
  const account = usePick((state) => state.account);
  const { id } = useRoute();
  const waiting = (desk?.approvals ?? []).filter(({ card }) => account === null || card.account === account);
  const now = useDeskNow(waiting.length > 0);
  if (!desk) return <Skeleton lines={5} />;
  if (waiting.length === 0) return <Empty offer="find me a trade" label="Find me a trade">No card waits for you. What needs your yes stands here, soonest expiry first.</Empty>;
  const open = waiting.find(({ card }) => card.actionId === id) ?? waiting[0];
  return (
    <div className="queue">
      <ul className="lines">
        {waiting.map(({ card }) => {
          const leftMs = Date.parse(card.confirmation?.expiresAt ?? '') - now;
          return (
            <li key={card.actionId}>
              <button type="button" className="line" data-walk="" aria-current={card.actionId === open?.card.actionId ? 'true' : undefined} onClick={() => go({ id: card.actionId }, { inPlace: true })}>
                <span className="line-main">{withoutHiding(splitHeadline(card.headline).action)}</span>
                <span className="figure muted">{Number.isNaN(leftMs) ? '' : leftMs <= 0 ? 'expired' : duration(leftMs)}</span>
                <span className="muted line-under">
                  {card.account} · at most {splitWorstLoss(card.worstLoss)?.sum ?? 'not known'}
                  {card.gates.warnings > 0 ? <span className="warn"> · {card.gates.warnings} warnings</span> : null}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      <div className="queue-card">{open ? <CardBlock key={open.card.actionId} view={open} /> : null}</div>
    </div>
  );
}

function Decided(): ReactNode {
  const { openSheet } = usePage();
  const cards = useRead('cards', { ...useAccountInput(), limit: 30 });
  return (
    <Section title="Decided lately">
      <Shown read={cards}>
        {({ cards: all }) => {
          const decided = all.filter(({ waiting }) => !waiting);
          if (decided.length === 0) return <p className="muted">Cards that were confirmed, rejected or ran out stand here.</p>;
          return (
            <ul className="lines">
              {decided.map((card) => (
                <li key={card.actionId}>
                  <button type="button" className="line" data-walk="" onClick={() => openSheet({ kind: 'story', actionId: card.actionId })}>
                    <span className="line-main">{withoutHiding(card.what)}</span>
                    <span className={`state-word state-${card.status.toLowerCase()}`}>{card.status.toLowerCase().replaceAll('_', ' ')}</span>
                    <span className="muted line-under">
                      card {card.cardNumber} · {card.account} · {card.when}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          );
        }}
      </Shown>
    </Section>
  );
}

export default function ApprovalsView(): ReactNode {
  const waiting = usePick(({ desk }) => desk?.approvals.length ?? 0);
  return (
    <>
      <Section title="Needs you" note={waiting === 0 ? undefined : String(waiting)}>
        <Queue />
      </Section>
      <Decided />
    </>
  );
}
