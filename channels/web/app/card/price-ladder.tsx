import type { CSSProperties, ReactNode } from 'react';
import type { Card } from '../../../vocabulary.ts';
import { formatPercent, formatPrice } from '../format/number.ts';
import { ladderOf } from './ladder.ts';

const place = (name: string, value: number): CSSProperties => ({ [name]: `${value}%` }) as CSSProperties;
/** Anchored in proportion, so that a label at either end stays inside. */
const label = (at: number): CSSProperties => ({ left: `${at}%`, transform: `translateX(-${at}%)` });

export function PriceLadder({ card }: { card: Pick<Card, 'entry' | 'stop' | 'target' | 'last'> }): ReactNode {
  const ladder = ladderOf(card);
  if (!ladder) return null;
  const zone = (range: { from: number; to: number } | null, name: string): ReactNode =>
    range === null ? null : (
      <span className={`ladder-zone ladder-${name}`} style={{ ...place('left', range.from), ...place('width', range.to - range.from) }} />
    );
  return (
    <div className="ladder">
      <p className="unseen">
        {[
          ladder.last === null ? 'Last price not known' : `Last ${formatPrice(ladder.last.price)}`,
          ...ladder.rungs.map(({ name, price }) => `${name} ${formatPrice(price)}`),
        ].join(', ')}
      </p>
      <div aria-hidden="true">
        <div className="ladder-above">
          {ladder.last === null ? null : (
            <span className="ladder-last" style={label(ladder.last.at)}>
              last {formatPrice(ladder.last.price)}
            </span>
          )}
        </div>
        <div className="ladder-track">
          {zone(ladder.risk, 'risk')}
          {zone(ladder.reward, 'reward')}
          {ladder.rungs.map(({ name, at }) => (
            <span key={name} className={`ladder-tick ladder-tick-${name}`} style={place('left', at)} />
          ))}
          {ladder.last === null ? null : <span className="ladder-dot" style={place('left', ladder.last.at)} />}
        </div>
        <div className="ladder-below">
          {ladder.rungs.map(({ name, price, labelAt, fromEntryPercent }) => (
            <span key={name} className="ladder-label" style={label(labelAt)}>
              <span className="muted">
                {name}
                {fromEntryPercent === null ? '' : ` ${formatPercent(fromEntryPercent, { plus: true, decimals: 1 })}`}
              </span>
              <span>{formatPrice(price)}</span>
            </span>
          ))}
        </div>
      </div>
    </div>
  );
}
