import { useLayoutEffect, useRef, type ReactNode } from 'react';
import { CardBlock } from '../card/card-block.tsx';
import type { Block, Turn } from '../conversation/fold.ts';
import { canAskAgain } from '../conversation/outbox.ts';
import { withoutHiding } from '../format/plain-text.ts';
import { clockTime } from '../format/time.ts';
import { Icon } from '../icons.tsx';
import { usePage, usePick, useZone } from '../page-context.tsx';
import { ChartBlock } from './chart-block.tsx';
import { PayoffBlock } from './payoff-block.tsx';
import { PlainText } from './plain.tsx';
import { Reply } from './reply.tsx';
import { DeskTable } from './table.tsx';
import { Timeline } from './timeline.tsx';

/**
 * The chat library marks every message as an assertive alert, which would read each word of a stream aloud and again on
 * every change. The page announces what matters in one polite place instead.
 */
export function Quietly({ children }: { children: ReactNode }): ReactNode {
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const message = element.current?.closest('.Message-content');
    for (const attribute of ['role', 'aria-live', 'aria-atomic']) message?.removeAttribute(attribute);
  }, []);
  return (
    <div className="turn" ref={element}>
      {children}
    </div>
  );
}

function CardHere({ actionId }: { actionId: string }): ReactNode {
  const view = usePick(({ conversation }) => conversation.cards[actionId]);
  return view ? <CardBlock view={view} /> : null;
}

function BlockView({ block, latest }: { block: Block; latest: boolean }): ReactNode {
  switch (block.kind) {
    case 'reply':
      return <Reply reply={block.reply} latest={latest} />;
    case 'table':
      return <DeskTable table={block.table} />;
    case 'chart':
      return block.chart.payoff ? <PayoffBlock payoff={block.chart.payoff} /> : <ChartBlock chart={block.chart} />;
    case 'file':
      return (
        <p>
          <a className="button button-plain" href={block.file.href} download={block.file.name}>
            Download the PDF
          </a>
        </p>
      );
    case 'timeline':
      return <Timeline subject={block.timeline.subject} entries={block.timeline.entries} />;
    case 'card':
      return <CardHere actionId={block.actionId} />;
    case 'error':
      return (
        <div className="fault">
          <p>
            <Icon name="warn" size={14} />
            {withoutHiding(block.error.message)}
          </p>
        </div>
      );
  }
}

/** Asks the person's last message once more, as it was, or says how its answer was. */
function TryAgain({ turn }: { turn: Turn }): ReactNode {
  const { link, compose } = usePage();
  const offered = usePick(({ conversation, outbox }) => canAskAgain(conversation.turns, outbox)?.turn === turn.turn);
  const { said } = turn;
  if (!offered || said === null) return null;
  return (
    <p className="turn-foot">
      <button type="button" className="quiet" onClick={() => void link.say(said, turn.turn)}>
        Try again
      </button>
      {/^\/(good|bad|wrong)\b/.test(said) ? null : (
        <>
          <button type="button" className="quiet" onClick={() => void link.say('/good')}>
            Good answer
          </button>
          <button type="button" className="quiet" title="Puts “/bad” into the conversation, for what is wrong" onClick={() => compose('/bad ')}>
            Wrong answer …
          </button>
        </>
      )}
    </p>
  );
}

/** What was said and answered before an edit, folded away. Its cards are not: whatever waits for an answer stands where it stood. */
export function EarlierTurn({ id }: { id: string }): ReactNode {
  const turn = usePick(({ conversation }) => conversation.turns.find((each) => each.turn === id));
  if (!turn) return null;
  const [cards, rest] = [turn.blocks.filter(({ kind }) => kind === 'card'), turn.blocks.filter(({ kind }) => kind !== 'card')];
  return (
    <Quietly>
      <details className="earlier">
        <summary>Edited: show the earlier</summary>
        <div className="turn">
          {turn.said === null ? null : (
            <div className="earlier-words">
              <PlainText text={turn.said} />
            </div>
          )}
          {rest.map((block) => (
            <BlockView key={block.key} block={block} latest={false} />
          ))}
        </div>
      </details>
      {cards.map((block) => (
        <BlockView key={block.key} block={block} latest={false} />
      ))}
    </Quietly>
  );
}

/** What the desk gave in one turn. */
export function DeskTurn({ id }: { id: string }): ReactNode {
  const turn = usePick(({ conversation }) => conversation.turns.find((each) => each.turn === id));
  const latest = usePick(({ conversation }) => conversation.turns.at(-1)?.turn === id);
  return turn ? <Shown turn={turn} latest={latest} /> : null;
}

function Shown({ turn, latest }: { turn: Turn; latest: boolean }): ReactNode {
  const zone = useZone();
  return (
    <Quietly>
      {turn.blocks.map((block) => (
        <BlockView key={block.key} block={block} latest={latest} />
      ))}
      {turn.live === '' ? null : (
        <div className="reply reply-live">
          <PlainText text={turn.live} />
        </div>
      )}
      {turn.progress === null || turn.live !== '' ? null : (
        <p className="progress">
          <span className="pulse" aria-hidden="true" />
          {withoutHiding(turn.progress)}
        </p>
      )}
      <TryAgain turn={turn} />
      {turn.ended ? (
        <time className="turn-time" dateTime={turn.at}>
          {clockTime(turn.at, zone)}
        </time>
      ) : null}
    </Quietly>
  );
}
