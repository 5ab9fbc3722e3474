import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../db/client.ts';
import { writeFacts } from '../../db/stores/facts.ts';
import { writeForeignBars } from '../../db/stores/published.ts';
import { decimal } from '../../desk/decimal.ts';
import { at, plusDays, tradingDate } from '../../desk/time.ts';
import type { FeedRecord } from '../../feeds/define.ts';
import type { BrokerQuote } from '../../tools/broker-quote.ts';
import type { CorporateActionsOutput } from '../../tools/corporate-actions.ts';
import type { MarketFeatures } from '../../tools/market-features.ts';
import type { PriceStatisticsOutput } from '../../tools/price-statistics.ts';
import { openTestDatabase } from '../helpers/database.ts';
import { bonusDay, clock, closeOf, day, openToolBench, sessions, splitDay, type ToolBench, writeMadeMarket, zone } from './made-market.ts';

let database: Database;
let bench: ToolBench;
beforeAll(async () => {
  database = await openTestDatabase();
  await writeMadeMarket(database);
  await writeFacts(database.orm, [...renamed(), ...funds()], clock('2025-05-01', '16:00'));
  bench = await openToolBench(database, { at: clock('2024-08-26', '08:00') });
});
afterAll(async () => { await database.close(); });

/** Three schemes of two houses with a value of two days each. */
function funds(): FeedRecord[] {
  const value = (scheme: string, name: string, date: string, nav: number): FeedRecord => ({ type: 'fund_nav', fund: { scheme, isin: null, name, date: tradingDate(date), nav }, knownAt: at(tradingDate(date), '23:59:59', zone), source: 'amfi' });
  return [['101', 'Alpha Flexi Cap Fund - Direct Plan - Growth', 74.1234], ['102', 'Alpha Flexi Cap Fund - Regular Plan - Growth', 68.5], ['103', 'Beta Small Cap Fund - Direct Plan - Growth', 20]].flatMap(([scheme, name, nav]) => [value(String(scheme), String(name), '2023-12-29', Number(nav) / 1.25), value(String(scheme), String(name), '2024-05-31', Number(nav))]);
}

/** A share that was called ZOMATO before 9 April 2025 and ETERNAL from then on, in ten sessions. */
function renamed(): FeedRecord[] {
  const record = (symbol: string): FeedRecord => ({ type: 'symbol', symbol: { symbol, exchange: 'NSE', name: symbol === 'ZOMATO' ? 'Zomato Limited' : 'Eternal Limited', kind: 'EQUITY', isin: 'INE758T01015', lotSize: 1, tickSize: decimal('0.05'), aliases: [] }, knownAt: clock(symbol === 'ZOMATO' ? '2024-01-01' : '2025-04-09', '09:00'), source: 'made' });
  const bar = (offset: number): FeedRecord => {
    const date = plusDays(tradingDate('2025-04-07'), offset);
    const close = 200 + offset;
    return { type: 'daily_bar', bar: { symbol: date < '2025-04-09' ? 'ZOMATO' : 'ETERNAL', date, open: close, high: close + 1, low: close - 1, close, volume: 1000, previousClose: close - 1 }, knownAt: at(date, '15:30', zone), source: 'made' };
  };
  return [record('ZOMATO'), record('ETERNAL'), ...[0, 1, 2, 3, 4].map(bar)];
}
const closes = (symbol: string, from: string, to: string): number[] => sessions.filter((date) => date >= from && date <= to).map((date) => closeOf(symbol, date));
const refused = async (name: string, input: object): Promise<string> => (await bench.refusal(name, input)).code;

