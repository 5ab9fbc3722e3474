import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, valueMinor } from '../../../desk/decimal.ts';
import { adjustPosition } from '../../../desk/execution/adjust-holding.ts';
import { type AskedAdjustment, isLate, type LateAdjustmentFacts, planLateAdjustment } from '../../../desk/execution/late-adjustment.ts';
import { applyFill, flatPosition, openCostMinor } from '../../../desk/execution/position.ts';
import type { TradingCalendar } from '../../../desk/market/types.ts';
import type { Instant, TradingDate } from '../../../desk/time.ts';

const day = (text: string): TradingDate => text as TradingDate;
const split: AskedAdjustment = { of: 'SPLIT', newShares: 2, oldShares: 1, basis: 'PUBLISHED' };
const given: AskedAdjustment = { ...split, basis: 'GIVEN' };
const dividend: AskedAdjustment = { of: 'DIVIDEND', newShares: 1, oldShares: 1, basis: 'PUBLISHED' };
const bracket = { stop: decimal('950'), target: decimal('1200'), trail: null, best: null };
/** A hundred shares at 1,000, over a split of 1:2 that was published late and that nothing speaks against. */
const facts = (more: Partial<LateAdjustmentFacts> = {}): LateAdjustmentFacts => ({
  symbol: 'ALFA', exDate: day('2025-03-05'), accountName: 'LumpSum', broker: 'paper', live: false, published: { factor: 0.5, amount: null, subject: 'Split' }, publishedNear: [], changedSince: [], workedIn: [], waiting: [], positionId: 'p',
  held: { position: { ...flatPosition, quantity: 100, basis: { quantity: 100, costMinor: 100_000_00 } }, bracket, standing: [decimal('950')] }, quantityThen: 100, since: { bought: 0, sold: 0, soldCostMinor: 0 },
  movedSince: { stop: false, target: false, trail: false }, placedSince: 0, placedBefore: 2, contracts: [], priceBefore: decimal('1010'), openingGap: 0.5, tickSize: decimal('0.05'), ...more,
});
const refusal = (more: Partial<LateAdjustmentFacts>, asked = split): string => { const plan = planLateAdjustment(facts(more), asked); return 'refused' in plan ? plan.refused : 'not refused'; };
const planned = (more: Partial<LateAdjustmentFacts> = {}, asked = split) => { const plan = planLateAdjustment(facts(more), asked); if ('refused' in plan) throw new Error(plan.refused); return plan; };
const worked = (more: object = {}) => ({ exDate: day('2025-03-05'), kind: 'SPLIT' as const, newShares: 2, oldShares: 1, given: false, cashMinor: 0, ...more });

