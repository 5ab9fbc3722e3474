import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { formatMoney, formatNumber, kindWords, setGrouping } from '../../../../channels/web/app/format/number.ts';
import { csvOf } from '../../../../channels/web/app/parts/csv.ts';
import { heldKeys, sortedKeys } from '../../../../channels/web/app/parts/sorted-keys.ts';

const keys = fc.uniqueArray(fc.string({ maxLength: 4 }), { maxLength: 30 });

describe('the order of rows', () => {
  it('keeps every row once, and puts what is not known last in both directions', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.record({ key: fc.string({ maxLength: 4 }), cell: fc.option(fc.double({ noNaN: true })) }), { selector: ({ key }) => key }), fc.boolean(), (rows, descending) => {
        const order = sortedKeys(rows, descending);
        expect([...order].sort()).toEqual(rows.map(({ key }) => key).sort());
        const cells = order.map((key) => rows.find((row) => row.key === key)?.cell ?? null);
        const known = cells.filter((cell) => cell !== null);
        expect(cells.slice(known.length).every((cell) => cell === null)).toBe(true);
        expect(known).toEqual([...known].sort((a, b) => (descending ? b - a : a - b)));
      }),
    );
  });
  it('moves no row that stays while the pointer is over them', () => {
    fc.assert(
      fc.property(keys, keys, (before, now) => {
        const held = heldKeys(before, now);
        expect([...held].sort()).toEqual([...now].sort());
        const stayed = before.filter((key) => now.includes(key));
        expect(held.slice(0, stayed.length)).toEqual(stayed);
      }),
    );
  });
});

describe('what is exported', () => {
  it('never runs as a formula in a spreadsheet, and keeps numbers numbers', () => {
    expect(csvOf(['a', 'b'], [['=HYPERLINK("http://evil")', -3], ['+1', null], ['a "quoted", text', 2.5]])).toBe(
      'a,b\n"\'=HYPERLINK(""http://evil"")",-3\n\'+1,\n"a ""quoted"", text",2.5\n',
    );
  });
});

describe('how numbers are grouped', () => {
  afterEach(() => setGrouping('indian'));
  it('follows the person for rupees and stays Western for dollars', () => {
    expect([formatMoney(1_234_567), formatNumber(1_234_567), formatMoney(1_234_567, { currency: 'USD' })]).toEqual(['₹12,34,567', '12,34,567', '$1,234,567']);
    setGrouping('western');
    expect([formatMoney(1_234_567), formatNumber(1_234_567), formatMoney(1_234_567, { currency: 'USD' })]).toEqual(['₹1,234,567', '1,234,567', '$1,234,567']);
  });
  it('writes kinds as words and leaves abbreviations alone', () => {
    expect([kindWords('EVENT_TACTICAL'), kindWords('SIP')]).toEqual(['Event tactical', 'SIP']);
  });
});
