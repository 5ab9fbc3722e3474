import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../db/client.ts';
import type { CalendarOutput } from '../../tools/calendar.ts';
import type { EventWindow } from '../../tools/event-window.ts';
import type { MarketHours } from '../../tools/market-hours.ts';
import { openTestDatabase } from '../helpers/database.ts';
import { clock, closeOf, day, openToolBench, type ToolBench, writeMadeMarket } from './made-market.ts';

let database: Database;
let bench: ToolBench;
beforeAll(async () => { database = await openTestDatabase(); await writeMadeMarket(database); bench = await openToolBench(database, { at: clock('2024-08-20', '11:00') }); });
afterAll(async () => { await database.close(); });
beforeEach(() => { bench.now.at = clock('2024-08-20', '11:00'); });
const windowOf = (symbol: string, more: object = {}): Promise<EventWindow> => bench.call<EventWindow>('event_window', { symbol, ...more });

describe('the event window', () => {
  it('keeps entries out from two trading days before results until the second day after them', async () => {
    const verdicts: [string, string, string | null][] = [];
    for (const date of ['2024-08-19', '2024-08-20', '2024-08-21', '2024-08-22', '2024-08-23', '2024-08-26']) {
      const found = await windowOf('GAMAPAINT', { asOf: `${date}T12:00` });
      verdicts.push([date, found.verdict, found.earliestEntry]);
      bench.now.at = clock('2024-08-27', '11:00');
    }
    expect(verdicts).toEqual([
      ['2024-08-19', 'OPEN', null], ['2024-08-20', 'BLACKOUT', '2024-08-26'], ['2024-08-21', 'BLACKOUT', '2024-08-26'], ['2024-08-22', 'BLACKOUT', '2024-08-26'], ['2024-08-23', 'BLACKOUT', '2024-08-26'], ['2024-08-26', 'OPEN', null],
    ]);
  });
  it('names the event, its day and the blackout that counts', async () => {
    expect(await windowOf('GAMAPAINT')).toMatchObject({ entryAllowed: false, blocking: { words: 'results', dayText: '22 August', blackoutDays: 2, tradingDaysAway: 2 }, earliestEntryText: '26 August', mandateBlackoutDays: null });
  });
  it('is open where a calendar covers the days and nothing is near, and unknown where none does', async () => {
    expect(await windowOf('ALFATECH')).toMatchObject({ verdict: 'OPEN', entryAllowed: true, blocking: null, coverage: { covered: true, source: 'made' } });
    await database.pool.query("update core.coverage set to_date = '2024-08-19' where kind = 'scheduled_event'");
    expect(await windowOf('ALFATECH')).toMatchObject({ verdict: 'NOTHING_KNOWN', entryAllowed: null, coverage: { covered: false, note: 'no results calendar covers this day' } });
    await database.pool.query("update core.coverage set to_date = '2024-09-30' where kind = 'scheduled_event'");
  });
  it('knows an event only from when it was announced', async () => {
    expect((await windowOf('GAMAPAINT', { asOf: '2024-08-07T16:59' })).events.map((event) => event.date)).not.toContain('2024-08-22');
    expect((await windowOf('GAMAPAINT', { asOf: '2024-08-07T17:00' })).events.map((event) => event.date)).toContain('2024-08-22');
  });
  it('tells how the price took the last results, from the close of the day to the next', async () => {
    const { afterResults } = await windowOf('GAMAPAINT');
    const move = 100 * (closeOf('GAMAPAINT', day('2024-05-24')) / closeOf('GAMAPAINT', day('2024-05-23')) - 1);
    expect(afterResults).toMatchObject({ count: 1, moves: [{ resultsOn: '2024-05-23', session: '2024-05-24', basis: 'scheduled' }] });
    expect(afterResults.lowestPercent).toBeCloseTo(move, 8);
    expect(afterResults.medianSizePercent).toBeCloseTo(Math.abs(move), 8);
    expect((await windowOf('ALFATECH')).afterResults).toEqual({ count: 0, lowestPercent: null, highestPercent: null, medianSizePercent: null, moves: [] });
  });
});

describe('the calendar', () => {
  const list = (input: object): Promise<CalendarOutput> => bench.call<CalendarOutput>('calendar', input);
  it('lists what is announced, by date, each with what it is', async () => {
    expect((await list({})).items.map(({ date, kind, symbol }) => [date, kind, symbol])).toEqual([['2024-08-22', 'RESULTS', 'GAMAPAINT'], ['2024-08-28', 'DIVIDEND', 'DELTAFIN']]);
    bench.now.at = clock('2024-08-21', '11:00');
    // Results are considered at a board meeting, too.
    expect((await list({ what: 'BOARD_MEETING' })).items).toMatchObject([{ date: '2024-08-22', symbol: 'GAMAPAINT', kind: 'RESULTS' }, { date: '2024-08-27', symbol: 'DELTAFIN', kind: 'BOARD_MEETING', title: 'Board to consider fund raising', tradingDaysAway: 4 }]);
  });
  it('lists holidays by name and tells days without anything from days that nobody knows', async () => {
    expect((await list({ what: 'HOLIDAY', from: '2024-06-01', to: '2024-08-31' })).items.map(({ date, title }) => [date, title])).toEqual([['2024-06-17', 'Bakri Id'], ['2024-07-17', 'no session'], ['2024-08-15', 'Independence Day']]);
    expect(await list({ symbol: 'ALFATECH', what: 'RESULTS' })).toMatchObject({ count: 0, covered: true, reason: 'nothing is scheduled in these days' });
    expect(await list({ what: 'RESULTS', from: '2024-11-01', to: '2024-11-30' })).toMatchObject({ count: 0, covered: false, reason: 'no source covers these days, so nothing is known' });
  });
  it('refuses a period that ends before it begins', async () => expect(await bench.refusal('calendar', { from: '2024-08-30', to: '2024-08-20' })).toMatchObject({ code: 'INVALID_PERIOD' }));
});

describe('market hours', () => {
  const hours = async (time: string, input: object = {}): Promise<MarketHours> => { bench.now.at = clock(time.slice(0, 10), time.slice(11)); return bench.call<MarketHours>('market_hours', input); };
  it.each([['2024-08-20 09:14', 'BEFORE_OPEN', 1], ['2024-08-20 09:15', 'OPEN', 375], ['2024-08-20 15:29', 'OPEN', 1], ['2024-08-20 15:30', 'AFTER_CLOSE', null], ['2024-08-17 11:00', 'CLOSED_DAY', null]])('at %s are %s', async (time, state, minutesLeft) => {
    expect(await hours(time)).toMatchObject({ state, minutesLeft });
  });
  it('of another day name the holiday and the next session', async () => {
    expect(await hours('2024-08-13 11:00', { date: '2024-08-15' })).toMatchObject({ state: 'CLOSED_DAY', closedLabel: 'Independence Day', next: { date: '2024-08-16', opensText: '09:15', closesText: '15:30' } });
    expect(await hours('2024-08-13 11:00', { date: '2027-01-05' })).toMatchObject({ state: 'NOT_COVERED', session: null, next: null });
  });
});
