import { describe } from 'vitest';
import { actionDigest } from '../../../../desk/actions/digest.ts';
import { decimal } from '../../../../desk/decimal.ts';
import { type GateSnapshot, known, missing } from '../../../../desk/gates/snapshot.ts';
import { instant, plusMs, tradingDate } from '../../../../desk/time.ts';
import { accountId, cancelAction, closeAllAction, enterAction, exitAction, fact, holding, modifyAction, now, openOrder, orderId, passingSnapshot, quote, reduceAction, structureAction, structureSnapshot, withInstrument, withLimits, withMandate } from '../fixtures.ts';
import { promises } from './cases.ts';

const closed = (overrides: object = {}) => fact({ open: false, tradingDay: false, opensAt: null, closesAt: null, nextOpen: instant('2024-06-04T03:45:00Z'), reason: 'Sunday', ...overrides });
const inDollars = (base: GateSnapshot): GateSnapshot => ({ ...base, account: base.account.known ? fact({ ...base.account.value, baseCurrency: 'USD' as const }) : base.account });
const shut = (base = passingSnapshot(), overrides: object = {}) => ({ ...base, session: closed(overrides) });
const recent = (action: ReturnType<typeof enterAction>, state: string, secondsAgo: number) => passingSnapshot({ recentActions: [{ actionId: 'other', digest: actionDigest(action), state, secondsAgo }] });
const aged = (seconds: number, base = passingSnapshot()) => withInstrument({ quote: known(quote(1_500), 'test', plusMs(now, -seconds * 1000)) }, base);
const entryOrder = modifyAction({ positionId: undefined, orderId, stop: undefined, limitPrice: '1480' });
const noQuote = withInstrument({ quote: missing('feed down') });
const rate = (lastSecond: number, lastMinute: number, base = passingSnapshot()) => ({ ...base, orderRate: fact({ lastSecond, lastMinute }) });

