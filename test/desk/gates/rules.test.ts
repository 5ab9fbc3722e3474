import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decimal } from '../../../desk/decimal.ts';
import { heldOn } from '../../../desk/gates/rules/dated.ts';
import { freezeQuantity, indexLot } from '../../../desk/gates/rules/index-derivatives.ts';
import { deskOrdersPerSecond, registrationThreshold } from '../../../desk/gates/rules/order-rate.ts';
import { bandAround, bandPercents } from '../../../desk/gates/rules/price-bands.ts';
import { strategyRule } from '../../../desk/gates/rules/strategy-regimes.ts';
import { defaultTick } from '../../../desk/gates/rules/ticks.ts';
import { tradingDate } from '../../../desk/time.ts';

const day = tradingDate;
const master = new URL('../../../../shared/data/05_symbol_master/', import.meta.url);

describe('dated rules', () => {
  it('hold from their first to their last day', () => {
    const rows = [{ validFrom: day('2024-01-01'), validTo: day('2024-01-31'), value: 1, source: 'a' }, { validFrom: day('2024-02-01'), validTo: null, value: 2, source: 'b' }];
    expect(['2023-12-31', '2024-01-01', '2024-01-31', '2024-02-01', '2030-01-01'].map((date) => heldOn(rows, day(date))?.value)).toEqual([undefined, 1, 1, 2, 2]);
    expect(heldOn(undefined, day('2024-01-01'))).toBeUndefined();
  });
  it('keep the desk below the threshold for registered algorithms', () => {
    expect(deskOrdersPerSecond).toBeLessThan(heldOn(registrationThreshold, day('2026-01-01'))?.value ?? 0);
  });
  it('know the tick of the day', () => {
    expect(defaultTick('NSE', 100, day('2024-06-07'))).toBe(decimal('0.05'));
    expect(defaultTick('NSE', 249.99, day('2024-06-10'))).toBe(decimal('0.01'));
    expect(defaultTick('NSE', 250, day('2024-06-10'))).toBe(decimal('0.05'));
    expect(defaultTick('US', 0.5, day('2024-06-10'))).toBe(decimal('0.0001'));
    expect(defaultTick('US', 20, day('1999-01-01'))).toBeUndefined();
  });
  it('draw price bands inwards', () => {
    expect(bandAround(100, 20)).toEqual({ low: 80, high: 120 });
    expect(bandAround(123.45, 5)).toEqual({ low: 117.28, high: 129.62 });
    expect(bandPercents.NSE).toContain(20);
  });
  it('say nothing of index lots on days that nobody attests', () => {
    expect(indexLot('NIFTY', day('2024-01-01'))).toBeUndefined();
    expect(indexLot('hasOwnProperty', day('2025-10-15'))).toBeUndefined();
    expect(freezeQuantity('NIFTY', day('2024-01-01'))).toBeUndefined();
    expect(freezeQuantity('toString', day('2026-05-01'))).toBeUndefined();
    expect(indexLot('BANKNIFTY', day('2023-06-20'))).toBe(25);
  });
  it('know no strategy that is not in the table', () => {
    expect(strategyRule('momentum')?.eventDriven).toBe(false);
    expect(strategyRule('constructor')).toBeUndefined();
  });
});

describe.skipIf(!existsSync(master))("the exchange's own files (skipped without ../shared)", () => {
  const rows = (file: string): string[][] => readFileSync(new URL(file, master), 'utf8').split(/\r?\n/).map((line) => line.split(',').map((cell) => cell.trim()));
  it.each(['NIFTY', 'BANKNIFTY', 'FINNIFTY', 'MIDCPNIFTY'])('give the lot and the freeze quantity of %s', (index) => {
    expect(indexLot(index, day('2025-10-15'))).toBe(Number(rows('fo_mktlots.csv').find(([symbol]) => symbol === index)?.[1]));
    expect(freezeQuantity(index, day('2026-05-01'))).toBe(Number(rows('qtyfreeze.csv').find(([, symbol]) => symbol === index)?.[2]));
  });
});
