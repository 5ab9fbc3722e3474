import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../desk/canonical.ts';
import type { FeedRecord } from '../../../feeds/define.ts';
import { FIRST_LIVE_SESSION } from '../../../feeds/simulator/exchange-days.ts';
import { simulatedHistory } from '../../../feeds/simulator/history.ts';
import { WORLD_VERSION } from '../../../feeds/simulator/simulator-state.ts';
import { COMPANIES, INDEX_SYMBOL, symbolRecord } from '../../../feeds/simulator/universe.ts';
import type { Company } from '../../../feeds/simulator/universe.ts';
import { firstSessions } from './sessions.ts';

const plans = firstSessions({ seed: 1, count: 600 });
const recordsOf = <T extends FeedRecord['type']>(type: T): Extract<FeedRecord, { type: T }>[] =>
  plans
    .flatMap(({ records }) => records.map(({ record }) => record))
    .filter((record): record is Extract<FeedRecord, { type: T }> => record.type === type);
const digestOf = (seed: number): string => {
  const hash = createHash('sha256');
  for (const batch of simulatedHistory({ seed, before: FIRST_LIVE_SESSION })) hash.update(canonicalJson(batch));
  return hash.digest('hex');
};
const annualVolatility = (closes: number[]): number => {
  const returns = closes.slice(1).map((close, i) => Math.log(close / closes[i]!));
  return Math.sqrt((returns.reduce((sum, value) => sum + value * value, 0) / returns.length) * 252);
};

