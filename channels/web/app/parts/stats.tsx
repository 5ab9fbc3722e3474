import type { ReactNode } from 'react';
import { Changing } from '../panel/changing.tsx';

export const tone = (value: number | null | undefined): string => (value === null || value === undefined || value === 0 ? '' : value > 0 ? 'gain' : 'loss');

export interface Stat {
  name: string;
  text: string;
  /** Sign that is good or bad news; it is written in the text, too. */
  sign?: number | null;
  note?: ReactNode;
}
/** A line of figures, each under its name. */
export const Stats = ({ stats }: { stats: readonly Stat[] }): ReactNode => (
  <dl className="stats">
    {stats.map(({ name, text, sign, note }) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>
          <Changing className={`figure ${tone(sign)}`} text={text} />
          {note === undefined ? null : <span className="muted stat-note">{note}</span>}
        </dd>
      </div>
    ))}
  </dl>
);