describe('what came late', () => {
  it('doubles the shares, halves stop and target, and leaves the cost', () => {
    expect(planned()).toMatchObject({ quantityBefore: 100, quantityAfter: 200, position: { quantity: 200, basis: { costMinor: 100_000_00 } }, bracket: { stop: '475', target: '600' }, effect: { cashMinor: 0, costMinor: 0, realisedMinor: 0 } });
  });
  it('leaves a stop or target that was moved since, which is in new prices', () => {
    expect(planned({ movedSince: { stop: true, target: false, trail: false } }).bracket).toMatchObject({ stop: '950', target: '600' });
    expect(planned({ movedSince: { stop: false, target: true, trail: false } }).bracket).toMatchObject({ stop: '475', target: '1200' });
  });
  it('pays a dividend on the shares of the ex-date, whatever was sold since', () => {
    expect(planned({ published: { factor: 1, amount: decimal('2.5'), subject: 'Dividend' }, since: { bought: 0, sold: 60, soldCostMinor: 60_000_00 }, quantityThen: 100 }, dividend)).toMatchObject({ position: null, effect: { cashMinor: 250_00, realisedMinor: 250_00, costMinor: 0 } });
  });
  it('credits what was not sold of the shares that a split gave, and spreads the cost over all of them', () => {
    // A hundred at 1,000; all hundred that the books held were sold at the price of the new shares, by the stop of before.
    const stopped = planned({ held: { position: { ...flatPosition, realisedMinor: -50_000_00 }, bracket, standing: [] }, since: { bought: 0, sold: 100, soldCostMinor: 100_000_00 } });
    expect(stopped).toMatchObject({ quantityBefore: 100, quantityAfter: 200, costBeforeMinor: 100_000_00, costAfterMinor: 100_000_00, soldSince: 100, restatedMinor: 50_000_00, position: { quantity: 100, realisedMinor: 0 }, bracket: { stop: '475', target: '600' }, effect: { cashMinor: 0 } });
    expect(openCostMinor(stopped.position!)).toBe(50_000_00);
    // The same as if it had been known: split first, sold then.
    fc.assert(fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 90_000_00 }), fc.integer({ min: 1, max: 500 }), fc.constantFrom([2, 1], [3, 2], [11, 10], [5, 1]), (quantity, costMinor, sold, [newShares, oldShares]) => {
      const ratio = { newShares: newShares!, oldShares: oldShares! };
      const before = { ...flatPosition, quantity, basis: { quantity, costMinor } };
      const parts = [Math.min(sold, quantity)].filter((n) => n > 0).map((n) => ({ side: 'SELL' as const, quantity: n, price: decimal('480'), chargesMinor: 0 }));
      const sell = (from: typeof before) => parts.reduce((state, part) => { const { position, effect } = applyFill(state.position, part); return { position, cost: state.cost + valueMinor(part.price, part.quantity) - effect.realisedMinor }; }, { position: from, cost: 0 });
      const unaware = sell(before);
      const known = adjustPosition({ position: before, ratio, priceAfter: decimal('500') });
      if ('refused' in known) throw new Error(known.refused);
      const truth = sell(known.position);
      const plan = planLateAdjustment(facts({ published: { factor: oldShares! / newShares!, amount: null, subject: 'Split' }, priceBefore: decimal(String((500 * newShares!) / oldShares!)), quantityThen: quantity, held: { position: unaware.position, bracket, standing: [] }, since: { bought: 0, sold: parts[0]!.quantity, soldCostMinor: unaware.cost } }), { ...split, ...ratio });
      if ('refused' in plan) throw new Error(plan.refused);
      expect([plan.position?.quantity, openCostMinor(plan.position!), plan.position?.realisedMinor]).toEqual([truth.position.quantity, openCostMinor(truth.position), truth.position.realisedMinor]);
    }));
  });
  it('is worked in behind a later one that paid nothing out, in the shares of its own day', () => {
    const behind = planned({ workedIn: [worked({ exDate: day('2025-06-02'), newShares: 5 })] }, { ...split, of: 'BONUS' });
    expect(behind).toMatchObject({ quantityBefore: 20, quantityAfter: 40, costAfterMinor: 100_000_00, position: { quantity: 200, basis: { quantity: 200, costMinor: 100_000_00 } }, bracket: { stop: '475' } });
    expect(planned({ workedIn: [worked({ exDate: day('2025-06-02'), newShares: 5 })], published: { factor: 1, amount: decimal('2.5'), subject: 'Dividend' } }, dividend)).toMatchObject({ quantityBefore: 20, effect: { cashMinor: 50_00 } });
  });
  it('is worked in for orders alone, where nothing was held', () => {
    expect(planned({ held: null, quantityThen: 0 })).toMatchObject({ quantityBefore: 0, quantityAfter: 0, position: null, bracket: null });
    expect(refusal({ held: null, quantityThen: 0, placedBefore: 0 })).toMatch(/^nothing of ALFA is held or on order/);
  });
  it.each<[string, Partial<LateAdjustmentFacts>, AskedAdjustment, RegExp]>([
    ['at a live broker', { live: true, broker: 'upstox' }, split, /^LumpSum trades at upstox, which counts its shares by itself/],
    ['twice', { workedIn: [worked()] }, split, /is worked in already$/],
    ['told again under a date near by', { workedIn: [worked({ exDate: day('2025-03-03'), kind: 'BONUS' })] }, split, /^the same ratio was worked in on 3 March/],
    ['beside a ratio that a person gave', { workedIn: [worked({ exDate: day('2025-03-04'), newShares: 5, given: true })] }, split, /^a person gave a /],
    ['behind a later one that paid a fraction of a share', { workedIn: [worked({ exDate: day('2025-06-02'), cashMinor: 500 })] }, split, /of 2 June.* is worked in already, .*a fraction of a share was paid out$/],
    ['behind a later one where the share was traded', { workedIn: [worked({ exDate: day('2025-06-02') })], since: { bought: 0, sold: 5, soldCostMinor: 5_000_00 } }, split, /the share was traded meanwhile$/],
    ['behind a later one that leaves no whole shares of before', { workedIn: [worked({ exDate: day('2025-06-02'), newShares: 3 })] }, split, /cannot be counted back to those of 5 March/],
    ['sold since by a ratio that a person gives', { published: null, since: { bought: 0, sold: 20, soldCostMinor: 20_000_00 } }, given, /was traded since the ex-date \(20 sold\)/],
    ['sold since, and changed again after it', { changedSince: [day('2025-03-06')], since: { bought: 0, sold: 100, soldCostMinor: 100_000_00 } }, split, /^shares of ALFA changed again on .*2025.*, when all that was on record was sold/],
    ['sold since beyond what a consolidation left', { published: { factor: 10, amount: null, subject: 'Consolidation' }, since: { bought: 0, sold: 60, soldCostMinor: 60_000_00 }, openingGap: 10 }, { ...split, newShares: 1, oldShares: 10 }, /^60 were sold since, and only 10 shares were left by it$/],
    ['before an earlier one', { waiting: [{ exDate: day('2025-02-03'), kind: 'DIVIDEND' }] }, split, /^the dividend of 3 February.* comes first$/],
    ['with options on the share', { contracts: ['ALFA25MAR1000CE'] }, split, /holds options on ALFA \(ALFA25MAR1000CE\)/],
    ['traded since', { since: { bought: 10, sold: 20, soldCostMinor: 20_000_00 } }, split, /was traded since the ex-date \(10 bought, 20 sold\)/],
    ['with an order since', { placedSince: 1 }, split, /^an order in ALFA of on or after the ex-date still works; cancel it first/],
    ['behind a trail that was changed', { movedSince: { stop: false, target: false, trail: true }, held: { position: { ...flatPosition, quantity: 100, basis: { quantity: 100, costMinor: 100_000_00 } }, bracket: { ...bracket, trail: { distance: decimal('20'), activateAt: decimal('1050') } }, standing: [] } }, split, /^the trailing stop of ALFA has followed prices/],
    ['of which nothing is published', { published: null }, split, /^nothing of that kind is published of ALFA/],
    ['of an unreadable ratio', { published: { factor: 0.512345, amount: null, subject: 'Scheme' } }, split, /^no ratio of whole shares can be read from “Scheme”/],
    ['of an unknown amount', { published: { factor: 1, amount: null, subject: 'Dividend' } }, dividend, /^the amount of the dividend is not known \(Dividend\)/],
    ['to a fraction without a price', { published: { factor: 2 / 3, amount: null, subject: 'Bonus 1:2' }, priceBefore: null, held: { position: { ...flatPosition, quantity: 7, basis: { quantity: 7, costMinor: 7000_00 } }, bracket, standing: [] } }, { ...split, newShares: 3, oldShares: 2 }, /^no price is known for the fraction/],
  ])('is refused %s', (_, more, asked, reason) => { expect(refusal(more, asked)).toMatch(reason); });
});

