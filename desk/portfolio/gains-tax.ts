import type { Minor } from '../decimal.ts';
import type { TradingDate } from '../time.ts';

/** Rates of tax on gains from listed shares in India on which securities transaction tax was paid, latest first, in percent. */
const rates: readonly { from: TradingDate; shortPercent: number; longPercent: number }[] = [
  // Finance (No. 2) Act 2024, sections 111A and 112A of the Income-tax Act.
  { from: '2024-07-23' as TradingDate, shortPercent: 20, longPercent: 12.5 },
  // Finance Act 2018: gains held over a year were exempt before, section 10(38).
  { from: '2018-04-01' as TradingDate, shortPercent: 15, longPercent: 10 },
];
/** Long-term gains of a financial year that no tax is asked on (section 112A(2), raised by the Finance (No. 2) Act 2024), latest first. */
const freeLongGains: readonly { from: TradingDate; minor: Minor }[] = [
  { from: '2024-04-01' as TradingDate, minor: 1_25_000_00 }, { from: '2018-04-01' as TradingDate, minor: 1_00_000_00 },
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

/** A lot sold on a day of the year; those of the same day are no capital gains and are left out by the caller. */
export interface YearLot { gainMinor: Minor; term: 'SHORT' | 'LONG'; soldOn: TradingDate }
export type YearTax = { known: true; taxMinor: Minor; taxedShortMinor: Minor; taxedLongMinor: Minor; freeMinor: Minor } | { known: false; reason: string };

/**
 * Tax on what was sold in one financial year, with cess, without surcharge, whatever else the person earned. Losses are set off where the rate is highest:
 * long-term ones against long-term gains alone (section 70(3)), short-term ones against either (section 70(2)); then the year's free long-term
 * gains (section 112A(2)), again where the rate is highest. What earlier years carried forward is not known here.
 */
export function gainsTaxOfYear(lots: readonly YearLot[], yearFrom: TradingDate): YearTax {
  const free = freeLongGains.find(({ from }) => yearFrom >= from);
  if (!free) return { known: false, reason: `no rate of tax is known for the financial year from ${yearFrom}` };
  const bands = new Map<string, { term: YearLot['term']; percent: number; leftMinor: Minor }>();
  const losses = { SHORT: 0, LONG: 0 };
  for (const { gainMinor, term, soldOn } of lots) {
    const rate = rates.find(({ from }) => soldOn >= from);
    if (!rate) return { known: false, reason: `no rate of tax is known for ${soldOn}` };
    if (gainMinor < 0) { losses[term] -= gainMinor; continue; }
    const percent = term === 'SHORT' ? rate.shortPercent : rate.longPercent;
    const band = bands.get(`${term}${percent}`) ?? { term, percent, leftMinor: 0 };
    bands.set(`${term}${percent}`, { ...band, leftMinor: band.leftMinor + gainMinor });
  }
  const dearest = [...bands.values()].sort((a, b) => b.percent - a.percent);
  const takeOff = (amountMinor: Minor, from: typeof dearest): Minor => from.reduce((left, band) => { const part = Math.min(left, band.leftMinor); band.leftMinor -= part; return left - part; }, amountMinor);
  const long = dearest.filter(({ term }) => term === 'LONG');
  takeOff(losses.LONG, long);
  takeOff(losses.SHORT, dearest);
  const freeMinor = free.minor - takeOff(free.minor, long);
  const taxed = (term: YearLot['term']): Minor => dearest.filter((band) => band.term === term).reduce((sum, { leftMinor }) => sum + leftMinor, 0);
  const taxMinor = Math.round(dearest.reduce((sum, { percent, leftMinor }) => sum + (leftMinor * percent) / 100, 0) * (1 + cessPercent / 100));
  return { known: true, taxMinor, taxedShortMinor: taxed('SHORT'), taxedLongMinor: taxed('LONG'), freeMinor };
}
