import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actionKinds } from '../../../desk/actions/policy.ts';
import type { Action } from '../../../desk/actions/types.ts';
import { riskDirection, unclaimedQuantity } from '../../../desk/gates/reduces-risk.ts';
import { missing, type GateSnapshot } from '../../../desk/gates/snapshot.ts';
import { price } from './arbitrary.ts';
import { accountId, anyAction, cancelAction, closeAllAction, enterAction, exitAction, fact, holding, instrument, modifyAction, openOrder, orderId, otherAccountId, passingSnapshot, position, reduceAction, structureAction } from './fixtures.ts';

/**
 * A small model of its own, in rupees: what the account can lose from here when every stop is hit at its price, every
 * waiting entry fills, and a position without a stop loses all (a short: ten times its value).
 */
interface Model { quantity: number; last: number; stop: number | null; entry: { side: 'BUY' | 'SELL'; remaining: number; price: number; stop: number } | null }
function worstCase({ quantity, last, stop, entry }: Model): number {
  const size = Math.abs(quantity);
  const distance = stop === null ? (quantity > 0 ? last : last * 10) : Math.max(0, quantity > 0 ? last - stop : stop - last);
  const waiting = entry === null ? 0 : entry.remaining * Math.max(0, entry.side === 'BUY' ? entry.price - entry.stop : entry.stop - entry.price);
  return size * distance + waiting;
}

const model: fc.Arbitrary<Model> = fc.record({
  quantity: fc.integer({ min: 1, max: 500 }), long: fc.boolean(), last: price(500, 900), away: fc.option(price(1, 400)),
  entry: fc.option(fc.record({ buys: fc.boolean(), remaining: fc.integer({ min: 1, max: 100 }), price: price(500, 900), away: price(1, 400) })),
}).map(({ quantity, long, last, away, entry }) => ({
  quantity: long ? quantity : -quantity, last, stop: away === null ? null : long ? last - away : last + away,
  entry: entry === null ? null : { side: entry.buys ? 'BUY' as const : 'SELL' as const, remaining: entry.remaining, price: entry.price, stop: entry.buys ? entry.price - entry.away : entry.price + entry.away },
}));

const stopOrder = (state: Model) => openOrder({ orderId: otherAccountId, category: 'STOP_LOSS', side: state.quantity > 0 ? 'SELL' : 'BUY', remainingQuantity: Math.abs(state.quantity), price: state.stop });
const snapshotOf = (state: Model): GateSnapshot => passingSnapshot({
  positions: fact([position({ quantity: state.quantity, last: state.last, stop: state.stop })]),
  openOrders: fact([...(state.entry === null ? [] : [openOrder({ side: state.entry.side, remainingQuantity: state.entry.remaining, price: state.entry.price, stop: state.entry.stop })]), ...(state.stop === null ? [] : [stopOrder(state)])]),
});

/** An action with what it makes of the model, exits filled at the last price. */
type Move = { action: Action; after: Model };
const moveOf = (state: Model): fc.Arbitrary<Move> => {
  const moves: fc.Arbitrary<Move>[] = [
    fc.constant({ action: exitAction(), after: { ...state, quantity: 0 } }),
    fc.integer({ min: 1, max: Math.abs(state.quantity) }).map((quantity) => ({ action: reduceAction({ quantity }), after: { ...state, quantity: state.quantity - Math.sign(state.quantity) * quantity } })),
    // Too much of it opens the other side, without a stop.
    fc.integer({ min: Math.abs(state.quantity) * 3, max: Math.abs(state.quantity) * 9 }).map((quantity) => ({ action: reduceAction({ quantity }), after: { ...state, quantity: state.quantity - Math.sign(state.quantity) * quantity, stop: null } })),
    price(100, 1_400).map((stop) => ({ action: modifyAction({ stop: String(stop) }), after: { ...state, stop } })),
    price(100, 1_400).map((target) => ({ action: modifyAction({ stop: undefined, target: String(target) }), after: state })),
  ];
  if (state.stop !== null) moves.push(fc.constant({ action: cancelAction({ orderId: otherAccountId }), after: { ...state, stop: null } }));
  if (state.stop !== null) moves.push(price(100, 1_400).map((stop) => ({ action: modifyAction({ positionId: undefined, orderId: otherAccountId, stop: String(stop) }), after: { ...state, stop } })));
  const { entry } = state;
  if (entry !== null) {
    moves.push(fc.constant({ action: cancelAction(), after: { ...state, entry: null } }));
    moves.push(price(100, 1_400).map((limit) => ({ action: modifyAction({ positionId: undefined, orderId, stop: undefined, limitPrice: String(limit) }), after: { ...state, entry: { ...entry, price: limit } } })));
  }
  return fc.oneof(...moves);
};
const played = model.chain((state) => moveOf(state).map((move) => ({ state, ...move })));

