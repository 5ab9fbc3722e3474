import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tableRows } from '../../../graph/turn/figures.ts';

const shown = (cell: unknown, unit?: string): unknown => tableRows({ call: 'c1', path: 'rows', columns: [{ key: 'x', title: 'X', align: 'right', ...(unit === undefined ? {} : { unit }) }] }, [{ call: 'c1', name: 'made', input: {}, result: { ok: true, output: { rows: [{ x: cell }] } }, elapsedMs: 0 }])[0]?.x;

describe('a table’s cells', () => {
  it.each([[19.999999999999996, '%', 20], [-10.452608077937898, '%', -10.45], [0.1 + 0.2, undefined, 0.3], [4196.95, undefined, 4196.95], [9_007_199_254_740_991, undefined, 9_007_199_254_740_991], ['12.50', '%', '12.50'], [null, '%', null], [undefined, undefined, null]])('read %s (%s) as %s', (cell, unit, expected) => { expect(shown(cell, unit)).toEqual(expected); });
  it('stay within half a hundredth of a per cent, and of prices lose nothing that has two decimals', () => {
    fc.assert(fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (value) => { expect(Math.abs(Number(shown(value, '%')) - value)).toBeLessThanOrEqual(0.005 + 1e-9); }));
    fc.assert(fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), (hundredths) => { expect(shown(hundredths / 100)).toBeCloseTo(hundredths / 100, 8); }));
  });
});
