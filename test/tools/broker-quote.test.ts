import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../db/client.ts';
import type { BrokerQuote } from '../../tools/broker-quote.ts';
import { openTestDatabase } from '../helpers/database.ts';
import { clock, closeOf, day, openToolBench, quoteOf, splitDay, type ToolBench, writeMadeMarket } from './made-market.ts';

let database: Database;
let bench: ToolBench;
beforeAll(async () => { database = await openTestDatabase(); await writeMadeMarket(database); bench = await openToolBench(database, { at: clock('2024-08-26', '11:00') }); });
afterAll(async () => { await database.close(); });
const quote = (input: object): Promise<BrokerQuote> => bench.call<BrokerQuote>('broker_quote', input);

describe('a price now', () => {
  it('is the quote with its age, its spread’s origin and the change from the previous close', async () => {
    const before = closeOf('GAMAPAINT', day('2024-08-23'));
    bench.quotes.set('GAMAPAINT', quoteOf('GAMAPAINT', { at: clock('2024-08-26', '10:59:30'), last: before * 1.02, open: before, previousClose: before }));
    const answer = await quote({ symbol: 'gamapaint' });
    expect(answer).toMatchObject({ status: 'QUOTE', symbol: 'GAMAPAINT', value: before * 1.02, currency: 'INR', quote: { ageSeconds: 30, spreadFrom: 'book' } });
    expect(answer.quote?.changePercent).toBeCloseTo(2, 8);
  });
  it('has no change where the previous close is not known, no open where its source says none, and says that a middle is no trade', async () => {
    bench.quotes.set('GAMAPAINT', { ...quoteOf('GAMAPAINT', { at: clock('2024-08-26', '10:59:30'), last: 1100, open: 1100, previousClose: 1100 }), lastFrom: 'middle', open: null, high: null, low: null, previousClose: null });
    const answer = await quote({ symbol: 'GAMAPAINT' });
    expect(answer).toMatchObject({ status: 'QUOTE', value: 1100, quote: { lastFrom: 'the middle of bid and offer', previousClose: null, changePercent: null, open: null } });
    expect(await quote({ symbol: 'GAMAPAINT', field: 'open' })).toMatchObject({ value: null, reason: 'its source does not say' });
    expect((await bench.call<{ movers?: unknown; gainers: { symbol: string }[]; losers: { symbol: string }[] }>('market_movers', { limit: 50 })).gainers.some(({ symbol }) => symbol === 'GAMAPAINT')).toBe(false);
  });
  it('is null with a reason where nobody knows one', async () => {
    const answer = await quote({ symbol: 'ALFATECH', asOf: '2024-05-01' });
    expect(answer).toMatchObject({ status: 'NO_PRICE', value: null, history: null, reason: 'no price of ALFATECH is known' });
  });
  it('is never a quote where the question is about an earlier moment', async () => {
    expect(await quote({ symbol: 'GAMAPAINT', asOf: '2024-08-23' })).toMatchObject({ status: 'BAR', quote: null, value: closeOf('GAMAPAINT', day('2024-08-23')) });
  });
  it('of “the close” is that of the last session that has ended', async () => {
    expect(await quote({ symbol: 'GAMAPAINT', field: 'close' })).toMatchObject({ status: 'BAR', bar: { date: '2024-08-23' }, value: closeOf('GAMAPAINT', day('2024-08-23')) });
  });
});

describe('a past day', () => {
  it('is given as it was printed, with the factor to today’s prices', async () => {
    const date = day('2024-08-09');
    const answer = await quote({ symbol: 'ALFATECH', date, field: 'close' });
    expect(answer).toMatchObject({ status: 'BAR', value: closeOf('ALFATECH', date), bar: { adjustmentFactor: 0.2, dayText: '9 August' } });
    expect(answer.bar?.adjustedClose).toBeCloseTo(closeOf('ALFATECH', date) * 0.2, 8);
  });
  it('knows nothing of a split that was still to come, though it was announced', async () => {
    expect((await quote({ symbol: 'ALFATECH', date: '2024-08-09', field: 'close', asOf: '2024-08-16' })).bar?.adjustmentFactor).toBe(1);
    expect((await quote({ symbol: 'ALFATECH', date: '2024-08-09', field: 'close', asOf: splitDay })).bar?.adjustmentFactor).toBe(0.2);
  });
  it('with the exchange closed says why and gives the close before', async () => {
    expect(await quote({ symbol: 'DELTAFIN', date: '2024-08-15', field: 'close' })).toMatchObject({
      status: 'CLOSED_DAY', value: null, closed: { dayText: '15 August 2024', reason: 'HOLIDAY', label: 'Independence Day' }, previousSession: { date: '2024-08-14', dayText: '14 August', close: closeOf('DELTAFIN', day('2024-08-14')) },
    });
    expect((await quote({ symbol: 'DELTAFIN', date: '2024-06-17', field: 'close' })).closed?.label).toBe('Bakri Id');
    expect((await quote({ symbol: 'DELTAFIN', date: '2024-08-17', field: 'close' })).closed).toMatchObject({ reason: 'WEEKEND', label: 'Saturday' });
    expect((await quote({ symbol: 'DELTAFIN', date: '2024-07-17', field: 'close' })).closed).toMatchObject({ reason: 'NO_SESSION', label: 'no session' });
  });
  it('outside what is stored says from when to when prices are known', async () => {
    expect(await quote({ symbol: 'DELTAFIN', date: '2023-03-01', field: 'close' })).toMatchObject({ status: 'OUTSIDE_HISTORY', value: null, history: { from: '2024-05-06', to: '2024-08-23' } });
  });
  it('that is today has no close before the session is over, and one that is ahead has nothing', async () => {
    expect(await quote({ symbol: 'DELTAFIN', date: '2024-08-26', field: 'close' })).toMatchObject({ status: 'SESSION_NOT_OVER', value: null, previousSession: { date: '2024-08-23' } });
    expect(await quote({ symbol: 'DELTAFIN', date: '2024-08-29', field: 'close' })).toMatchObject({ status: 'AHEAD', value: null });
    expect(await quote({ symbol: 'DELTAFIN', date: '2024-08-29', field: 'close', asOf: '2024-08-30' })).toMatchObject({ status: 'AHEAD', value: null });
  });
});

describe('a name', () => {
  it('that nobody bears is refused with the nearest ones, and never replaced by one of them', async () => {
    expect(await bench.refusal('broker_quote', { symbol: 'ZORBIX' })).toMatchObject({ code: 'NO_SUCH_SYMBOL', field: 'symbol', message: 'I know no symbol or company “ZORBIX”. Nearest names: none close enough to guess.' });
  });
  it('of a company is looked up', async () => {
    expect(await bench.call('symbol_lookup', { name: 'Deltafin Bank' })).toMatchObject({ kind: 'one', symbol: 'DELTAFIN', sector: 'Financial Services' });
    expect(await bench.call('symbol_lookup', { name: 'Zorbix' })).toMatchObject({ kind: 'unknown', symbol: null, near: [] });
  });
});
