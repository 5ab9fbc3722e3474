import type { ReactNode } from 'react';
import { formatPercent, unknown } from '../format/number.ts';

/** How much of a limit is used: a bar whose end is the limit, and the figures beside it. What is over is said in words. */
export function Headroom({ name, used, allowed, usedPercent, note }: { name: ReactNode; used: string; allowed: string; usedPercent: number | null; note?: ReactNode }): ReactNode {
  const over = usedPercent !== null && usedPercent > 100;
  const near = !over && usedPercent !== null && usedPercent >= 80;
  return (
    <li className={`headroom${over ? ' headroom-over' : near ? ' headroom-near' : ''}`}>
      <span className="headroom-name">
        {name}
        {note === undefined ? null : <span className="muted"> {note}</span>}
      </span>
      <span className="headroom-figures figure">
        {used} <span className="muted">of {allowed}</span>
      </span>
      <span className="headroom-bar" aria-hidden="true">
        <span style={{ width: `${Math.min(100, Math.max(0, usedPercent ?? 0))}%` }} />
      </span>
      <span className="headroom-left muted figure">
        {usedPercent === null ? unknown : over ? `over by ${formatPercent(usedPercent - 100, { decimals: 0 })}` : `${formatPercent(usedPercent, { decimals: 0 })} used`}
      </span>
    </li>
  );
}
