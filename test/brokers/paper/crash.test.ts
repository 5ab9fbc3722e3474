import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PaperBook, PaperBookStore } from '../../../brokers/paper/book.ts';
import { createMemoryBook } from '../../../brokers/paper/memory-book.ts';
import type { BrokerFill, BrokerOrder } from '../../../brokers/define.ts';
import { chargesFor } from '../../../desk/execution/charges.ts';
import { applyFill, flatPosition, openCostMinor } from '../../../desk/execution/position.ts';
import { balancesOf, ledgerFaults, ledgerNames } from '../../../desk/treasury/ledger.ts';
import { postingsForFill, postingsForOpening } from '../../../desk/treasury/postings.ts';
import { decimal, type Decimal, valueMinor } from '../../../desk/decimal.ts';
import { tradingDate } from '../../../desk/time.ts';
import { cleared, exchange, order } from './exchange.ts';

type Moment = 'none' | 'before' | 'within' | 'after';
class Died extends Error {}

/** Dies at the planned moments: before the transaction, within it (nothing of it happens), or after it (the answer is lost). */
function dyingStore(store: PaperBookStore, plan: readonly Moment[]): PaperBookStore {
  let calls = 0;
  return {
    async atomically<T>(work: (book: PaperBook) => Promise<T>): Promise<T> {
      const moment = plan[calls] ?? 'none';
      calls += 1;
      if (moment === 'before') throw new Died();
      const result = await store.atomically(async (book) => {
        const done = await work(book);
        if (moment === 'within') throw new Died();
        return done;
      });
      if (moment === 'after') throw new Died();
      return result;
    },
  };
}

const intents: BrokerOrder[] = [
  order({ clientOrderId: 'entry', quantity: 1_800 }),
  order({
    clientOrderId: 'stop',
    side: 'SELL',
    quantity: 1_800,
    type: 'STOP',
    triggerPrice: decimal(98),
    category: 'STOP_LOSS',
    ocoGroup: 'g',
  }),
  order({
    clientOrderId: 'target',
    side: 'SELL',
    quantity: 1_800,
    type: 'LIMIT',
    limitPrice: decimal(101),
    category: 'TAKE_PROFIT',
    ocoGroup: 'g',
  }),
];
const path: [bid: number, ask: number, size: number][] = [
  [99.95, 100.05, 700],
  [100, 100.05, 1_200],
  [101, 101.05, 400],
  [100, 100.1, 900],
  [97.9, 97.95, 600],
  [97.5, 97.6, 9_000],
];

/** Sends every intent and lets the market run, restarting wherever the process dies. Returns what the desk took in. */
async function run(plan: readonly Moment[]): Promise<{ fills: BrokerFill[]; orders: unknown[] }> {
  const book = createMemoryBook();
  const desk = exchange({ store: dyingStore(book, plan), model: { depthLevels: 2 } });
  let broker = desk.broker;
  const surviving = async <T>(attempt: () => Promise<T>): Promise<T> => {
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof Died)) throw error;
        broker = desk.restarted();
      }
    }
  };
  const taken = new Map<string, BrokerFill>();
  const takeIn = async () => {
    for (const fill of await surviving(() => broker.reads.fillsSince('a1', [...taken.keys()].at(-1) ?? null)))
      taken.set(fill.brokerFillId, fill);
  };
  for (const intent of intents) {
    await surviving(async () => (await broker.reads.lookUp('a1', intent.clientOrderId)) ?? broker.submits.submit(cleared(intent)));
  }
  for (const [bid, ask, size] of path) {
    desk.move(1_000);
    const quote = desk.set(bid, ask, { bidSize: size, askSize: size });
    await surviving(() => broker.onMarket(desk.now(), { quotes: [quote] }));
    await takeIn();
  }
  const orders = await book.atomically((open) => open.orders('a1'));
  return { fills: [...taken.values()], orders };
}

describe('the book of the paper exchange', () => {
  it('ends the same wherever the process dies: one order an intent, every fill once', async () => {
    const calm = await run([]);
    expect(calm.orders).toHaveLength(3);
    expect(calm.fills.length).toBeGreaterThan(4);
    const moments = fc.array(fc.constantFrom<Moment>('none', 'none', 'before', 'within', 'after'), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(moments, async (plan) => {
        expect(await run(plan)).toEqual(calm);
      }),
      { numRuns: 200 },
    );
  });
  it('is the same for the same seed and not for every other', async () => {
    const fillsOf = async (seed: number) => {
      const desk = exchange({ seed });
      await desk.broker.submits.submit(cleared(order({ clientOrderId: 'big', quantity: 50_000 })));
      return (await desk.tick(99.95, 100.05)).map(({ quantity, price }) => [quantity, price]);
    };
    expect(await fillsOf(5)).toEqual(await fillsOf(5));
    expect(new Set(await Promise.all([1, 2, 3, 4].map(async (seed) => JSON.stringify(await fillsOf(seed))))).size).toBeGreaterThan(1);
  });
});