describe('the simulated world', () => {
  it('is the same to the byte for the same seed, and changes only with its version', () => {
    const pinned: Record<number, string> = { 2: '4127af684bd934409fcc6401584c31c872a865099cca4db05210cc5cc290b7f0' };
    expect(digestOf(1)).toBe(digestOf(1));
    expect(digestOf(1)).toBe(pinned[WORLD_VERSION]);
  });

  it('is another for another seed', () => {
    expect(digestOf(2)).not.toBe(digestOf(1));
  });

  it('leaves every other symbol’s bars, filings and schedules as they are when a company is added', () => {
    const newcomer: Company = { ...COMPANIES[0]!, symbol: 'NEWCOMER', name: 'Newcomer Works' };
    const small = COMPANIES.slice(0, 20);
    const before = firstSessions({ seed: 4, count: 80, companies: small });
    const after = firstSessions({ seed: 4, count: 80, companies: [...small, newcomer] });
    before.forEach((plan, day) => {
      const others = (records: typeof plan.records): string =>
        canonicalJson(
          records
            .map(({ record }) => record)
            .filter(
              (record) =>
                !canonicalJson(record).includes('NEWCOMER') &&
                !(record.type === 'daily_bar' && record.bar.symbol === INDEX_SYMBOL) &&
                !(record.type === 'event' && record.event.symbols.length !== 1),
            ),
        );
      expect(others(after[day]!.records)).toBe(others(plan.records));
    });
  });

  it('prints bars on whole ticks in which nothing is outside high and low, within 20 % of the previous close', () => {
    for (const { bar } of recordsOf('daily_bar')) {
      expect(bar.low).toBeLessThanOrEqual(Math.min(bar.open, bar.close));
      expect(bar.high).toBeGreaterThanOrEqual(Math.max(bar.open, bar.close));
      expect(Number.isInteger(Math.round(bar.close * 1e6) / 5e4)).toBe(true);
      expect(bar.high).toBeLessThanOrEqual(bar.previousClose! * 1.2 + 1e-9);
      expect(bar.low).toBeGreaterThanOrEqual(bar.previousClose! * 0.8 - 1e-9);
      expect(Number.isSafeInteger(bar.volume) && bar.volume > 0).toBe(true);
    }
  });

  it('carries the printed close into the next previous close, except on the ex-date of a split or bonus', () => {
    const closes = new Map<string, number>();
    const capital = new Map(
      recordsOf('corporate_action')
        .filter(({ action }) => action.kind !== 'DIVIDEND')
        .map(({ action }) => [`${action.symbol} ${action.exDate}`, action.factor]),
    );
    let adjusted = 0;
    for (const { bar } of recordsOf('daily_bar')) {
      const last = closes.get(bar.symbol);
      const factor = capital.get(`${bar.symbol} ${bar.date}`);
      if (last !== undefined) {
        expect(Math.abs(bar.previousClose! - last * (factor ?? 1))).toBeLessThanOrEqual(factor === undefined ? 0 : 0.025 + 1e-9);
        if (factor !== undefined) adjusted += 1;
      }
      closes.set(bar.symbol, bar.close);
    }
    expect(adjusted).toBeGreaterThan(0);
  });

  it('pays dividends out of the price on their ex-date, announced ten sessions ahead or more', () => {
    const dividends = recordsOf('corporate_action').filter(({ action }) => action.kind === 'DIVIDEND');
    expect(dividends.length).toBeGreaterThan(20);
    for (const { action } of dividends) {
      expect(Number(action.amount)).toBeGreaterThan(0);
      expect(action.factor).toBe(1);
      expect((Date.parse(action.exDate) - Date.parse(action.knownAt)) / 86_400_000).toBeGreaterThan(10);
    }
  });

  it('knows results dates more than ten days ahead, and results come when they were announced', () => {
    const announced = new Map(recordsOf('scheduled_event').map(({ event }) => [`${event.symbol} ${event.date}`, event]));
    for (const event of announced.values()) expect((Date.parse(event.date) - Date.parse(event.knownAt)) / 86_400_000).toBeGreaterThan(10);
    const results = recordsOf('event').filter(({ event }) => event.eventType === 'EARNINGS');
    expect(results.length).toBeGreaterThan(400);
    for (const { event } of results) expect(announced.has(`${event.symbols[0]} ${event.knownAt.slice(0, 10)}`)).toBe(true);
  });

  it('makes at least three headlines become known during every session', () => {
    for (const { times, records } of plans) {
      const fresh = records.filter(({ record, knownMs }) => record.type === 'event' && knownMs > times.openMs && knownMs < times.closeMs);
      expect(fresh.length).toBeGreaterThanOrEqual(3);
    }
  });

  it('has every record known at its own moment: in order, within its session’s span, bars at the close', () => {
    for (const { day, times, records } of plans) {
      if (day > 0) expect(times.previousCloseMs).toBe(plans[day - 1]?.times.closeMs);
      let previous = times.previousCloseMs;
      for (const { knownMs, record } of records) {
        // What the first day knows from before the world began are the schedules of its first results.
        if (day === 0 && record.type === 'scheduled_event') continue;
        expect(knownMs).toBeGreaterThanOrEqual(previous);
        previous = knownMs;
        if (record.type === 'daily_bar') expect(Date.parse(record.knownAt)).toBe(times.closeMs);
        if (record.type === 'event') expect(Date.parse(record.event.knownAt)).toBe(knownMs);
      }
      expect(previous).toBe(times.closeMs);
    }
  });

  it('jumps the way its headlines read', () => {
    const good = /wins|raises full|upgraded|beats|approves buyback|buys shares|to sell its/;
    const bad = /cancels|cuts full|penalty|downgraded|misses|resigns|at a discount|admits claim|sells shares|to acquire/;
    let checked = 0;
    for (const { times, stocks, records } of plans) {
      for (const { record, knownMs } of records) {
        if (record.type !== 'event' || knownMs <= times.openMs) continue;
        const { title, symbols } = record.event;
        const shape = stocks.find(({ symbol }) => symbol === symbols[0])?.shape;
        const direction = good.test(title) ? 1 : bad.test(title) ? -1 : 0;
        const [before, after] = shape?.legs ?? [];
        if (direction === 0 || !before || !after) continue;
        expect(before.toMinute).toBe((knownMs - times.openMs) / 60_000);
        // A tick either way is rounding.
        expect(direction * (after.start - before.end)).toBeGreaterThanOrEqual(-1);
        checked += 1;
      }
    }
    expect(checked).toBeGreaterThan(1_000);
  });

  it('fills in every headline completely', () => {
    for (const { event } of recordsOf('event')) {
      expect(`${event.title} ${event.body}`).not.toMatch(/[{}]|undefined|NaN|\bnull\b/);
      expect(event.body.length).toBeGreaterThan(40);
    }
  });

  it('moves like a market: index calmer than its shares, regimes change, shares trade more when they move', () => {
    const closesOf = (symbol: string): number[] => plans.map(({ stocks }) => stocks.find((stock) => stock.symbol === symbol)!.shape.close);
    const index = annualVolatility(closesOf(INDEX_SYMBOL));
    expect(index).toBeGreaterThan(0.08);
    expect(index).toBeLessThan(0.3);
    expect(annualVolatility(closesOf('QUINTARA'))).toBeGreaterThan(index);
    expect(new Set(plans.map(({ regime }) => regime)).size).toBe(3);
    const rows = plans
      .flatMap(({ stocks }) => stocks.slice(0, -1))
      .map(({ shape, sigma, volume, symbol }) => ({ range: Math.log(shape.high / shape.low) / sigma, volume, symbol }));
    const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const one = rows.filter(({ symbol }) => symbol === 'QUINTARA').sort((a, b) => a.range - b.range);
    expect(mean(one.slice(-100).map(({ volume }) => volume))).toBeGreaterThan(1.3 * mean(one.slice(0, 100).map(({ volume }) => volume)));
  });
});

describe('the invented companies', () => {
  it('are sixty in ten sectors, each symbol once and every record complete', () => {
    expect(COMPANIES).toHaveLength(60);
    expect(new Set(COMPANIES.map(({ sector }) => sector)).size).toBe(10);
    expect(new Set(COMPANIES.map(({ symbol }) => symbol)).size).toBe(60);
    for (const record of COMPANIES.map((company) => symbolRecord(company))) {
      expect(record).toMatchObject({ exchange: 'NSE', kind: 'EQUITY', lotSize: 1, tickSize: '0.05' });
      expect(record.symbol).toMatch(/^[A-Z]{6,8}$/);
      for (const field of [record.sector, record.industry, record.listedOn, record.faceValue, ...record.aliases])
        expect(field).toBeTruthy();
    }
  });
});