describe('the direction of an action against an independent worst case', () => {
  it('never calls anything reducing that raises what can be lost', () => {
    fc.assert(fc.property(played, ({ state, action, after }) => {
      if (riskDirection(action, snapshotOf(state)) === 'reduces') expect(worstCase(after)).toBeLessThanOrEqual(worstCase(state) + 1e-6);
    }), { numRuns: 3_000 });
  });

  it('calls whatever lowers what can be lost reducing, so that no limit stops it', () => {
    fc.assert(fc.property(played, ({ state, action, after }) => {
      if (worstCase(after) < worstCase(state) - 1e-6 && !(action.kind === 'reduce' && action.quantity > Math.abs(state.quantity))) expect(riskDirection(action, snapshotOf(state))).toBe('reduces');
    }), { numRuns: 3_000 });
  });

  it('calls whatever raises what can be lost raising', () => {
    fc.assert(fc.property(played, ({ state, action, after }) => {
      if (worstCase(after) > worstCase(state) + 1e-6) expect(riskDirection(action, snapshotOf(state))).toBe('raises');
    }), { numRuns: 3_000 });
  });

  it('meets each of the three often enough to mean something', () => {
    const seen = fc.sample(played, 2_000).map(({ state, action }) => riskDirection(action, snapshotOf(state)));
    for (const direction of ['reduces', 'raises', 'neutral']) expect(seen.filter((found) => found === direction).length).toBeGreaterThan(100);
  });
});

