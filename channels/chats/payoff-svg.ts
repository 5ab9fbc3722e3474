import type { PayoffCurve } from '../vocabulary.ts';
import { escapeXml } from './chart-svg.ts';

const size = { width: 960, height: 540 };
const plot = { left: 96, right: 920, top: 72, bottom: 470 };
const colour = { ink: '#1d2430', quiet: '#667085', grid: '#e6e9ef', profit: '#0f7b6c', loss: '#c2410c', spot: '#1d4ed8' };
const compact = (value: number): string => `${value < 0 ? '−' : ''}₹${Math.abs(value) >= 1000 ? `${Math.round(Math.abs(value) / 100) / 10}k` : Math.round(Math.abs(value))}`;

/** What a structure makes over the price of its underlying at expiry, profit and loss shaded apart, as an SVG of 960 × 540. Needs two points. */
export function payoffSvg({ title, points, breakEvens, spot }: PayoffCurve): string {
  const [low, high] = [points[0]?.[0] ?? 0, points.at(-1)?.[0] ?? 1];
  const profits = [0, ...points.map(([, profit]) => profit)];
  const [least, most] = [Math.min(...profits), Math.max(...profits)];
  const pad = (most - least || 1) * 0.08;
  const x = (price: number): number => plot.left + ((price - low) / (high - low || 1)) * (plot.right - plot.left);
  const y = (profit: number): number => plot.bottom - ((profit - least + pad) / (most - least + 2 * pad)) * (plot.bottom - plot.top);
  const path = points.map(([price, profit], i) => `${i === 0 ? 'M' : 'L'}${x(price).toFixed(1)},${y(profit).toFixed(1)}`).join('');
  const area = `${path}L${x(high).toFixed(1)},${y(0).toFixed(1)}L${x(low).toFixed(1)},${y(0).toFixed(1)}Z`;
  const zero = y(0).toFixed(1);
  const text = (at: { x: number; y: number; anchor?: string; fill?: string; size?: number; weight?: string }, words: string): string =>
    `<text x="${at.x.toFixed(1)}" y="${at.y.toFixed(1)}" text-anchor="${at.anchor ?? 'middle'}" fill="${at.fill ?? colour.quiet}" font-size="${at.size ?? 15}" font-weight="${at.weight ?? 'normal'}">${escapeXml(words)}</text>`;
  const mark = (price: number, words: string, fill: string, above: number): string => (price < low || price > high ? '' : `<line x1="${x(price).toFixed(1)}" x2="${x(price).toFixed(1)}" y1="${plot.top}" y2="${plot.bottom}" stroke="${fill}" stroke-dasharray="4 5"/>${text({ x: x(price), y: plot.top - above, fill }, words)}`);
  const levels = [...new Set([most, least, 0])];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" viewBox="0 0 ${size.width} ${size.height}" font-family="DejaVu Sans"><rect width="${size.width}" height="${size.height}" fill="#ffffff"/>
<defs><clipPath id="up"><rect x="0" y="0" width="${size.width}" height="${zero}"/></clipPath><clipPath id="down"><rect x="0" y="${zero}" width="${size.width}" height="${size.height}"/></clipPath></defs>
${text({ x: 24, y: 32, anchor: 'start', fill: colour.ink, size: 20, weight: 'bold' }, title)}
${levels.map((level) => `<line x1="${plot.left}" x2="${plot.right}" y1="${y(level).toFixed(1)}" y2="${y(level).toFixed(1)}" stroke="${level === 0 ? colour.quiet : colour.grid}"/>${text({ x: plot.left - 10, y: y(level) + 5, anchor: 'end' }, compact(level))}`).join('')}
<path d="${area}" fill="${colour.profit}" fill-opacity="0.16" clip-path="url(#up)"/><path d="${area}" fill="${colour.loss}" fill-opacity="0.16" clip-path="url(#down)"/>
<path d="${path}" fill="none" stroke="${colour.profit}" stroke-width="3" clip-path="url(#up)"/><path d="${path}" fill="none" stroke="${colour.loss}" stroke-width="3" clip-path="url(#down)"/>
${breakEvens.map((price) => mark(price, `${Math.round(price)}`, colour.quiet, 6)).join('')}${spot === null ? '' : mark(spot, 'now', colour.spot, 24)}
${[0, 0.25, 0.5, 0.75, 1].map((share) => text({ x: plot.left + share * (plot.right - plot.left), y: plot.bottom + 28 }, `${Math.round(low + share * (high - low))}`)).join('')}
${text({ x: (plot.left + plot.right) / 2, y: plot.bottom + 54 }, 'price of the underlying when the first options expire')}</svg>`;
}