describe('a share of the US', () => {
  const dates = ['2024-08-19', '2024-08-20', '2024-08-21', '2024-08-22', '2024-08-23'].map((date) => tradingDate(date));
  beforeAll(async () => {
    const closes = [400, 410, 102.5, 103, 101];
    await writeForeignBars(database.orm, dates.map((date, i) => ({ exchange: 'US', bar: { symbol: 'APPL', date, open: closes[i]!, high: closes[i]! + 1, low: closes[i]! - 1, close: closes[i]!, volume: 1000 }, knownAt: clock(date, '23:59'), source: 'test' })));
  });
  it('has its printed close of a day in dollars, and none on a day without trade', async () => {
    expect(await bench.call('broker_quote', { symbol: 'APPL', date: '2024-08-20', field: 'close' })).toMatchObject({ status: 'BAR', value: 410, currency: 'USD', exchange: 'US' });
    expect(await bench.call('broker_quote', { symbol: 'APPL', date: '2024-08-18', field: 'close' })).toMatchObject({ status: 'OUTSIDE_HISTORY', value: null });
  });
  it('has its indicators of the sessions after the last such step, and none of before its last day', async () => {
    expect(await bench.call('market_features', { symbol: 'APPL', indicator: 'sma', length: 3 })).toMatchObject({ currency: 'USD', session: '2024-08-23', sessions: 3, historyFrom: '2024-08-21', indicator: { value: Number(((102.5 + 103 + 101) / 3).toFixed(2)) } });
    expect(await bench.call('market_features', { symbol: 'APPL', indicator: 'sma', length: 5 })).toMatchObject({ indicator: { value: null }, reason: expect.stringContaining('needs more than the 3 sessions') as unknown });
  });
  it('is never measured across a step that only a split explains', async () => {
    const found = await bench.call<PriceStatisticsOutput>('price_statistics', { symbol: 'APPL', from: '2024-08-19', to: '2024-08-23' });
    expect(found).toMatchObject({ currency: 'USD', from: '2024-08-21', brokenAt: '2024-08-21', sessions: 3 });
    expect(found.statistics?.high).toMatchObject({ price: 104, on: '2024-08-22' });
    expect(await bench.call('market_bars', { symbol: 'APPL', from: '2024-08-19', to: '2024-08-23' })).toMatchObject({ summary: { changePercent: null } });
  });
});

describe('shares by the size of their move', () => {
  it('are those whose close moved by more, the largest first, and of shares without the session before nothing is told', async () => {
    const found = await bench.call<{ session: string; found: number; counted: number; rows: { symbol: string; measured: number }[] }>('market_screen', { condition: 'ROSE_OVER', level: 0.1 });
    const before = sessions.filter((date) => date < found.session).at(-1)!;
    for (const row of found.rows) expect(row.measured).toBeCloseTo((closeOf(row.symbol, tradingDate(found.session)) / closeOf(row.symbol, before) - 1) * 100, 1);
    expect(found.rows.map(({ measured }) => measured)).toEqual(found.rows.map(({ measured }) => measured).toSorted((a, b) => b - a));
    expect(found.rows.every(({ measured }) => measured > 0.1)).toBe(true);
  });
});

describe('shares that stand out', () => {
  type Screened = { session: string; fromText: string | null; found: number; counted: number; short: number; rows: { symbol: string; measured: number }[] };
  it('over a stretch moved from the close before its first day, in comparable prices', async () => {
    const found = await bench.call<Screened>('market_screen', { condition: 'ROSE_OVER', level: 0.1, from: '2024-08-12' });
    expect(found.fromText).toBe('12 August');
    expect(found.rows.length).toBeGreaterThan(0);
    for (const { symbol, measured } of found.rows) {
      const moved = (await bench.call<PriceStatisticsOutput>('price_statistics', { symbol, from: '2024-08-12', to: found.session })).statistics?.changePercent ?? Number.NaN;
      expect(measured).toBeCloseTo(moved, 1);
    }
  });
  it('opened above the close before by more than was asked, the widest gap first', async () => {
    const found = await bench.call<Screened>('market_screen', { condition: 'GAP_UP', level: 0.01 });
    for (const { symbol, measured } of found.rows) {
      const { statistics } = await bench.call<PriceStatisticsOutput>('price_statistics', { symbol, sessions: 1, to: found.session });
      expect(measured).toBeCloseTo(statistics?.gapPercent ?? Number.NaN, 1);
    }
    const all = [...found.rows, ...(await bench.call<Screened>('market_screen', { condition: 'GAP_DOWN', level: 0 })).rows];
    expect(all.length).toBeGreaterThan(0);
    expect(all.length).toBeLessThanOrEqual(found.counted);
  });
  it('traded more than so many times the average of the sessions before, without the session itself', async () => {
    const found = await bench.call<Screened>('market_screen', { condition: 'VOLUME_TIMES', level: 0.5, length: 5 });
    expect(found.rows.length).toBeGreaterThan(0);
    for (const { symbol, measured } of found.rows.slice(0, 3)) {
      const volume = async (input: object): Promise<number> => (await bench.call<PriceStatisticsOutput>('price_statistics', { symbol, ...input })).statistics?.averageVolume ?? Number.NaN;
      const before = sessions.filter((date) => date < found.session).at(-1)!;
      expect(measured).toBeCloseTo((await volume({ sessions: 1, to: found.session })) / (await volume({ sessions: 5, to: before })), 1);
    }
  });
  it('are refused for a stretch that begins after the day', async () => expect(await refused('market_screen', { condition: 'ROSE_OVER', from: '2024-09-30' })).toBe('INVALID_PERIOD'));
});

