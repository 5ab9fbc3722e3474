import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal } from '../../../desk/decimal.ts';
import { type AskedShares, type PartedFacts, planCredit } from '../../../desk/execution/parted-shares.ts';
import { openCostMinor } from '../../../desk/execution/position.ts';
import { tradingDate } from '../../../desk/time.ts';

const exDate = tradingDate('2023-07-20');
const position = (quantity: number, costMinor: number) => ({ quantity, basis: { quantity, costMinor }, realisedMinor: 1234, chargesMinor: 56 });
/** RELIANCE on 20 July 2023: 2,841.85 before, 2,580 at its first trade; JIOFIN first traded at 265. */
const facts = (changes: Partial<PartedFacts> = {}): PartedFacts => ({
  symbol: 'RELIANCE', exDate, accountName: 'SIP', broker: 'paper', live: false, subject: 'Demerger', settled: null, heldThen: { quantity: 10, costMinor: 25_000_00 }, thenUnknown: 'nobody can tell', held: { positionId: 'p', position: position(10, 25_000_00) },
  soldSince: 0, fractionPaid: null, measured: { factor: 2580 / 2841.85, cumPrice: 2841.85 }, expectedMinor: 2618_50, into: { symbol: 'JIOFIN', last: 265, splitOn: null, held: null }, ...changes,
});
const asked = (changes: Partial<NonNullable<AskedShares['into']>> = {}): AskedShares => ({ into: { symbol: 'JIOFIN', newShares: 1, oldShares: 1, partedPercent: null, ...changes } });
const refused = (changes: Partial<PartedFacts>, of = asked()): string => { const plan = planCredit(facts(changes), of); return 'refused' in plan ? plan.refused : 'not refused'; };

describe('the shares of a parted company', () => {
  it('take the part of the cost that the company announced, or what the price lost', () => {
    expect(planCredit(facts(), asked({ partedPercent: decimal('4.68') }))).toMatchObject({ expectedMinor: 2618_50, credit: { quantity: 10, fraction: 0, costMinor: 1170_00, costBasis: 'GIVEN', parent: { quantity: 10, basis: { costMinor: 23_830_00 }, realisedMinor: 1234 }, resulting: { quantity: 10, basis: { costMinor: 1170_00 } } } });
    expect(planCredit(facts(), asked())).toMatchObject({ credit: { costMinor: Math.round(25_000_00 * (1 - 2580 / 2841.85)), costBasis: 'PRICES' } });
  });
  it('keep the cost of both companies together to the paisa, whatever is held, bought since and parted', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1000, max: 5_000_000_00 }), fc.integer({ min: 0, max: 900 }), fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), fc.option(fc.integer({ min: 1, max: 400 })), (held, cost, bought, part, newShares, oldShares, before) => {
      const [whole, there] = [cost + bought * 2600_00, before === null ? null : { positionId: 'q', position: position(before, before * 300_00) }];
      const plan = planCredit(facts({ heldThen: { quantity: held, costMinor: cost }, held: { positionId: 'p', position: position(held + bought, whole) }, measured: null, into: { symbol: 'JIOFIN', last: 265, splitOn: null, held: there } }), asked({ newShares, oldShares, partedPercent: decimal((part / 100).toFixed(2)) }));
      if ('refused' in plan || !plan.credit) return;
      const { parent, resulting, quantity, fraction, costMinor } = plan.credit;
      expect(openCostMinor(parent) + openCostMinor(resulting)).toBe(whole + (there ? openCostMinor(there.position) : 0));
      expect([parent.quantity, parent.realisedMinor, quantity * oldShares + fraction, resulting.quantity]).toEqual([held + bought, 1234, held * newShares, quantity + (before ?? 0)]);
      expect(Math.abs(costMinor - (cost * part) / 10_000)).toBeLessThanOrEqual(0.5);
    }));
  });
  it.each<[string, Partial<PartedFacts>, AskedShares, RegExp]>([
    ['before the company trades', { into: { symbol: 'JIOFIN', last: null, splitOn: null, held: null } }, asked(), /JIOFIN has no price yet; it can be credited from its first day of trading on/],
    ['of a company that no list has', { into: null }, asked(), /not listed here yet/], ['a second time', { settled: { into: 'JIOFIN', quantity: 10, exDate } }, asked(), /10 JIOFIN of the RELIANCE demerger .* are credited already/],
    ['once none are said to come', { settled: { into: null, quantity: 0, exDate } }, asked(), /no shares come/], ['once the parent was sold', { soldSince: 4 }, asked(), /4 shares of RELIANCE were sold since the ex-date at the whole cost/],
    ['without a demerger', { subject: null }, asked(), /no demerger of RELIANCE is published/], ['to whom held none', { heldThen: { quantity: 0, costMinor: 0 } }, asked(), /nothing of RELIANCE was held/], ['to whom is short', { heldThen: { quantity: -5, costMinor: -100 } }, asked(), /sold short/],
    ['where nobody can tell the cost of before', { heldThen: null }, asked(), /nobody can tell/], ['after a fraction was paid', { fractionPaid: tradingDate('2023-09-01') }, asked(), /a fraction of a share/], ['after the new shares were split', { into: { symbol: 'JIOFIN', last: 265, splitOn: tradingDate('2023-09-01'), held: null } }, asked(), /has split its shares/],
    ['beside a broker that counts itself', { broker: 'upstox' }, asked(), /counts its shares by itself/], ['of the parent itself', { into: { symbol: 'RELIANCE', last: 2580, splitOn: null, held: null } }, asked({ symbol: 'RELIANCE' }), /the company that was parted/],
    ['at ten times the ratio', {}, asked({ newShares: 10 }), /100 JIOFIN are worth ₹26,500, and the price of the 10 RELIANCE lost ₹2,619 by the demerger/], ['of less than one', {}, asked({ oldShares: 25 }), /less than one of JIOFIN/], ['without a fall to go by', { measured: { factor: 1, cumPrice: 2841.85 } }, asked(), /cost split 95.32\/4.68|check the company/],
  ])('are not credited %s', (_, changes, of, reason) => expect(refused(changes, of)).toMatch(reason));
  it('end what was expected where a person says that none come, and only then', () => {
    expect(planCredit(facts(), { into: null })).toEqual({ quantityThen: 10, expectedMinor: 2618_50, credit: null });
    expect(refused({ expectedMinor: 0 }, { into: null })).toMatch(/nothing is expected/);
  });
});