describe('the session, the broker and repeats', () => {
  promises('market_hours', [
    { it: 'lets entries through in the session', action: enterAction(), given: passingSnapshot(), word: 'passes' },
    { it: 'refuses entries outside and names the next open', action: enterAction(), given: shut(), word: 'blocks', says: /Sunday\. It opens on 2024-06-04 at 09:15/, nearest: { change: 'earliest', date: '2024-06-04' } },
    { it: 'refuses exits outside, for want of a session', action: exitAction(), given: shut(holding()), word: 'blocks' },
    { it: 'lets orders wait for the open where they may', action: enterAction(), given: shut(passingSnapshot(), { queuesForOpen: true }), word: 'passes', says: /waits for the open/ },
    { it: 'has nothing to wait for without a next open', action: enterAction(), given: shut(passingSnapshot(), { queuesForOpen: true, nextOpen: null }), word: 'blocks', nearest: null },
    { it: 'never holds up closing everything', action: closeAllAction(), given: shut(holding()), word: 'warns' },
    { it: 'says nothing of an open that nobody knows', action: enterAction(), given: shut(passingSnapshot(), { nextOpen: null }), word: 'blocks', says: 'The exchange is closed: Sunday.', nearest: null },
    { it: "goes by New York's day for an account in dollars", action: enterAction(), given: inDollars(shut(passingSnapshot(), { nextOpen: instant('2024-06-04T19:30:00Z') })), word: 'blocks', says: 'It opens on 2024-06-04 at 15:30.', nearest: { change: 'earliest', date: '2024-06-04' } },
    { it: "and by Mumbai's for one in rupees", action: enterAction(), given: shut(passingSnapshot(), { nextOpen: instant('2024-06-04T19:30:00Z') }), word: 'blocks', says: 'It opens on 2024-06-05 at 01:00.', nearest: { change: 'earliest', date: '2024-06-05' } },
    { it: 'names no day when nobody knows the account', action: enterAction(), given: shut(passingSnapshot({ account: missing('no such row') })), word: 'blocks', says: 'It opens on 2024-06-04 at 09:15.', nearest: { change: 'earliest', date: '2024-06-04' } },
    { it: 'blocks when nobody knows whether the exchange is open', action: enterAction(), given: passingSnapshot({ session: missing('no calendar') }), word: 'blocks', missing: true },
  ]);

  promises('broker_reachable', [
    { it: 'passes while the broker answers', action: enterAction(), given: passingSnapshot(), word: 'passes', says: 'The broker paper answers.' },
    { it: 'refuses entries when it does not', action: enterAction(), given: passingSnapshot({ brokerReachable: fact(false) }), word: 'blocks', says: 'The broker paper does not answer.' },
    { it: 'names no broker of an account that nobody knows', action: enterAction(), given: passingSnapshot({ brokerReachable: fact(false), account: missing('no such row') }), word: 'blocks', says: 'The broker does not answer.' },
    { it: 'refuses exits when it does not, for nothing could be sent', action: exitAction(), given: { ...holding(), brokerReachable: fact(false) }, word: 'blocks' },
    { it: 'takes a close-all all the same', action: closeAllAction(), given: { ...holding(), brokerReachable: fact(false) }, word: 'warns' },
    { it: 'takes a close-all when nobody knows', action: closeAllAction(), given: { ...holding(), brokerReachable: missing('no heartbeat') }, word: 'warns', says: 'Whether the broker answers is not known: no heartbeat.' },
    { it: 'blocks when nobody knows', action: enterAction(), given: passingSnapshot({ brokerReachable: missing('no heartbeat') }), word: 'blocks', missing: true, says: 'Whether the broker answers is not known: no heartbeat.' },
  ]);

  promises('duplicate_order', [
    { it: 'takes the first of its kind', action: enterAction(), given: passingSnapshot(), word: 'passes' },
    { it: 'refuses the same again within the window', action: enterAction(), given: recent(enterAction(), 'done', 29), word: 'blocks', says: /29 seconds ago and is done/ },
    { it: 'refuses the same again while the first still waits', action: enterAction(), given: recent(enterAction(), 'awaiting_confirmation', 29), word: 'blocks', says: 'The same was asked for 29 seconds ago and is awaiting confirmation.' },
    { it: 'takes it again once the window is over', action: enterAction(), given: recent(enterAction(), 'done', 30), word: 'passes' },
    { it: 'takes it again after the first came to nothing', action: enterAction(), given: recent(enterAction(), 'rejected', 1), word: 'passes' },
    { it: 'never repeats an order whose fate is unknown', action: enterAction(), given: recent(enterAction(), 'unknown', 86_400), word: 'blocks', says: 'its fate is not known yet' },
    { it: 'takes another order at the same moment', action: enterAction({ quantity: 21 }), given: recent(enterAction(), 'done', 1), word: 'passes' },
    { it: 'refuses the same exit twice', action: exitAction(), given: { ...holding(), recentActions: [{ actionId: 'x', digest: actionDigest(exitAction()), state: 'executing', secondsAgo: 2 }] }, word: 'blocks' },
    { it: 'lets everything be closed again after the first time is done', action: closeAllAction(), given: { ...holding(), recentActions: [{ actionId: 'x', digest: actionDigest(closeAllAction()), state: 'done', secondsAgo: 2 }] }, word: 'passes' },
    { it: 'waits for a close-all that is under way', action: closeAllAction(), given: { ...holding(), recentActions: [{ actionId: 'x', digest: actionDigest(closeAllAction()), state: 'executing', secondsAgo: 2 }] }, word: 'blocks' },
  ]);

  promises('order_rate', [
    { it: 'takes the ninth order of a second', action: enterAction(), given: rate(8, 8), word: 'passes' },
    { it: 'refuses the tenth', action: enterAction(), given: rate(9, 9), word: 'blocks', says: /10 orders within a second; the limit is 9/ },
    { it: 'takes the first order of a minute', action: enterAction(), given: rate(0, 0), word: 'passes', says: '1 order within a minute; the limit is 30.' },
    { it: 'keeps to nine whatever is configured', action: enterAction(), given: withLimits({ ordersPerSecond: 100 }, rate(9, 9)), word: 'blocks' },
    { it: 'keeps to less when less is configured', action: enterAction(), given: withLimits({ ordersPerSecond: 3 }, rate(3, 3)), word: 'blocks' },
    { it: 'refuses the thirty-first order of a minute', action: enterAction(), given: rate(0, 30), word: 'blocks', says: '31 orders within a minute; the limit is 30.' },
    { it: 'takes the thirtieth', action: enterAction(), given: rate(0, 29), word: 'passes', says: '30 orders within a minute' },
    { it: 'counts each leg of a structure', action: structureAction(), given: rate(8, 8, structureSnapshot()), word: 'blocks' },
    { it: 'never holds up an exit', action: exitAction(), given: rate(50, 500, holding()), word: 'warns' },
    { it: 'never holds up the cancel of an entry', action: cancelAction(), given: rate(50, 500, passingSnapshot({ openOrders: fact([openOrder()]) })), word: 'warns' },
    { it: 'blocks entries when nobody counts', action: enterAction(), given: passingSnapshot({ orderRate: missing('no counter') }), word: 'blocks', missing: true },
    { it: 'lets exits go when nobody counts', action: exitAction(), given: { ...holding(), orderRate: missing('no counter') }, word: 'warns', missing: true },
  ]);

  promises('stale_data', [
    { it: 'takes a price of 60 seconds', action: enterAction(), given: aged(60), word: 'passes' },
    { it: 'takes one of a second', action: enterAction(), given: aged(1), word: 'passes', says: 'The price of INFY is 1 second old; the limit is 60.' },
    { it: 'refuses one of 61', action: enterAction(), given: aged(61), word: 'blocks', says: 'The price of INFY is 61 seconds old; the limit is 60.' },
    { it: 'takes one that is a little ahead, as clocks are', action: enterAction(), given: aged(-5), word: 'passes' },
    { it: 'lets an exit go on an old price', action: exitAction(), given: aged(3_600, holding()), word: 'warns' },
    { it: 'refuses a price from the future', action: enterAction(), given: aged(-6), word: 'blocks', says: /after the market/ },
    { it: 'takes the last close where orders wait for the open, and says so', action: enterAction(), given: shut(aged(50_000), { queuesForOpen: true }), word: 'passes with a caveat', says: /last close/ },
    { it: 'refuses the last close of an exchange that is closed, where orders do not wait', action: enterAction(), given: shut(aged(50_000)), word: 'blocks' },
    { it: 'says nothing of the last close while the price is fresh', action: enterAction(), given: shut(aged(60), { queuesForOpen: true }), word: 'passes', says: '60 seconds old' },
    { it: 'refuses an old price of an open session, whatever may wait', action: enterAction(), given: { ...aged(61), session: fact({ open: true, tradingDay: true, opensAt: null, closesAt: null, nextOpen: null, reason: 'session', queuesForOpen: true }) }, word: 'blocks' },
    { it: 'refuses an old price when nobody knows the session', action: enterAction(), given: { ...aged(61), session: missing('no calendar') }, word: 'blocks' },
    { it: 'blocks without a price', action: enterAction(), given: noQuote, word: 'blocks', missing: true, says: 'The price of INFY is not known: feed down.' },
    { it: 'reads a price of zero as no price', action: enterAction(), given: withInstrument({ quote: fact(quote(0)) }), word: 'blocks', missing: true, says: 'The price of INFY is not known: the source gave 0 as its last price.' },
    { it: 'lets an exit go without a price', action: exitAction(), given: withInstrument({ quote: missing('feed down') }, holding()), word: 'warns', missing: true },
    { it: 'blocks for a symbol that was not read', action: enterAction({ symbol: 'constructor' }), given: passingSnapshot(), word: 'blocks', missing: true },
  ]);
});

