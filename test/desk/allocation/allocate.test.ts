import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate, type AllocationInput } from '../../../desk/allocation/allocate.ts';
import type { Offer } from '../../../desk/allocation/offer.ts';
import type { Signal } from '../../../desk/signals/define.ts';
import { instant, tradingDate } from '../../../desk/time.ts';
import { mandateTerms } from '../gates/fixtures.ts';
import { bullish } from '../signals/fixtures.ts';
import { asOf, bookOf, featuresOf, labelOf, limits, offerOf, quoteAt, today } from './fixtures.ts';

const run = (offers: readonly Offer[], more: Partial<AllocationInput> = {}) => allocate({ book: bookOf(), offers, limits, asOf, today, atMost: 2, movesTogether: () => false, ...more });
const reasonOf = (offer: Offer, more: Partial<AllocationInput> = {}): string | undefined => run([offer], more).rejections[0]?.reason;
const features = (more: Partial<Signal['features']>): Pick<Signal, 'features'> => ({ features: { ...featuresOf('AAA'), ...more } });

describe('an entry', () => {
  it('buys at the last price with the mandate’s bracket, and carries no id that changes from run to run', () => {
    const { candidates: [candidate], rejections } = run([offerOf()]);
    expect(rejections).toEqual([]);
    expect(candidate?.action).toEqual({
      kind: 'enter', accountId: bookOf().accountId, symbol: 'AAA', exchange: 'NSE', side: 'BUY', quantity: candidate?.action.quantity, orderType: 'LIMIT', limitPrice: '100', product: 'DELIVERY',
      bracket: { stop: '92', target: '112' }, strategy: 'momentum', horizonDays: 10,
    });
    expect(candidate).toMatchObject({ rewardRisk: 1.5, boundBy: 'risk per trade', sectorLimitPercent: 30 });
    expect(candidate!.netEdgePercent).toBeLessThan(2);
    expect(candidate!.riskMinor).toBeLessThanOrEqual(500_000);
    expect(candidate!.sectorAfterPercent).toBeCloseTo((100 * candidate!.valueMinor) / 50_000_000, 9);
  });
  it('says what its sector comes to with what is there, and counts a share without a sector alone', () => {
    const book = bookOf({ exposures: [{ symbol: 'BBB', sector: 'Energy', valueMinor: 4_000_000 }, { symbol: 'CCC', sector: 'Metals', valueMinor: 9_000_000 }, { symbol: 'DDD', sector: null, valueMinor: 1_000_000 }] });
    const after = (sector: string | null) => { const [candidate] = run([offerOf({ sector })], { book }).candidates; return candidate!.sectorAfterPercent - (100 * candidate!.valueMinor) / 50_000_000; };
    expect(after('Energy')).toBeCloseTo(8, 9);
    expect(after('Metals')).toBeCloseTo(18, 9);
    expect(after(null)).toBeCloseTo(0, 9);
  });
  it('names the event behind it', () => {
    const event = bullish('2029-06-01T04:00:00Z');
    expect(run([offerOf({ strategy: 'event_driven', event })]).candidates[0]?.action.eventId).toBe(event.id);
  });
  it('leaves room for the one after it', () => {
    const pair = [offerOf(), offerOf({ symbol: 'BBB' })];
    const tight = { book: bookOf({ deployableMinor: 7_000_000 }) };
    const [first, second] = run(pair, tight).candidates;
    expect(first!.valueMinor + first!.chargesMinor + second!.valueMinor + second!.chargesMinor).toBeLessThanOrEqual(7_000_000);
    expect(second!.boundBy).toBe('free cash');
    expect(run([...pair, offerOf({ symbol: 'CCC', sector: 'Metals' })], { atMost: 3, book: bookOf({ mandate: mandateTerms({ maxPositions: 2 }) }) }).candidates).toHaveLength(2);
  });
  it('comes once a share, for the strategy that ranks highest', () => {
    const { candidates } = run([offerOf({ strategy: 'breakout', edgePercent: 1 }), offerOf({ edgePercent: 3 })]);
    expect(candidates.map(({ action }) => action.strategy)).toEqual(['momentum']);
  });
});

