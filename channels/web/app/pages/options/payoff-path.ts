export type Point = readonly [x: number, y: number];
export interface Frame {
  low: number;
  high: number;
  least: number;
  most: number;
}
/** The window of a payoff: its prices, and profits with zero among them and a little air. */
export function frameOf(curves: readonly (readonly Point[])[]): Frame {
  const points = curves.flat();
  const xs = points.map(([x]) => x);
  const ys = [0, ...points.map(([, y]) => y)];
  const [least, most] = [Math.min(...ys), Math.max(...ys)];
  const air = (most - least || 1) * 0.08;
  return { low: Math.min(...xs), high: Math.max(...xs), least: least - air, most: most + air };
}
/** Where a point stands in a drawing of the given size; up is more. */
export const place = ({ low, high, least, most }: Frame, size: { width: number; height: number }, [x, y]: Point): Point => [
  ((x - low) / (high - low || 1)) * size.width,
  size.height - ((y - least) / (most - least || 1)) * size.height,
];
export const pathOf = (frame: Frame, size: { width: number; height: number }, curve: readonly Point[]): string =>
  curve
    .map((point, index) => {
      const [x, y] = place(frame, size, point);
      return `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join('');
/** The profit on a straight line between the points about a price; null outside of them. */
export function profitAt(curve: readonly Point[], price: number): number | null {
  const after = curve.findIndex(([x]) => x >= price);
  const [right, left] = [curve[after], curve[Math.max(0, after - 1)]];
  if (!right || !left || price < left[0]) return null;
  const span = right[0] - left[0];
  return span === 0 ? right[1] : left[1] + ((right[1] - left[1]) * (price - left[0])) / span;
}
/** The part of a curve between two prices, its edges read off where no point of its own stands there. */
export function between(curve: readonly Point[], low: number, high: number): Point[] {
  const edge = (price: number): Point[] => {
    const profit = profitAt(curve, price);
    return profit === null ? [] : [[price, profit]];
  };
  return [...edge(low), ...curve.filter(([x]) => x > low && x < high), ...edge(high)];
}
/** The prices that a payoff is looked at over: what the structure turns on, and half as much again on both sides. */
export function windowOf(marks: readonly number[], spot: number): { low: number; high: number } {
  const [least, most] = [Math.min(spot, ...marks), Math.max(spot, ...marks)];
  const room = Math.max((most - least) * 0.5, spot * 0.02);
  return { low: least - room, high: most + room };
}