describe('what the order may name', () => {
  promises('banned', [
    { it: 'takes a symbol off the list', action: enterAction(), given: passingSnapshot(), word: 'passes' },
    { it: 'refuses one on it', action: enterAction(), given: withInstrument({ banned: fact(true) }), word: 'blocks', says: "INFY is on the exchange's ban list (test)." },
    { it: 'refuses options on one that is on it', action: structureAction(), given: withInstrument({ banned: fact(true) }, structureSnapshot(), 'NIFTY'), word: 'blocks', says: 'NIFTY is on' },
    { it: 'warns of a symbol that was not read', action: enterAction({ symbol: 'TCS' }), given: passingSnapshot(), word: 'warns', missing: true },
    { it: 'warns when the list was not read', action: enterAction(), given: withInstrument({ banned: missing('not loaded') }), word: 'warns', missing: true },
  ]);
  promises('mandate_bans', [
    { it: 'takes what the mandate allows', action: enterAction(), given: withMandate({ bannedSectors: ['Tobacco'] }), word: 'passes' },
    { it: 'refuses a symbol in any case of letters', action: enterAction(), given: withMandate({ bannedSymbols: ['infy'] }), word: 'blocks', says: 'The mandate rules out INFY.' },
    { it: 'refuses options on such a symbol', action: structureAction(), given: withMandate({ bannedSymbols: ['NIFTY'] }, structureSnapshot()), word: 'blocks', says: 'The mandate rules out NIFTY.' },
    { it: 'asks for no sector where none is ruled out', action: enterAction(), given: withInstrument({ sector: missing('new listing') }), word: 'passes', says: 'The mandate rules out no sector.' },
    { it: 'warns of a symbol that was not read', action: enterAction({ symbol: 'TCS' }), given: withMandate({ bannedSectors: ['Tobacco'] }), word: 'warns' },
    { it: 'refuses a sector in any case of letters', action: enterAction(), given: withMandate({ bannedSectors: ['SOFTWARE'] }), word: 'blocks', says: 'The mandate rules out Software.' },
    { it: 'warns when a sector is banned and this one is not known', action: enterAction(), given: withInstrument({ sector: missing('new listing') }, withMandate({ bannedSectors: ['Tobacco', 'Arms'] })), word: 'warns', says: 'The sector of INFY is not known, and the mandate rules out Tobacco, Arms.' },
    { it: 'blocks without a mandate', action: enterAction(), given: passingSnapshot({ mandate: missing('none') }), word: 'blocks', missing: true },
  ]);
  promises('strategy_allowed', [
    { it: 'takes a strategy that the mandate lists', action: enterAction(), given: withMandate({ allowedStrategies: ['momentum'] }), word: 'passes' },
    { it: 'refuses one that it does not', action: enterAction(), given: withMandate({ allowedStrategies: ['rotation', 'hedge'] }), word: 'blocks', says: 'The mandate allows rotation, hedge, not momentum.' },
    { it: 'takes every strategy under a star', action: enterAction(), given: withMandate({ allowedStrategies: ['*'] }), word: 'passes' },
    { it: 'judges an option structure by its kind', action: structureAction(), given: withMandate({ allowedStrategies: ['iron_condor'] }, structureSnapshot()), word: 'blocks', says: 'not bull_put.' },
    { it: 'takes an option structure of an allowed kind', action: structureAction(), given: withMandate({ allowedStrategies: ['bull_put'] }, structureSnapshot()), word: 'passes', says: 'The mandate allows bull_put.' },
    { it: 'takes any option structure where typed orders are allowed', action: structureAction(), given: withMandate({ allowedStrategies: ['manual'] }, structureSnapshot()), word: 'passes' },
    { it: "but no strategy's entry for that", action: enterAction(), given: withMandate({ allowedStrategies: ['manual'] }), word: 'blocks' },
    { it: 'blocks without a mandate', action: enterAction(), given: passingSnapshot({ mandate: missing('none') }), word: 'blocks', missing: true },
  ]);
  promises('horizon', [
    { it: 'takes the longest that the mandate has', action: enterAction({ horizonDays: 30 }), given: passingSnapshot(), word: 'passes' },
    { it: 'takes a single day', action: enterAction({ horizonDays: 1 }), given: passingSnapshot(), word: 'passes', says: 'The horizon is 1 day; the mandate has 1 to 30.' },
    { it: 'refuses a day more', action: enterAction({ horizonDays: 31 }), given: passingSnapshot(), word: 'blocks', says: 'The horizon is 31 days; the mandate has 1 to 30.', limit: 30 },
    { it: 'takes the shortest', action: enterAction({ horizonDays: 5 }), given: withMandate({ horizonMinDays: 5 }), word: 'passes', limit: 30 },
    { it: 'refuses a day less than the shortest', action: enterAction({ horizonDays: 4 }), given: withMandate({ horizonMinDays: 5 }), word: 'blocks', limit: 5 },
    { it: 'blocks without a mandate', action: enterAction(), given: passingSnapshot({ mandate: missing('none') }), word: 'blocks', missing: true },
  ]);
  promises('short_delivery', [
    { it: 'refuses an Indian share sold short for delivery', action: enterAction({ side: 'SELL', bracket: { stop: '1550' } }), given: passingSnapshot(), word: 'blocks', says: 'INFY cannot be sold short for delivery on NSE, only within the day.' },
    { it: 'lets it be sold short within the day', action: enterAction({ side: 'SELL', product: 'INTRADAY', bracket: { stop: '1550' } }), given: passingSnapshot(), word: 'passes' },
    { it: 'lets US shares be sold short', action: enterAction({ side: 'SELL', exchange: 'US', bracket: { stop: '1550' } }), given: passingSnapshot(), word: 'passes' },
  ]);
});