describe('the ranking', () => {
  const wild = offerOf({ symbol: 'BBB', sector: 'Metals', edgePercent: 3, ...{ features: { ...featuresOf('BBB'), volatility20: 60 } } });
  const calm = offerOf({ symbol: 'AAA', edgePercent: 2, ...features({ volatility20: 15 }) });
  const best = (objective: 'MAX_PROFIT' | 'RISK_MINIMIZED' | 'BALANCED') => run([calm, wild], { atMost: 1, book: bookOf({ mandate: mandateTerms({ objective }) }) }).candidates[0]?.action.symbol;
  it('follows the objective', () => {
    expect(best('MAX_PROFIT')).toBe('BBB');
    expect(best('RISK_MINIMIZED')).toBe('AAA');
    expect(best('BALANCED')).toBe('AAA');
  });
  it('is the same in whatever order the offers come', () => {
    const offers = ['AAA', 'BBB', 'CCC', 'DDD'].map((symbol) => offerOf({ symbol, sector: symbol }));
    fc.assert(fc.property(fc.shuffledSubarray(offers, { minLength: 4, maxLength: 4 }), (shuffled) => { expect(run(shuffled)).toEqual(run(offers)); }), { numRuns: 20 });
  });
});

describe('every rejection has its sentence', () => {
  const mandate = (terms: Parameters<typeof mandateTerms>[0]) => ({ book: bookOf({ mandate: mandateTerms(terms) }) });
  const cases: [string, Offer, Partial<AllocationInput>, string][] = [
    ['an old set-up', offerOf({ expiresAt: instant('2029-06-01T04:00:00Z') }), {}, 'the set-up is over'],
    ['a strategy', offerOf(), mandate({ allowedStrategies: ['breakout'] }), 'the mandate does not allow momentum'],
    ['a horizon', offerOf(), mandate({ horizonMaxDays: 5 }), 'its horizon is 10 days; the mandate has 1 to 5'],
    ['a banned share', offerOf(), mandate({ bannedSymbols: ['aaa'] }), 'the mandate rules out AAA'],
    ['a banned sector', offerOf(), mandate({ bannedSectors: ['ENERGY'] }), 'the mandate rules out Energy'],
    ['what is held', offerOf(), { book: bookOf({ unavailable: new Map([['AAA', 'is held already']]) }) }, 'is held already'],
    ['a full account', offerOf(), { book: bookOf({ mandate: mandateTerms({ maxPositions: 1 }), exposures: [{ symbol: 'BBB', sector: null, valueMinor: 1 }] }) }, '1 positions are taken, held or waiting; the mandate allows 1'],
    ['thin trading', offerOf(features({ averageDailyVolume20: 9_000 })), {}, 'it trades 9,000 shares a day on average; the mandate asks for 10,000'],
    ['unknown volume', offerOf(features({ averageDailyVolume20: null })), {}, 'its average volume is not known'],
    ['unknown size of the company', offerOf(), mandate({ minMarketCap: 1_000_000 }), 'its market capitalisation is not known, and the mandate asks for a least one'],
    ['a small company', offerOf({}, { marketCap: 500_000 }), mandate({ minMarketCap: 1_000_000 }), 'it is worth ₹5,00,000; the mandate asks for ₹10,00,000'],
    ['results', offerOf({}, { scheduled: [{ kind: 'RESULTS', purpose: '', date: tradingDate('2029-06-05'), tradingDaysAway: 2 }] }), {}, 'results on 5 June, blackout 2 trading days'],
    ['distrust', offerOf({}, { label: labelOf({ isTrustworthy: false, rationale: 'trusted at 0.40 only: the share trades thinly' }) }), {}, 'trusted at 0.40 only: the share trades thinly'],
    ['no price', offerOf({}, { quote: null }), {}, 'no price'],
    ['a wide spread', offerOf({}, { quote: quoteAt(100, { bid: 98, ask: 102 }) }), {}, 'the spread is 4 %; the limit is 1 %'],
    ['a one-sided market', offerOf({}, { quote: quoteAt(100, { bid: 0 }) }), {}, 'nobody makes a two-sided price'],
    ['unknown volatility', offerOf(features({ volatility20: null })), {}, 'its volatility is not known'],
    ['too small an edge', offerOf({ edgePercent: 0.1 }), {}, 'the expected 0.1 % does not pay the charges of 0.23 %'],
    ['too small an account', offerOf({ edgePercent: 6 }), { book: bookOf({ equityMinor: 200_000, deployableMinor: 200_000 }) }, 'not even one share at ₹100.00 fits: risk per trade'],
    ['a year without charges', offerOf(), { today: tradingDate('2001-01-01') }, 'the charges are not known: the charge table has no stt for NSE on 2001-01-01'],
  ];
  it.each(cases)('%s', (_what, offer, more, sentence) => { expect(reasonOf(offer, more)).toBe(sentence); });
  it('and the next one takes the place', () => {
    const { candidates, rejections } = run([offerOf({}, { quote: null }), offerOf({ symbol: 'BBB', edgePercent: 1 })], { atMost: 1 });
    expect(candidates.map(({ action }) => action.symbol)).toEqual(['BBB']);
    expect(rejections).toMatchObject([{ symbol: 'AAA', code: 'no_price' }]);
  });
  it('lets an entry through after results, and before them beyond the blackout', () => {
    for (const tradingDaysAway of [3, -2]) expect(run([offerOf({}, { scheduled: [{ kind: 'RESULTS', purpose: '', date: tradingDate('2029-06-06'), tradingDaysAway }] })]).candidates).toHaveLength(1);
  });
  it('holds the mandate’s longer blackout against results alone', () => {
    const near = (kind: string, tradingDaysAway: number) => run([offerOf({}, { scheduled: [{ kind, purpose: 'a record date', date: tradingDate('2029-06-07'), tradingDaysAway }] })], { book: bookOf({ mandate: mandateTerms({ earningsBlackoutDays: 5 }) }) });
    expect(near('RESULTS', 4).rejections[0]?.reason).toBe('results on 7 June, blackout 5 trading days');
    expect(near('BOARD_MEETING', 4).rejections[0]?.reason).toBe('a board meeting on 7 June, blackout 5 trading days');
    expect(near('OTHER', 4).candidates).toHaveLength(1);
    expect(near('OTHER', 2).rejections[0]?.reason).toBe('a record date on 7 June, blackout 2 trading days');
  });
  it('says for every offer what became of it, and enters nothing that has no size', () => {
    const anyOffer = fc.record({ edgePercent: fc.double({ min: -2, max: 5, noNaN: true }), last: fc.integer({ min: 1, max: 60_000 }), trust: fc.boolean(), symbol: fc.constantFrom('AAA', 'BBB', 'CCC', 'DDD'), volume: fc.integer({ min: 0, max: 500_000 }) })
      .map(({ edgePercent, last, trust, symbol, volume }) => offerOf({ symbol, edgePercent, ...features({ averageDailyVolume20: volume }) }, { quote: quoteAt(last), label: labelOf({ isTrustworthy: trust }) }));
    fc.assert(fc.property(fc.array(anyOffer, { maxLength: 8 }), fc.integer({ min: 0, max: 60_000_000 }), fc.integer({ min: 0, max: 3 }), (offers, deployableMinor, atMost) => {
      const { candidates, rejections } = run(offers, { atMost, book: bookOf({ deployableMinor }) });
      expect(candidates.length).toBeLessThanOrEqual(atMost);
      expect(candidates.reduce((sum, { valueMinor, chargesMinor }) => sum + valueMinor + chargesMinor, 0)).toBeLessThanOrEqual(deployableMinor);
      for (const { action } of candidates) expect(action.quantity).toBeGreaterThan(0);
      for (const { reason } of rejections) expect(reason).not.toMatch(/NaN|undefined|unknown|^$/);
      if (candidates.length < atMost) expect(rejections).toHaveLength(offers.length - candidates.length);
    }), { numRuns: 60 });
  });
});
