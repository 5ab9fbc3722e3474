import { describe } from 'vitest';
import { type GateSnapshot, missing } from '../../../../desk/gates/snapshot.ts';
import { accountId, cancelAction, enterAction, fact, holding, instrument, modifyAction, openOrder, orderId, otherAccountId, passingSnapshot, position, quote, structureAction, withInstrument, withLimits, withMandate } from '../fixtures.ts';
import { promises } from './cases.ts';

const buy = (quantity: number, overrides: object = {}) => enterAction({ quantity, ...overrides });
/** Stop one rupee away, so that only value limits bind. */
const tight = (quantity: number) => buy(quantity, { bracket: { stop: '1499' } });
const positions = (...held: ReturnType<typeof position>[]): GateSnapshot => passingSnapshot({ positions: fact(held) });
const waiting = (...orders: ReturnType<typeof openOrder>[]): GateSnapshot => passingSnapshot({ openOrders: fact(orders) });
const noEquity = passingSnapshot({ balances: missing('ledger locked') });
const broke = passingSnapshot({ balances: fact({ cashMinor: 0, reservedMinor: 0, deployableMinor: 0, equityMinor: 0 }) });
const noPrice = withInstrument({ quote: missing('feed down') });
const noBook = passingSnapshot({ positions: missing('broker did not say') });
const noOrders = passingSnapshot({ openOrders: missing('broker did not say') });
const unpriced = positions(position({ symbol: 'TCS', last: null }));
const committed = (symbol: string, valueMinor: number, overrides: object = {}) => passingSnapshot({ committed: [{ actionId: 'x', symbol, sector: 'Software', valueMinor, riskMinor: 0, ...overrides }] });

describe('liquidity', () => {
  promises('liquidity', [
    { it: 'takes five percent of the average volume', action: buy(50_000), given: passingSnapshot(), word: 'passes' },
    { it: 'refuses one share more', action: buy(50_001), given: passingSnapshot(), word: 'blocks', says: '50,001 shares; 50,000 are 5 % of the 20-day average volume.', nearest: { change: 'quantity', quantity: 50_000 } },
    { it: 'counts entries that are waiting in the symbol', action: buy(49_991), given: waiting(openOrder()), word: 'blocks', says: '50,001 shares with 10 on order already; 50,000 are', nearest: { change: 'quantity', quantity: 49_990 } },
    { it: 'does not count what waits in another symbol or account', action: buy(50_000), given: waiting(openOrder({ symbol: 'TCS' }), openOrder({ accountId: otherAccountId }), openOrder({ category: 'STOP_LOSS' })), word: 'passes' },
    { it: 'keeps the ratio exact', action: buy(290), given: withLimits({ advMaxRatio: 0.29 }, withInstrument({ averageDailyVolume20: fact(1_000) })), word: 'passes' },
    { it: 'suggests nothing when not one share passes', action: buy(1), given: withInstrument({ averageDailyVolume20: fact(19) }), word: 'blocks', nearest: null },
    { it: 'blocks without a volume', action: buy(1), given: withInstrument({ averageDailyVolume20: missing('listed on Monday') }), word: 'blocks', missing: true },
    { it: 'takes a volume of nothing at its word', action: buy(1), given: withInstrument({ averageDailyVolume20: fact(0) }), word: 'blocks', says: '1 share; 0 are' },
    { it: 'blocks for a symbol that was not read', action: buy(1, { symbol: 'TCS' }), given: passingSnapshot(), word: 'blocks', missing: true, says: 'The average volume of TCS is not known: nobody recorded it.' },
    { it: 'blocks when a volume is no volume', action: buy(1), given: withInstrument({ averageDailyVolume20: fact(-1) }), word: 'blocks', missing: true },
    { it: 'blocks when nobody knows what is on order', action: buy(1), given: noOrders, word: 'blocks', missing: true },
  ]);
  promises('liquidity_adv_floor', [
    { it: "takes the mandate's least volume", action: buy(1), given: withInstrument({ averageDailyVolume20: fact(10_000) }), word: 'passes' },
    { it: 'refuses one share a day less', action: buy(1), given: withInstrument({ averageDailyVolume20: fact(9_999) }), word: 'blocks', says: 'INFY trades 9,999 shares a day on average; the mandate asks for 10,000.' },
    { it: 'blocks for a symbol that was not read', action: buy(1, { symbol: 'TCS' }), given: passingSnapshot(), word: 'blocks', missing: true, says: 'nobody recorded it' },
    { it: 'blocks without a volume', action: buy(1), given: withInstrument({ averageDailyVolume20: missing('new') }), word: 'blocks', missing: true },
    { it: 'blocks without a mandate', action: buy(1), given: passingSnapshot({ mandate: missing('none') }), word: 'blocks', missing: true },
  ]);
  promises('liquidity_spread', [
    { it: 'takes a spread at the cap', action: buy(1), given: withInstrument({ quote: fact(quote(1_000, { bid: 997.5, ask: 1_002.5 })) }), word: 'passes', says: 'The spread is 0.5 %; the limit is 0.5 %.' },
    { it: 'refuses a wider one', action: buy(1), given: withInstrument({ quote: fact(quote(1_000, { bid: 997.5, ask: 1_002.55 })) }), word: 'blocks' },
    { it: 'says that a spread was modelled', action: buy(1), given: withInstrument({ quote: fact(quote(1_500, { spreadFrom: 'bars' })) }), word: 'passes with a caveat', says: /modelled from bars/ },
    { it: 'refuses a modelled spread that is too wide', action: buy(1), given: withInstrument({ quote: fact(quote(1_500, { bid: 1_400, spreadFrom: 'bars' })) }), word: 'blocks' },
    { it: 'refuses a market without an offer', action: buy(1), given: withInstrument({ quote: fact(quote(1_500, { ask: 0 })) }), word: 'blocks', says: /Nobody offers INFY/ },
    { it: 'refuses a market without a bid', action: buy(1), given: withInstrument({ quote: fact(quote(1_500, { bid: 0 })) }), word: 'blocks', says: /Nobody bids for INFY/ },
    { it: 'refuses a crossed quote', action: buy(1), given: withInstrument({ quote: fact(quote(1_500, { bid: 1_501 })) }), word: 'blocks', says: 'The quote of INFY is crossed: bid above offer.' },
    { it: 'blocks without a quote', action: buy(1), given: noPrice, word: 'blocks', missing: true },
  ]);
  promises('market_cap', [
    { it: 'does not apply where the mandate asks for none', action: buy(1), given: passingSnapshot(), word: 'does not apply' },
    { it: 'takes the least that the mandate asks for', action: buy(1), given: withMandate({ minMarketCap: 6_000_000_000_000 }), word: 'passes' },
    { it: 'refuses a rupee less', action: buy(1), given: withMandate({ minMarketCap: 6_000_000_000_001 }), word: 'blocks', says: 'INFY is worth ₹60,00,00,00,00,000; the mandate asks for ₹60,00,00,00,00,001.' },
    { it: 'blocks a symbol that was not read', action: buy(1, { symbol: 'TCS' }), given: withMandate({ minMarketCap: 1 }), word: 'blocks', missing: true, says: 'The market capitalisation of TCS is not known: nobody recorded it.' },
    { it: 'blocks when it is asked for and not known', action: buy(1), given: withInstrument({ marketCap: missing('no source') }, withMandate({ minMarketCap: 1 })), word: 'blocks', missing: true },
    { it: 'blocks without a mandate', action: buy(1), given: passingSnapshot({ mandate: missing('none') }), word: 'blocks', missing: true },
  ]);
});

