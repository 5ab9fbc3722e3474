import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { netPremiumMinor, setsOf, structureMaxLoss, uncovered, withSets } from '../../../../desk/gates/option-payoff.ts';
import { known, missing } from '../../../../desk/gates/snapshot.ts';
import { instant, plusMs } from '../../../../desk/time.ts';
import { exitAction, fact, now, openOrder, otherAccountId, position, quote, reduceAction, structureAction, structureSnapshot, withInstrument, withLimits } from '../fixtures.ts';
import { promises } from './cases.ts';

type Right = 'CALL' | 'PUT';
const leg = (side: 'BUY' | 'SELL', right: Right, strike: number, price: number, overrides: object = {}) =>
  ({ symbol: `X${strike}${right}`, right, strike: String(strike), expiry: '2024-06-27', side, lots: 1, lotSize: 25, limitPrice: String(price), ...overrides });
const structure = (...legs: object[]) => structureAction({ structure: 'custom', maxLossMinor: 0, marginMinor: 0, legs });
const calendar = structure(leg('SELL', 'CALL', 100, 3), leg('BUY', 'CALL', 100, 5, { expiry: '2024-07-25' }));
const spread = structureAction();
const sets = (count: number) => withSets(spread, count);
const given = structureSnapshot();
const shut = (snapshot: typeof given, queuesForOpen = true) => ({ ...snapshot, session: fact({ open: false, tradingDay: true, opensAt: now, closesAt: now, nextOpen: plusMs(now, 3_600_000), reason: 'after the close', queuesForOpen }) });
const fewer = (deployableMinor: number) => ({ ...given, balances: fact({ cashMinor: deployableMinor, reservedMinor: 0, deployableMinor, equityMinor: 50_000_000 }) });