describe('money through the paper exchange', () => {
  const quotes = fc.array(
    fc.record({
      bid: fc.integer({ min: 1_900, max: 2_100 }),
      spread: fc.integer({ min: 1, max: 6 }),
      size: fc.integer({ min: 0, max: 2_000 }),
    }),
    { minLength: 1, maxLength: 25 },
  );
  const orders = fc.array(
    fc.record({
      side: fc.constantFrom('BUY' as const, 'SELL' as const),
      type: fc.constantFrom('MARKET' as const, 'LIMIT' as const, 'STOP' as const),
      ticks: fc.integer({ min: 1_900, max: 2_100 }),
      quantity: fc.integer({ min: 1, max: 4_000 }),
      product: fc.constantFrom('DELIVERY' as const, 'INTRADAY' as const),
      group: fc.constantFrom(null, 'g', 'h'),
      at: fc.integer({ min: 0, max: 20 }),
    }),
    { minLength: 1, maxLength: 8 },
  );

  it('orders, fills, charges, position and ledger tell one story to the paisa', async () => {
    await fc.assert(
      fc.asyncProperty(quotes, orders, async (market, wanted) => {
        const desk = exchange();
        const sent = wanted.map(({ ticks, type, group, at, ...rest }) => ({
          at,
          order: order({
            ...rest,
            type,
            ocoGroup: group,
            limitPrice: type === 'LIMIT' ? decimal((ticks * 0.05).toFixed(2)) : null,
            triggerPrice: type === 'STOP' ? decimal((ticks * 0.05).toFixed(2)) : null,
          }),
        }));
        for (const [index, { bid, spread, size }] of market.entries()) {
          for (const each of sent.filter(({ at }) => at === index)) await desk.broker.submits.submit(cleared(each.order));
          await desk.tick(bid * 0.05, (bid + spread) * 0.05, { bidSize: size, askSize: size, last: bid * 0.05 });
        }
        const fills = await desk.broker.reads.fillsSince('a1', null);
        expect(new Set(fills.map(({ brokerFillId }) => brokerFillId)).size).toBe(fills.length);

        const byId = new Map(sent.map((each) => [each.order.clientOrderId, each.order]));
        for (const state of await desk.broker.reads.orders('a1')) {
          const asked = byId.get(state.clientOrderId);
          const own = fills.filter(({ clientOrderId }) => clientOrderId === state.clientOrderId);
          const filled = own.reduce((sum, { quantity }) => sum + quantity, 0);
          expect(state.filledQuantity).toBe(filled);
          expect(filled).toBeLessThanOrEqual(asked?.quantity ?? 0);
          expect(state.status === 'FILLED').toBe(filled === state.quantity);
          if (!asked || filled === 0) continue;
          // STT, stamp duty and the rest by order, whatever its parts; the depository debit goes by symbol and day.
          const turnoverPaise = own.reduce((sum, { quantity, price }) => sum + valueMinor(price, quantity), 0);
          const whole = chargesFor({
            exchange: 'NSE',
            instrument: 'EQUITY',
            product: asked.product,
            side: asked.side,
            quantity: 1,
            price: (turnoverPaise / 100).toFixed(2) as Decimal,
            date: tradingDate('2025-03-03'),
            depositoryDebited: true,
          });
          if (!whole.known) throw new Error(whole.reason);
          for (const name of ['brokerage', 'stt', 'exchange', 'ipft', 'sebi', 'stampDuty'] as const) {
            expect(own.reduce((sum, { charges }) => sum + (charges[name] ?? 0), 0)).toBe(whole.byName[name] ?? 0);
          }
        }
        const deliverySales = fills.some(
          ({ clientOrderId }) => byId.get(clientOrderId)?.side === 'SELL' && byId.get(clientOrderId)?.product === 'DELIVERY',
        );
        expect(fills.reduce((sum, { charges }) => sum + (charges.dp ?? 0), 0)).toBe(deliverySales ? 1_300 : 0);

        let position = flatPosition;
        let cash = 100_000_000;
        const entries = [postingsForOpening({ accountId: 'a1', cashMinor: cash, opening: 'a1' })];
        for (const { brokerFillId, clientOrderId, quantity, price, charges } of fills) {
          const side = byId.get(clientOrderId)?.side ?? 'BUY';
          const chargesMinor = Object.values(charges).reduce((sum, minor) => sum + minor, 0);
          const applied = applyFill(position, { side, quantity, price, chargesMinor });
          position = applied.position;
          entries.push(postingsForFill({ accountId: 'a1', fillId: brokerFillId, effect: applied.effect, reason: clientOrderId }));
          cash += (side === 'BUY' ? -1 : 1) * valueMinor(price, quantity) - chargesMinor;
        }
        const balances = balancesOf(entries);
        const own = balances.get('a1');
        if (!own) throw new Error('no balances');
        expect(own.cash).toBe(cash);
        expect(own.securities).toBe(openCostMinor(position));
        expect(ledgerNames.reduce((sum, name) => sum + own[name], 0)).toBe(0);
        expect(ledgerFaults(balances).filter(({ fault }) => fault !== 'OVERDRAWN')).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
