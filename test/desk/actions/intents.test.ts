import { describe, expect, it } from 'vitest';
import { clientOrderIdFor } from '../../../desk/actions/client-order-id.ts';
import { actionDigest } from '../../../desk/actions/digest.ts';
import { intentsFor } from '../../../desk/actions/intents.ts';
import type { Intent } from '../../../desk/actions/intent-specs.ts';
import type { Action } from '../../../desk/actions/types.ts';
import { type GateSnapshot, missing } from '../../../desk/gates/snapshot.ts';
import { accountId, anyAction, cancelAction, closeAllAction, enterAction, exitAction, fact, holding, instrument, judge, modifyAction, openOrder, orderId, otherAccountId, passingSnapshot, position, positionId, reduceAction, structureAction, structureSnapshot } from '../gates/fixtures.ts';

const actionId = '01900000-0000-7000-8000-0000000000d1';
const intents = (action: Action, snapshot: GateSnapshot): Intent[] => intentsFor({ actionId, actionDigest: actionDigest(action), action, snapshot, report: { ...judge(action, snapshot), verdict: 'PASS' } });
const inShort = (list: Intent[]) => list.map(({ leg, state, after, spec }) => [leg, state, after, spec.operation]);
const stopOrder = openOrder({ orderId: 's1', category: 'STOP_LOSS', side: 'SELL', remainingQuantity: 40, price: 1_440, clientOrderId: 'stopid' });
const targetOrder = openOrder({ orderId: 't1', category: 'TAKE_PROFIT', side: 'SELL', remainingQuantity: 40, price: 1_600, clientOrderId: 'targetid' });

describe('the intents of an entry', () => {
  const list = intents(enterAction({ bracket: { stop: '1450', target: '1600', trail: { distance: '20', activateAt: '1550' } } }), passingSnapshot());
  it('are the entry, and behind its fill stop, target and trailing rule', () => {
    expect(inShort(list)).toEqual([['entry', 'READY', null, 'submit'], ['stop', 'WAITING', 'entry', 'submit'], ['target', 'WAITING', 'entry', 'submit'], ['trail', 'WAITING', 'entry', 'trail']]);
  });
  it('have the children on the other side, for no more than the entry, in one group', () => {
    const [entry, stop, target, trail] = list.map(({ spec }) => spec);
    expect(entry).toMatchObject({ side: 'BUY', quantity: 20, type: 'LIMIT', limitPrice: '1500', category: 'ENTRY', ocoGroup: null });
    expect(stop).toMatchObject({ side: 'SELL', quantity: 20, type: 'STOP', triggerPrice: '1450', category: 'STOP_LOSS' });
    expect(target).toMatchObject({ side: 'SELL', quantity: 20, type: 'LIMIT', limitPrice: '1600', category: 'TAKE_PROFIT' });
    expect(trail).toMatchObject({ side: 'SELL', quantity: 20, distance: '20', activateAt: '1550' });
    expect(new Set([stop, target, trail].map((spec) => spec && 'ocoGroup' in spec && spec.ocoGroup)).size).toBe(1);
  });
  it('have names that come from action and leg alone', () => {
    for (const { leg, clientOrderId } of list) expect(clientOrderId).toBe(clientOrderIdFor(actionId, leg));
    expect(intents(enterAction(), passingSnapshot({ takenAt: passingSnapshot().marketTime })).map(({ clientOrderId }) => clientOrderId)).toEqual(list.slice(0, 3).map(({ clientOrderId }) => clientOrderId));
  });
  it('carry the condition under which the entry may go', () => {
    const [entry] = intents(enterAction({ onlyIf: { comparison: 'ABOVE', price: '1490' } }), passingSnapshot());
    expect(entry?.spec).toMatchObject({ onlyIf: { comparison: 'ABOVE', price: '1490' } });
  });
  it('are none for a bracket without target and trail but the stop', () => {
    expect(intents(enterAction({ bracket: { stop: '1450' } }), passingSnapshot()).map(({ leg }) => leg)).toEqual(['entry', 'stop']);
  });
});