describe('a ratio that a person gives', () => {
  it('counts where none is published and the opening fits it', () => { expect(planned({ published: null }, given)).toMatchObject({ quantityAfter: 200 }); });
  it('counts for less than what is published, on the day or near it', () => {
    expect(refusal({}, given)).toMatch(/^a ratio of ALFA is published \(Split\); what is published counts/);
    expect(refusal({ published: null, publishedNear: [{ exDate: day('2025-03-06'), kind: 'SPLIT', newShares: 5, oldShares: 1 }] }, given)).toMatch(/is published \(.+ex 6 March/);
  });
  it.each([[0.62, true], [0.63, false], [0.41, true], [0.39, false]])('is measured by the opening: %s of the close before', (openingGap, fits) => {
    expect(refusal({ published: null, openingGap }, given)).toMatch(fits ? /^not refused$/ : /opened on 5 March 2025 at .+ % of the close before/);
  });
  it('is no dividend and no exchange of one share for one', () => {
    for (const asked of [{ ...dividend, basis: 'GIVEN' as const }, { ...given, newShares: 3, oldShares: 3 }]) expect(refusal({ published: null }, asked)).toMatch(/^a ratio that is given is one of shares/);
  });
});

it('is late once a price of the ex-date met an order, after its opening, or against a ratio that was given', () => {
  const calendar = { session: () => ({ open: '2025-03-05T03:45:00Z', close: '2025-03-05T10:00:00Z' }) } as unknown as TradingCalendar;
  const told = (more: object) => isLate({ met: false, contradicted: false, exDate: day('2025-03-05'), knownAt: '2025-03-05T03:45:00Z' as Instant, ...more }, calendar);
  expect([told({}), told({ met: true }), told({ contradicted: true }), told({ knownAt: '2025-03-05T03:45:01Z' })]).toEqual([false, true, true, true]);
});