describe('position size', () => {
  // One percent of ₹5,00,000 is ₹5,000; a share risks ₹50 and charges are ₹13, so 99 shares cost ₹4,963.
  promises('position_size', [
    { it: 'takes the most that risk per trade allows', action: buy(99), given: passingSnapshot(), word: 'passes', says: '₹4,963; risk per trade is ₹5,000 (1 % of equity)' },
    { it: 'refuses one share more, charges included', action: buy(100), given: passingSnapshot(), word: 'blocks', says: '₹5,013', nearest: { change: 'quantity', quantity: 99 } },
    { it: 'takes exactly the limit', action: buy(100), given: passingSnapshot({ estimatedChargesMinor: fact(0) }), word: 'passes' },
    { it: 'counts a market order from the offer', action: buy(95, { orderType: 'MARKET', limitPrice: undefined }), given: withInstrument({ quote: fact(quote(1_500, { ask: 1_503 })) }), word: 'blocks', nearest: { change: 'quantity', quantity: 94 } },
    { it: 'counts a short sale at the market from the bid', action: buy(99, { side: 'SELL', product: 'INTRADAY', orderType: 'MARKET', limitPrice: undefined, bracket: { stop: '1550' } }), given: withInstrument({ quote: fact(quote(1_500, { bid: 1_499 })) }), word: 'blocks', nearest: { change: 'quantity', quantity: 97 } },
    { it: 'at the last price where nobody bids', action: buy(99, { side: 'SELL', product: 'INTRADAY', orderType: 'MARKET', limitPrice: undefined, bracket: { stop: '1550' } }), given: withInstrument({ quote: fact(quote(1_500, { bid: 0 })) }), word: 'passes' },
    { it: 'counts a short sale from its limit', action: buy(100, { side: 'SELL', product: 'INTRADAY', bracket: { stop: '1550' } }), given: passingSnapshot(), word: 'blocks', nearest: { change: 'quantity', quantity: 99 } },
    { it: 'counts all of it when the stop protects nothing', action: buy(4, { bracket: { stop: '1500' } }), given: passingSnapshot(), word: 'blocks', nearest: { change: 'quantity', quantity: 3 } },
    { it: 'blocks without charges, for they are not zero', action: buy(1), given: passingSnapshot({ estimatedChargesMinor: missing('no rates for this day') }), word: 'blocks', missing: true, says: 'What this can lose is not known: charges: no rates for this day.' },
    { it: 'blocks without a price', action: buy(1), given: noPrice, word: 'blocks', missing: true },
    { it: 'blocks without equity', action: buy(1), given: noEquity, word: 'blocks', missing: true },
    { it: 'blocks without a mandate', action: buy(1), given: passingSnapshot({ mandate: missing('none') }), word: 'blocks', missing: true },
    { it: 'blocks with no equity left', action: buy(1), given: broke, word: 'blocks' },
    // 40 shares from ₹1,500: a stop at ₹1,375 loses exactly ₹5,000.
    { it: 'lets a stop be loosened as far as risk per trade goes', action: modifyAction({ stop: '1375' }), given: holding(), word: 'passes' },
    { it: 'refuses one tick farther, and names the farthest', action: modifyAction({ stop: '1374.95' }), given: holding(), word: 'blocks', nearest: { change: 'price', price: '1375' } },
    { it: 'names no stop when nobody knows the equity', action: modifyAction({ stop: '1374.95' }), given: { ...holding(), balances: noEquity.balances }, word: 'blocks', missing: true, nearest: null },
    { it: 'names no stop for a symbol that was not read', action: modifyAction({ stop: '1374.95' }), given: { ...holding(), instruments: {} }, word: 'blocks', nearest: null },
    { it: 'names the farthest stop of a short', action: modifyAction({ stop: '1625.05' }), given: holding({ quantity: -40, stop: 1_550 }), word: 'blocks', nearest: { change: 'price', price: '1625' } },
    { it: 'names it on the tick, on the near side', action: modifyAction({ stop: '1300' }), given: holding({ quantity: 43 }), word: 'blocks', nearest: { change: 'price', price: '1383.75' } },
    { it: 'of a short as well', action: modifyAction({ stop: '1700' }), given: holding({ quantity: -43, stop: 1_550 }), word: 'blocks', nearest: { change: 'price', price: '1616.25' } },
    { it: 'takes a stop of a short within risk per trade', action: modifyAction({ stop: '1625' }), given: holding({ quantity: -40, stop: 1_550 }), word: 'passes', says: 'The most this can lose is ₹5,000;' },
    { it: 'names no stop below nothing', action: modifyAction({ stop: '0.05' }), given: withMandate({ riskPerTradePercent: 0.01 }, { ...holding({ quantity: 1, last: 51, stop: 50 }), balances: fact({ cashMinor: 0, reservedMinor: 0, deployableMinor: 0, equityMinor: 50_999_999 }) }), word: 'passes' },
    { it: 'blocks a stop that is moved where nobody knows the last price', action: modifyAction({ stop: '1375' }), given: holding({ last: null }), word: 'blocks', missing: true, says: 'What this can lose is not known: no last price of INFY.', nearest: null },
    { it: 'reads a last price of nothing as none', action: modifyAction({ stop: '1375' }), given: holding({ last: 0 }), word: 'blocks', missing: true, says: 'no last price of INFY' },
    { it: 'blocks a position that is not there', action: modifyAction(), given: passingSnapshot(), word: 'blocks', missing: true, says: 'no such position' },
    { it: 'blocks a position when nobody knows what is held', action: modifyAction(), given: noBook, word: 'blocks', missing: true, says: 'What this can lose is not known: broker did not say.' },
    { it: 'blocks an order that is not there', action: cancelAction(), given: passingSnapshot(), word: 'blocks', missing: true, says: 'no such order' },
    { it: 'names no stop when nobody knows the mandate', action: modifyAction({ stop: '1374.95' }), given: { ...holding(), mandate: missing('none') }, word: 'blocks', missing: true, nearest: null },
    { it: 'loses all of a long whose trail is taken away', action: modifyAction({ stop: undefined, trail: null }), given: holding({ trailDistance: 20, stop: null }), word: 'blocks', says: 'The most this can lose is ₹60,000;', nearest: null },
    { it: 'loses no more than its stop says, where that stays', action: modifyAction({ stop: undefined, trail: null }), given: holding({ trailDistance: 20 }), word: 'passes', says: 'The most this can lose is ₹2,400;' },
    { it: 'does not apply to a stop that is tightened', action: modifyAction({ stop: '1441' }), given: holding(), word: 'does not apply' },
    { it: 'refuses to take the stop of a large position away', action: cancelAction(), given: { ...holding(), openOrders: fact([openOrder({ category: 'STOP_LOSS', side: 'SELL', price: 1_440 })]) }, word: 'blocks', nearest: { change: 'command', say: 'move the stop instead, or exit' } },
    { it: 'measures a stop order that is moved away', action: modifyAction({ positionId: undefined, orderId, stop: '1375' }), given: { ...holding(), openOrders: fact([openOrder({ category: 'STOP_LOSS', side: 'SELL', price: 1_440 })]) }, word: 'passes', says: 'The most this can lose is ₹5,000;' },
    { it: 'refuses it a tick farther', action: modifyAction({ positionId: undefined, orderId, stop: '1374.95' }), given: { ...holding(), openOrders: fact([openOrder({ category: 'STOP_LOSS', side: 'SELL', price: 1_440 })]) }, word: 'blocks', says: 'The most this can lose is ₹5,002;' },
    { it: 'measures a trailing one, too', action: modifyAction({ positionId: undefined, orderId, stop: '1374.95' }), given: { ...holding(), openOrders: fact([openOrder({ category: 'TRAIL', side: 'SELL', price: 1_440 })]) }, word: 'blocks', says: 'The most this can lose is ₹5,002;' },
    { it: 'measures an exit that is cancelled by the stop that stays', action: cancelAction(), given: { ...holding(), openOrders: fact([openOrder({ category: 'EXIT', side: 'SELL' })]) }, word: 'passes', says: 'The most this can lose is ₹2,400;' },
    { it: 'measures the position of the order, not another', action: cancelAction(), given: { ...passingSnapshot({ positions: fact([position({ symbol: 'TCS', quantity: 1 }), position({ accountId: otherAccountId, quantity: 1 }), position()]) }), openOrders: fact([openOrder({ category: 'STOP_LOSS', side: 'SELL', price: 1_440 })]) }, word: 'blocks', says: 'The most this can lose is ₹60,000;' },
    { it: 'loses nothing by cancelling the stop of what is gone', action: cancelAction(), given: passingSnapshot({ openOrders: fact([openOrder({ category: 'STOP_LOSS', side: 'SELL', price: 1_440 })]) }), word: 'does not apply' },
    { it: 'lets the stop of a small one be taken away', action: cancelAction(), given: { ...holding({ quantity: 3 }), openOrders: fact([openOrder({ category: 'STOP_LOSS', side: 'SELL', price: 1_440 })]) }, word: 'passes' },
    { it: 'never lets the stop of a short be taken away', action: cancelAction(), given: { ...holding({ quantity: -1, stop: 1_550 }), openOrders: fact([openOrder({ category: 'STOP_LOSS', side: 'BUY', price: 1_550 })]) }, word: 'blocks', says: 'What this can lose has no bound.' },
    { it: 'measures an entry that is moved to a worse price by its own stop', action: modifyAction({ positionId: undefined, orderId, stop: undefined, limitPrice: '1500' }), given: waiting(openOrder({ stop: 1_400, remainingQuantity: 51 })), word: 'blocks' },
    { it: 'takes fifty at it', action: modifyAction({ positionId: undefined, orderId, stop: undefined, limitPrice: '1500' }), given: waiting(openOrder({ stop: 1_400, remainingQuantity: 50 })), word: 'passes', says: 'The most this can lose is ₹5,000;' },
    { it: 'reads a stop of none as not recorded', action: modifyAction({ positionId: undefined, orderId, stop: undefined, limitPrice: '1500' }), given: waiting(openOrder({ stop: null })), word: 'blocks', missing: true, says: 'was not recorded' },
    { it: 'blocks moving an entry to a worse price when nobody recorded its stop', action: modifyAction({ positionId: undefined, orderId, stop: undefined, limitPrice: '1500' }), given: waiting(openOrder()), word: 'blocks', missing: true, says: 'the stop of the entry in INFY was not recorded' },
    { it: 'measures a short sale that is moved to a worse price', action: modifyAction({ positionId: undefined, orderId, stop: undefined, limitPrice: '1480' }), given: waiting(openOrder({ side: 'SELL', stop: 1_580, remainingQuantity: 51 })), word: 'blocks', says: 'The most this can lose is ₹5,100;' },
    { it: 'takes fifty of them', action: modifyAction({ positionId: undefined, orderId, stop: undefined, limitPrice: '1480' }), given: waiting(openOrder({ side: 'SELL', stop: 1_580, remainingQuantity: 50 })), word: 'passes' },
    { it: 'loses all of an entry that is moved beyond its stop', action: modifyAction({ positionId: undefined, orderId, stop: undefined, limitPrice: '1500' }), given: waiting(openOrder({ stop: 1_500, remainingQuantity: 4 })), word: 'blocks', says: 'The most this can lose is ₹6,000;' },
    { it: 'lets an entry be moved to a better price', action: modifyAction({ positionId: undefined, orderId, stop: undefined, limitPrice: '1480' }), given: waiting(openOrder()), word: 'does not apply' },
  ]);
  promises('position_size_value', [
    { it: 'takes a quarter of equity', action: tight(83), given: passingSnapshot(), word: 'passes' },
    { it: 'refuses more', action: tight(84), given: passingSnapshot(), word: 'blocks', says: '25.2 % of equity', nearest: { change: 'quantity', quantity: 83 } },
    { it: 'counts what is held, waiting and cleared in the symbol', action: tight(62), given: { ...committed('INFY', 150_000), positions: fact([position({ quantity: 10 })]), openOrders: fact([openOrder({ price: 1_500 })]) }, word: 'passes' },
    { it: 'does not count another symbol', action: tight(83), given: positions(position({ symbol: 'TCS', quantity: 50 })), word: 'passes' },
    { it: 'refuses one share on top of that', action: tight(63), given: { ...committed('INFY', 150_000), positions: fact([position({ quantity: 10 })]), openOrders: fact([openOrder({ price: 1_500 })]) }, word: 'blocks', nearest: { change: 'quantity', quantity: 62 } },
    { it: 'blocks without equity', action: tight(1), given: noEquity, word: 'blocks', missing: true },
    { it: 'blocks without a mandate', action: tight(1), given: passingSnapshot({ mandate: missing('none') }), word: 'blocks', missing: true },
    { it: 'blocks when nobody knows what is held', action: tight(1), given: noBook, word: 'blocks', missing: true },
    { it: 'blocks without a price', action: tight(1), given: noPrice, word: 'blocks', missing: true },
  ]);
  const five = ['A', 'B', 'C', 'D', 'E'].map((symbol, index) => position({ symbol, positionId: `p${index}`, quantity: 1 }));
  promises('position_size_count', [
    { it: 'takes the first position', action: tight(1), given: passingSnapshot(), word: 'passes', says: 'There would be 1 position; the mandate allows 5.' },
    { it: 'takes the fifth position of five', action: tight(1), given: positions(...five.slice(1)), word: 'passes' },
    { it: 'counts the underlying of an option structure', action: structureAction(), given: positions(...five), word: 'blocks' },
    { it: 'does not count it twice', action: structureAction(), given: positions(...five.slice(1), position({ symbol: 'NIFTY' })), word: 'passes' },
    { it: 'blocks without a mandate', action: tight(1), given: passingSnapshot({ mandate: missing('none') }), word: 'blocks', missing: true, says: "The account's mandate is not known" },
    { it: 'refuses the sixth', action: tight(1), given: positions(...five), word: 'blocks', says: 'There would be 6 positions; the mandate allows 5.', nearest: { change: 'command', say: 'exit a position first' } },
    { it: 'counts entries that wait and those that are cleared', action: tight(1), given: { ...positions(...five.slice(2)), openOrders: fact([openOrder({ symbol: 'X' })]), committed: [{ actionId: 'x', symbol: 'Y', sector: null, valueMinor: 1, riskMinor: 1 }], instruments: { INFY: instrument('INFY'), X: instrument('X') } }, word: 'blocks' },
    { it: 'takes more of a symbol that is held', action: tight(1), given: positions(...five.slice(1), position()), word: 'passes' },
    { it: 'blocks when nobody knows what is held', action: tight(1), given: noBook, word: 'blocks', missing: true },
  ]);
});

