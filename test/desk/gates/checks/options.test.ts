import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { netPremiumMinor, setsOf, structureMaxLoss, uncovered, withSets } from '../../../../desk/gates/option-payoff.ts';
import { known, missing } from '../../../../desk/gates/snapshot.ts';
import { plusMs } from '../../../../desk/time.ts';
import { fact, now, position, quote, structureAction, structureSnapshot, withInstrument, withLimits } from '../fixtures.ts';
import { promises } from './cases.ts';

type Right = 'CALL' | 'PUT';
const leg = (side: 'BUY' | 'SELL', right: Right, strike: number, price: number, overrides: object = {}) =>
  ({ symbol: `X${strike}${right}`, right, strike: String(strike), expiry: '2024-06-27', side, lots: 1, lotSize: 25, limitPrice: String(price), ...overrides });
const structure = (...legs: object[]) => structureAction({ structure: 'custom', maxLossMinor: 0, marginMinor: 0, legs });
const calendar = structure(leg('SELL', 'CALL', 100, 3), leg('BUY', 'CALL', 100, 5, { expiry: '2024-07-25' }));
const spread = structureAction();
const sets = (count: number) => withSets(spread, count);
const given = structureSnapshot();
const shut = (snapshot: typeof given) => ({ ...snapshot, session: fact({ open: false, tradingDay: true, opensAt: now, closesAt: now, nextOpen: plusMs(now, 3_600_000), reason: 'after the close', queuesForOpen: true }) });
const fewer = (deployableMinor: number) => ({ ...given, balances: fact({ cashMinor: deployableMinor, reservedMinor: 0, deployableMinor, equityMinor: 50_000_000 }) });

