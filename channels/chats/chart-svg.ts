import type { PriceChart } from '../vocabulary.ts';
import { payoffSvg } from './payoff-svg.ts';

const size = { width: 960, height: 540 };
const plot = { left: 24, right: 836, top: 64, bottom: 392 };
const volume = { top: 412, bottom: 484 };
const colour = { ink: '#1d2430', quiet: '#667085', grid: '#e6e9ef', up: '#0f7b6c', down: '#c2410c', entry: '#1d4ed8', stop: '#c2410c', target: '#0f7b6c', last: '#1d2430', pin: '#7c3aed' };
const mostBars = 160;

export const escapeXml = (text: string): string => text.replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/gu, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const at = (value: number): string => value.toFixed(1);

/** Round steps (1, 2, 5 times a power of ten) of which about `wanted` lie between `low` and `high`. */
function steps(low: number, high: number, wanted: number): number[] {
  const rough = (high - low) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const found: number[] = [];
  for (let value = Math.ceil(low / step) * step; value <= high; value += step) found.push(value);
  return found;
}

/** Labels that keep a distance from one another, in the order of their places. */
function spread<T extends { y: number }>(labels: readonly T[], distance: number): T[] {
  const placed: T[] = [];
  for (const label of [...labels].sort((a, b) => a.y - b.y)) placed.push({ ...label, y: Math.max(label.y, (placed.at(-1)?.y ?? -Infinity) + distance) });
  return placed;
}

/**
 * Candles with volume, the card's lines and the events, as an SVG of 960 × 540. Needs at least one bar; of more than 160 the
 * last are shown. Times are shown as they are written in the bars.
 */
export function chartSvg(chart: PriceChart): string {
  if (chart.payoff) return payoffSvg(chart.payoff);
  const bars = chart.bars.slice(-mostBars);
  const prices = [...bars.flatMap(({ low, high }) => [low, high]), ...chart.lines.map(({ price }) => price)];
  const [lowest, highest] = [Math.min(...prices), Math.max(...prices)];
  const pad = (highest - lowest || highest * 0.02 || 1) * 0.06;
  const [low, high] = [lowest - pad, highest + pad];
  const y = (price: number): number => plot.bottom - ((price - low) / (high - low)) * (plot.bottom - plot.top);
  const slot = (plot.right - plot.left) / bars.length;
  const x = (index: number): number => plot.left + (index + 0.5) * slot;
  const body = Math.max(1, Math.min(14, slot * 0.64));
  const mostVolume = Math.max(1, ...bars.map((bar) => bar.volume));
  const digits = highest >= 10_000 ? 0 : 2;
  const shown = (price: number): string => price.toLocaleString('en-IN', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const text = (input: { x: number; y: number; content: string; fill: string; size?: number; anchor?: string; weight?: string }): string =>
    `<text x="${at(input.x)}" y="${at(input.y)}" fill="${input.fill}" font-size="${input.size ?? 15}" text-anchor="${input.anchor ?? 'start'}"${input.weight ? ` font-weight="${input.weight}"` : ''}>${escapeXml(input.content)}</text>`;

  const [first, last] = [bars[0], bars.at(-1)];
  if (!first || !last) throw new Error('a chart needs at least one bar');
  const change = first.open === 0 ? null : ((last.close - first.open) / first.open) * 100;
  const grid = steps(low, high, 6).map((price) => `<line x1="${plot.left}" x2="${plot.right}" y1="${at(y(price))}" y2="${at(y(price))}" stroke="${colour.grid}"/>`);
  const candles = bars.map((bar, index) => {
    const fill = bar.close >= bar.open ? colour.up : colour.down;
    const [top, bottom] = [y(Math.max(bar.open, bar.close)), y(Math.min(bar.open, bar.close))];
    const height = (bar.volume / mostVolume) * (volume.bottom - volume.top);
    return `<line x1="${at(x(index))}" x2="${at(x(index))}" y1="${at(y(bar.high))}" y2="${at(y(bar.low))}" stroke="${fill}"/>`
      + `<rect x="${at(x(index) - body / 2)}" y="${at(top)}" width="${at(body)}" height="${at(Math.max(1, bottom - top))}" fill="${fill}"/>`
      + `<rect x="${at(x(index) - body / 2)}" y="${at(volume.bottom - height)}" width="${at(body)}" height="${at(height)}" fill="${fill}" opacity="0.45"/>`;
  });
  const lines = chart.lines.map(({ name, price }) => `<line x1="${plot.left}" x2="${plot.right}" y1="${at(y(price))}" y2="${at(y(price))}" stroke="${colour[name]}" stroke-width="1.5"${name === 'last' ? ' stroke-dasharray="2 4"' : ' stroke-dasharray="8 5"'}/>`);
  const lineLabels = spread(chart.lines.map(({ name, price }) => ({ y: y(price) + 5, content: `${name} ${shown(price)}`, fill: colour[name] })), 18);
  const taken = lineLabels.map((label) => label.y);
  const scale = steps(low, high, 6).map((price) => ({ y: y(price) + 5, content: shown(price), fill: colour.quiet })).filter((label) => taken.every((other) => Math.abs(other - label.y) > 17));
  const every = Math.max(1, Math.ceil(bars.length / 6));
  const sameDay = first.time.slice(0, 10) === last.time.slice(0, 10);
  const times = bars.flatMap((bar, index) => (index % every === Math.floor(every / 2) ? [text({ x: x(index), y: 508, content: sameDay ? bar.time.slice(11, 16) : bar.time.slice(0, 10), fill: colour.quiet, anchor: 'middle', size: 14 })] : []));
  const pins = chart.pins.flatMap((pin) => {
    const index = bars.findLastIndex((bar) => bar.time <= pin.time);
    const bar = bars[index];
    return bar ? [`<path d="M ${at(x(index) - 6)} ${at(y(bar.high) - 18)} h 12 l -6 10 z" fill="${colour.pin}"/>`] : [];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" viewBox="0 0 ${size.width} ${size.height}" font-family="DejaVu Sans">`,
    `<rect width="${size.width}" height="${size.height}" fill="#ffffff"/>`,
    text({ x: plot.left, y: 38, content: chart.symbol, fill: colour.ink, size: 24, weight: 'bold' }),
    text({ x: size.width - 24, y: 36, content: `${shown(last.close)}${change === null ? '' : `  ${change >= 0 ? '+' : '−'}${Math.abs(change).toFixed(2)} %`}`, fill: change !== null && change < 0 ? colour.down : colour.up, size: 20, anchor: 'end' }),
    ...grid, ...candles, ...lines, ...pins,
    ...[...lineLabels, ...scale].map((label) => text({ x: plot.right + 8, ...label, size: 13 })), ...times,
    '</svg>',
  ].join('');
}