describe('the intents of leaving', () => {
  it('sell what is held', () => {
    expect(intents(exitAction(), holding()).map(({ spec }) => spec)).toMatchObject([{ side: 'SELL', quantity: 40, type: 'MARKET', limitPrice: null, category: 'EXIT', product: 'DELIVERY' }]);
  });
  it('buy back what is short', () => {
    expect(intents(reduceAction(), holding({ quantity: -40, product: 'INTRADAY' })).map(({ spec }) => spec)).toMatchObject([{ side: 'BUY', quantity: 10, product: 'INTRADAY' }]);
  });
  it('take no more than what is not leaving yet', () => {
    const snapshot = { ...holding(), openOrders: fact([openOrder({ category: 'EXIT', side: 'SELL', remainingQuantity: 15 })]) };
    expect(intents(exitAction(), snapshot).map(({ spec }) => spec)).toMatchObject([{ quantity: 25 }]);
    expect(intents(reduceAction({ quantity: 40 }), snapshot).map(({ spec }) => spec)).toMatchObject([{ quantity: 25 }]);
  });
  it('go in slices that the exchange takes, in whole lots', () => {
    const sliced = { ...holding({ quantity: 250 }), instruments: { INFY: instrument('INFY', { lotSize: 25, freezeQuantity: 110 }) } };
    expect(intents(exitAction(), sliced).map(({ leg, spec }) => [leg, 'quantity' in spec && spec.quantity])).toEqual([['exit', 100], ['exit:2', 100], ['exit:3', 50]]);
  });
  it('put a limit between ticks on the next one towards the market', () => {
    const limit = (snapshot: GateSnapshot) => intents(exitAction({ orderType: 'LIMIT', limitPrice: '1500.03' }), snapshot).map(({ spec }) => 'limitPrice' in spec && spec.limitPrice);
    expect(limit(holding())).toEqual(['1500']);
    expect(limit(holding({ quantity: -40 }))).toEqual(['1500.05']);
    expect(limit({ ...holding(), instruments: {} })).toEqual(['1500.03']);
  });
  it('are none for a position that is not there', () => {
    expect(intents(exitAction(), passingSnapshot())).toEqual([]);
  });
});

describe('the intents of changes', () => {
  it('cancel the order that is meant', () => {
    expect(intents(cancelAction(), passingSnapshot({ openOrders: fact([openOrder({ clientOrderId: 'xyz' })]) })).map(({ leg, spec }) => ({ leg, ...spec }))).toEqual([{ leg: 'cancel', operation: 'cancel', orderId, targetClientOrderId: 'xyz', symbol: 'INFY', category: 'ENTRY' }]);
    expect(intents(cancelAction(), passingSnapshot())).toEqual([]);
  });
  it('move an order to its new price', () => {
    const moved = (order: ReturnType<typeof openOrder>, change: object) => intents(modifyAction({ positionId: undefined, orderId: order.orderId, stop: undefined, ...change }), passingSnapshot({ openOrders: fact([order]) })).map(({ spec }) => spec);
    expect(moved(openOrder(), { limitPrice: '1480' })).toMatchObject([{ operation: 'replace', quantity: 10, limitPrice: '1480', triggerPrice: null }]);
    expect(moved({ ...stopOrder, orderId }, { stop: '1450' })).toMatchObject([{ operation: 'replace', targetClientOrderId: 'stopid', limitPrice: null, triggerPrice: '1450' }]);
    expect(moved(openOrder(), {})).toEqual([]);
  });
  it("change a position's rule and the orders that carry it", () => {
    const list = intents(modifyAction({ stop: '1460', target: '1650' }), { ...holding(), openOrders: fact([stopOrder, targetOrder]) });
    expect(inShort(list)).toEqual([['protect', 'READY', null, 'protect'], ['stop', 'READY', null, 'replace'], ['target', 'READY', null, 'replace']]);
    expect(list[0]?.spec).toEqual({ operation: 'protect', positionId, symbol: 'INFY', stop: '1460', target: '1650' });
    expect(list[1]?.spec).toMatchObject({ targetClientOrderId: 'stopid', triggerPrice: '1460' });
  });
  it('send a stop and a target where none works yet', () => {
    const list = intents(modifyAction({ stop: '1460', target: '1650', trail: null }), holding());
    expect(list.map(({ spec }) => spec)).toMatchObject([{ operation: 'protect', trail: null }, { operation: 'submit', type: 'STOP', side: 'SELL', quantity: 40, triggerPrice: '1460' }, { operation: 'submit', type: 'LIMIT', limitPrice: '1650', category: 'TAKE_PROFIT' }]);
    expect(intents(modifyAction({ stop: '1560' }), holding({ quantity: -40, exchange: 'BSE' })).at(-1)?.spec).toMatchObject({ side: 'BUY', exchange: 'BSE' });
    expect(intents(modifyAction(), passingSnapshot())).toEqual([]);
  });
  it('move no order of an action on money, rules or rights', () => {
    for (const action of [anyAction({ kind: 'pause' }), anyAction({ kind: 'deposit', accountId, amountMinor: 1, reason: 'x' }), anyAction({ kind: 'resume' })]) expect(intents(action, passingSnapshot())).toEqual([]);
  });
});