describe('prices and lots', () => {
  const short = (bracket: object) => enterAction({ side: 'SELL', product: 'INTRADAY', bracket });
  promises('bracket_sane', [
    { it: 'takes a stop below and a target above', action: enterAction(), given: passingSnapshot(), word: 'passes' },
    { it: 'refuses a stop at the entry', action: enterAction({ bracket: { stop: '1500' } }), given: passingSnapshot(), word: 'blocks', says: /must lie below ₹1,500\.00/ },
    { it: 'refuses a target at the entry', action: enterAction({ bracket: { stop: '1450', target: '1500' } }), given: passingSnapshot(), word: 'blocks' },
    { it: 'takes a short with its stop above and its target below', action: short({ stop: '1550', target: '1400' }), given: passingSnapshot(), word: 'passes' },
    { it: 'refuses a short with its stop below', action: short({ stop: '1450' }), given: passingSnapshot(), word: 'blocks' },
    { it: 'refuses a short with its stop at the entry', action: short({ stop: '1500' }), given: passingSnapshot(), word: 'blocks', says: /must lie above/ },
    { it: 'refuses a short with its target at the entry', action: short({ stop: '1550', target: '1500' }), given: passingSnapshot(), word: 'blocks', says: /must lie below/ },
    { it: 'refuses moving a stop order of a long above the market', action: modifyAction({ positionId: undefined, orderId, stop: '1500' }), given: passingSnapshot({ openOrders: fact([openOrder({ category: 'STOP_LOSS', side: 'SELL', price: 1_550 })]) }), word: 'blocks' },
    { it: 'refuses moving a stop order of a short below it', action: modifyAction({ positionId: undefined, orderId, stop: '1500' }), given: passingSnapshot({ openOrders: fact([openOrder({ category: 'STOP_LOSS', side: 'BUY', price: 1_450 })]) }), word: 'blocks' },
    { it: 'refuses a stop that the market has passed already', action: enterAction({ limitPrice: '1550', bracket: { stop: '1520' } }), given: passingSnapshot(), word: 'blocks' },
    { it: 'refuses moving the stop of a long above the market, but only warns since it sells', action: modifyAction({ stop: '1500' }), given: holding(), word: 'warns' },
    { it: 'blocks a target moved to the wrong side', action: modifyAction({ stop: undefined, target: '1500' }), given: holding(), word: 'blocks' },
    { it: 'lets the stop of a long come up to the market', action: modifyAction({ stop: '1499.95' }), given: holding(), word: 'passes' },
    { it: 'lets the stop of a short come down to it', action: modifyAction({ stop: '1500.05' }), given: holding({ quantity: -40, stop: 1_550 }), word: 'passes' },
    { it: 'refuses the target of a short above the market', action: modifyAction({ stop: undefined, target: '1510' }), given: holding({ quantity: -40, stop: 1_550 }), word: 'blocks', says: 'The target ₹1,510.00 must lie below ₹1,500.00.' },
    { it: 'takes a stop order of a long below the market', action: modifyAction({ positionId: undefined, orderId, stop: '1490' }), given: passingSnapshot({ openOrders: fact([openOrder({ category: 'STOP_LOSS', side: 'SELL', price: 1_450 })]) }), word: 'passes' },
    { it: 'takes one of a short above it', action: modifyAction({ positionId: undefined, orderId, stop: '1510' }), given: passingSnapshot({ openOrders: fact([openOrder({ category: 'STOP_LOSS', side: 'BUY', price: 1_550 })]) }), word: 'passes' },
    { it: 'blocks a stop that is moved without a price', action: modifyAction({ stop: '1400' }), given: { ...holding(), instruments: {} }, word: 'blocks', missing: true, says: 'The price of INFY is not known' },
    { it: 'leaves alone what is not there', action: modifyAction(), given: passingSnapshot(), word: 'does not apply' },
    { it: 'leaves alone what moves neither', action: entryOrder, given: passingSnapshot({ openOrders: fact([openOrder()]) }), word: 'does not apply' },
    { it: 'blocks without a price', action: enterAction(), given: noQuote, word: 'blocks', missing: true },
  ]);
  promises('tick_size', [
    { it: 'takes prices on the tick', action: enterAction({ limitPrice: '1500.05' }), given: passingSnapshot(), word: 'passes' },
    { it: 'blocks an order that is not there', action: entryOrder, given: passingSnapshot(), word: 'blocks', missing: true },
    { it: 'blocks a position that is not there', action: modifyAction(), given: passingSnapshot(), word: 'blocks', missing: true },
    { it: 'refuses a limit between ticks', action: enterAction({ limitPrice: '1500.03' }), given: passingSnapshot(), word: 'blocks', says: /^The limit/, nearest: { change: 'price', price: '1500.05' } },
    { it: 'refuses a stop between ticks', action: enterAction({ bracket: { stop: '1450.01' } }), given: passingSnapshot(), word: 'blocks', says: /^The stop/, nearest: { change: 'price', price: '1450' } },
    { it: 'refuses a price with more decimals than there are', action: enterAction({ limitPrice: '1500.000001' }), given: passingSnapshot(), word: 'blocks' },
    { it: 'only warns for an exit', action: exitAction({ orderType: 'LIMIT', limitPrice: '1500.03' }), given: holding(), word: 'warns' },
    { it: 'only warns for a reduction', action: reduceAction({ orderType: 'LIMIT', limitPrice: '1500.03' }), given: holding(), word: 'warns', says: /^The limit/ },
    { it: 'blocks a symbol whose tick is nothing', action: enterAction(), given: withInstrument({ tickSize: decimal('0') }), word: 'blocks', missing: true, says: /^The tick size is not known/ },
    { it: 'refuses a target between ticks', action: enterAction({ bracket: { stop: '1450', target: '1600.01' } }), given: passingSnapshot(), word: 'blocks', says: /^The target/, nearest: { change: 'price', price: '1600' } },
    { it: 'refuses a stop that is loosened to between ticks', action: modifyAction({ stop: '1430.02' }), given: holding(), word: 'blocks', says: /^The stop/ },
    { it: 'refuses a target that is moved to between ticks', action: modifyAction({ stop: undefined, target: '1650.02' }), given: holding(), word: 'blocks', says: /^The target/ },
    { it: 'only warns of a better entry price between ticks', action: modifyAction({ positionId: undefined, orderId, stop: undefined, limitPrice: '1480.02' }), given: passingSnapshot({ openOrders: fact([openOrder()]) }), word: 'warns', says: /^The limit/ },
    { it: 'suggests no price below one tick', action: enterAction({ bracket: { stop: '0.01' } }), given: passingSnapshot(), word: 'blocks', nearest: { change: 'price', price: '0.05' } },
    { it: 'does not apply to an exit at the market', action: exitAction(), given: holding(), word: 'does not apply' },
    { it: 'blocks for a symbol that was not read', action: enterAction({ symbol: 'TCS' }), given: passingSnapshot(), word: 'blocks', missing: true },
  ]);
  promises('lot_size', [
    { it: 'takes whole lots', action: enterAction({ quantity: 50 }), given: withInstrument({ lotSize: 25 }), word: 'passes' },
    { it: 'refuses one share more', action: enterAction({ quantity: 51 }), given: withInstrument({ lotSize: 25 }), word: 'blocks', says: '51 is not whole lots of 25.', nearest: { change: 'quantity', quantity: 50 } },
    { it: 'reads a lot of nothing as none', action: enterAction(), given: withInstrument({ lotSize: 0 }), word: 'blocks', missing: true, says: /^The lot of INFY is not known/ },
    { it: 'suggests one lot below the first', action: enterAction({ quantity: 20 }), given: withInstrument({ lotSize: 25 }), word: 'blocks', nearest: { change: 'quantity', quantity: 25 } },
    { it: 'blocks for a symbol that was not read', action: enterAction({ symbol: 'TCS' }), given: passingSnapshot(), word: 'blocks', missing: true },
  ]);
  promises('freeze_quantity', [
    { it: 'takes what the exchange takes at once', action: enterAction(), given: withInstrument({ freezeQuantity: 20 }), word: 'passes' },
    { it: 'refuses one share more', action: enterAction({ quantity: 21 }), given: withInstrument({ freezeQuantity: 20 }), word: 'blocks', says: 'One order of 21; the exchange takes 20 at once.', nearest: { change: 'quantity', quantity: 20 } },
    { it: 'does not apply where there is none', action: enterAction(), given: passingSnapshot(), word: 'does not apply' },
    { it: 'lets a structure go, in slices, and says so', action: structureAction({ legs: structureAction().legs.map((leg) => ({ ...leg, lots: 73 })) }), given: structureSnapshot(), word: 'passes', says: /^NIFTY27JUN24P22900, NIFTY27JUN24P23000 go in slices/ },
    { it: 'slices no leg of just the freeze quantity', action: structureAction({ legs: structureAction().legs.map((leg) => ({ ...leg, lots: 72 })) }), given: structureSnapshot(), word: 'passes', says: 'Every leg goes in one order.' },
    { it: 'names the one leg that goes in slices', action: structureAction({ legs: structureAction().legs.map((leg, index) => ({ ...leg, lots: 72 + index })) }), given: structureSnapshot(), word: 'passes', says: /^NIFTY27JUN24P23000 goes in slices/ },
    { it: 'slices nothing that has no freeze quantity', action: structureAction(), given: { ...structureSnapshot(), instruments: {} }, word: 'passes', says: 'Every leg goes in one order.' },
    { it: 'does not apply to a symbol that was not read', action: enterAction({ symbol: 'TCS' }), given: passingSnapshot(), word: 'does not apply' },
    { it: 'knows the freeze quantity of an index by the day', action: structureAction({ legs: structureAction().legs.map((leg) => ({ ...leg, lots: 73 })) }), given: { ...structureSnapshot(), instruments: {}, marketDate: tradingDate('2026-05-04') }, word: 'passes', says: /slices/ },
  ]);
  promises('price_band', [
    { it: 'takes a limit at the edge', action: enterAction({ limitPrice: '1800' }), given: passingSnapshot(), word: 'passes', says: "Inside the band: ₹1,800.00 against today's band of ₹1,200.00 to ₹1,800.00." },
    { it: 'takes one at the lower edge', action: enterAction({ limitPrice: '1200' }), given: passingSnapshot(), word: 'passes' },
    { it: 'suggests a price on the tick within the band', action: enterAction({ limitPrice: '1900' }), given: withInstrument({ priceBand: fact({ low: 1_200.02, high: 1_800.03 }) }), word: 'blocks', nearest: { change: 'price', price: '1800' } },
    { it: 'at its lower edge, too', action: enterAction({ limitPrice: '1100' }), given: withInstrument({ priceBand: fact({ low: 1_200.02, high: 1_800.03 }) }), word: 'blocks', nearest: { change: 'price', price: '1200.05' } },
    { it: 'warns for a market order without a price', action: enterAction({ orderType: 'MARKET', limitPrice: undefined }), given: noQuote, word: 'warns', missing: true, says: 'The price of INFY is not known: no quote.' },
    { it: 'warns of a symbol that was not read', action: enterAction({ symbol: 'TCS' }), given: passingSnapshot(), word: 'warns', missing: true },
    { it: 'refuses one tick beyond', action: enterAction({ limitPrice: '1800.05' }), given: passingSnapshot(), word: 'blocks', nearest: { change: 'price', price: '1800' } },
    { it: 'refuses one tick below', action: enterAction({ limitPrice: '1199.95' }), given: passingSnapshot(), word: 'blocks', nearest: { change: 'price', price: '1200' } },
    { it: 'judges a market order by the last price', action: enterAction({ orderType: 'MARKET', limitPrice: undefined }), given: withInstrument({ priceBand: fact({ low: 1_600, high: 1_800 }) }), word: 'blocks', nearest: null },
    { it: 'lets an exit go', action: exitAction({ orderType: 'LIMIT', limitPrice: '1900' }), given: holding(), word: 'warns' },
    { it: 'warns when the band is not known', action: enterAction(), given: withInstrument({ priceBand: missing('not published') }), word: 'warns', missing: true },
  ]);
  promises('fat_finger', [
    { it: 'takes a limit five percent away', action: enterAction({ limitPrice: '1575' }), given: passingSnapshot(), word: 'passes' },
    { it: 'refuses one tick more', action: enterAction({ limitPrice: '1575.05' }), given: passingSnapshot(), word: 'blocks', says: 'The limit ₹1,575.05 is 5.003 % from the last price ₹1,500.00; 5 % is allowed.', nearest: { change: 'price', price: '1575' } },
    { it: 'refuses one tick less', action: enterAction({ limitPrice: '1424.95' }), given: passingSnapshot(), word: 'blocks', nearest: { change: 'price', price: '1425' } },
    { it: 'suggests a price on the tick, not beyond the bound', action: enterAction({ limitPrice: '1700' }), given: withInstrument({ quote: fact(quote(1_500.55)) }), word: 'blocks', nearest: { change: 'price', price: '1575.55' } },
    { it: 'below the last price, too', action: enterAction({ limitPrice: '1300' }), given: withInstrument({ quote: fact(quote(1_500.55)) }), word: 'blocks', nearest: { change: 'price', price: '1425.55' } },
    { it: 'suggests no price of nothing', action: enterAction({ limitPrice: '1' }), given: withLimits({ fatFingerPercent: 100 }, withInstrument({ quote: fact(quote(0.4)) })), word: 'blocks', nearest: { change: 'price', price: '0.8' } },
    { it: 'does not apply to an order that is not there', action: entryOrder, given: passingSnapshot(), word: 'does not apply' },
    { it: 'refuses a slipped order price', action: modifyAction({ positionId: undefined, orderId, stop: undefined, limitPrice: '14800' }), given: passingSnapshot({ openOrders: fact([openOrder()]) }), word: 'blocks' },
    { it: 'lets an exit go', action: reduceAction({ orderType: 'LIMIT', limitPrice: '1700' }), given: holding(), word: 'warns' },
    { it: 'does not apply at the market', action: enterAction({ orderType: 'MARKET', limitPrice: undefined }), given: passingSnapshot(), word: 'does not apply' },
    { it: 'blocks without a price', action: enterAction(), given: noQuote, word: 'blocks', missing: true },
  ]);
  promises('fat_finger_bracket', [
    { it: 'takes a stop forty percent away', action: enterAction({ bracket: { stop: '900' } }), given: passingSnapshot(), word: 'passes' },
    { it: 'refuses one tick more', action: enterAction({ bracket: { stop: '899.95' } }), given: passingSnapshot(), word: 'blocks', nearest: { change: 'price', price: '900' } },
    { it: 'refuses a slipped target', action: enterAction({ bracket: { stop: '1450', target: '16000' } }), given: passingSnapshot(), word: 'blocks', nearest: { change: 'price', price: '2100' } },
    { it: 'blocks a stop loosened by a slipped digit', action: modifyAction({ stop: '144' }), given: holding(), word: 'blocks' },
    { it: 'leaves the stop of an order to the check of limits', action: modifyAction({ positionId: undefined, orderId }), given: passingSnapshot({ openOrders: fact([openOrder({ category: 'STOP_LOSS', side: 'SELL' })]) }), word: 'does not apply' },
    { it: 'suggests a price on the tick, not beyond the bound', action: enterAction({ bracket: { stop: '1450', target: '16000' } }), given: withInstrument({ quote: fact(quote(1_500.1)) }), word: 'blocks', nearest: { change: 'price', price: '2100.1' } },
    { it: 'below the last price, too', action: enterAction({ bracket: { stop: '150' } }), given: withInstrument({ quote: fact(quote(1_500.1)) }), word: 'blocks', says: 'The stop ₹150.00 is 90 % from the last price; 40 % is allowed.', nearest: { change: 'price', price: '900.1' } },
    { it: 'names the target where it is the farther', action: enterAction({ bracket: { stop: '1450', target: '2000' } }), given: passingSnapshot(), word: 'passes', says: 'The target ₹2,000.00 is 33.3 % from the last price' },
    { it: 'has nothing to say of a position that is not there', action: modifyAction(), given: passingSnapshot(), word: 'does not apply' },
    { it: 'suggests nothing where nobody knows the price', action: modifyAction({ stop: '144' }), given: { ...holding(), instruments: {} }, word: 'blocks', missing: true, nearest: null },
    { it: 'names the farthest price of the two', action: enterAction({ bracket: { stop: '800', target: '2200' } }), given: passingSnapshot(), word: 'blocks', says: /^The target|^The stop ₹800/ , nearest: { change: 'price', price: '900' } },
    { it: 'blocks a target that is moved too far', action: modifyAction({ stop: undefined, target: '15000' }), given: holding(), word: 'blocks', nearest: { change: 'price', price: '2100' } },
    { it: 'leaves alone what moves neither', action: entryOrder, given: passingSnapshot({ openOrders: fact([openOrder()]) }), word: 'does not apply' },
    { it: 'blocks without a price', action: enterAction(), given: noQuote, word: 'blocks', missing: true },
  ]);
  promises('entry_condition', [
    { it: 'passes while the condition holds', action: enterAction({ onlyIf: { comparison: 'ABOVE', price: '1499' } }), given: passingSnapshot(), word: 'passes', says: 'INFY is at ₹1,500.00, to be above ₹1,499.00.' },
    { it: 'tells that the entry waits', action: enterAction({ onlyIf: { comparison: 'ABOVE', price: '1500' } }), given: passingSnapshot(), word: 'warns', says: /the entry waits/ },
    { it: 'passes below, where it is to be below', action: enterAction({ onlyIf: { comparison: 'BELOW', price: '1501' } }), given: passingSnapshot(), word: 'passes', says: 'INFY is at ₹1,500.00, to be below ₹1,501.00.' },
    { it: 'waits until it is', action: enterAction({ onlyIf: { comparison: 'BELOW', price: '1500' } }), given: passingSnapshot(), word: 'warns', says: 'INFY is at ₹1,500.00, to be below ₹1,500.00: the entry waits.' },
    { it: 'does not apply without one', action: enterAction(), given: passingSnapshot(), word: 'does not apply' },
    { it: 'warns without a price', action: enterAction({ accountId, onlyIf: { comparison: 'BELOW', price: '1500' } }), given: noQuote, word: 'warns', missing: true },
  ]);
});