describe('option structures', () => {
  promises('options_enabled', [
    { it: 'passes once the owner has switched options on', action: spread, given, word: 'passes' },
    { it: 'refuses until then', action: spread, given: withLimits({ optionsTradingEnabled: false }, given), word: 'blocks' },
  ]);
  promises('option_contract', [
    { it: 'takes living contracts with the right lot', action: spread, given, word: 'passes' },
    { it: 'takes a contract on its last day', action: structureAction({ legs: [leg('BUY', 'CALL', 100, 5, { symbol: 'NIFTY27JUN24P22900', expiry: '2024-06-03' })] }), given, word: 'passes' },
    { it: 'refuses one that has expired', action: structureAction({ legs: [leg('BUY', 'CALL', 100, 5, { expiry: '2024-06-02' })] }), given, word: 'blocks' },
    { it: 'refuses a wrong lot', action: structureAction({ legs: spread.legs.map((one) => ({ ...one, lotSize: 50 })) }), given, word: 'blocks', says: /The lot of NIFTY27JUN24P22900 is 25, not 50/ },
    { it: 'warns when no table knows the lot', action: spread, given: { ...given, instruments: {} }, word: 'warns', missing: true },
  ]);
  const legAt = (price: number, symbol: 'NIFTY27JUN24P22900' | 'NIFTY27JUN24P23000', asOf = now) => withInstrument({ quote: known(quote(price), 'test', asOf) }, given, symbol);
  /** Both legs at prices of an option chain of so long ago. */
  const storedAt = (milliseconds: number, stands: boolean) => {
    const at = (price: number) => known(quote(price, { spreadFrom: 'snapshot', stands }), 'test', plusMs(now, milliseconds));
    return withInstrument({ quote: at(140) }, withInstrument({ quote: at(100) }, given, 'NIFTY27JUN24P22900'), 'NIFTY27JUN24P23000');
  };
  const closing = structureAction({ legs: [leg('BUY', 'PUT', 23_000, 140, { symbol: 'NIFTY27JUN24P23000', effect: 'CLOSE' })] });
  promises('option_price', [
    { it: 'takes a bought leg five percent over its offer', action: spread, given: legAt(100 / 1.05, 'NIFTY27JUN24P22900'), word: 'passes' },
    { it: 'refuses a bought leg that costs more', action: spread, given: legAt(95.2, 'NIFTY27JUN24P22900'), word: 'blocks', says: /₹100\.00 of NIFTY27JUN24P22900 is 5\.04? % worse than its market at ₹95\.20/ },
    { it: 'refuses a sold leg that brings less', action: spread, given: legAt(147.4, 'NIFTY27JUN24P23000'), word: 'blocks' },
    { it: 'takes limits that are better than the market', action: spread, given: legAt(500, 'NIFTY27JUN24P22900'), word: 'passes' },
    { it: "never takes the underlying's price for a leg's", action: spread, given: { ...given, instruments: { NIFTY: given.instruments.NIFTY! } }, word: 'blocks', missing: true },
  ]);
  promises('stale_data', [
    { it: 'looks at the oldest leg', action: spread, given: legAt(140, 'NIFTY27JUN24P23000', plusMs(now, -61_000)), word: 'blocks', says: /NIFTY27JUN24P23000 is 61 seconds old/ },
    { it: 'takes fresh legs', action: spread, given, word: 'passes' },
    { it: 'takes a stored price that is just made', action: spread, given: storedAt(-30_000, true), word: 'passes', says: /that of 3 June 10:29, 30 seconds old/ },
    { it: 'takes an older one of the present session, and says how old', action: spread, given: storedAt(-45 * 60_000, true), word: 'passes with a caveat', says: /that of 3 June 09:45, 45 minutes old: the newest that this replay has/ },
    { it: 'refuses one of an earlier session', action: spread, given: storedAt(-19 * 3_600_000, false), word: 'blocks', says: /that of 2 June 15:30, before the present session: nothing is traded on it/ },
    { it: 'lets what is held be closed on one', action: closing, given: { ...storedAt(-19 * 3_600_000, false), positions: fact([position({ symbol: 'NIFTY27JUN24P23000', quantity: -25 })]) }, word: 'warns' },
  ]);
  promises('market_hours', [
    { it: 'says that legs at stored prices trade at them while the exchange is closed', action: spread, given: shut(storedAt(-60_000, true)), word: 'passes', says: /legs trade at the last prices of the session/ },
    { it: 'lets others wait for the open', action: spread, given: shut(given), word: 'passes', says: /waits for the open/ },
  ]);
  promises('structure_max_loss', [
    { it: 'recomputes the loss and takes six sets under ₹10,000', action: sets(6), given, word: 'passes', says: '₹9,013; the limit for one is ₹10,000' },
    { it: 'refuses the seventh', action: sets(7), given, word: 'blocks', nearest: { change: 'quantity', quantity: 6 } },
    { it: 'does not believe a proposer who says that nothing can be lost', action: { ...sets(7), maxLossMinor: 0 }, given, word: 'blocks' },
    { it: 'believes a proposer who says that more can be lost', action: { ...spread, maxLossMinor: 1_000_000 }, given, word: 'blocks' },
    { it: 'refuses a loss without a bound', action: structure(leg('SELL', 'CALL', 100, 5)), given, word: 'blocks', says: /no bound/ },
    { it: 'refuses what the proposer says has no bound', action: { ...spread, maxLossMinor: null }, given, word: 'blocks' },
    { it: 'blocks without charges', action: spread, given: { ...given, estimatedChargesMinor: missing('no rates') }, word: 'blocks', missing: true },
  ]);
  promises('position_size', [
    { it: 'holds a structure to risk per trade', action: sets(4), given, word: 'blocks', nearest: { change: 'quantity', quantity: 3 } },
    { it: 'takes one within', action: sets(3), given, word: 'passes' },
  ]);
  promises('naked_short', [
    { it: 'takes a covered spread', action: spread, given, word: 'passes' },
    { it: 'refuses a bare put', action: structure(leg('SELL', 'PUT', 100, 5)), given, word: 'blocks' },
    { it: 'refuses a ratio that sells more than it buys', action: structure(leg('BUY', 'CALL', 100, 5), leg('SELL', 'CALL', 110, 2, { lots: 2 })), given, word: 'blocks', says: '25 would be sold without cover' },
    { it: 'takes a calendar whose bought leg lives longer', action: calendar, given, word: 'passes' },
    { it: 'refuses one whose bought leg ends first', action: structure(leg('SELL', 'CALL', 100, 5, { expiry: '2024-07-25' }), leg('BUY', 'CALL', 100, 3)), given, word: 'blocks' },
    { it: 'takes a call covered by shares', action: structure(leg('SELL', 'CALL', 100, 5)), given: { ...given, positions: fact([position({ symbol: 'NIFTY', quantity: 25 })]) }, word: 'passes' },
    { it: 'refuses it with a share too few', action: structure(leg('SELL', 'CALL', 100, 5)), given: { ...given, positions: fact([position({ symbol: 'NIFTY', quantity: 24 })]) }, word: 'blocks' },
    { it: 'does not lend the same shares to two calls', action: structure(leg('SELL', 'CALL', 100, 5)), given: { ...given, positions: fact([position({ symbol: 'NIFTY', quantity: 25 }), position({ symbol: 'NIFTY27JUN24C100', quantity: -25 })]) }, word: 'blocks' },
    { it: 'gives nothing for shares that nobody knows of', action: structure(leg('SELL', 'CALL', 100, 5)), given: { ...given, positions: missing('unknown') }, word: 'blocks' },
  ]);
  promises('margin', [
    { it: 'takes margin and charges to the last rupee', action: spread, given: fewer(301_300), word: 'passes' },
    { it: 'refuses a paisa less', action: spread, given: fewer(301_299), word: 'blocks', nearest: null },
    { it: 'never counts less than the largest loss', action: { ...spread, marginMinor: 0 }, given: fewer(151_299), word: 'blocks' },
    { it: 'counts the premium that is paid', action: structure(leg('BUY', 'CALL', 100, 5)), given: fewer(13_799), word: 'blocks' },
    { it: 'takes it that the free cash is net of what is cleared', action: spread, given: { ...fewer(301_300), committed: [{ actionId: 'x', symbol: 'A', sector: null, valueMinor: 1, riskMinor: 0 }] }, word: 'passes' },
    { it: 'blocks without balances', action: spread, given: { ...given, balances: missing('locked') }, word: 'blocks', missing: true },
    { it: 'blocks without charges', action: spread, given: { ...given, estimatedChargesMinor: missing('no rates') }, word: 'blocks', missing: true },
  ]);
});