describe('what cannot be shown to reduce', () => {
  const unread = passingSnapshot({ positions: missing('not read'), openOrders: missing('not read') });
  const moved = (overrides: object) => modifyAction({ positionId: undefined, orderId, stop: undefined, ...overrides });
  const waiting = (overrides: object = {}) => passingSnapshot({ openOrders: fact([openOrder(overrides)]) });
  const [long, short] = ['NIFTY-27JUN24-22900-PE', 'NIFTY-27JUN24-23000-PE'];
  const spreadOn = passingSnapshot({ positions: fact([position({ symbol: long, quantity: 50 }), position({ symbol: short, quantity: -50, positionId: orderId })]) });
  const leg = (side: 'BUY' | 'SELL', strike: number, lots = 2) => ({ symbol: `NIFTY-27JUN24-${strike}-PE`, right: 'PUT', strike: String(strike), expiry: '2024-06-27', side, lots, lotSize: 25, limitPrice: '100', effect: 'CLOSE' });
  it.each([
    ['an exit of nobody knows what', exitAction(), unread],
    ['a cancel of nobody knows what', cancelAction(), unread],
    ['a stop moved on nobody knows what', modifyAction(), unread],
    ["another account's position", exitAction(), holding({ accountId: otherAccountId })],
    ['a position in another symbol', exitAction(), holding({ symbol: 'TCS' })],
    ['a position that is closed', exitAction(), holding({ quantity: 0 })],
    ['a position that is leaving whole already', exitAction(), { ...holding(), openOrders: fact([openOrder({ category: 'EXIT', side: 'SELL', remainingQuantity: 40 })]) }],
    ['an entry the other way', enterAction({ side: 'SELL' }), holding()],
    ['an option structure', structureAction(), holding()],
    ['the cancel of an exit', cancelAction(), passingSnapshot({ openOrders: fact([openOrder({ category: 'EXIT', side: 'SELL' })]) })],
    ['a trail whose rule in force nobody knows', modifyAction({ stop: undefined, trail: { distance: '10' } }), passingSnapshot({ positions: fact([(({ trailDistance: _unknown, ...rest }) => rest)(position())]) })],
    ['a trail that is taken away', modifyAction({ stop: undefined, trail: null }), holding({ trailDistance: 20 })],
    ['a wider trail', modifyAction({ stop: undefined, trail: { distance: '21' } }), holding({ trailDistance: 20 })],
    ['a narrower trail that starts later', modifyAction({ stop: undefined, trail: { distance: '10', activateAt: '1600' } }), holding({ trailDistance: 20 })],
    ['a tighter stop with a wider trail', modifyAction({ stop: '1460', trail: { distance: '21' } }), holding({ trailDistance: 20 })],
    ['a stop order with no known price', modifyAction({ positionId: undefined, orderId, stop: '1460' }), passingSnapshot({ openOrders: fact([openOrder({ category: 'STOP_LOSS', side: 'SELL', price: null })]) })],
    ['a limit price for a position', modifyAction({ limitPrice: '1460' }), holding()],
    ['a stop moved on what is closed', modifyAction({ stop: '1400' }), holding({ quantity: 0 })],
    ['an order that is not there', modifyAction({ positionId: undefined, orderId, stop: '1460' }), holding()],
    ['an entry at the market that gets a limit', moved({ limitPrice: '1400' }), waiting({ price: null })],
    ['a short sale at the market that gets one', moved({ limitPrice: '1600' }), waiting({ price: null, side: 'SELL' })],
    ['a stop for an entry that waits', moved({ stop: '1460' }), waiting()],
    ['a stop for an exit that is working', moved({ stop: '1460' }), waiting({ category: 'EXIT', side: 'SELL' })],
    ['a better entry price with another stop', moved({ limitPrice: '1400', stop: '1460' }), waiting()],
    ['a better entry price with a trail', moved({ limitPrice: '1400', trail: { distance: '10' } }), waiting()],
    ['a trailing stop that is moved away', moved({ stop: '1430' }), waiting({ category: 'TRAIL', side: 'SELL', price: 1_440 })],
    ['an exit that leaves what is sold without its cover', exitAction({ symbol: long }), spreadOn],
    ['a part of it', reduceAction({ symbol: long, quantity: 1 }), spreadOn],
    ['a structure that takes only the cover off', structureAction({ legs: [leg('SELL', 22_900)] }), spreadOn],
    ['a structure that closes one leg and opens another', structureAction({ legs: [leg('BUY', 23_000), { ...leg('SELL', 22_800), effect: 'OPEN' }] }), spreadOn],
    ['a structure that closes more than is held', structureAction({ legs: [leg('BUY', 23_000, 3), leg('SELL', 22_900)] }), spreadOn],
    ['a structure that closes the wrong way round', structureAction({ legs: [leg('SELL', 23_000)] }), spreadOn],
    ['a structure that closes what nobody knows', structureAction({ legs: [leg('BUY', 23_000)] }), unread],
  ] as const)('raises: %s', (_what, action, snapshot) => {
    expect(riskDirection(action, snapshot)).toBe('raises');
  });

  it.each([
    ['a first trail', modifyAction({ stop: undefined, trail: { distance: '10', activateAt: '1600' } }), holding()],
    ['a narrower trail', modifyAction({ stop: undefined, trail: { distance: '10' } }), holding({ trailDistance: 20 })],
    ['a first stop', modifyAction({ stop: '1' }), holding({ stop: null })],
    ['a trailing stop that is moved up', moved({ stop: '1450' }), waiting({ category: 'TRAIL', side: 'SELL', price: 1_440 })],
    ['an exit of one position beside another', exitAction({ positionId: orderId, symbol: 'TCS' }), passingSnapshot({ positions: fact([position(), position({ positionId: orderId, symbol: 'TCS' })]) })],
    ['a structure that is taken off whole', structureAction({ legs: [leg('BUY', 23_000), leg('SELL', 22_900)] }), spreadOn],
    ['what is sold of it alone', structureAction({ legs: [leg('BUY', 23_000)] }), spreadOn],
    ['an exit of what is sold', exitAction({ symbol: short, positionId: orderId }), spreadOn],
    ['closing everything', closeAllAction(), unread],
    ['a pause', anyAction({ kind: 'pause' }), unread],
    ['a tripped switch', anyAction({ kind: 'kill_switch_trip', switchType: 'MANUAL', reason: 'enough' }), unread],
    ['taking the arms away', anyAction({ kind: 'disarm_live', accountId }), unread],
  ] as const)('reduces: %s', (_what, action, snapshot) => {
    expect(riskDirection(action, snapshot)).toBe('reduces');
  });

  it.each([
    ['a target that is moved', modifyAction({ stop: undefined, target: '1700' }), holding()],
    ['the cancel of a target', cancelAction(), passingSnapshot({ openOrders: fact([openOrder({ category: 'TAKE_PROFIT', side: 'SELL' })]) })],
    ['the price of an exit that is working', modifyAction({ positionId: undefined, orderId, stop: undefined, limitPrice: '1400' }), passingSnapshot({ openOrders: fact([openOrder({ category: 'EXIT', side: 'SELL' })]) })],
    ['a stop that stays where it is', modifyAction({ stop: '1440' }), holding()],
    ['a stop order that stays where it is', moved({ stop: '1440' }), waiting({ category: 'STOP_LOSS', side: 'SELL', price: 1_440 })],
    ['an entry that stays where it is', moved({ limitPrice: '1490' }), waiting()],
    ['a trail that stays as wide', modifyAction({ stop: undefined, trail: { distance: '20' } }), holding({ trailDistance: 20 })],
    ['no trail instead of no trail', modifyAction({ stop: undefined, trail: null }), holding()],
    ['a deposit', anyAction({ kind: 'deposit', accountId, amountMinor: 1, reason: 'salary' }), unread],
    ['a watchlist', anyAction({ kind: 'watchlist_edit', add: ['INFY'], remove: [] }), unread],
  ] as const)('is neutral: %s', (_what, action, snapshot) => {
    expect(riskDirection(action, snapshot)).toBe('neutral');
  });

  it('resuming, arming and loosening rules raise', () => {
    for (const action of [anyAction({ kind: 'resume' }), anyAction({ kind: 'arm_live', accountId, until: '2024-06-04T00:00:00Z' }), anyAction({ kind: 'limit_change', setting: 'maxGrossPercent', value: 200 })]) expect(riskDirection(action, unread)).toBe('raises');
  });

  it('has a direction for every kind there is', () => {
    for (const kind of actionKinds) expect(['reduces', 'neutral', 'raises']).toContain(riskDirection({ kind, legs: [{}] } as unknown as Action, unread));
  });
});

describe('what of a position is still to leave', () => {
  it('is never below zero and counts only exits of the symbol', () => {
    const held = position();
    const snapshot = { ...holding(), instruments: { INFY: instrument('INFY') }, openOrders: fact([openOrder({ category: 'EXIT', remainingQuantity: 30 }), openOrder({ category: 'EXIT', symbol: 'TCS', remainingQuantity: 30 }), openOrder({ category: 'STOP_LOSS', remainingQuantity: 40 })]) };
    expect(unclaimedQuantity(snapshot, held)).toBe(10);
    expect(unclaimedQuantity({ ...snapshot, openOrders: missing('not read') }, held)).toBe(40);
    expect(unclaimedQuantity({ ...snapshot, openOrders: fact([openOrder({ category: 'EXIT', accountId: otherAccountId })]), committed: [{ actionId: 'x', symbol: 'TCS', sector: null, valueMinor: 0, riskMinor: 0, exitQuantity: 30 }] }, held)).toBe(40);
    expect(unclaimedQuantity({ ...snapshot, committed: [{ actionId: 'x', symbol: 'INFY', sector: null, valueMinor: 0, riskMinor: 0, exitQuantity: 30 }] }, held)).toBe(0);
  });
});
