import { useState, type ReactNode } from 'react';
import type { Choice, ConversationEvent, Figure } from '../../../vocabulary.ts';
import { clockTime } from '../format/time.ts';
import { sentenceCase } from '../format/number.ts';
import { usePage, useZone } from '../page-context.tsx';
import { PlainText } from './plain.tsx';

/** Every figure of a reply with where it came from and as of when. */
function Figures({ figures }: { figures: Figure[] }): ReactNode {
  const zone = useZone();
  return (
    <details className="figures">
      <summary>{figures.length === 1 ? '1 figure' : `${figures.length} figures`}</summary>
      <ul>
        {figures.map((figure, index) => (
          <li key={index}>
            <span className="figures-text">{figure.text}</span>
            <span className="muted">
              {figure.tool === 'person' ? 'your own figure' : sentenceCase(figure.tool)}
              {figure.asOf === null ? '' : `, ${clockTime(figure.asOf, zone, true)}`}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** What the person can do next. Each is said on their behalf; the row is spent once one is chosen or the talk has gone on. */
export function Choices({ choices, open }: { choices: Choice[]; open: boolean }): ReactNode {
  const { link } = usePage();
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <div className="choices" role="group" aria-label="What you can do">
      {choices.map((choice) => (
        <button
          key={choice.label}
          type="button"
          className={`button button-${choice.style ?? 'plain'}`}
          disabled={!open || chosen !== null}
          aria-pressed={chosen === choice.label}
          onClick={() => {
            setChosen(choice.label);
            void link.say(choice.command);
          }}
        >
          {choice.label}
        </button>
      ))}
    </div>
  );
}

export function Reply({ reply, latest }: { reply: Extract<ConversationEvent, { type: 'reply' }>; latest: boolean }): ReactNode {
  const note = reply.note?.trim();
  return (
    <div className="reply">
      <PlainText text={reply.text} />
      {reply.choices && reply.choices.length > 0 ? <Choices choices={reply.choices} open={latest} /> : null}
      {note || reply.figures.length > 0 ? (
        <div className="reply-foot">
          {reply.figures.length > 0 ? <Figures figures={reply.figures} /> : null}
          {note ? <span className="muted">{note}</span> : null}
        </div>
      ) : null}
    </div>
  );
}