describe('the payoff behind them', () => {
  it('knows the textbook losses', () => {
    expect(structureMaxLoss(spread)).toBe(150_000);
    expect(netPremiumMinor(spread)).toBe(-100_000);
    expect(structureMaxLoss(structure(leg('BUY', 'CALL', 100, 5), leg('BUY', 'PUT', 100, 4)))).toBe(22_500);
    expect(structureMaxLoss(structure(leg('SELL', 'PUT', 90, 2), leg('BUY', 'PUT', 80, 1), leg('SELL', 'CALL', 110, 2), leg('BUY', 'CALL', 120, 1)))).toBe(20_000);
    expect(structureMaxLoss(structure(leg('SELL', 'CALL', 100, 5)))).toBeNull();
    expect(structureMaxLoss(calendar)).toBe(5_000);
    // A fraction of a paisa counts as a whole one, of the loss as of the premium.
    const odd = structure(leg('BUY', 'CALL', 100, 5, { limitPrice: '0.0101', lotSize: 1 }));
    expect([structureMaxLoss(odd), netPremiumMinor(odd)]).toEqual([2, 2]);
  });

  const legs = fc.array(fc.record({
    side: fc.constantFrom('BUY' as const, 'SELL' as const), right: fc.constantFrom('CALL' as const, 'PUT' as const),
    strike: fc.integer({ min: 1, max: 40 }), price: fc.integer({ min: 1, max: 20 }), lots: fc.integer({ min: 1, max: 4 }),
  }), { minLength: 1, maxLength: 4 });

  it('never loses more at any price than the largest loss says, and loses that much somewhere', () => {
    fc.assert(fc.property(legs, (drawn) => {
      const action = structure(...drawn.map(({ side, right, strike, price, lots }) => leg(side, right, strike, price, { lots })));
      const profitAt = (spot: number): number => drawn.reduce((sum, { side, right, strike, price, lots }) =>
        sum + (side === 'BUY' ? 1 : -1) * lots * 25 * ((right === 'CALL' ? Math.max(0, spot - strike) : Math.max(0, strike - spot)) - price) * 100, 0);
      const grid = Array.from({ length: 101 }, (_, spot) => profitAt(spot / 2));
      const worst = Math.min(...grid);
      const loss = structureMaxLoss(action);
      const runsAway = profitAt(2_000) < profitAt(1_000);
      if (runsAway) expect(loss).toBeNull();
      else expect(loss).toBe(Math.max(0, -worst));
      if (uncovered(action) === 0) expect(loss).not.toBeNull();
    }));
  });

  it('scales with its sets', () => {
    fc.assert(fc.property(legs, fc.integer({ min: 1, max: 20 }), (drawn, count) => {
      const action = structure(...drawn.map(({ side, right, strike, price, lots }) => leg(side, right, strike, price, { lots })));
      const one = withSets(action, 1);
      expect(setsOf(withSets(action, count))).toBe(count * setsOf(one));
      const loss = structureMaxLoss(one);
      expect(structureMaxLoss(withSets(action, count))).toBe(loss === null ? null : loss * count);
    }));
  });
});
