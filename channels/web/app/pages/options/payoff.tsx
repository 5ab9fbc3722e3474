import { useState, type ReactNode } from 'react';
import { formatMoney, formatNumber, formatPercent } from '../../format/number.ts';
import { Grid, type GridColumn } from '../../parts/grid.tsx';
import type { ReadOutput } from '../../read/read-types.ts';
import { between, frameOf, pathOf, place, profitAt, windowOf, type Point } from './payoff-path.ts';

type Structure = ReadOutput<'option_strategy'>;
const size = { width: 720, height: 240 };
const columns: readonly GridColumn<Point>[] = [
  { key: 'price', title: 'Price', align: 'right', value: ([price]) => price, show: ([price]) => formatNumber(price, { decimals: 0 }) },
  { key: 'profit', title: 'At expiry', align: 'right', value: ([, profit]) => profit, sign: ([, profit]) => profit, show: ([, profit]) => formatMoney(profit, { plus: true }) },
];
const keyOf = ([price]: Point): string => String(price);

/** Profit at expiry and today over the price of the underlying, with spot and the break-evens. The pointer reads it out. */
export function Payoff({ value }: { value: Structure }): ReactNode {
  const [at, setAt] = useState<number | null>(null);
  const today: Point[] = value.scenarios
    .filter(({ daysAhead, volPoints }) => daysAhead === 0 && volPoints === 0)
    .map(({ spot, profit }): Point => [spot, profit])
    .sort(([a], [b]) => a - b);
  const { low, high } = windowOf([...value.breakEvens, ...value.legs.flatMap(({ strike }) => strike ?? [])], value.spot);
  const drawn = between(value.payoff.map(([price, profit]): Point => [price, profit]), low, high);
  const now = between(today, low, high);
  const frame = frameOf([drawn, now]);
  const x = (price: number): number => place(frame, size, [price, 0])[0];
  const zero = place(frame, size, [frame.low, 0])[1];
  const shown = at ?? value.spot;
  const line = pathOf(frame, size, drawn);
  const area = `${line}L${size.width} ${zero.toFixed(1)}L0 ${zero.toFixed(1)}Z`;
  const inside = (price: number): boolean => price >= frame.low && price <= frame.high;
  return (
    <figure className="payoff">
      <figcaption className="chart-read">
        <span>
          <span className="muted">{at === null ? 'at spot' : 'at'}</span> {formatNumber(shown, { decimals: 0 })} {formatPercent((shown / value.spot - 1) * 100, { decimals: 1, plus: true })}
        </span>
        <span>
          <i className="chart-line" /> <span className="muted">at expiry</span> {formatMoney(profitAt(drawn, shown), { plus: true })}
        </span>
        <span>
          <i className="chart-line chart-line-last" /> <span className="muted">today</span> {formatMoney(profitAt(today, shown), { plus: true })}
        </span>
      </figcaption>
      <svg
        viewBox={`0 0 ${size.width} ${size.height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Payoff over the price of ${value.underlying}: break-evens ${value.breakEvens.map((price) => formatNumber(price, { decimals: 0 })).join(' and ') || 'none'}. The table below has the figures.`}
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          setAt(frame.low + ((event.clientX - box.left) / box.width) * (frame.high - frame.low));
        }}
        onPointerLeave={() => setAt(null)}
      >
        <clipPath id="payoff-gain">
          <rect x="0" y="0" width={size.width} height={Math.max(0, zero)} />
        </clipPath>
        <clipPath id="payoff-loss">
          <rect x="0" y={zero} width={size.width} height={Math.max(0, size.height - zero)} />
        </clipPath>
        <path d={area} className="payoff-gain" clipPath="url(#payoff-gain)" />
        <path d={area} className="payoff-loss" clipPath="url(#payoff-loss)" />
        <line x1="0" x2={size.width} y1={zero} y2={zero} className="payoff-zero" />
        <line x1={x(value.spot)} x2={x(value.spot)} y1="0" y2={size.height} className="payoff-spot" />
        {value.breakEvens.filter(inside).map((price) => (
          <line key={price} x1={x(price)} x2={x(price)} y1="0" y2={size.height} className="payoff-even" />
        ))}
        <path d={pathOf(frame, size, now)} className="payoff-today" />
        <path d={line} className="payoff-line" />
        {at === null ? null : <line x1={x(at)} x2={x(at)} y1="0" y2={size.height} className="payoff-at" />}
      </svg>
      <div className="payoff-axis muted figure" aria-hidden="true">
        <span>{formatNumber(frame.low, { decimals: 0 })}</span>
        <span>{formatNumber(frame.high, { decimals: 0 })}</span>
      </div>
      <details className="behind">
        <summary>Table behind the payoff</summary>
        <Grid title="Payoff" columns={columns} rows={drawn} rowKey={keyOf} exportName={`${value.underlying}-${value.kind}-payoff`} />
      </details>
    </figure>
  );
}
