import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatChange, formatCount, formatDay, formatMoney, formatMoneyExact, formatMoneyPair, formatPercent, formatPercentPair, formatPrice } from '../../desk/format.ts';
import { tradingDate } from '../../desk/time.ts';

describe('figures in words', () => {
  it.each([[1_23_450_000, '₹12,34,500'], [83_760, '₹838'], [-312_000, '−₹3,120'], [0, '₹0'], [45, '₹0.45'], [999, '₹9.99'], [900, '₹9'], [100_000_000_00, '₹10,00,00,000'], [-45, '−₹0.45'], [149_950, '₹1,500'], [-149_950, '−₹1,500']])('money %d in Indian groups', (minor, text) => {
    expect(formatMoney(minor, 'INR')).toBe(text);
  });
  it('money in Western groups', () => {
    expect(formatMoney(123_450_000, 'USD')).toBe('$1,234,500');
    expect(formatMoney(123_450_000, 'INR', 'western')).toBe('₹1,234,500');
    expect(formatMoneyExact(83_760, 'INR')).toBe('₹837.60');
  });
  it('never prints the difference of two amounts away', () => {
    expect(formatMoneyPair(83_760, 83_800, 'INR')).toEqual(['₹837.60', '₹838.00']);
    expect(formatMoneyPair(83_800, 83_800, 'INR')).toEqual(['₹838', '₹838']);
    fc.assert(fc.property(fc.integer(), fc.integer(), (a, b) => {
      const [first, second] = formatMoneyPair(a, b, 'INR');
      expect(first === second).toBe(a === b);
    }));
  });
  it.each([[384.5, '₹384.50'], ['4295.25', '₹4,295.25'], [0.1234, '₹0.1234'], [1.125, '₹1.125'], [1_00_000, '₹1,00,000.00']])('price %s', (price, text) => {
    expect(formatPrice(price as number, 'INR')).toBe(text);
  });
  it.each([[46, '46 %'], [0.17, '0.17 %'], [1.24, '1.2 %'], [-4.1, '−4.1 %'], [100.4, '100 %'], [0, '0 %'], [-0.001, '0 %'], [30, '30 %']])('percent %d', (percent, text) => {
    expect(formatPercent(percent)).toBe(text);
  });
  it('changes with their sign', () => {
    expect([formatChange(0.6), formatChange(-1.2), formatChange(0)]).toEqual(['+0.6 %', '−1.2 %', '0 %']);
  });
  it('prints no difference of two percentages away that six decimals can show', () => {
    expect(formatPercentPair(30.004, 30)).toEqual(['30.004 %', '30 %']);
    expect(formatPercentPair(46.4, 30)).toEqual(['46.4 %', '30 %']);
    expect(formatPercentPair(30.0000004, 30)).toEqual(['30 %', '30 %']);
  });
  it('counts and days', () => {
    expect([formatCount(410), formatCount(1_234_500), formatCount(1_234_500, 'western'), formatCount(1.5)]).toEqual(['410', '12,34,500', '1,234,500', '1.50']);
    expect(formatDay(tradingDate('2024-07-12'), tradingDate('2024-07-01'))).toBe('12 July');
    expect(formatDay(tradingDate('2024-08-15'))).toBe('15 August 2024');
    expect(formatDay(tradingDate('2025-01-02'), tradingDate('2024-12-30'))).toBe('2 January 2025');
  });
  it('invents no figure for what is none', () => {
    expect([formatMoney(Number.NaN, 'INR'), formatPrice(Infinity, 'INR'), formatPercent(Number.NaN)]).toEqual(['unknown', 'unknown', 'unknown']);
  });
  it('keeps every digit through its groups', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), fc.constantFrom('indian' as const, 'western' as const), (count, grouping) => {
      const text = formatCount(count, grouping);
      expect(text.replaceAll(',', '')).toBe(String(count));
      expect(text).toMatch(grouping === 'indian' ? /^\d{1,3}$|^\d{1,2}(,\d{2})*,\d{3}$/ : /^\d{1,3}(,\d{3})*$/);
    }));
  });
});