describe('statistics of a share', () => {
  it('count the days that closed above a price and below it', async () => {
    const closed = closes('GAMAPAINT', '2024-07-01', '2024-07-31');
    const level = closed.toSorted((a, b) => a - b)[Math.floor(closed.length / 2)]! + 0.001;
    const [above, below] = [closed.filter((close) => close > level).length, closed.filter((close) => close < level).length];
    expect((await bench.call<PriceStatisticsOutput>('price_statistics', { symbol: 'GAMAPAINT', from: '2024-07-01', to: '2024-07-31', level })).closes).toMatchObject({ level, above, below, firstAbove: expect.any(String) as unknown, abovePercent: (100 * above) / closed.length, belowPercent: (100 * below) / closed.length });
  });
  it('are in the prices of the moment, with what was printed beside them', async () => {
    const { statistics, adjustedFor, sessions: count } = await bench.call<PriceStatisticsOutput>('price_statistics', { symbol: 'ALFATECH', from: '2024-06-01', to: '2024-08-23' });
    const adjusted = sessions.filter((date) => date >= '2024-06-01' && date <= '2024-08-23').map((date) => closeOf('ALFATECH', date) * (date < splitDay ? 0.2 : 1));
    expect(count).toBe(adjusted.length);
    expect(statistics?.highestClose.price).toBeCloseTo(Math.max(...adjusted), 2);
    expect(statistics?.highestClose.printed).toBeCloseTo(5 * Math.max(...adjusted), 1);
    expect(adjustedFor).toEqual(['Face value split from 10 to 2 (19 August)']);
  });
  it('of the last so many sessions end at the last one before the moment', async () => {
    const found = await bench.call<PriceStatisticsOutput>('price_statistics', { symbol: 'GAMAPAINT', sessions: 20 });
    const last = sessions.filter((date) => date <= '2024-08-23').slice(-20);
    expect(found).toMatchObject({ sessions: 20, from: last[0], to: '2024-08-23', statistics: { returns: 20, averageVolume: 400_000 } });
    expect(found.statistics?.averageClose).toBeCloseTo(last.reduce((sum, date) => sum + closeOf('GAMAPAINT', date), 0) / 20, 2);
  });
  it('hold a share against the index, and say over how many sessions', async () => {
    const { against } = await bench.call<PriceStatisticsOutput>('price_statistics', { symbol: 'DELTAFIN', against: 'NIFTY', sessions: 40 });
    expect(against).toMatchObject({ symbol: 'NIFTY', returns: 40 });
    expect(Math.abs(against?.correlation ?? 2)).toBeLessThanOrEqual(1);
  });
  it('of a time without prices are none, with the reason', async () => {
    expect(await bench.call('price_statistics', { symbol: 'GAMAPAINT', from: '2020-01-01', to: '2020-12-31' })).toMatchObject({ statistics: null, reason: expect.stringMatching(/^prices of GAMAPAINT are stored from 6 May 2024 to 23 August 2024, none of that time$/) });
    expect(await refused('price_statistics', { symbol: 'GAMAPAINT', from: '2024-08-02', to: '2024-08-01' })).toBe('INVALID_PERIOD');
    expect(await refused('price_statistics', { symbol: 'ZORBIX' })).toBe('NO_SUCH_SYMBOL');
  });
});

