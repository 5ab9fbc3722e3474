import fc from 'fast-check';
import type { ActionOf } from '../../../desk/actions/types.ts';
import type { GateSnapshot } from '../../../desk/gates/snapshot.ts';
import { enterAction, fact, instrument, mandateTerms, openOrder, otherAccountId, passingSnapshot, position, quote, withLimits } from './fixtures.ts';

/** Prices on the five-paise tick. */
export const price = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min: min * 20, max: max * 20 }).map((ticks) => ticks / 20);
const symbols = ['INFY', 'TCS', 'ITC', 'COALINDIA'] as const;
const sectors = ['Software', 'Tobacco', 'Energy'] as const;

const heldPosition = fc.record({ symbol: fc.constantFrom(...symbols), sector: fc.option(fc.constantFrom(...sectors)), quantity: fc.integer({ min: -60, max: 60 }), last: price(50, 2_000), mine: fc.boolean() })
  .map(({ mine, ...facts }) => position({ ...facts, positionId: `p-${facts.symbol}`, ...(mine ? {} : { accountId: otherAccountId }) }));
const waitingOrder = fc.record({
  symbol: fc.constantFrom(...symbols), side: fc.constantFrom('BUY' as const, 'SELL' as const), remainingQuantity: fc.integer({ min: 1, max: 60 }), price: price(50, 2_000),
  category: fc.constantFrom('ENTRY' as const, 'EXIT' as const, 'STOP_LOSS' as const), sector: fc.constantFrom(...sectors),
}).map((facts) => openOrder(facts));
const committedAction = fc.record({ symbol: fc.constantFrom(...symbols), sector: fc.option(fc.constantFrom(...sectors)), valueMinor: fc.integer({ min: 1, max: 10_000_000 }) })
  .map((facts) => ({ actionId: 'x', riskMinor: 0, ...facts }));

/** Charges of a half, a quarter …: each so many percent of the one before, so that they never rise as the size falls. */
function halves(quantity: number, charges: number, percents: readonly number[]): [number, number][] {
  const found: [number, number][] = [];
  let [size, minor] = [Math.floor(quantity / 2), charges];
  for (const percent of percents) {
    if (size === 0) break;
    minor = Math.floor((minor * percent) / 100);
    found.push([size, minor]);
    size = Math.floor(size / 2);
  }
  return found;
}

/** A desk with anything on it: whatever the limits say of an entry, all its facts are there. */
export const anySnapshot: fc.Arbitrary<GateSnapshot> = fc.record({
  last: price(100, 3_000), spreadTicks: fc.integer({ min: 0, max: 40 }), volume: fc.integer({ min: 100, max: 5_000_000 }), lotSize: fc.constantFrom(1, 1, 25, 75), freezeQuantity: fc.option(fc.integer({ min: 100, max: 5_000 })),
  equityMinor: fc.integer({ min: 100_000, max: 1_000_000_000 }), deployablePercent: fc.integer({ min: 0, max: 100 }),
  positions: fc.array(heldPosition, { maxLength: 5 }), openOrders: fc.array(waitingOrder, { maxLength: 4 }), committed: fc.array(committedAction, { maxLength: 3 }),
  risk: fc.integer({ min: 1, max: 400 }).map((basis) => basis / 100), sector: fc.integer({ min: 5, max: 100 }), name: fc.integer({ min: 5, max: 100 }), ratio: fc.integer({ min: 1, max: 20 }).map((percent) => percent / 100),
  charges: fc.integer({ min: 0, max: 10_000 }), chargesQuantity: fc.option(fc.integer({ min: 1, max: 500 }), { nil: undefined }), smallerPercent: fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 9 }), correlatedWith: fc.subarray([...symbols]), maxNetPercent: fc.option(fc.integer({ min: 5, max: 150 }), { nil: undefined }),
}).map((drawn) => {
  const { equityMinor, last, chargesQuantity } = drawn;
  const base = passingSnapshot({
    balances: fact({ cashMinor: equityMinor, reservedMinor: 0, deployableMinor: Math.floor((equityMinor * drawn.deployablePercent) / 100), equityMinor }),
    mandate: fact({ ...mandateTerms({ riskPerTradePercent: drawn.risk, maxSectorExposurePercent: drawn.sector, maxPositionPercent: drawn.name, maxPositions: 50 }), version: 1 }),
    instruments: {
      INFY: instrument('INFY', {
        quote: fact(quote(last, { bid: last, ask: (Math.round(last * 20) + drawn.spreadTicks) / 20 })), averageDailyVolume20: fact(drawn.volume), lotSize: drawn.lotSize, freezeQuantity: drawn.freezeQuantity,
        priceBand: fact({ low: Math.round(last * 18) / 20, high: Math.round(last * 22) / 20 }),
      }),
    },
    positions: fact(drawn.positions), openOrders: fact(drawn.openOrders), committed: drawn.committed, correlatedWith: fact(drawn.correlatedWith),
    estimatedChargesMinor: fact(drawn.charges), ...(chargesQuantity === undefined ? {} : { chargesQuantity, chargesOfSmaller: halves(chargesQuantity, drawn.charges, drawn.smallerPercent) }),
  });
  const { maxNetPercent: _default, ...limits } = withLimits({ advMaxRatio: drawn.ratio, maxSectorExposure: drawn.sector / 100, maxSingleNamePercent: drawn.name }, base).limits;
  return { ...base, limits: drawn.maxNetPercent === undefined ? limits : { ...limits, maxNetPercent: drawn.maxNetPercent } };
});

/** An entry in INFY near its last price, long or short, in whole lots. */
export const entryFor = (snapshot: GateSnapshot): fc.Arbitrary<ActionOf<'enter'>> => {
  const facts = snapshot.instruments.INFY;
  const last = facts?.quote.known ? facts.quote.value.last : 1_500;
  return fc.record({
    lots: fc.integer({ min: 1, max: 400 }), away: fc.integer({ min: -30, max: 30 }), stopTicks: fc.integer({ min: 1, max: 400 }), long: fc.boolean(), atMarket: fc.boolean(),
  }).map(({ lots, away, stopTicks, long, atMarket }) => {
    const limit = Math.round(last * 20 + away);
    const stop = Math.max(1, limit + (long ? -stopTicks : stopTicks));
    return enterAction({
      quantity: lots * (facts?.lotSize ?? 1), side: long ? 'BUY' : 'SELL', product: long ? 'DELIVERY' : 'INTRADAY', bracket: { stop: String(stop / 20) },
      ...(atMarket ? { orderType: 'MARKET', limitPrice: undefined } : { limitPrice: String(limit / 20) }),
    });
  });
};
export const entryOnDesk: fc.Arbitrary<{ snapshot: GateSnapshot; action: ActionOf<'enter'> }> = anySnapshot.chain((snapshot) => entryFor(snapshot).map((action) => ({ snapshot, action })));
