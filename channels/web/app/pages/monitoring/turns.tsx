import type { ReactNode } from 'react';
import { formatNumber } from '../../format/number.ts';
import { withoutHiding } from '../../format/plain-text.ts';
import { Section } from '../../parts/section.tsx';
import { Shown } from '../../parts/shown.tsx';
import { useRead } from '../../read/use-read.ts';
import type { ReadOutput } from '../../read/read-types.ts';

type Turn = ReadOutput<'turn_log'>['turns'][number];
const of = (count: number, one: string): string => `${formatNumber(count)} ${count === 1 ? one : `${one}s`}`;

/** A turn's steps on one scale, from its beginning to its end; each bar's place and length are in words beside it. */
function Steps({ turn }: { turn: Turn }): ReactNode {
  const whole = Math.max(turn.milliseconds, ...turn.steps.map(({ afterMs, ms }) => afterMs + ms), 1);
  return (
    <ol className="steps">
      {turn.steps.map(({ step, kind, afterMs, ms, tokens, ended }, index) => (
        <li key={index} className="steps-row">
          <span className={kind === 'step' ? '' : 'steps-inside'}>
            {withoutHiding(step)} <span className="muted">{kind === 'step' ? '' : kind === 'tool' ? 'tool' : `model, ${formatNumber(tokens)} tokens`}</span>
            {ended === 'ok' ? null : <span className="block"> {ended}</span>}
          </span>
          <span className="steps-track" aria-hidden="true">
            <span className="steps-bar" style={{ left: `${(100 * afterMs) / whole}%`, width: `${Math.max(0.5, (100 * ms) / whole)}%` }} />
          </span>
          <span className="figure steps-time">
            {formatNumber(ms, { decimals: 1 })} ms<span className="unseen">, after {formatNumber(afterMs)}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

/** What the last answers did, each opened by its line. */
export function Turns(): ReactNode {
  const log = useRead('turn_log', {});
  return (
    <Section title="Turns, step by step" note="kept for a week; names and times, never what was said">
      <Shown read={log}>
        {({ turns }) =>
          turns.length === 0 ? (
            <p className="muted">What an answer does (tools, language models, times) stands here once somebody has asked.</p>
          ) : (
            <ul className="lines">
              {turns.map((turn) => (
                <li key={turn.turn}>
                  <details className="turn-steps">
                    <summary className="turn-steps-line">
                      <span className="muted figure">{turn.atText}</span> {turn.agent} {turn.person === null ? null : <span className="muted">for {withoutHiding(turn.person)}</span>}{' '}
                      <span className="muted">{turn.channel ?? ''}</span> <span className="figure">{formatNumber(turn.milliseconds)} ms</span>{' '}
                      <span className="muted">
                        {of(turn.tools, 'tool call')}
                        {turn.models > 0 ? `, ${of(turn.models, 'model call')}` : ''}
                      </span>
                      {turn.failed === null ? null : <span className="block"> {turn.failed}</span>}
                    </summary>
                    <Steps turn={turn} />
                  </details>
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
    </Section>
  );
}
