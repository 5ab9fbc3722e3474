import { describe, expect, it } from 'vitest';
import type { DailyBar, EventRecord, IntradayBar } from '../../../desk/market/types.ts';
import { at, instant, plusMinutes, timeIn, tradingDate } from '../../../desk/time.ts';
import type { Instant } from '../../../desk/time.ts';
import { createReplay, replayStart } from '../../../feeds/replay/replay.ts';
import { handTimer, recordingSink } from './hand-timer.ts';
import { calendar, listedHistory } from './market-week.ts';

const on = (date: string, time: string): Instant => at(tradingDate(date), time, 'Asia/Kolkata');
const daily: DailyBar[] = [
  {
    symbol: 'COALINDIA',
    date: tradingDate('2024-05-31'),
    open: 490,
    high: 495,
    low: 485,
    close: 491.5,
    volume: 9_000_000,
    previousClose: 488,
  },
  {
    symbol: 'COALINDIA',
    date: tradingDate('2024-06-03'),
    open: 510,
    high: 520,
    low: 505,
    close: 518,
    volume: 20_000_000,
    previousClose: 491.5,
  },
  {
    symbol: 'COALINDIA',
    date: tradingDate('2024-06-04'),
    open: 500,
    high: 505,
    low: 440,
    close: 452,
    volume: 40_000_000,
    previousClose: 518,
  },
  { symbol: 'THIN', date: tradingDate('2024-05-30'), open: 50, high: 51, low: 49, close: 50, volume: 2_000 },
  { symbol: 'SPLITS', date: tradingDate('2024-05-31'), open: 1000, high: 1010, low: 990, close: 1000, volume: 100_000 },
  { symbol: 'SPLITS', date: tradingDate('2024-06-03'), open: 201, high: 205, low: 199, close: 204, volume: 500_000, previousClose: 200 },
  { symbol: 'PLAIN', date: tradingDate('2024-05-31'), open: 70, high: 71, low: 69, close: 70.5, volume: 100_000 },
  { symbol: 'PLAIN', date: tradingDate('2024-06-03'), open: 72, high: 73, low: 71, close: 72.5, volume: 100_000 },
  { symbol: 'NEW', date: tradingDate('2024-06-03'), open: 10, high: 11, low: 9, close: 10.5, volume: 100_000 },
];
const minuteBar = (time: string, [open, high, low, close]: [number, number, number, number], volume: number): IntradayBar => ({
  symbol: 'MINUTES',
  start: on('2024-06-03', time),
  minutes: 1,
  open,
  high,
  low,
  close,
  volume,
});
const intraday = [
  minuteBar('09:16', [100, 101, 99, 100.5], 1_000),
  minuteBar('09:17', [100.5, 103, 100, 102], 500),
  minuteBar('09:20', [102, 102, 101, 101.5], 200),
];
const minutesDaily: DailyBar = {
  symbol: 'MINUTES',
  date: tradingDate('2024-06-03'),
  open: 100,
  high: 103,
  low: 99,
  close: 101.5,
  volume: 1_700,
  previousClose: 98,
};
const event = (knownAt: Instant, title: string): EventRecord => ({
  source: 'nse',
  title,
  body: title,
  eventType: 'ORDER_WIN',
  priority: 'HIGH',
  symbols: ['COALINDIA'],
  unlinkedNames: [],
  happenedAt: knownAt,
  knownAt,
});
const frozenAt = async (startAt: Instant, more: { intraday?: IntradayBar[] } = {}) => {
  const replay = createReplay({
    history: listedHistory({ daily: [...daily, ...(more.intraday ? [minutesDaily] : [])], ...more }),
    startAt,
    speed: 60,
    frozen: true,
    calendar,
    wallClock: () => instant('2026-01-04T00:00:00Z'),
    setTimer: null,
  });
  const sink = recordingSink();
  await replay.start(sink);
  return { replay, sink };
};