describe('a share that changed its symbol', () => {
  it('is known under the name of the day, with the prices that it had under the former one', async () => {
    bench.now.at = clock('2025-04-08', '16:00');
    expect(bench.market.resolve('zomato')).toMatchObject({ symbol: 'ZOMATO' });
    expect(bench.market.resolve('zomato', tradingDate('2025-04-09'))).toMatchObject({ symbol: 'ETERNAL' });
    expect(await bench.call<BrokerQuote>('broker_quote', { symbol: 'zomato', field: 'close' })).toMatchObject({ symbol: 'ZOMATO', value: 201 });
    bench.now.at = clock('2025-04-12', '16:00');
    expect(await bench.call<BrokerQuote>('broker_quote', { symbol: 'zomato', date: '2025-04-07', field: 'close' })).toMatchObject({ symbol: 'ETERNAL', status: 'BAR', value: 200 });
    expect(await bench.call<PriceStatisticsOutput>('price_statistics', { symbol: 'ETERNAL' })).toMatchObject({ sessions: 5, history: { from: '2025-04-07' }, statistics: { low: { price: 199, onText: '7 April' } } });
    bench.now.at = clock('2024-08-26', '08:00');
  });
});

describe('an indicator', () => {
  it('is taken over the length and on the day that were asked for', async () => {
    const { indicator, session } = await bench.call<MarketFeatures>('market_features', { symbol: 'GAMAPAINT', indicator: 'sma', length: 50, asOf: '2024-08-14' });
    const window = closes('GAMAPAINT', '2024-05-06', '2024-08-14').slice(-50);
    expect(session).toBe('2024-08-14');
    expect(indicator).toMatchObject({ period: '50 sessions', lines: {} });
    expect(indicator?.value).toBeCloseTo(window.reduce((sum, close) => sum + close, 0) / 50, 2);
    expect(await refused('market_features', { symbol: 'GAMAPAINT', indicator: 'macd', length: 9 })).toBe('LENGTH_FIXED');
  });
});

