import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import type { Card } from '../../../vocabulary.ts';
import { Choices } from '../chat/reply.tsx';
import type { CardView } from '../conversation/fold.ts';
import { withoutHiding } from '../format/plain-text.ts';
import { clockTime } from '../format/time.ts';
import { Icon, type IconName } from '../icons.tsx';
import { usePage, useZone } from '../page-context.tsx';
import { Decision } from './decision.tsx';
import { EvidenceLines } from './evidence-lines.tsx';
import { Gates } from './gates.tsx';
import { splitHeadline, splitWorstLoss } from './headline.ts';
import { PriceLadder } from './price-ladder.tsx';

type State = Card['state'];
const stateWord: Record<State, string> = {
  PENDING: 'Waiting for you',
  APPROVED: 'Confirmed',
  REJECTED: 'Rejected',
  EXPIRED: 'Expired',
  BLOCKED: 'Blocked',
  EXECUTED: 'Sent',
  FILLED: 'Filled',
  CLOSED: 'Closed',
  FAILED: 'Failed',
};
const stateIcon: Record<State, IconName> = {
  PENDING: 'clock',
  APPROVED: 'clock',
  REJECTED: 'cross',
  EXPIRED: 'clock',
  BLOCKED: 'cross',
  EXECUTED: 'right',
  FILLED: 'tick',
  CLOSED: 'tick',
  FAILED: 'warn',
};
const collapses = (state: State): boolean => state !== 'PENDING' && state !== 'APPROVED' && state !== 'BLOCKED';

function WorstLoss({ sentence }: { sentence: string }): ReactNode {
  const parts = splitWorstLoss(withoutHiding(sentence));
  return (
    <p className="card-loss">
      {parts === null ? (
        withoutHiding(sentence)
      ) : (
        <>
          {parts.before}
          <strong>{parts.sum}</strong>
          {parts.after}
        </>
      )}
    </p>
  );
}

/** Everything between the headline and the decision. */
function Body({ card }: { card: Card }): ReactNode {
  return (
    <>
      <WorstLoss sentence={card.worstLoss} />
      <PriceLadder card={card} />
      <EvidenceLines why={card.why} against={card.against} />
      {card.counterfactuals.length === 0 ? null : (
        <ul className="counterfactuals">
          {card.counterfactuals.map((line, index) => (
            <li key={index}>{withoutHiding(line)}</li>
          ))}
        </ul>
      )}
      <Gates gates={card.gates} unfolded={card.state === 'BLOCKED' && card.gates.blocks > 0 && card.gates.checks.length <= 4} />
    </>
  );
}

/** The same card wherever it is opened. Once final it is one line that unfolds. */
export function CardBlock({ view, inSheet = false }: { view: CardView; inSheet?: boolean }): ReactNode {
  const { card, shownAt } = view;
  const { openSheet } = usePage();
  const zone = useZone();
  const article = useRef<HTMLElement>(null);
  const heading = useId();
  const [unfolded, setUnfolded] = useState(false);
  const { action, terms } = splitHeadline(withoutHiding(card.headline));
  const final = collapses(card.state);
  const name = card.cardNumber === null ? card.account : `Card ${card.cardNumber} · ${card.account}`;
  const story = (
    <button type="button" className="quiet" onClick={() => openSheet({ kind: 'story', actionId: card.actionId })}>
      Story
    </button>
  );

  // Opened by hand, a card with a warning starts at Reject.
  useEffect(() => {
    if (inSheet)
      article.current?.querySelector<HTMLElement>(card.gates.warnings > 0 ? '[data-press=reject]' : '[data-press=confirm]')?.focus();
  }, [inSheet, card.gates.warnings]);
  const enter = (event: React.KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.target !== event.currentTarget) return;
    event.preventDefault();
    if (final) setUnfolded(!unfolded);
    else article.current?.querySelector<HTMLElement>(card.gates.warnings > 0 ? '[data-press=reject]' : '[data-press=confirm]')?.focus();
  };

  if (final) {
    return (
      <article
        className="card card-final"
        data-state={card.state}
        data-action={card.actionId}
        ref={article}
        tabIndex={0}
        data-walk=""
        aria-labelledby={heading}
        onKeyDown={enter}
      >
        <div className="card-line">
          <span className={`card-mark card-mark-${card.state.toLowerCase()}`}>
            <Icon name={stateIcon[card.state]} size={14} />
          </span>
          <p id={heading}>
            <span className="card-line-action">{action}</span>{' '}
            <span className="muted">{card.outcome === null ? stateWord[card.state] : withoutHiding(card.outcome)}</span>
          </p>
          <span className="card-line-buttons">
            <span className="card-line-story">{story}</span>
            <button
              type="button"
              className="quiet"
              aria-expanded={unfolded}
              aria-label={unfolded ? 'Fold the card' : 'Unfold the card'}
              onClick={() => setUnfolded(!unfolded)}
            >
              <span className={unfolded ? 'turned' : ''}>
                <Icon name="down" size={14} />
              </span>
            </button>
          </span>
        </div>
        {unfolded ? (
          <div className="card-unfolded">
            {terms === '' ? null : <p className="card-terms">{terms}</p>}
            <Body card={card} />
            <footer>
              <span />
              {story}
            </footer>
          </div>
        ) : null}
      </article>
    );
  }
  return (
    <article
      className="card"
      data-state={card.state}
      data-action={card.actionId}
      ref={article}
      tabIndex={0}
      data-walk=""
      aria-labelledby={heading}
      onKeyDown={enter}
    >
      <header>
        <span>
          {name}
          {card.exchange === null ? '' : ` · ${card.exchange}`}
        </span>
        <span className={`card-state card-state-${card.state.toLowerCase()}`}>
          {card.state === 'PENDING' ? `${card.world} ${clockTime(card.marketTime, zone)}` : stateWord[card.state]}
        </span>
      </header>
      <h3 id={heading}>
        <span className="card-action">{action}</span>
        {terms === '' ? null : <span className="card-terms">{terms}</span>}
      </h3>
      {card.state === 'BLOCKED' && card.outcome !== null ? (
        <p className="card-reason">
          <Icon name="cross" size={14} />
          {withoutHiding(card.outcome)}
        </p>
      ) : null}
      <Body card={card} />
      {card.state === 'PENDING' && card.confirmation !== null ? (
        <Decision card={card} confirmation={card.confirmation} shownAt={shownAt} within={article} />
      ) : null}
      {card.state === 'APPROVED' ? (
        <p className="card-working" role="status">
          <span className="pulse" aria-hidden="true" />
          Confirmed. Checking again at the price of now, then sending.
        </p>
      ) : null}
      <footer>
        {card.choices.length > 0 ? <Choices choices={card.choices} open /> : <span />}
        {story}
      </footer>
    </article>
  );
}