describe('option structures', () => {
  promises('options_enabled', [
    { it: 'passes once the owner has switched options on', action: spread, given, word: 'passes' },
    { it: 'refuses until then, and says where', action: spread, given: withLimits({ optionsTradingEnabled: false }, given), word: 'blocks', says: 'OPTIONS_TRADING_ENABLED', nearest: { change: 'command', say: 'set OPTIONS_TRADING_ENABLED=true in the settings and start the desk again' } },
  ]);
  promises('option_contract', [
    { it: 'takes living contracts with the right lot', action: spread, given, word: 'passes' },
    { it: 'takes a contract on its last day', action: structureAction({ legs: [leg('BUY', 'CALL', 100, 5, { symbol: 'NIFTY27JUN24P22900', expiry: '2024-06-03' })] }), given, word: 'passes' },
    { it: 'refuses one that has expired', action: structureAction({ legs: [leg('BUY', 'CALL', 100, 5, { expiry: '2024-06-02' })] }), given, word: 'blocks', says: 'X100CALL expired on 2024-06-02.' },
    { it: 'refuses a wrong lot', action: structureAction({ legs: spread.legs.map((one) => ({ ...one, lotSize: 50 })) }), given, word: 'blocks', says: /The lot of NIFTY27JUN24P22900 is 25, not 50/ },
    { it: 'warns when no table knows the lot', action: spread, given: { ...given, instruments: {} }, word: 'warns', missing: true, says: 'The lot of NIFTY27JUN24P23000 is not known: no table covers the day.' },
  ]);
  const legAt = (price: number, symbol: 'NIFTY27JUN24P22900' | 'NIFTY27JUN24P23000', asOf = now) => withInstrument({ quote: known(quote(price), 'test', asOf) }, given, symbol);
  /** Both legs at prices of an option chain of so long ago. */
  const storedApart = ({ boughtMs, soldMs, stands }: { boughtMs: number; soldMs: number; stands: boolean }) => {
    const at = (price: number, milliseconds: number) => known(quote(price, { spreadFrom: 'snapshot', stands }), 'test', plusMs(now, milliseconds));
    return withInstrument({ quote: at(140, soldMs) }, withInstrument({ quote: at(100, boughtMs) }, given, 'NIFTY27JUN24P22900'), 'NIFTY27JUN24P23000');
  };
  const storedAt = (milliseconds: number, stands: boolean) => storedApart({ boughtMs: milliseconds, soldMs: milliseconds, stands });
  const closing = structureAction({ legs: [leg('BUY', 'PUT', 23_000, 140, { symbol: 'NIFTY27JUN24P23000', effect: 'CLOSE' })] });
  promises('option_price', [
    { it: 'takes a bought leg five percent over its offer', action: spread, given: legAt(100 / 1.05, 'NIFTY27JUN24P22900'), word: 'passes' },
    { it: 'refuses a bought leg that costs more', action: spread, given: legAt(95.2, 'NIFTY27JUN24P22900'), word: 'blocks', says: /₹100\.00 of NIFTY27JUN24P22900 is 5\.04? % worse than its market at ₹95\.20/ },
    { it: 'refuses a sold leg that brings less', action: spread, given: legAt(147.4, 'NIFTY27JUN24P23000'), word: 'blocks' },
    { it: 'takes limits that are better than the market', action: spread, given: legAt(500, 'NIFTY27JUN24P22900'), word: 'passes' },
    { it: 'takes a sold leg that brings more', action: spread, given: legAt(70, 'NIFTY27JUN24P23000'), word: 'passes', says: 'is 0 % worse than its market' },
    { it: 'names the leg that is the farthest off', action: spread, given: withInstrument({ quote: fact(quote(80)) }, legAt(200, 'NIFTY27JUN24P23000'), 'NIFTY27JUN24P22900'), word: 'blocks', says: 'The limit ₹140.00 of NIFTY27JUN24P23000 is 30 % worse than its market at ₹200.00; 5 % is allowed.' },
    { it: "never takes the underlying's price for a leg's", action: spread, given: { ...given, instruments: { NIFTY: given.instruments.NIFTY! } }, word: 'blocks', missing: true },
  ]);
  promises('stale_data', [
    { it: 'looks at the oldest leg', action: spread, given: legAt(140, 'NIFTY27JUN24P23000', plusMs(now, -61_000)), word: 'blocks', says: /NIFTY27JUN24P23000 is 61 seconds old/ },
    { it: 'takes fresh legs', action: spread, given, word: 'passes' },
    { it: 'takes a stored price that is just made', action: spread, given: storedAt(-30_000, true), word: 'passes', says: /that of 3 June 10:29, 30 seconds old/ },
    { it: 'takes an older one of the present session, and says how old', action: spread, given: storedAt(-45 * 60_000, true), word: 'passes with a caveat', says: /that of 3 June 09:45, 45 minutes old: the newest that this replay has/ },
    { it: 'names the older of two, whichever leg it is', action: spread, given: storedApart({ boughtMs: -45 * 60_000, soldMs: -30 * 60_000, stands: true }), word: 'passes with a caveat', says: /NIFTY27JUN24P22900 is that of 3 June 09:45/ },
    { it: 'the other way round, too', action: spread, given: storedApart({ boughtMs: -30 * 60_000, soldMs: -45 * 60_000, stands: true }), word: 'passes with a caveat', says: /NIFTY27JUN24P23000 is that of 3 June 09:45/ },
    { it: 'counts in hours what is older than an hour and a half', action: spread, given: storedAt(-110 * 60_000, true), word: 'passes with a caveat', says: '2 hours old' },
    { it: 'judges by a leg that is quoted now where only the other is stored', action: spread, given: withInstrument({ quote: known(quote(140), 'test', plusMs(now, -61_000)) }, storedAt(-30_000, true), 'NIFTY27JUN24P23000'), word: 'blocks', says: 'The price of NIFTY27JUN24P23000 is 61 seconds old; the limit is 60.' },
    { it: 'names the older of two that are quoted now', action: spread, given: legAt(140, 'NIFTY27JUN24P23000', plusMs(now, -10_000)), word: 'passes', says: 'The price of NIFTY27JUN24P23000 is 10 seconds old' },
    { it: 'wherever it stands', action: spread, given: legAt(100, 'NIFTY27JUN24P22900', plusMs(now, -10_000)), word: 'passes', says: 'The price of NIFTY27JUN24P22900 is 10 seconds old' },
    { it: 'refuses one of an earlier session', action: spread, given: storedAt(-19 * 3_600_000, false), word: 'blocks', says: /that of 2 June 15:30, before the present session: nothing is traded on it/ },
    { it: 'lets what is held be closed on one', action: closing, given: { ...storedAt(-19 * 3_600_000, false), positions: fact([position({ symbol: 'NIFTY27JUN24P23000', quantity: -25 })]) }, word: 'warns' },
  ]);
  promises('market_hours', [
    { it: 'says that legs at stored prices trade at them while the exchange is closed', action: spread, given: shut(storedAt(-60_000, true)), word: 'passes', says: /legs trade at the last prices of the session/ },
    { it: 'lets others wait for the open', action: spread, given: shut(given), word: 'passes', says: /waits for the open/ },
    { it: 'lets a structure wait of which one leg is not at a stored price', action: spread, given: shut(withInstrument({ quote: fact(quote(140)) }, storedAt(-60_000, true), 'NIFTY27JUN24P23000')), word: 'passes', says: /waits for the open/ },
    { it: 'refuses legs at stored prices where nothing may wait', action: spread, given: shut(storedAt(-60_000, true), false), word: 'blocks' },
  ]);
  /** Both legs quoted around 100, the one that is bought at these prices. */
  const quoted = (bid: number, ask: number, base = legAt(140, 'NIFTY27JUN24P23000')) => withInstrument({ quote: fact(quote(100, { bid, ask })) }, base, 'NIFTY27JUN24P22900');
  promises('option_liquidity', [
    { it: 'takes a spread of three ticks however cheap the option is', action: spread, given: quoted(0.05, 0.2), word: 'passes', says: 'Every leg is quoted within three ticks.' },
    { it: 'measures a spread of four', action: spread, given: quoted(0.05, 0.25), word: 'blocks', says: 'The spread of NIFTY27JUN24P22900 is 133 % of its price; 10 % is allowed.' },
    { it: 'takes a tenth of the middle', action: spread, given: quoted(95, 105), word: 'passes', says: 'The spread of NIFTY27JUN24P22900 is 10 % of its price' },
    { it: 'refuses a tick more', action: spread, given: quoted(95, 105.05), word: 'blocks' },
    { it: 'judges by the widest leg, wherever it stands', action: spread, given: quoted(99, 101, withInstrument({ quote: fact(quote(140, { bid: 120, ask: 160 })) }, given, 'NIFTY27JUN24P23000')), word: 'blocks', says: 'The spread of NIFTY27JUN24P23000 is 28.6 % of its price' },
    { it: 'is not soothed by a leg that is quoted closely', action: spread, given: quoted(80, 120), word: 'blocks', says: 'The spread of NIFTY27JUN24P22900 is 40 % of its price' },
    { it: 'refuses a leg without a bid', action: spread, given: quoted(0, 0.1), word: 'blocks', says: 'NIFTY27JUN24P22900 is not quoted on both sides.' },
    { it: 'refuses a leg whose bid is above its offer', action: spread, given: quoted(105, 95), word: 'blocks', says: 'not quoted on both sides' },
    { it: 'blocks without a quote', action: spread, given: withInstrument({ quote: missing('feed down') }, given, 'NIFTY27JUN24P22900'), word: 'blocks', missing: true, says: 'The price of NIFTY27JUN24P22900 is not known: feed down.' },
    { it: 'does not apply to what is only closed', action: closing, given: { ...quoted(0, 0), positions: fact([position({ symbol: 'NIFTY27JUN24P23000', quantity: -25 })]) }, word: 'does not apply' },
  ]);
  const held = (quantity: number, overrides: object = {}) => ({ ...given, positions: fact([position({ symbol: 'NIFTY27JUN24P23000', quantity, ...overrides })]) });
  promises('option_closing', [
    { it: 'leaves alone what closes nothing', action: spread, given, word: 'does not apply' },
    { it: 'takes back what is sold', action: closing, given: held(-25), word: 'passes', says: 'All that it closes is held.' },
    { it: 'refuses to take back more than is sold', action: closing, given: held(-24), word: 'blocks', says: 'It cannot close: of NIFTY27JUN24P23000 only 24 are left to close.' },
    { it: 'counts an exit of it that is working already', action: closing, given: { ...held(-25), openOrders: fact([openOrder({ symbol: 'NIFTY27JUN24P23000', category: 'EXIT', remainingQuantity: 10 })]) }, word: 'blocks', says: 'only 15 are left to close' },
    { it: 'refuses to close by buying what is bought', action: closing, given: held(25), word: 'blocks', says: 'It cannot close: nothing of NIFTY27JUN24P23000 is held that this would close.' },
    { it: 'refuses to close what nobody holds', action: closing, given, word: 'blocks' },
    { it: "refuses to close another account's", action: closing, given: held(-25, { accountId: otherAccountId }), word: 'blocks' },
    { it: 'judges a roll by the leg that it closes', action: structureAction({ legs: [leg('BUY', 'PUT', 22_900, 100), leg('BUY', 'PUT', 23_000, 140, { symbol: 'NIFTY27JUN24P23000', effect: 'CLOSE' })] }), given, word: 'blocks' },
    { it: 'blocks when nobody knows what is held', action: closing, given: { ...given, positions: missing('broker did not say') }, word: 'blocks', missing: true, says: 'What is held is not known: broker did not say.' },
  ]);
  /** A short and a long put that end on a day, seen at a moment of 3 June. */
  const ending = (expiry: string, side: 'BUY' | 'SELL' = 'SELL') => structureAction({ legs: [leg('BUY', 'PUT', 90, 1, { expiry: '2024-06-27' }), leg(side, 'PUT', 100, 2, { expiry })] });
  const at = (time: string, base = given) => ({ ...base, marketTime: instant(time) });
  const inShares = withInstrument({ settles: 'PHYSICAL' }, given, 'NIFTY');
  promises('option_expiry', [
    { it: 'says how long it lives, by the leg that ends first', action: ending('2024-06-20'), given, word: 'passes', says: 'It lives until 20 June.' },
    { it: 'warns on the last day', action: ending('2024-06-03'), given, word: 'warns', says: 'It expires today: small moves change all of its value.' },
    { it: 'sells until an hour and a half before the end', action: ending('2024-06-03'), given: at('2024-06-03T08:30:00Z'), word: 'warns' },
    { it: 'sells nothing after that', action: ending('2024-06-03'), given: at('2024-06-03T08:31:00Z'), word: 'blocks', says: 'X100PUT expires in 89 minutes; nothing is sold in the last 90.' },
    { it: 'sells nothing that is over', action: ending('2024-06-03'), given: at('2024-06-03T11:00:00Z'), word: 'blocks', says: 'expires in 0 minutes' },
    { it: 'buys until the end', action: ending('2024-06-03', 'BUY'), given: at('2024-06-03T09:59:00Z'), word: 'warns' },
    { it: 'goes by the hours of the exchange it names', action: { ...ending('2024-06-03'), exchange: 'US' as const }, given: at('2024-06-03T11:00:00Z'), word: 'warns' },
    { it: 'says that share options end in shares', action: ending('2024-06-08'), given: inShares, word: 'warns', says: 'Options on NIFTY are settled in shares: what is in the money on 8 June must be delivered or taken.' },
    { it: 'says that margin is asked for from four days before', action: ending('2024-06-07'), given: inShares, word: 'warns', says: 'on 7 June must be delivered or taken, and margin for that is asked for from now on.' },
    { it: 'does not say so of index options', action: ending('2024-06-07'), given: withInstrument({ settles: 'CASH' }, given, 'NIFTY'), word: 'passes' },
    { it: 'judges an underlying that was not read by its days', action: ending('2024-06-20'), given: { ...given, instruments: {} }, word: 'passes' },
    { it: 'does not apply to what is only closed', action: closing, given: at('2024-06-27T09:59:00Z'), word: 'does not apply' },
  ]);
  promises('structure_max_loss', [
    { it: 'recomputes the loss and takes six sets under ₹10,000', action: sets(6), given, word: 'passes', says: '₹9,013; the limit for one is ₹10,000' },
    { it: 'refuses the seventh', action: sets(7), given, word: 'blocks', nearest: { change: 'quantity', quantity: 6 } },
    { it: 'does not believe a proposer who says that nothing can be lost', action: { ...sets(7), maxLossMinor: 0 }, given, word: 'blocks' },
    { it: 'believes a proposer who says that more can be lost', action: { ...spread, maxLossMinor: 1_000_000 }, given, word: 'blocks' },
    { it: 'refuses a loss without a bound', action: structure(leg('SELL', 'CALL', 100, 5)), given, word: 'blocks', says: /no bound/ },
    { it: 'has a bound where shares cover the call', action: structure(leg('SELL', 'CALL', 100, 5)), given: { ...given, positions: fact([position({ symbol: 'NIFTY', quantity: 25 })]) }, word: 'passes', says: 'The structure can lose ₹13;' },
    { it: 'has none with a share too few', action: structure(leg('SELL', 'CALL', 100, 5)), given: { ...given, positions: fact([position({ symbol: 'NIFTY', quantity: 24 })]) }, word: 'blocks', says: /no bound/ },
    { it: 'loses no more than charges by what it closes', action: { ...closing, maxLossMinor: 0 }, given: { ...given, positions: fact([position({ symbol: 'NIFTY27JUN24P23000', quantity: -25 })]) }, word: 'passes', says: 'The structure can lose ₹13;' },
    { it: 'refuses what the proposer says has no bound', action: { ...spread, maxLossMinor: null }, given, word: 'blocks' },
    { it: 'blocks without charges', action: spread, given: { ...given, estimatedChargesMinor: missing('no rates') }, word: 'blocks', missing: true, says: 'What this can lose is not known: charges: no rates.' },
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
    { it: 'lends them whatever else is short', action: structure(leg('SELL', 'CALL', 100, 5)), given: { ...given, positions: fact([position({ symbol: 'NIFTY', quantity: 25 }), position({ symbol: 'TCS', quantity: -25 })]) }, word: 'passes' },
    { it: 'takes no other shares for them', action: structure(leg('SELL', 'CALL', 100, 5)), given: { ...given, positions: fact([position({ symbol: 'TCS', quantity: 25 })]) }, word: 'blocks' },
    { it: 'nor a long option on them', action: structure(leg('SELL', 'CALL', 100, 5)), given: { ...given, positions: fact([position({ symbol: 'NIFTY27JUN24C100', quantity: 25 })]) }, word: 'blocks' },
    { it: 'covers no put by shares', action: structure(leg('SELL', 'PUT', 100, 5)), given: { ...given, positions: fact([position({ symbol: 'NIFTY', quantity: 25 })]) }, word: 'blocks' },
    { it: 'lends no shares for a long call that is sold off', action: structure(leg('SELL', 'CALL', 110, 5), leg('SELL', 'CALL', 100, 5, { effect: 'CLOSE' })), given, word: 'blocks', says: '25 would be sold without cover.' },
    { it: 'lends shares again that this takes a call off', action: structure(leg('SELL', 'CALL', 110, 5), leg('BUY', 'CALL', 100, 5, { symbol: 'NIFTY-27JUN24-100-CE', effect: 'CLOSE' })), given: { ...given, positions: fact([position({ symbol: 'NIFTY', quantity: 25 }), position({ symbol: 'NIFTY-27JUN24-100-CE', quantity: -25 })]) }, word: 'passes' },
    { it: "does not lend another account's shares", action: structure(leg('SELL', 'CALL', 100, 5)), given: { ...given, positions: fact([position({ symbol: 'NIFTY', quantity: 25, accountId: otherAccountId })]) }, word: 'blocks' },
    { it: 'gives nothing for shares that nobody knows of', action: structure(leg('SELL', 'CALL', 100, 5)), given: { ...given, positions: missing('unknown') }, word: 'blocks' },
  ]);
  const [bought, sold] = ['NIFTY-27JUN24-22900-PE', 'NIFTY-27JUN24-23000-PE'];
  /** A put spread of 50 units that is on, with whatever else. */
  const spreadOn = (...others: object[]) => ({ ...given, positions: fact([position({ symbol: bought, quantity: 50 }), position({ symbol: sold, quantity: -50, positionId: 'p2' }), ...others.map((other, index) => position({ positionId: `p${index + 3}`, ...other }))]) });
  const leave = (symbol: string, overrides: object = {}) => exitAction({ symbol, ...overrides });
  promises('naked_short', [
    { it: 'refuses to leave the cover of what is sold', action: leave(bought), given: spreadOn(), word: 'blocks', says: '50 that are sold would be left without cover; close the structure instead.' },
    { it: 'refuses to leave part of it', action: reduceAction({ symbol: bought, quantity: 20 }), given: spreadOn(), word: 'blocks', says: '20 that are sold would be left' },
    { it: 'lets what is sold be bought back', action: { ...leave(sold), positionId: 'p2' }, given: spreadOn(), word: 'passes', says: 'Nothing that is sold loses its cover.' },
    { it: 'lets a part of what is sold be bought back', action: { ...reduceAction({ symbol: sold, quantity: 20 }), positionId: 'p2' }, given: spreadOn(), word: 'passes' },
    { it: 'lets it go where another of its kind covers as long', action: leave(bought), given: spreadOn({ symbol: 'NIFTY-25JUL24-20000-PE', quantity: 50 }), word: 'passes' },
    { it: 'does not where the other ends first', action: leave(bought), given: spreadOn({ symbol: 'NIFTY-20JUN24-20000-PE', quantity: 50 }), word: 'blocks' },
    { it: 'does not where the other is a call', action: leave(bought), given: spreadOn({ symbol: 'NIFTY-27JUN24-22900-CE', quantity: 50 }), word: 'blocks' },
    { it: 'does not where the other is on another underlying', action: leave(bought), given: spreadOn({ symbol: 'BANKNIFTY-27JUN24-22900-PE', quantity: 50 }), word: 'blocks' },
    { it: "does not where the other is another account's", action: leave(bought), given: spreadOn({ symbol: 'NIFTY-27JUN24-22900-PE', quantity: 50, accountId: otherAccountId }), word: 'blocks' },
    { it: 'covers no put by shares', action: leave(bought), given: spreadOn({ symbol: 'NIFTY', quantity: 50 }), word: 'blocks' },
    { it: 'covers a call by shares', action: leave('NIFTY-27JUN24-23000-CE'), given: { ...given, positions: fact([position({ symbol: 'NIFTY-27JUN24-23000-CE', quantity: 50 }), position({ symbol: 'NIFTY-27JUN24-24000-CE', quantity: -50 }), position({ symbol: 'NIFTY', quantity: 50 })]) }, word: 'passes' },
    { it: 'covers no more calls than there are shares', action: leave('NIFTY-27JUN24-23000-CE'), given: { ...given, positions: fact([position({ symbol: 'NIFTY-27JUN24-23000-CE', quantity: 50 }), position({ symbol: 'NIFTY-27JUN24-24000-CE', quantity: -50 }), position({ symbol: 'NIFTY', quantity: 20 })]) }, word: 'blocks', says: '30 that are sold' },
    { it: 'blames nothing on an exit that was without cover before', action: { ...leave(sold), positionId: 'p1' }, given: { ...given, positions: fact([position({ symbol: sold, quantity: -50, positionId: 'p1' }), position({ symbol: 'NIFTY-27JUN24-24000-PE', quantity: -50, positionId: 'p2' })]) }, word: 'passes' },
    { it: 'does not apply to shares', action: exitAction(), given: { ...given, positions: fact([position()]) }, word: 'does not apply' },
  ]);
  promises('margin', [
    { it: 'takes margin and charges to the last rupee', action: spread, given: fewer(301_300), word: 'passes' },
    { it: 'refuses a paisa less', action: spread, given: fewer(301_299), word: 'blocks', nearest: null },
    { it: 'never counts less than the largest loss', action: { ...spread, marginMinor: 0 }, given: fewer(151_299), word: 'blocks' },
    { it: 'counts it beside the margin', action: { ...structure(leg('BUY', 'CALL', 100, 5)), marginMinor: 10_000 }, given: fewer(23_800), word: 'passes' },
    { it: 'and not a paisa less', action: { ...structure(leg('BUY', 'CALL', 100, 5)), marginMinor: 10_000 }, given: fewer(23_799), word: 'blocks' },
    { it: 'counts the premium that is paid', action: structure(leg('BUY', 'CALL', 100, 5)), given: fewer(13_799), word: 'blocks' },
    { it: 'takes it that the free cash is net of what is cleared', action: spread, given: { ...fewer(301_300), committed: [{ actionId: 'x', symbol: 'A', sector: null, valueMinor: 1, riskMinor: 0 }] }, word: 'passes' },
    { it: 'blocks without balances', action: spread, given: { ...given, balances: missing('locked') }, word: 'blocks', missing: true },
    { it: 'blocks without charges', action: spread, given: { ...given, estimatedChargesMinor: missing('no rates') }, word: 'blocks', missing: true, says: 'What this ties up is not known: charges: no rates.' },
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
    expect(withSets(spread, 3)).toMatchObject({ maxLossMinor: 450_000, marginMinor: 900_000 });
    expect(withSets(withSets(spread, 3), 1)).toEqual(spread);
    expect(withSets({ ...spread, maxLossMinor: null }, 3).maxLossMinor).toBeNull();
    fc.assert(fc.property(legs, fc.integer({ min: 1, max: 20 }), (drawn, count) => {
      const action = structure(...drawn.map(({ side, right, strike, price, lots }) => leg(side, right, strike, price, { lots })));
      const one = withSets(action, 1);
      expect(setsOf(withSets(action, count))).toBe(count * setsOf(one));
      const loss = structureMaxLoss(one);
      expect(structureMaxLoss(withSets(action, count))).toBe(loss === null ? null : loss * count);
    }));
  });
});
