import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../db/client.ts';
import type { BreadthOutput } from '../../tools/breadth.ts';
import type { MarketBars } from '../../tools/market-bars.ts';
import type { MarketFeatures } from '../../tools/market-features.ts';
import type { MarketMovers } from '../../tools/market-movers.ts';
import type { MarketRegime } from '../../tools/market-regime.ts';
import { openTestDatabase } from '../helpers/database.ts';
import { bonusDay, clock, closeOf, day, openToolBench, quoteOf, sessions, splitDay, type ToolBench, writeMadeMarket } from './made-market.ts';

let database: Database;
let bench: ToolBench;
beforeAll(async () => { database = await openTestDatabase(); await writeMadeMarket(database); bench = await openToolBench(database, { at: clock('2024-08-26', '08:00') }); });
afterAll(async () => { await database.close(); });
beforeEach(() => { bench.quotes.clear(); bench.now.at = clock('2024-08-26', '08:00'); });

const change = (symbol: string, from: string, to: string, factor = 1): number => 100 * (closeOf(symbol, day(to)) / (closeOf(symbol, day(from)) * factor) - 1);
const shown = (movers: MarketMovers): Map<string, number> => new Map([...movers.gainers, ...movers.losers].map((row) => [row.symbol, row.changePercent]));

describe('movers', () => {
  it('take a published split and one that only the prices show out of the move', async () => {
    const split = await bench.call<MarketMovers>('market_movers', { period: { from: splitDay, to: splitDay }, limit: 10 });
    expect(shown(split).get('ALFATECH')).toBeCloseTo(change('ALFATECH', '2024-08-16', splitDay, 0.2), 6);
    expect([...split.gainers, ...split.losers].find((row) => row.symbol === 'ALFATECH')?.adjustedFor).toBe('Face value split from 10 to 2');
    const bonus = await bench.call<MarketMovers>('market_movers', { period: { from: bonusDay, to: bonusDay }, limit: 10 });
    expect(shown(bonus).get('BETAGRID')).toBeCloseTo(change('BETAGRID', '2024-08-09', bonusDay, 0.5), 6);
  });
  it('leave out what hardly trades and count it, with the threshold', async () => {
    const movers = await bench.call<MarketMovers>('market_movers', { limit: 10 });
    expect(shown(movers).has('EPSILON')).toBe(false);
    expect(movers).toMatchObject({ session: '2024-08-23', live: false, tooThin: 1, leastTurnover: 50_000_000 });
    const all = await bench.call<MarketMovers>('market_movers', { limit: 10, leastTurnover: 0 });
    expect(shown(all).has('EPSILON')).toBe(true);
  });
  it('never list an index, and count rises and falls over every share', async () => {
    const movers = await bench.call<MarketMovers>('market_movers', { limit: 50, leastTurnover: 0 });
    expect(shown(movers).has('NIFTY')).toBe(false);
    const { advances, declines, unchanged, counted } = movers.breadth;
    expect(advances + declines + unchanged).toBe(counted);
    expect(counted).toBe(6);
  });
  it('come from quotes while the session is on, against the previous close', async () => {
    bench.now.at = clock('2024-08-26', '10:00');
    const before = closeOf('GAMAPAINT', day('2024-08-23'));
    bench.quotes.set('GAMAPAINT', quoteOf('GAMAPAINT', { at: clock('2024-08-26', '09:59'), last: before * 0.9, open: before * 0.95, previousClose: before, volume: 10 }));
    for (const symbol of ['ALFATECH', 'BETAGRID', 'DELTAFIN', 'ZETALABS', 'EPSILON']) { const close = closeOf(symbol, day('2024-08-23')); bench.quotes.set(symbol, quoteOf(symbol, { at: clock('2024-08-26', '09:59'), last: close, open: close, previousClose: close })); }
    const movers = await bench.call<MarketMovers>('market_movers', {});
    expect(movers).toMatchObject({ session: '2024-08-26', live: true, gainers: [] });
    expect(movers.losers).toMatchObject([{ symbol: 'GAMAPAINT' }]);
    expect(movers.losers[0]?.changePercent).toBeCloseTo(-10, 6);
    expect(await bench.call('market_movers', { asOf: '2024-08-23' })).toMatchObject({ live: false, session: '2024-08-23' });
  });
  it('over a long stretch are the same as from every bar, splits and all', async () => {
    const movers = await bench.call<MarketMovers>('market_movers', { period: { from: '2024-05-20', to: '2024-08-23' }, limit: 10, leastTurnover: 0 });
    expect(movers.from).toBe('2024-05-20');
    const split: Record<string, number> = { ALFATECH: 0.2, BETAGRID: 0.5 };
    for (const symbol of ['ALFATECH', 'BETAGRID', 'GAMAPAINT', 'DELTAFIN', 'EPSILON', 'ZETALABS']) expect(shown(movers).get(symbol), symbol).toBeCloseTo(change(symbol, '2024-05-17', '2024-08-23', split[symbol] ?? 1), 6);
  });
  it('of a sector are its members, and of an unknown one nobody’s', async () => {
    const banks = await bench.call<MarketMovers>('market_movers', { sector: 'banks', limit: 10, leastTurnover: 0 });
    expect([...shown(banks).keys()]).toEqual(['DELTAFIN']);
    expect((await bench.refusal('market_movers', { sector: 'spaceships' })).code).toBe('NO_SUCH_SECTOR');
  });
  it('of a day without a session say why, and give the one before', async () => {
    expect(await bench.call('market_movers', { period: { from: '2024-08-15', to: '2024-08-15' } })).toMatchObject({ session: '2024-08-14', closedOn: 'Independence Day' });
  });
});

