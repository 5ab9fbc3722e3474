import { describe, expect, it } from 'vitest';
import type { OptionQuote } from '../../../desk/options/chain.ts';
import type { ChainSnapshot } from '../../../desk/options/stored-chain.ts';
import { at, epochMs, type Instant, tradingDate } from '../../../desk/time.ts';
import { createReplay } from '../../../feeds/replay/replay.ts';
import type { ContractSizes, KnownChain, ReplayHistory } from '../../../feeds/replay/replay-history.ts';
import { storedOptions } from '../../../feeds/replay/stored-options.ts';
import { recordingSink } from './hand-timer.ts';
import { calendar, listedHistory } from './market-week.ts';

const on = (date: string, time: string): Instant => at(tradingDate(date), time, 'Asia/Kolkata');
const date = tradingDate('2024-06-03');
const ms = (time: string): number => epochMs(on('2024-06-03', time));
const call = 'NIFTY-06JUN24-22500-CE';

function chain(asOf: Instant, bid: number, changes: Partial<ChainSnapshot> & { source?: string; lotSize?: number | null; expiry?: string } = {}): KnownChain {
  const { source = 'nse', lotSize = 75, expiry = '2024-06-06', ...rest } = changes;
  const quote = { bid, ask: bid + 0.5, last: bid + 0.2, at: null, volume: 15_000, openInterest: 10, openInterestChange: 1, bidSize: 150, askSize: 225, previousClose: 80 };
  return { source, knownAt: asOf, snapshot: { underlying: 'NIFTY', exchange: 'NSE', asOf, spot: 22_500, pricedFrom: 'QUOTES', openInterestUnit: 'CONTRACTS', expiries: [{ expiry: tradingDate(expiry), lotSize, strikes: [{ strike: 22_500, call: quote, put: null }] }], ...rest } };
}
const sizes = new Map<string, ContractSizes>([['NIFTY', { lotSize: null, freezeQuantity: 1800, settles: 'CASH' as const }]]);

