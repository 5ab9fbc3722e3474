import { describe, expect, it } from 'vitest';
import { moveTogether } from '../../../desk/allocation/moves-together.ts';
import { barsFrom, seriesOf } from '../signals/fixtures.ts';

const waves = (count: number, period: number, phase = 0): number[] => Array.from({ length: count }, (_, i) => 100 + 3 * Math.sin((i + phase) / period) + (i % 5) / 10);
const of = (symbol: string, closes: readonly number[]) => seriesOf(barsFrom(closes, { symbol }));

describe('two symbols are one bet', () => {
  const one = of('AAA', waves(120, 2));
  it('when their daily returns rise and fall together', () => {
    expect(moveTogether(one, of('BBB', waves(120, 2).map((price) => price * 7)))).toBe(true);
    expect(moveTogether(one, one)).toBe(true);
  });
  it('not when they go their own ways, nor when one falls as the other rises', () => {
    expect(moveTogether(one, of('BBB', waves(120, 3.7, 9)))).toBe(false);
    expect(moveTogether(one, of('BBB', waves(120, 2).map((price) => 20_000 / price)))).toBe(false);
  });
  it('by the last 60 sessions alone', () => {
    const formerly = [...waves(120, 2).slice(0, 59), ...waves(120, 3.7, 9).slice(59)];
    expect(moveTogether(one, of('BBB', formerly))).toBe(false);
    expect(moveTogether(one, of('BBB', [...waves(58, 3.7, 9), ...waves(120, 2).slice(58)]))).toBe(true);
  });
  it('only when they share thirty sessions', () => {
    expect(moveTogether(one, of('BBB', waves(120, 2).slice(0, 88)))).toBe(false);
    expect(moveTogether(of('AAA', waves(30, 2)), of('BBB', waves(30, 2)))).toBe(true);
    expect(moveTogether(of('AAA', waves(29, 2)), of('BBB', waves(29, 2)))).toBe(false);
  });
});