describe('a replay of daily bars', () => {
  it('starts a bare date at 09:00 on the exchange’s wall, and a moment at that moment', () => {
    expect(replayStart(tradingDate('2024-06-03'), calendar)).toBe('2024-06-03T03:30:00.000Z');
    expect(replayStart(instant('2024-06-03T05:00:00Z'), calendar)).toBe('2024-06-03T05:00:00.000Z');
  });

  it('says which day it plays', async () => {
    const { replay } = await frozenAt(on('2024-06-03', '09:00'));
    expect([replay.label(), replay.kind]).toEqual(['REPLAY 3 Jun 2024', 'replay']);
    await replay.advance(24 * 3_600_000);
    expect(replay.label()).toBe('REPLAY 4 Jun 2024');
  });

  it('quotes the previous close before the open, with that close’s time', async () => {
    const { replay } = await frozenAt(on('2024-06-03', '09:00'));
    expect(replay.quote('COALINDIA')).toMatchObject({
      last: 491.5,
      previousClose: 491.5,
      at: on('2024-05-31', '15:30'),
      volume: 9_000_000,
      spreadFrom: 'bars',
    });
  });

  it('quotes the open from open to close, and knows no more of the day', async () => {
    const { replay } = await frozenAt(on('2024-06-03', '09:15'));
    for (const time of ['09:15', '12:00', '15:29']) {
      expect(timeIn(replay.now(), 'Asia/Kolkata')).toBe(time);
      expect(replay.quote('COALINDIA')).toMatchObject({
        last: 510,
        open: 510,
        high: 510,
        low: 510,
        volume: 0,
        previousClose: 491.5,
        at: on('2024-06-03', '09:15'),
      });
      await replay.advance((time === '09:15' ? 165 : 209) * 60_000);
    }
  });

  it('quotes the close from the close on', async () => {
    const { replay } = await frozenAt(on('2024-06-03', '15:30'));
    const closing = { last: 518, open: 510, high: 520, low: 505, volume: 20_000_000, at: on('2024-06-03', '15:30') };
    expect(replay.quote('COALINDIA')).toMatchObject({ ...closing, previousClose: 491.5 });
    await replay.advance(15 * 3_600_000);
    expect(replay.quote('COALINDIA')).toMatchObject({ ...closing, previousClose: 518 });
  });

  it('takes the exchange’s own previous close on an ex-date, and the last close where a file states none', async () => {
    const { replay } = await frozenAt(on('2024-06-03', '10:00'));
    expect(replay.quote('SPLITS')).toMatchObject({ last: 201, previousClose: 200 });
    expect(replay.quote('PLAIN')).toMatchObject({ last: 72, previousClose: 70.5 });
  });

  it('keeps the last known price, with its age, of a symbol that does not trade; and has none where nobody knows one', async () => {
    const { replay } = await frozenAt(on('2024-06-03', '10:00'));
    expect(replay.quote('THIN')).toMatchObject({ last: 50, at: on('2024-05-30', '15:30') });
    expect(replay.quote('NEW')).toBeNull();
    expect(replay.quote('NOBODY')).toBeNull();
    await replay.advance(18 * 3_600_000);
    expect(replay.quote('NEW')).toMatchObject({ last: 10.5 });
  });

  it('quotes Friday’s close on a Sunday', async () => {
    const { replay } = await frozenAt(on('2024-06-02', '12:00'));
    expect(replay.quote('COALINDIA')).toMatchObject({ last: 491.5, at: on('2024-05-31', '15:30') });
  });
});

describe('a replay of minute bars', () => {
  it('knows each bar when it ends, and the first one’s open when it starts', async () => {
    const { replay } = await frozenAt(on('2024-06-03', '09:15'), { intraday });
    const seen: unknown[] = [];
    for (let minute = 0; minute < 7; minute++) {
      const quote = replay.quote('MINUTES');
      seen.push(
        quote && [timeIn(replay.now(), 'Asia/Kolkata'), quote.last, quote.high, quote.low, quote.volume, timeIn(quote.at, 'Asia/Kolkata')],
      );
      await replay.advance(60_000);
    }
    expect(seen).toEqual([
      null,
      ['09:16', 100, 100, 100, 0, '09:16'],
      ['09:17', 100.5, 101, 99, 1_000, '09:17'],
      ['09:18', 102, 103, 99, 1_500, '09:18'],
      ['09:19', 102, 103, 99, 1_500, '09:18'],
      ['09:20', 102, 103, 99, 1_500, '09:18'],
      ['09:21', 101.5, 103, 99, 1_700, '09:21'],
    ]);
  });

  it('stops at the end of every bar, so that nobody who watches prices misses one', async () => {
    const { replay, sink } = await frozenAt(on('2024-06-03', '09:00'), { intraday });
    await replay.advance(7 * 3_600_000);
    expect(sink.ticks().map((tick) => timeIn(tick, 'Asia/Kolkata'))).toEqual([
      '09:00',
      '09:15',
      '09:17',
      '09:18',
      '09:21',
      '15:30',
      '16:00',
    ]);
  });
});

