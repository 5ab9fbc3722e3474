import type { ReactNode } from 'react';
import type { PayoffCurve } from '../../../vocabulary.ts';
import { formatNumber } from '../format/number.ts';

const size = { width: 640, height: 280 };
const plot = { left: 64, right: 628, top: 28, bottom: 236 };

/** What an option structure makes at expiry over the price of its underlying; the figures behind it stand in a table for those who cannot see it. */
export function PayoffBlock({ payoff }: { payoff: PayoffCurve }): ReactNode {
  const { title, points, breakEvens, spot } = payoff;
  const [low, high] = [points[0]?.[0] ?? 0, points.at(-1)?.[0] ?? 1];
  const profits = [0, ...points.map(([, profit]) => profit)];
  const [least, most] = [Math.min(...profits), Math.max(...profits)];
  const pad = (most - least || 1) * 0.08;
  const x = (price: number): number => plot.left + ((price - low) / (high - low || 1)) * (plot.right - plot.left);
  const y = (profit: number): number => plot.bottom - ((profit - least + pad) / (most - least + 2 * pad)) * (plot.bottom - plot.top);
  const path = points.map(([price, profit], index) => `${index === 0 ? 'M' : 'L'}${x(price).toFixed(1)},${y(profit).toFixed(1)}`).join('');
  const summary = `${title}: at most ${formatNumber(Math.round(most))}, at least ${formatNumber(Math.round(least))} in this range${breakEvens.length > 0 ? `; breaks even at ${breakEvens.map((price) => formatNumber(Math.round(price))).join(' and ')}` : ''}.`;
  return (
    <figure className="chart-block">
      <figcaption>{title}</figcaption>
      <svg viewBox={`0 0 ${size.width} ${size.height}`} role="img" aria-label={summary} style={{ width: '100%', height: 'auto' }}>
        <line x1={plot.left} x2={plot.right} y1={y(0)} y2={y(0)} stroke="currentColor" strokeOpacity="0.45" />
        {[...new Set([most, least, 0])].map((level) => (
          <text key={level} x={plot.left - 6} y={y(level) + 4} textAnchor="end" fontSize="11" fill="currentColor" fillOpacity="0.75">
            {formatNumber(Math.round(level))}
          </text>
        ))}
        {[low, (low + high) / 2, high].map((price) => (
          <text key={price} x={x(price)} y={plot.bottom + 20} textAnchor="middle" fontSize="11" fill="currentColor" fillOpacity="0.75">
            {formatNumber(Math.round(price))}
          </text>
        ))}
        {breakEvens
          .filter((price) => price >= low && price <= high)
          .map((price) => (
            <g key={price}>
              <line x1={x(price)} x2={x(price)} y1={plot.top} y2={plot.bottom} stroke="currentColor" strokeOpacity="0.35" strokeDasharray="3 4" />
              <text x={x(price)} y={plot.top - 8} textAnchor="middle" fontSize="11" fill="currentColor">
                {formatNumber(Math.round(price))}
              </text>
            </g>
          ))}
        {spot === null ? null : <line x1={x(spot)} x2={x(spot)} y1={plot.top} y2={plot.bottom} stroke="currentColor" strokeOpacity="0.8" strokeDasharray="1 3" />}
        <path d={path} fill="none" stroke="currentColor" strokeWidth="2" />
      </svg>
      <p className="unseen">{summary}</p>
    </figure>
  );
}