describe('the whole market', () => {
  it('is screened against averages in adjusted prices', async () => {
    const found = await bench.call<{ counted: number; found: number; rows: { symbol: string; close: number; measured: number }[] }>('market_screen', { condition: 'ABOVE_AVERAGE', length: 20 });
    expect(found.counted).toBe(6);
    for (const row of found.rows) expect(row.close).toBeGreaterThan(row.measured);
    expect(found.rows.find((row) => row.symbol === 'ALFATECH')?.measured ?? 0).toBeLessThan(120);
    expect(await bench.call('market_screen', { condition: 'YEAR_HIGH' })).toMatchObject({ counted: 0, reason: 'no share has a history long enough' });
  });
  it('meets several conditions at once only where it meets each of them', async () => {
    interface Screened { counted: number; rows: { symbol: string; others: number[] }[] }
    const screened = async (input: object): Promise<Screened> => bench.call<Screened>('market_screen', { limit: 200, ...input });
    const names = ({ rows }: Screened): string[] => rows.map(({ symbol }) => symbol);
    for (const [first, second] of [[{ condition: 'ABOVE_AVERAGE', length: 20 }, { condition: 'ROSE_OVER', level: 0.1 }], [{ condition: 'RSI_BELOW', level: 60 }, { condition: 'BELOW_AVERAGE', length: 10 }]] as const) {
      const [one, other, both] = [names(await screened(first)), names(await screened(second)), await screened({ ...first, also: [second] })];
      expect(names(both).toSorted()).toEqual(one.filter((symbol) => other.includes(symbol)).toSorted());
      for (const row of both.rows) expect(row.others).toHaveLength(1);
    }
  });
  it('ranks by volatility over a stretch, each as the statistics of the share have it', async () => {
    const { rows } = await bench.call<{ rows: { symbol: string; measured: number }[] }>('market_screen', { condition: 'VOLATILITY_HIGHEST', from: '2024-07-01' });
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.map(({ measured }) => measured)).toEqual(rows.map(({ measured }) => measured).toSorted((a, b) => b - a));
    const [first] = rows;
    const { statistics } = await bench.call<PriceStatisticsOutput>('price_statistics', { symbol: first!.symbol, from: '2024-07-01' });
    expect(first?.measured).toBeCloseTo(statistics?.volatilityPercent ?? Number.NaN, 2);
  });
  it('tells when averages crossed, of one share and of all that did, in adjusted prices', async () => {
    interface Crossed { counted: number; crosses: { symbol: string; on: string; way: string }[]; above: number; below: number; sessions: number; reason: string | null }
    const dates = sessions.filter((date) => date <= '2024-08-23');
    const average = (symbol: string, at: number, length: number): number => dates.slice(at - length + 1, at + 1).reduce((sum, date) => sum + closeOf(symbol, date), 0) / length;
    const expected = dates.flatMap((date, at) => {
      if (at < 10 || date < '2024-06-01') return [];
      const [before, now] = [at - 1, at].map((place) => average('GAMAPAINT', place, 3) - average('GAMAPAINT', place, 10));
      return (before ?? 0) < 0 && (now ?? 0) > 0 ? [{ on: date, way: 'UP' }] : (before ?? 0) > 0 && (now ?? 0) < 0 ? [{ on: date, way: 'DOWN' }] : [];
    });
    const found = await bench.call<Crossed>('average_crosses', { symbol: 'GAMAPAINT', short: 3, long: 10, from: '2024-06-01' });
    expect(expected.length).toBeGreaterThan(2);
    expect(found.crosses.toReversed()).toMatchObject(expected);
    expect(found.above + found.below).toBe(found.sessions);
    const all = await bench.call<Crossed>('average_crosses', { short: 3, long: 10, from: '2024-06-01', way: 'UP', limit: 200 });
    expect(all.crosses.filter(({ symbol }) => symbol === 'GAMAPAINT').toReversed()).toMatchObject(expected.filter(({ way }) => way === 'UP'));
    // A split is no fall: the share that was split crosses no oftener than it would have without it.
    expect(all.crosses.filter(({ symbol }) => symbol === 'ALFATECH').map(({ on }) => on)).not.toContain(splitDay);
    expect(await bench.call<Crossed>('average_crosses', { symbol: 'GAMAPAINT', short: 50, long: 399 })).toMatchObject({ crosses: [], reason: expect.stringContaining('too short a history') as unknown });
    expect(await refused('average_crosses', { symbol: 'GAMAPAINT', short: 50, long: 20 })).toBe('INVALID_LENGTHS');
  });
  it('counts the days that a share moved by more than so many percent, and what part of all they are', async () => {
    const days = sessions.filter((date) => date >= '2024-07-01' && date <= '2024-07-31');
    const moves = days.map((date) => 100 * (closeOf('GAMAPAINT', date) / closeOf('GAMAPAINT', sessions[sessions.indexOf(date) - 1]!) - 1));
    const { moved, statistics } = await bench.call<PriceStatisticsOutput>('price_statistics', { symbol: 'GAMAPAINT', from: '2024-07-01', to: '2024-07-31', move: 0.5 });
    expect(moved).toMatchObject({ up: moves.filter((move) => move > 0.5).length, down: moves.filter((move) => move < -0.5).length });
    expect(moved?.eitherPercent).toBeCloseTo((100 * moves.filter((move) => Math.abs(move) > 0.5).length) / days.length, 8);
    expect(statistics?.upPercent).toBeCloseTo((100 * moves.filter((move) => move > 0).length) / days.length, 8);
    expect(statistics?.medianVolume).toBe(400_000);
    expect(statistics?.relativeVolume).toEqual({ times: 1, average: 400_000, sessions: 20 });
    expect((await bench.call<PriceStatisticsOutput>('price_statistics', { symbol: 'GAMAPAINT', sessions: 1, usual: 250 })).statistics?.relativeVolume).toBeNull();
  });
  it('shows how sectors moved, each share counting the same', async () => {
    const { rows } = await bench.call<{ rows: { sector: string; members: number; meanPercent: number }[] }>('sector_moves', { sector: 'power', period: { from: '2024-08-01', to: '2024-08-23' } });
    expect(rows).toMatchObject([{ sector: 'Power', members: 1 }]);
    expect(rows[0]?.meanPercent).toBeCloseTo(100 * (closeOf('BETAGRID', day('2024-08-23')) / (0.5 * closeOf('BETAGRID', day('2024-07-31'))) - 1), 6);
  });
});