describe('options in a replay', () => {
  it('are quoted as the latest chain that is known printed them, and never from one that is not', () => {
    const options = storedOptions({ date, chains: [chain(on('2024-06-03', '12:00'), 110), chain(on('2024-05-31', '15:30'), 100)], sizes });
    expect(options.quote(call, ms('11:59'))).toMatchObject({ at: on('2024-05-31', '15:30'), bid: 100, ask: 100.5 });
    expect(options.quote(call, ms('12:00'))).toEqual({ symbol: call, at: on('2024-06-03', '12:00'), last: 110.2, bid: 110, ask: 110.5, bidSize: 150, askSize: 225, volume: 1_125_000, open: null, high: null, low: null, previousClose: 80, spreadFrom: 'snapshot' });
    expect(options.stops).toContain(ms('12:00'));
  });

  it('of one moment with bids and offers beat closing prices, and closing prices are quoted with a modelled spread, of what traded', () => {
    const closing = chain(on('2024-05-31', '15:30'), 100, { source: 'file', pricedFrom: 'CLOSES' });
    expect(storedOptions({ date, chains: [closing, chain(on('2024-05-31', '15:30'), 90)], sizes }).quote(call, ms('09:00'))).toMatchObject({ bid: 90, spreadFrom: 'snapshot' });
    expect(storedOptions({ date, chains: [closing], sizes }).quote(call, ms('09:00'))).toMatchObject({ last: 100.2, bid: 99.65, ask: 100.75, spreadFrom: 'close' });
    const untraded = structuredClone(closing);
    untraded.snapshot.expiries[0]!.strikes[0]!.call!.volume = 0;
    expect(storedOptions({ date, chains: [untraded], sizes }).quote(call, ms('09:00'))).toBeNull();
  });

  it('say that a previous close is not known, and that without a trade the last price is what is quoted', () => {
    const quoteWith = (changes: Partial<OptionQuote>) => {
      const silent = chain(on('2024-05-31', '15:30'), 100);
      const told = silent.snapshot.expiries[0]!.strikes[0]!;
      told.call = { ...told.call!, ...changes };
      return storedOptions({ date, chains: [silent], sizes }).quote(call, ms('09:00'));
    };
    expect(quoteWith({ previousClose: null })).toMatchObject({ last: 100.2, previousClose: null });
    expect(quoteWith({})).not.toHaveProperty('lastFrom');
    expect(quoteWith({ last: null })).toMatchObject({ last: 100.25, lastFrom: 'middle', previousClose: 80 });
    expect(quoteWith({ last: 0, ask: null })).toMatchObject({ last: 100, lastFrom: 'bid', ask: 0 });
    expect(quoteWith({ last: null, bid: 0 })).toMatchObject({ last: 100.5, lastFrom: 'ask', bidSize: 0 });
    expect(quoteWith({ last: null, bid: null, ask: null })).toBeNull();
  });

  it('have a size at the top where the chain tells none, of whole lots, at least one', () => {
    const silent = chain(on('2024-05-31', '15:30'), 100);
    const told = silent.snapshot.expiries[0]!.strikes[0]!.call!;
    delete told.bidSize;
    told.volume = 1;
    expect(storedOptions({ date, chains: [silent], sizes }).quote(call, ms('09:00'))).toMatchObject({ bidSize: 75, askSize: 225 });
  });

  it('are listed with the lot that the chain says, else the exchange’s lists; where nobody says it they cannot be traded', () => {
    const listed = (lotSize: number | null, of = sizes) => storedOptions({ date, chains: [chain(on('2024-05-31', '15:30'), 100, { lotSize })], sizes: of }).contract(call, ms('09:00'));
    expect(listed(75)).toEqual({ exchange: 'NSE', lotSize: 75, tickSize: '0.05', freezeQuantity: 1800, settles: 'CASH' });
    expect(listed(null, new Map([['NIFTY', { lotSize: 25, freezeQuantity: null, settles: 'CASH' as const }]]))).toMatchObject({ lotSize: 25 });
    expect(listed(null)).toBeNull();
  });

  it('end with their last day, and other names are none of theirs', () => {
    const options = storedOptions({ date, chains: [chain(on('2024-05-30', '15:30'), 100, { expiry: '2024-05-31' })], sizes });
    expect(options.quote('NIFTY-31MAY24-22500-CE', ms('09:00'))).toBeNull();
    expect(options.quote('NIFTY', ms('09:00'))).toBeNull();
    expect(options.quote('NIFTY-06JUN24-22600-CE', ms('09:00'))).toBeNull();
  });

  it('change at the moment at which their chain becomes known, as does the index that they are on', async () => {
    const history: ReplayHistory = {
      ...listedHistory({ daily: [{ symbol: 'NIFTY', date: tradingDate('2024-05-31'), open: 22_400, high: 22_600, low: 22_300, close: 22_530, volume: 0 }] }), isIndex: (symbol) => symbol === 'NIFTY',
      optionChains: async ({ date: day, after }) => [chain(on('2024-05-31', '15:30'), 100, { spot: null }), chain(on('2024-06-03', '12:00'), 110)].filter(({ knownAt }) => knownAt <= after || knownAt.startsWith(day)), contractSizes: async () => sizes,
    };
    const replay = createReplay({ history, startAt: on('2024-06-03', '11:00'), speed: 1, wallClock: () => on('2024-06-03', '11:00'), calendar, frozen: true, setTimer: null });
    await replay.start(recordingSink());
    expect(replay.quote(call)).toMatchObject({ bid: 100 });
    expect(replay.quote('NIFTY')).toMatchObject({ last: 22_530, spreadFrom: 'bars' });
    await replay.advance(61 * 60_000);
    expect(replay.quote(call)).toMatchObject({ bid: 110, at: on('2024-06-03', '12:00') });
    expect(replay.quote('NIFTY')).toMatchObject({ last: 22_500, previousClose: 22_530, at: on('2024-06-03', '12:00'), spreadFrom: 'snapshot' });
    expect(replay.contract?.(call)).toMatchObject({ lotSize: 75 });
    await replay.stop();
  });
});