describe('the intents of closing everything', () => {
  const snapshot = passingSnapshot({
    positions: fact([position(), position({ positionId: 'p2', symbol: 'TCS', quantity: -5 }), position({ positionId: 'p3', accountId: otherAccountId }), position({ positionId: 'p4', symbol: 'ITC', quantity: 0 })]),
    openOrders: fact([openOrder({ orderId: 'o1' }), openOrder({ orderId: 'o2', accountId: otherAccountId }), stopOrder]),
  });
  it('halt, cancel the entries, then leave every position of this account', () => {
    expect(inShort(intents(closeAllAction(), snapshot))).toEqual([['halt', 'READY', null, 'halt'], ['cancel:o1', 'READY', null, 'cancel'], ['exit:p2', 'READY', null, 'submit'], [`exit:${positionId}`, 'READY', null, 'submit']]);
  });
  it('do not halt when that was not asked for', () => {
    expect(intents(closeAllAction({ haltEntries: false }), snapshot).some(({ leg }) => leg === 'halt')).toBe(false);
  });
  it('halt even when nobody knows what is held', () => {
    expect(intents(closeAllAction(), passingSnapshot({ positions: missing('x'), openOrders: missing('x') })).map(({ leg }) => leg)).toEqual(['halt']);
  });
  it('sell on the exchange that the account trades on', () => {
    const dollars = { ...snapshot, account: fact({ accountId, name: 'US', type: 'SIP', status: 'ACTIVE' as const, mode: 'paper' as const, broker: 'paper', baseCurrency: 'USD' as const, liveArmedUntil: null }) };
    expect(intents(closeAllAction(), dollars).at(-1)?.spec).toMatchObject({ exchange: 'US' });
    expect(intents(closeAllAction(), snapshot).at(-1)?.spec).toMatchObject({ exchange: 'NSE' });
  });
});

describe('the intents of an option structure', () => {
  it('buy first and sell behind it, and know how to take each back', () => {
    expect(inShort(intents(structureAction(), structureSnapshot()))).toEqual([['leg-1', 'READY', null, 'submit'], ['leg-2', 'WAITING', 'leg-1', 'submit'], ['unwind-1', 'WAITING', 'leg-1', 'submit'], ['unwind-2', 'WAITING', 'leg-2', 'submit']]);
    const turned = structureAction({ legs: [...structureAction().legs].reverse() });
    expect(inShort(intents(turned, structureSnapshot())).slice(0, 2)).toEqual([['leg-2', 'READY', null, 'submit'], ['leg-1', 'WAITING', 'leg-2', 'submit']]);
    expect(intents(structureAction(), structureSnapshot()).slice(2).map(({ spec }) => spec)).toMatchObject([{ side: 'SELL', type: 'MARKET', category: 'EXIT', quantity: 25 }, { side: 'BUY', type: 'MARKET', category: 'EXIT', quantity: 25 }]);
  });
  it('go in slices under the freeze quantity, all of one turn before the next', () => {
    const list = intents(structureAction({ legs: structureAction().legs.map((leg) => ({ ...leg, lots: 100 })) }), { ...structureSnapshot(), limits: { ...structureSnapshot().limits, optionsMaxRiskMinor: 1e12 } });
    expect(list.map(({ leg, after, spec }) => [leg, after, 'quantity' in spec ? spec.quantity : null]).slice(0, 4)).toEqual([['leg-1', null, 1800], ['leg-1:2', null, 700], ['leg-2', 'leg-1:2', 1800], ['leg-2:2', 'leg-1:2', 700]]);
  });
  it('of a roll buy protection, take shorts back, sell anew and let the old protection go last', () => {
    const [low, high] = structureAction().legs;
    const held = structureSnapshot({ positions: fact([position({ symbol: low!.symbol, quantity: 25 }), position({ positionId: 'p2', symbol: high!.symbol, quantity: -25 })]) });
    const roll = structureAction({ legs: [{ ...high!, side: 'BUY', effect: 'CLOSE' }, { ...low!, side: 'SELL', effect: 'CLOSE' }, { ...high!, symbol: 'NIFTY04JUL24P23000', expiry: '2024-07-04' }, { ...low!, symbol: 'NIFTY04JUL24P22900', expiry: '2024-07-04' }] });
    const report = { ...judge(roll, held), verdict: 'PASS' as const };
    const list = intentsFor({ actionId, actionDigest: actionDigest(roll), action: roll, snapshot: held, report });
    expect(list.map(({ leg, spec }) => [leg, 'category' in spec ? spec.category : null, 'side' in spec ? spec.side : null])).toEqual([
      ['leg-4', 'ENTRY', 'BUY'], ['leg-1', 'EXIT', 'BUY'], ['leg-3', 'ENTRY', 'SELL'], ['leg-2', 'EXIT', 'SELL'], ['unwind-4', 'EXIT', 'SELL'], ['unwind-3', 'EXIT', 'BUY'],
    ]);
  });
  it('have the quantity in units and the limit of the leg', () => {
    expect(intents(structureAction(), structureSnapshot())[1]?.spec).toMatchObject({ side: 'SELL', quantity: 25, limitPrice: '140', category: 'ENTRY' });
  });
});

describe('what has no intents', () => {
  const action = enterAction();
  const report = judge(action);
  it('is what the gates blocked', () => {
    expect(() => intentsFor({ actionId, actionDigest: actionDigest(action), action, snapshot: passingSnapshot(), report: { ...report, verdict: 'BLOCK' } })).toThrow('blocked');
  });
  it('is what the report is not about', () => {
    expect(() => intentsFor({ actionId, actionDigest: 'other', action, snapshot: passingSnapshot(), report })).toThrow('another action');
  });
});