describe('exposure', () => {
  const other = position({ symbol: 'TCS', positionId: 'p2', quantity: 50, sector: 'Software' });
  const elsewhere = position({ symbol: 'ITC', positionId: 'p3', quantity: 50, sector: 'Tobacco' });
  promises('exposure', [
    { it: 'takes thirty percent of equity in a sector', action: tight(50), given: positions(other), word: 'passes', says: 'Software would be 30 % of equity; the limit is 30 %.' },
    { it: 'refuses one share more', action: tight(51), given: positions(other), word: 'blocks', says: 'Software would be 30.3 % of equity', nearest: { change: 'quantity', quantity: 50 } },
    { it: 'keeps to the mandate when that is tighter', action: tight(18), given: withMandate({ maxSectorExposurePercent: 20 }, positions(other)), word: 'blocks', nearest: { change: 'quantity', quantity: 16 } },
    { it: 'counts the same symbol whatever sector was recorded for it', action: tight(51), given: positions(position({ quantity: 50, sector: 'Elsewhere' })), word: 'blocks' },
    { it: 'does not count what is closed, whatever its price', action: tight(100), given: positions(position({ symbol: 'TCS', quantity: 0, last: null })), word: 'passes' },
    { it: 'counts in a sector of its own what was not read', action: tight(100), given: { ...positions(position({ symbol: 'WIPRO', sector: null, quantity: 50 })) }, word: 'passes' },
    { it: 'does not count other sectors', action: tight(100), given: positions(elsewhere), word: 'passes' },
    { it: "does not count another account's positions", action: tight(100), given: positions(position({ accountId: otherAccountId, quantity: 1_000 })), word: 'passes' },
    { it: 'counts entries that wait in the sector', action: tight(51), given: { ...waiting(openOrder({ symbol: 'TCS', sector: 'Software', remainingQuantity: 50, price: 1_500 })) }, word: 'blocks' },
    { it: "does not count exits and stops that wait, nor another account's entries", action: tight(99), given: waiting(...(['EXIT', 'STOP_LOSS', 'TAKE_PROFIT'] as const).map((category) => openOrder({ symbol: 'TCS', sector: 'Software', category, remainingQuantity: 50, price: 1_500 })), openOrder({ symbol: 'TCS', sector: 'Software', accountId: otherAccountId, remainingQuantity: 50, price: 1_500 }), openOrder({ symbol: 'TCS', sector: 'Software', remainingQuantity: 0, price: 1_500 })), word: 'passes' },
    { it: 'counts actions that are cleared in the sector', action: tight(51), given: committed('TCS', 7_500_000), word: 'blocks' },
    { it: 'does not count cleared exits', action: tight(51), given: committed('TCS', 7_500_000, { exitQuantity: 50 }), word: 'passes' },
    { it: 'counts shorts as well as longs', action: tight(51), given: positions({ ...other, quantity: -50 }), word: 'blocks' },
    { it: 'counts a symbol without a sector in one of its own', action: tight(100), given: withInstrument({ sector: missing('new listing') }, positions(other)), word: 'passes', says: 'INFY alone would be' },
    { it: 'counts a waiting market order at the last price', action: tight(51), given: { ...waiting(openOrder({ symbol: 'TCS', price: null, remainingQuantity: 50 })), instruments: { INFY: instrument('INFY'), TCS: instrument('TCS') } }, word: 'blocks' },
    { it: 'blocks when a waiting market order has no price', action: tight(1), given: waiting(openOrder({ symbol: 'TCS', price: null })), word: 'blocks', missing: true, says: /TCS, which is on order/ },
    { it: 'blocks when something held has no price', action: tight(1), given: unpriced, word: 'blocks', missing: true, says: /TCS, which is held/ },
    { it: 'reads a price of zero for something held as no price', action: tight(1), given: positions(position({ symbol: 'TCS', last: 0 })), word: 'blocks', missing: true },
    { it: 'reads a waiting price of zero as none, and counts the last price', action: tight(51), given: { ...waiting(openOrder({ symbol: 'TCS', price: 0, remainingQuantity: 50 })), instruments: { INFY: instrument('INFY'), TCS: instrument('TCS') } }, word: 'blocks' },
    { it: 'counts a waiting short sale at no less than the market', action: tight(51), given: { ...waiting(openOrder({ symbol: 'TCS', side: 'SELL', price: 1_400, remainingQuantity: 50 })), instruments: { INFY: instrument('INFY'), TCS: instrument('TCS') } }, word: 'blocks' },
    { it: 'counts a waiting purchase at its limit', action: tight(51), given: { ...waiting(openOrder({ symbol: 'TCS', price: 1_400, remainingQuantity: 50 })), instruments: { INFY: instrument('INFY'), TCS: instrument('TCS') } }, word: 'passes' },
    { it: 'blocks when nobody knows what is held', action: tight(1), given: noBook, word: 'blocks', missing: true },
    { it: 'blocks when nobody knows what is on order', action: tight(1), given: noOrders, word: 'blocks', missing: true },
    { it: 'blocks without equity', action: tight(1), given: noEquity, word: 'blocks', missing: true },
    { it: 'blocks with no equity left', action: tight(1), given: broke, word: 'blocks' },
    { it: 'blocks without a mandate', action: tight(1), given: passingSnapshot({ mandate: missing('none') }), word: 'blocks', missing: true },
  ]);
  promises('exposure_sector_known', [
    { it: 'passes with a sector', action: tight(1), given: passingSnapshot(), word: 'passes', says: 'INFY is in Software.' },
    { it: 'warns without', action: tight(1), given: withInstrument({ sector: missing('new listing') }), word: 'warns', missing: true, says: 'The sector of INFY, which counts in a sector of its own, is not known: new listing.' },
    { it: 'warns of a symbol that was not read', action: buy(1, { symbol: 'TCS' }), given: passingSnapshot(), word: 'warns', missing: true },
  ]);
  promises('exposure_single_name', [
    { it: 'takes a fifth of equity', action: tight(66), given: passingSnapshot(), word: 'passes' },
    { it: 'counts what is held of it, and of nothing else', action: tight(26), given: positions(position(), other), word: 'passes', says: 'INFY would be 19.8 % of equity' },
    { it: 'refuses a share more of it', action: tight(27), given: positions(position(), other), word: 'blocks', nearest: { change: 'quantity', quantity: 26 } },
    { it: 'refuses more', action: tight(67), given: passingSnapshot(), word: 'blocks', nearest: { change: 'quantity', quantity: 66 } },
    { it: 'blocks without a price', action: tight(1), given: noPrice, word: 'blocks', missing: true },
  ]);
  const short = (quantity: number) => buy(quantity, { side: 'SELL', product: 'INTRADAY', bracket: { stop: '1501' } });
  const gross = (limit: number, base: GateSnapshot) => withLimits({ maxGrossPercent: limit, maxNetPercent: limit }, base);
  promises('exposure_gross', [
    { it: 'adds longs and shorts', action: tight(34), given: gross(40, positions(other, { ...elsewhere, quantity: -50 })), word: 'blocks', says: 'Gross exposure would be 40.2 % of equity; the limit is 40 %.', nearest: { change: 'quantity', quantity: 33 } },
    { it: 'takes what fits', action: tight(33), given: gross(40, positions(other, { ...elsewhere, quantity: -50 })), word: 'passes' },
    { it: 'blocks when nobody knows what is held', action: tight(1), given: noBook, word: 'blocks', missing: true },
  ]);
  promises('exposure_net', [
    { it: 'sets shorts against longs', action: tight(133), given: gross(40, positions(other, { ...elsewhere, quantity: -50 })), word: 'passes' },
    { it: 'refuses what goes beyond', action: tight(134), given: gross(40, positions(other, { ...elsewhere, quantity: -50 })), word: 'blocks', says: 'Net long exposure would be 40.2 % of equity', nearest: { change: 'quantity', quantity: 133 } },
    { it: 'never fails a purchase for being net short', action: tight(1), given: gross(10, positions({ ...elsewhere, quantity: -500 })), word: 'passes' },
    { it: 'gives nothing for a short sale that may not fill', action: tight(134), given: gross(40, waiting(openOrder({ symbol: 'ITC', side: 'SELL', price: 1_500 }))), word: 'blocks' },
    { it: 'measures a short sale against net short', action: short(134), given: gross(40, positions(other, { ...elsewhere, quantity: -50 })), word: 'blocks', says: 'Net short exposure would be 40.2 % of equity', nearest: { change: 'quantity', quantity: 133 } },
    { it: 'takes what longs make room for', action: short(133), given: gross(40, positions(other, { ...elsewhere, quantity: -50 })), word: 'passes' },
    { it: 'never fails a short sale for being net long', action: short(1), given: gross(10, positions({ ...elsewhere, quantity: 500 })), word: 'passes' },
    { it: 'gives nothing for a purchase that may not fill', action: short(134), given: gross(40, waiting(openOrder({ symbol: 'ITC', price: 1_500 }))), word: 'blocks' },
    { it: 'and takes nothing for it', action: short(133), given: gross(40, waiting(openOrder({ symbol: 'ITC', price: 1_500 }))), word: 'passes' },
    { it: 'counts a short sale that waits', action: short(124), given: gross(40, waiting(openOrder({ symbol: 'ITC', side: 'SELL', price: 1_500 }))), word: 'blocks', nearest: { change: 'quantity', quantity: 123 } },
    { it: 'counts what is cleared against a purchase', action: tight(124), given: gross(40, committed('ITC', 1_500_000)), word: 'blocks', nearest: { change: 'quantity', quantity: 123 } },
    { it: 'and against a short sale, since it does not say its side', action: short(124), given: gross(40, committed('ITC', 1_500_000)), word: 'blocks', nearest: { change: 'quantity', quantity: 123 } },
    { it: 'does not apply without a limit', action: tight(1), given: { ...passingSnapshot(), limits: (({ maxNetPercent: _none, ...rest }) => rest)(passingSnapshot().limits) }, word: 'does not apply' },
  ]);
  const moving = (...symbols: string[]) => ({ ...withLimits({ maxClusterPercent: 25 }, positions(other, elsewhere)), correlatedWith: fact(symbols) });
  promises('exposure_cluster', [
    { it: 'counts the symbols that move together', action: tight(34), given: moving('TCS'), word: 'blocks', nearest: { change: 'quantity', quantity: 33 }, says: 'INFY with the 1 that move with it' },
    { it: 'takes what fits', action: tight(33), given: moving('TCS'), word: 'passes' },
    { it: 'does not count those that do not', action: tight(50), given: moving(), word: 'passes', says: /^INFY would be/ },
    { it: 'warns when there is too little history', action: tight(1), given: passingSnapshot({ correlatedWith: missing('12 sessions of history') }), word: 'warns', missing: true, says: 'What moves with INFY is not known: 12 sessions of history.' },
  ]);
});