describe('what is on record', () => {
  it('of splits and bonuses is what was published and what only the prices show, each with its basis', async () => {
    expect((await bench.call<CorporateActionsOutput>('corporate_actions', { symbol: 'ALFATECH', what: 'SPLIT' })).items).toMatchObject([{ exDate: splitDay, basis: 'published', factor: 0.2 }]);
    expect((await bench.call<CorporateActionsOutput>('corporate_actions', { symbol: 'BETAGRID', what: 'BONUS' })).items).toMatchObject([{ exDate: bonusDay, basis: 'detected', factor: 0.5 }]);
    expect(await bench.call('corporate_actions', { symbol: 'GAMAPAINT' })).toMatchObject({ count: 0, reason: 'none is stored for that' });
  });
  it('of filings is counted by the day on which they happened', async () => {
    expect(await bench.call('event_count', { symbol: 'GAMAPAINT', from: '2024-08-01', to: '2024-08-31' })).toMatchObject({ count: 1, types: [{ type: 'ORDER_WIN', count: 1 }] });
    expect(await bench.call('event_count', { symbol: 'GAMAPAINT' })).toMatchObject({ count: 2 });
  });
  it('tells a fund’s value of a day, its change over a period, and lists the plans where a name leaves them open', async () => {
    expect(await bench.call('fund_nav', { fund: 'alpha flexicap direct', date: '2024-06-02' })).toMatchObject({ found: 'one', fund: { scheme: '101', value: { date: '2024-05-31', nav: 74.1234 } } });
    expect(await bench.call('fund_nav', { fund: '102', from: '2024-01-01', to: '2024-05-31' })).toMatchObject({ fund: { value: { nav: 68.5 } }, base: { date: '2023-12-29', nav: 54.8 }, baseIsFirst: false, changePercent: 25 });
    expect(await bench.call('fund_nav', { fund: 'alpha flexi cap', date: '2024-05-31' })).toMatchObject({ found: 'several', fund: null, schemes: [{ scheme: '101' }, { scheme: '102', value: { nav: 68.5 } }] });
    expect(await bench.call('fund_nav', { fund: 'beta small cap', date: '2024-08-01' })).toMatchObject({ found: 'one', fund: { value: null }, reason: expect.stringContaining('stored from 29 December 2023 to 31 May') as unknown });
    expect(await bench.call('fund_nav', { fund: 'beta small cap', date: '2024-05-31', asOf: '2024-05-30' })).toMatchObject({ fund: { value: null } });
    expect(await bench.call('fund_nav', { fund: 'gamma liquid' })).toMatchObject({ found: 'unknown' });
  });
  it('of sessions and holidays is counted over whole periods', async () => {
    expect(await bench.call('trading_days', { from: '2024-06-01', to: '2024-06-30' })).toMatchObject({ sessions: 19, left: 0, holidayCount: 1, holidays: [{ date: '2024-06-17', label: 'Bakri Id' }], uncovered: 0 });
  });
});