describe('breadth', () => {
  it('has a composite with its formula and says which part is missing', async () => {
    const breadth = await bench.call<BreadthOutput>('breadth', { date: '2024-08-20' });
    expect(breadth).toMatchObject({ session: '2024-08-20', missing: ['institutions'], components: { institutions: null } });
    const participation = breadth.advances / (breadth.advances + breadth.declines);
    const parts = [{ weight: 0.4, value: participation }, ...(breadth.trin === null ? [] : [{ weight: 0.3, value: 1 / (1 + breadth.trin) }])];
    expect(breadth.composite).toBeCloseTo((100 * parts.reduce((sum, part) => sum + part.weight * part.value, 0)) / parts.reduce((sum, part) => sum + part.weight, 0), 6);
  });
});

describe('bars', () => {
  it('are in the prices of the reading moment when adjusted, and as printed when not', async () => {
    const adjusted = await bench.call<MarketBars>('market_bars', { symbol: 'ALFATECH', from: '2024-08-14', to: '2024-08-20' });
    expect(adjusted.bars.map((bar) => [bar.time, bar.adjustmentFactor])).toEqual([['2024-08-14', 0.2], ['2024-08-16', 0.2], ['2024-08-19', 1], ['2024-08-20', 1]]);
    const printed = await bench.call<MarketBars>('market_bars', { symbol: 'ALFATECH', from: '2024-08-14', to: '2024-08-20', adjusted: false });
    expect(printed.bars.map((bar) => bar.close)).toEqual(['2024-08-14', '2024-08-16', '2024-08-19', '2024-08-20'].map((date) => closeOf('ALFATECH', day(date))));
    expect(printed.summary?.changePercent).toBeNull();
    expect(adjusted.summary?.changePercent).toBeCloseTo(change('ALFATECH', '2024-08-13', '2024-08-20', 0.2), 6);
    expect(adjusted.actions).toMatchObject([{ exDate: '2024-08-19', factor: 0.2, basis: 'published' }]);
  });
  it('carry what happened as pins, only what was known and only within the bars', async () => {
    const bars = await bench.call<MarketBars>('market_bars', { symbol: 'GAMAPAINT', from: '2024-08-01', to: '2024-08-23' });
    expect(bars.pins.map((pin) => [pin.time, pin.eventType])).toEqual([['2024-08-16', 'ORDER_WIN']]);
    expect((await bench.call<MarketBars>('market_bars', { symbol: 'GAMAPAINT', from: '2024-08-01', asOf: '2024-08-14' })).pins).toEqual([]);
  });
  it('are the last so many sessions, and none where nothing is stored', async () => {
    expect((await bench.call<MarketBars>('market_bars', { symbol: 'DELTAFIN', sessions: 7 })).bars.map((bar) => bar.time)).toEqual(sessions.filter((date) => date <= '2024-08-23').slice(-7));
    expect(await bench.call('market_bars', { symbol: 'DELTAFIN', to: '2020-01-01' })).toMatchObject({ count: 0, summary: null, reason: 'no daily bars of DELTAFIN are stored for that time' });
    expect(await bench.call('market_bars', { symbol: 'DELTAFIN', interval: '1m' })).toMatchObject({ count: 0, reason: 'no minute bars of DELTAFIN are stored for that time' });
  });
});

describe('features', () => {
  it('are of the last close, null where the history is too short, with words for what is known', async () => {
    const { features, words, session, reason } = await bench.call<MarketFeatures>('market_features', { symbol: 'DELTAFIN' });
    expect({ session, reason }).toEqual({ session: '2024-08-23', reason: null });
    expect(features?.volatilityRegime).toBeNull();
    expect(words?.volatility).toBeNull();
    expect(features?.momentum20).toBeCloseTo(change('DELTAFIN', sessions[sessions.indexOf(day('2024-08-23')) - 20]!, '2024-08-23'), 6);
  });
  it('give one indicator with what it means, and null with a reason where sessions are missing', async () => {
    const moving = await bench.call<MarketFeatures>('market_features', { symbol: 'DELTAFIN', indicator: 'sma' });
    const closes = sessions.filter((date) => date <= '2024-08-23').slice(-20).map((date) => closeOf('DELTAFIN', date));
    expect(moving.indicator?.value).toBeCloseTo(closes.reduce((sum, close) => sum + close, 0) / 20, 2);
    expect(moving.indicator?.lines.sma200).toBeNull();
    const early = await bench.call<MarketFeatures>('market_features', { symbol: 'DELTAFIN', indicator: 'macd', asOf: '2024-05-10' });
    expect(early.indicator?.value).toBeNull();
    expect(early.reason).toContain('MACD needs more than the 5 sessions');
    expect((await bench.refusal('market_features', { symbol: 'DELTAFIN', indicator: 'supertrend' })).code).toBe('NO_SUCH_INDICATOR');
  });
  it('do not take a split for a fall', async () => {
    const { features } = await bench.call<MarketFeatures>('market_features', { symbol: 'ALFATECH' });
    expect(Math.abs(features?.momentum10 ?? 100)).toBeLessThan(10);
  });
  it('of the market name no regime before there is history for one', async () => {
    const regime = await bench.call<MarketRegime>('market_regime', {});
    expect(regime).toMatchObject({ regime: null, session: '2024-08-23' });
    expect(regime.reason).toContain('too short');
    expect(regime.shares.unknown).toBe(regime.shares.counted);
  });
});

describe('flows', () => {
  it('that are not loaded are not zero', async () => expect(await bench.call('flows', {})).toMatchObject({ loaded: false, rows: [], reason: 'no source of institutional flows is loaded' }));
});