describe('cash', () => {
  const cash = (rupees: number) => passingSnapshot({ balances: fact({ cashMinor: 50_000_000, reservedMinor: 0, deployableMinor: rupees * 100, equityMinor: 50_000_000 }) });
  promises('buying_power', [
    { it: 'takes value with charges to the last rupee', action: buy(20), given: cash(30_013), word: 'passes' },
    { it: 'refuses a rupee less', action: buy(20), given: cash(30_012), word: 'blocks', says: 'Needs ₹30,013 with charges; ₹30,012 is free to use.', nearest: { change: 'quantity', quantity: 19 } },
    { it: 'takes it that the free cash is net of what is cleared', action: buy(20), given: { ...cash(30_013), committed: committed('TCS', 1_000_000).committed }, word: 'passes', says: 'is free to use beside what is cleared already' },
    { it: 'counts a limit order at its limit, not at the market', action: buy(20, { limitPrice: '1450', bracket: { stop: '1400' } }), given: cash(29_013), word: 'passes' },
    { it: 'and no lower', action: buy(20, { limitPrice: '1450', bracket: { stop: '1400' } }), given: cash(29_012), word: 'blocks' },
    { it: 'blocks a limit order without a limit', action: { ...buy(1), limitPrice: undefined }, given: passingSnapshot(), word: 'blocks', missing: true, says: 'What this costs is not known: price: a limit order has no limit price.' },
    { it: 'counts a market order at the offer', action: buy(20, { orderType: 'MARKET', limitPrice: undefined }), given: withInstrument({ quote: fact(quote(1_500, { ask: 1_505 })) }, cash(30_113)), word: 'passes' },
    { it: 'counts a short sale at no less than the market', action: buy(20, { side: 'SELL', product: 'INTRADAY', limitPrice: '1450', bracket: { stop: '1550' } }), given: cash(30_012), word: 'blocks' },
    { it: 'blocks without balances', action: buy(1), given: noEquity, word: 'blocks', missing: true },
    { it: 'blocks without charges', action: buy(1), given: passingSnapshot({ estimatedChargesMinor: missing('no rates') }), word: 'blocks', missing: true, says: 'What this costs is not known: charges: no rates.' },
    { it: 'blocks without a price', action: buy(1), given: noPrice, word: 'blocks', missing: true, says: 'What this costs is not known: price: feed down.' },
    { it: 'counts what a dearer limit ties up', action: modifyAction({ positionId: undefined, orderId, stop: undefined, limitPrice: '1500' }), given: { ...cash(99), openOrders: fact([openOrder({ accountId })]) }, word: 'blocks' },
    { it: 'counts no more than the difference', action: modifyAction({ positionId: undefined, orderId, stop: undefined, limitPrice: '1500' }), given: { ...cash(100), openOrders: fact([openOrder()]) }, word: 'passes', says: 'Needs ₹100' },
    { it: 'asks for nothing when an order at the market gets a limit', action: modifyAction({ positionId: undefined, orderId, stop: undefined, limitPrice: '1500' }), given: { ...cash(0), openOrders: fact([openOrder({ price: null })]) }, word: 'does not apply' },
    { it: 'does not take an exit that is cleared for cash that is spoken for', action: buy(20), given: { ...cash(30_013), committed: committed('TCS', 1_000_000, { exitQuantity: 10 }).committed }, word: 'passes', says: '₹30,013 is free to use.' },
    { it: 'asks for nothing when an exit is moved', action: modifyAction({ positionId: undefined, orderId, stop: undefined, limitPrice: '1500' }), given: { ...cash(0), openOrders: fact([openOrder({ category: 'EXIT' })]) }, word: 'does not apply' },
    { it: 'asks for nothing when a stop is moved', action: modifyAction(), given: { ...cash(0), positions: holding().positions }, word: 'does not apply' },
    { it: 'charges a larger order in proportion', action: buy(40), given: { ...cash(60_026), chargesQuantity: 20 }, word: 'passes' },
    { it: 'takes charges as they stand where nobody says for how many they are', action: buy(20), given: { ...cash(30_013), chargesQuantity: 0 }, word: 'passes' },
    { it: 'and not a paisa less', action: buy(40), given: { ...passingSnapshot({ balances: fact({ cashMinor: 1, reservedMinor: 0, deployableMinor: 6_002_599, equityMinor: 50_000_000 }) }), chargesQuantity: 20 }, word: 'blocks' },
    { it: 'charges a smaller order as much', action: buy(10), given: { ...passingSnapshot({ balances: fact({ cashMinor: 1, reservedMinor: 0, deployableMinor: 1_501_299, equityMinor: 50_000_000 }) }), chargesQuantity: 20 }, word: 'blocks' },
    { it: 'charges one between two sizes like the larger of them', action: buy(8), given: { ...cash(12_007), chargesQuantity: 20, chargesOfSmaller: [[10, 700], [5, 400]] }, word: 'passes' },
    { it: 'and takes no paisa less for it', action: buy(8), given: { ...passingSnapshot({ balances: fact({ cashMinor: 1, reservedMinor: 0, deployableMinor: 1_200_699, equityMinor: 50_000_000 }) }), chargesQuantity: 20, chargesOfSmaller: [[10, 700], [5, 400]] }, word: 'blocks' },
    { it: 'charges one above the halves like the whole', action: buy(11), given: { ...cash(16_513), chargesQuantity: 20, chargesOfSmaller: [[10, 700], [5, 400]] }, word: 'passes' },
    { it: 'and that to the paisa', action: buy(11), given: { ...passingSnapshot({ balances: fact({ cashMinor: 1, reservedMinor: 0, deployableMinor: 1_651_299, equityMinor: 50_000_000 }) }), chargesQuantity: 20, chargesOfSmaller: [[10, 700], [5, 400]] }, word: 'blocks' },
    { it: 'asks for nothing when a limit gets cheaper', action: modifyAction({ positionId: undefined, orderId, stop: undefined, limitPrice: '1480' }), given: { ...cash(0), openOrders: fact([openOrder()]) }, word: 'does not apply' },
  ]);
});
