import { describe, expect, it } from 'vitest';
import type { Decimal } from '../../desk/decimal.ts';
import type { SymbolRecord } from '../../desk/market/types.ts';
import { instant, tradingDate } from '../../desk/time.ts';
import { createSymbolsAsOf } from '../../start/symbols-as-of.ts';

const record = (symbol: string, sector?: string): SymbolRecord => ({ symbol, name: symbol, exchange: 'NSE', kind: 'EQUITY', lotSize: 1, tickSize: '0.05' as Decimal, aliases: [], ...(sector === undefined ? {} : { sector }) });
const list = (from: string, sector: string) => ({ from: tradingDate(from), knownAt: instant(`${from}T18:30:00Z`), sector });
const symbols = createSymbolsAsOf({
  records: [record('MOVED', 'Power'), record('OWN', 'Banks'), record('NONE')], zone: 'Asia/Kolkata',
  sectors: new Map([['MOVED', [list('2023-01-18', 'Power'), list('2024-07-29', 'Capital Goods')]]]),
});
const sectorOf = (symbol: string, at: string | null) => symbols(at === null ? null : instant(at)).get(symbol)?.sector ?? null;

describe('sectors as of a moment', () => {
  it('follow the last list that was in force and known', () => {
    expect(sectorOf('MOVED', '2023-06-01T10:00:00Z')).toBe('Power');
    expect(sectorOf('MOVED', '2025-01-01T10:00:00Z')).toBe('Capital Goods');
    expect(sectorOf('MOVED', null)).toBe('Capital Goods');
  });
  it('are not known before the first list, nor on a list’s own day, which ends before anybody knows it', () => {
    expect(sectorOf('MOVED', '2022-12-01T10:00:00Z')).toBeNull();
    expect(sectorOf('MOVED', '2024-07-29T10:00:00Z')).toBe('Power');
    expect(sectorOf('MOVED', '2024-07-30T10:00:00Z')).toBe('Capital Goods');
  });
  it('are those of the record where no dated list names the symbol', () => {
    expect([sectorOf('OWN', '2022-12-01T10:00:00Z'), sectorOf('NONE', '2025-01-01T10:00:00Z')]).toEqual(['Banks', null]);
  });
});
