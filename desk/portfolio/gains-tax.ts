import type { Minor } from '../decimal.ts';
import type { TradingDate } from '../time.ts';

/** Rates of tax on gains from listed shares in India on which securities transaction tax was paid, latest first, in percent. */
const rates: readonly { from: TradingDate; shortPercent: number; longPercent: number }[] = [
  // Finance (No. 2) Act 2024, sections 111A and 112A of the Income-tax Act.
  { from: '2024-07-23' as TradingDate, shortPercent: 20, longPercent: 12.5 },
  // Finance Act 2018: gains held over a year were exempt before, section 10(38).
  { from: '2018-04-01' as TradingDate, shortPercent: 15, longPercent: 10 },
];
/** Health and education cess on the tax, percent, since the financial year 2018-19. */
const cessPercent = 4;

export interface SoldLot { gainMinor: Minor; term: 'SAME_DAY' | 'SHORT' | 'LONG' }
export type GainsTax = { known: true; taxMinor: Minor; shortGainMinor: Minor; longGainMinor: Minor } | { known: false; reason: string };

/**
 * Tax on selling these lots on a day, with cess, without surcharge. Nothing is set off: neither losses of other sales nor what is free of tax
 * a year (section 112A) are known here, so it is the most that the rates ask. What was bought the same day is business income, whose rate depends on the person.
 */
export function gainsTax(lots: readonly SoldLot[], soldOn: TradingDate): GainsTax {
  const rate = rates.find(({ from }) => soldOn >= from);
  if (!rate) return { known: false, reason: `no rate of tax is known for ${soldOn}` };
  if (lots.some(({ term }) => term === 'SAME_DAY')) return { known: false, reason: 'what was bought today would be business income, whose rate depends on the person' };
  const sum = (term: SoldLot['term']): Minor => lots.filter((lot) => lot.term === term).reduce((total, { gainMinor }) => total + gainMinor, 0);
  // A long-term loss is set off against long-term gains alone (section 70(3)), a short-term one against either (section 70(2)).
  const [short, long] = [sum('SHORT'), sum('LONG')];
  const taxedLong = Math.max(0, short < 0 ? long + short : long);
  const taxMinor = Math.round(((Math.max(0, short) * rate.shortPercent + taxedLong * rate.longPercent) / 100) * (1 + cessPercent / 100));
  return { known: true, taxMinor, shortGainMinor: short, longGainMinor: long };
}