describe('a replay’s time', () => {
  it('runs at its speed through the session and goes straight from after the close to before the next open', async () => {
    const hand = handTimer();
    const replay = createReplay({
      history: listedHistory({ daily }),
      startAt: on('2024-05-31', '15:00'),
      speed: 60,
      calendar,
      wallClock: hand.wallClock,
      setTimer: hand.setTimer,
    });
    const sink = recordingSink();
    await replay.start(sink);
    await hand.pass(10_000);
    expect(replay.now()).toBe(on('2024-05-31', '15:10'));
    await hand.pass(36_000);
    // The weekend took no time: the close at the thirtieth second, a quarter of an hour more, then Monday 09:00.
    expect(replay.now() >= on('2024-06-03', '09:00') && replay.now() <= on('2024-06-03', '09:01')).toBe(true);
    expect(sink.ticks()).toContain(on('2024-05-31', '15:30'));
    await replay.stop();
  });

  it('skips a night that it starts in, and stands where the calendar ends', async () => {
    const hand = handTimer();
    const replay = createReplay({
      history: listedHistory({ daily }),
      startAt: on('2024-06-04', '03:00'),
      speed: 3_600,
      calendar,
      wallClock: hand.wallClock,
      setTimer: hand.setTimer,
    });
    await replay.start(recordingSink());
    await hand.pass(500);
    expect(replay.now()).toBe(on('2024-06-04', '09:00'));
    await hand.pass(60_000);
    const ended = replay.now();
    expect(ended >= on('2024-06-04', '15:45') && ended < on('2024-06-04', '17:00')).toBe(true);
    await hand.pass(60_000);
    expect(replay.now()).toBe(ended);
    await replay.stop();
  });

  it('does not move while frozen, but by hand', async () => {
    const hand = handTimer();
    const replay = createReplay({
      history: listedHistory({ daily }),
      startAt: on('2024-06-03', '10:00'),
      speed: 60,
      frozen: true,
      calendar,
      wallClock: hand.wallClock,
      setTimer: hand.setTimer,
    });
    await replay.start(recordingSink());
    await hand.pass(60_000);
    expect(replay.now()).toBe(on('2024-06-03', '10:00'));
    await replay.advance(60_000);
    expect(replay.now()).toBe(on('2024-06-03', '10:01'));
  });

  it('hands over events when they become known, once, before the tick; those from before the start are the store’s', async () => {
    const events = [
      event(on('2024-06-03', '08:00'), 'before'),
      event(on('2024-06-03', '10:00'), 'first'),
      event(on('2024-06-03', '18:00'), 'evening'),
    ];
    const replay = createReplay({
      history: listedHistory({ daily, events }),
      startAt: on('2024-06-03', '09:00'),
      speed: 1,
      frozen: true,
      calendar,
      wallClock: () => instant('2026-01-04T00:00:00Z'),
      setTimer: null,
    });
    const sink = recordingSink();
    await replay.start(sink);
    for (let hour = 0; hour < 26; hour++) await replay.advance(3_600_000);
    expect(sink.all().map((record) => record.type === 'event' && record.event.title)).toEqual(['first', 'evening']);
    const first = sink.said.findIndex((entry) => 'records' in entry);
    expect(sink.said[first + 1]).toEqual({ tick: on('2024-06-03', '10:00') });
  });

  it('reads each date once', async () => {
    const history = listedHistory({ daily });
    const replay = createReplay({
      history,
      startAt: on('2024-06-03', '09:00'),
      speed: 1,
      frozen: true,
      calendar,
      wallClock: () => instant('2026-01-04T00:00:00Z'),
      setTimer: null,
    });
    await replay.start(recordingSink());
    for (let step = 0; step < 60; step++) await replay.advance(30 * 60_000);
    expect(history.asked).toEqual(['bars 2024-06-03', 'bars 2024-06-04']);
  });

  it('refuses a speed that is not above zero', () => {
    expect(() =>
      createReplay({
        history: listedHistory({ daily }),
        startAt: plusMinutes(on('2024-06-03', '09:00'), 0),
        speed: 0,
        calendar,
        wallClock: () => instant(0),
        setTimer: null,
      }),
    ).toThrow(RangeError);
  });
});
