import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../desk/canonical.ts';
import { instant, plusMs } from '../../../desk/time.ts';
import type { Instant } from '../../../desk/time.ts';
import type { FeedRecord } from '../../../feeds/define.ts';
import { createSimulator } from '../../../feeds/simulator/simulator.ts';
import type { Simulator } from '../../../feeds/simulator/simulator.ts';
import { handTimer, recordingSink } from '../replay/hand-timer.ts';

const OPEN = instant('2030-01-07T03:45:00Z');
const CLOSE = instant('2030-01-07T10:00:00Z');
const NEXT_OPEN = instant('2030-01-08T03:45:00Z');
const minute = 60_000;
const byHand = (more: Partial<Parameters<typeof createSimulator>[0]> = {}): Simulator =>
  createSimulator({ seed: 3, wallClock: () => instant('2026-01-04T10:00:00Z'), setTimer: null, ...more });
const ofType = <T extends FeedRecord['type']>(records: FeedRecord[], type: T): Extract<FeedRecord, { type: T }>[] =>
  records.filter((record): record is Extract<FeedRecord, { type: T }> => record.type === type);
const knownAt = (record: FeedRecord): Instant => {
  if (record.type === 'quote') return record.quote.at;
  if (record.type === 'event' || record.type === 'scheduled_event') return record.event.knownAt;
  return record.type === 'corporate_action' ? record.action.knownAt : record.knownAt;
};

describe('the simulated exchange', () => {
  it('says on every screen that it is simulated', () => {
    const simulator = byHand();
    expect([simulator.label(), simulator.kind, simulator.name]).toEqual(['SIMULATED', 'sim', 'simulator']);
  });

  it('opens a session the moment the desk starts, whatever the wall says', async () => {
    const onSunday = byHand({ wallClock: () => instant('2026-01-04T03:00:00Z') });
    const sink = recordingSink();
    await onSunday.start(sink);
    expect(onSunday.now()).toBe(OPEN);
    expect(onSunday.quote('MERUBANK')).toMatchObject({ at: OPEN, spreadFrom: 'book' });
    expect(sink.ticks()).toEqual([OPEN]);
  });

  it('plays a session in its wall minutes, and opens the next soon after the close', async () => {
    const hand = handTimer();
    const simulator = createSimulator({ seed: 3, wallClock: hand.wallClock, setTimer: hand.setTimer, sessionWallMinutes: 3 });
    const sink = recordingSink();
    await simulator.start(sink);
    await hand.pass(3 * minute);
    expect(simulator.now()).toBe(CLOSE);
    await hand.pass(10_000);
    expect(simulator.now() > NEXT_OPEN && simulator.now() < plusMs(NEXT_OPEN, 20 * minute)).toBe(true);
    expect(sink.ticks()).toContain(NEXT_OPEN);
    await simulator.stop();
  });

  it('tells each thing when it is known: nothing early, nothing twice, nothing left out', async () => {
    const simulator = byHand();
    const sink = recordingSink();
    await simulator.start(sink);
    for (let step = 0; step < 40; step++) await simulator.advance(37 * minute + 11_000);
    let time: Instant = plusMs(OPEN, -4 * 24 * 60 * minute);
    for (let i = 0; i < sink.said.length; i++) {
      const entry = sink.said[i]!;
      if ('tick' in entry) {
        time = entry.tick;
        continue;
      }
      const next = sink.said[i + 1]!;
      const until = 'tick' in next ? next.tick : time;
      for (const record of entry.records) expect(knownAt(record) > time && knownAt(record) <= until).toBe(true);
    }
    const texts = sink.all().map((record) => canonicalJson(record));
    expect(new Set(texts).size).toBe(texts.length);

    const inOneGo = byHand();
    const other = recordingSink();
    await inOneGo.start(other);
    await inOneGo.advance(40 * (37 * minute + 11_000));
    expect(other.all().map((record) => canonicalJson(record))).toEqual(texts);
  });

  it('emits a minute’s bars when the minute ends, agreeing with the quotes that were given, and the daily bar at the close', async () => {
    const simulator = byHand();
    const sink = recordingSink();
    await simulator.start(sink);
    const lasts: number[] = [];
    for (let second = 0; second < 60; second++) {
      lasts.push(simulator.quote('QUINTARA')!.last);
      await simulator.advance(1_000);
    }
    const bar = ofType(sink.all(), 'intraday_bar').find(({ bar: { symbol } }) => symbol === 'QUINTARA')!;
    expect([bar.bar.start, bar.knownAt]).toEqual([OPEN, plusMs(OPEN, minute)]);
    expect([bar.bar.open, bar.bar.high, bar.bar.low, bar.bar.close]).toEqual([lasts[0], Math.max(...lasts), Math.min(...lasts), lasts[59]]);

    await simulator.advance(374 * minute);
    expect(simulator.now()).toBe(CLOSE);
    const daily = ofType(sink.all(), 'daily_bar').find(({ bar: { symbol } }) => symbol === 'QUINTARA')!;
    expect(daily.knownAt).toBe(CLOSE);
    expect(simulator.quote('QUINTARA')).toMatchObject({
      last: daily.bar.close,
      high: daily.bar.high,
      low: daily.bar.low,
      volume: daily.bar.volume,
      previousClose: daily.bar.previousClose,
    });
    expect(ofType(sink.all(), 'intraday_bar')).toHaveLength(61 * 375);
    expect(ofType(sink.all(), 'daily_bar')).toHaveLength(61);
  });

  it('brings fresh headlines in every session', async () => {
    const simulator = byHand();
    const sink = recordingSink();
    await simulator.start(sink);
    const before = ofType(sink.all(), 'event').length;
    await simulator.advance(375 * minute);
    expect(ofType(sink.all(), 'event').length - before).toBeGreaterThanOrEqual(3);
  });

  it('continues its history without a seam', async () => {
    const simulator = byHand();
    const bars = new Map(
      [...simulator.history()].flatMap((batch) => ofType(batch, 'daily_bar')).map(({ bar }) => [`${bar.symbol} ${bar.date}`, bar]),
    );
    expect(bars.size).toBe(61 * 300);
    const sink = recordingSink();
    await simulator.start(sink);
    const lastKnown = [...simulator.history()]
      .flat()
      .reduce<string>((latest, record) => (knownAt(record) > latest ? knownAt(record) : latest), '');
    for (const record of sink.all()) expect(knownAt(record) > lastKnown).toBe(true);
    const actions = new Set(
      [...[...simulator.history()].flat(), ...sink.all()].flatMap((record) =>
        record.type === 'corporate_action' ? [`${record.action.symbol} ${record.action.exDate}`] : [],
      ),
    );
    for (const { symbol, kind } of simulator.symbols()) {
      if (kind === 'INDEX' || actions.has(`${symbol} 2030-01-07`)) continue;
      expect(simulator.quote(symbol)?.previousClose).toBe(bars.get(`${symbol} 2030-01-04`)?.close);
    }
  });

  it('goes on after a restart as if it had never stopped', async () => {
    const whole = byHand();
    const told = recordingSink();
    await whole.start(told);
    await whole.advance(500 * minute);
    await whole.advance(1_000 * minute);

    const first = byHand();
    const one = recordingSink();
    await first.start(one);
    await first.advance(500 * minute);
    const state = JSON.parse(JSON.stringify(first.snapshotState())) as ReturnType<Simulator['snapshotState']>;
    await first.stop();
    const second = byHand({ state, wallClock: () => instant('2027-06-01T00:00:00Z') });
    const two = recordingSink();
    await second.start(two);
    expect(second.now()).toBe(first.now());
    await second.advance(1_000 * minute);
    expect([...one.all(), ...two.all()].map((record) => canonicalJson(record))).toEqual(told.all().map((record) => canonicalJson(record)));
    expect(second.quote('NIFTY')).toEqual(whole.quote('NIFTY'));
  });

  it('can be restored from the state of any moment at which it spoke', async () => {
    const simulator = byHand();
    const states: ReturnType<Simulator['snapshotState']>[] = [];
    await simulator.start({
      records: async () => {
        states.push(simulator.snapshotState());
      },
      tick: async () => {
        states.push(simulator.snapshotState());
      },
    });
    await simulator.advance(30 * 60 * minute);
    for (const state of states.filter((_, i) => i % 300 === 0 || states[i]?.sessionIndex !== states[i + 1]?.sessionIndex)) {
      expect(byHand({ state }).now()).toBe(state.marketTime);
    }
  });

  it('refuses a state of another seed, version or place', () => {
    const state = byHand().snapshotState();
    expect(() => byHand({ seed: 4, state })).toThrow('sim(3)');
    expect(() => byHand({ state: { ...state, worldVersion: 0 } })).toThrow('--fresh');
    expect(() => byHand({ state: { ...state, sessionIndex: 5 } })).toThrow(RangeError);
    expect(() => byHand({ startMarketTime: instant('2029-12-31T05:00:00Z') })).toThrow(RangeError);
  });

  it('can begin later; then what was before that session is history', async () => {
    const simulator = byHand({ startMarketTime: instant('2030-01-09T06:00:00Z') });
    const sink = recordingSink();
    await simulator.start(sink);
    expect([...simulator.history()].flatMap((batch) => ofType(batch, 'daily_bar')).at(-1)?.bar.date).toBe('2030-01-08');
    // From 09:15 to 11:30 a hundred and thirty-five minutes have ended.
    expect(ofType(sink.all(), 'intraday_bar')).toHaveLength(61 * 135);
  });

  it('knows its calendar five years ahead, and lists each next year when it comes', async () => {
    const simulator = byHand({ startMarketTime: instant('2030-12-31T04:00:00Z') });
    const sink = recordingSink();
    await simulator.start(sink);
    expect(simulator.calendarDays().at(-1)?.date).toBe('2035-12-31');
    await simulator.advance(24 * 60 * minute);
    const added = ofType(sink.all(), 'calendar_day');
    expect(new Set(added.map(({ day }) => day.date.slice(0, 4)))).toEqual(new Set(['2036']));
    expect(simulator.calendarDays().at(-1)?.date).toBe('2036-12-31');
  });

  it('quotes nothing that it does not list', () => {
    expect(byHand().quote('RELIANCE')).toBeNull();
  });
});

describe('the simulated exchange kept closed', () => {
  it('stands after a close with the last closes as quotes, however long it runs and however it is moved', async () => {
    const hand = handTimer();
    const simulator = createSimulator({ seed: 3, wallClock: hand.wallClock, setTimer: hand.setTimer, sessions: 'closed' });
    const sink = recordingSink();
    await simulator.start(sink);
    expect(simulator.now()).toBe('2030-01-04T10:15:00.000Z');
    const quote = simulator.quote('LUMORA')!;
    expect(quote.at).toBe('2030-01-04T10:00:00.000Z');
    const close = [...simulator.history()].flatMap((batch) => ofType(batch, 'daily_bar')).findLast(({ bar }) => bar.symbol === 'LUMORA');
    expect(quote.last).toBe(close?.bar.close);
    await hand.pass(60_000);
    expect(simulator.now()).toBe('2030-01-04T10:16:00.000Z');
    await simulator.advance(10 * 24 * 60 * minute);
    expect(simulator.now()).toBe('2030-01-07T03:30:00.000Z');
    await hand.pass(60_000);
    expect(simulator.now()).toBe('2030-01-07T03:30:00.000Z');
    expect(simulator.quote('LUMORA')).toEqual(quote);
    expect(ofType(sink.all(), 'intraday_bar')).toHaveLength(0);
    await simulator.stop();
  });

  it('closes the session that a restored state is in', async () => {
    const open = byHand();
    await open.start(recordingSink());
    await open.advance(100 * minute);
    const closed = byHand({ state: open.snapshotState(), sessions: 'closed' });
    const sink = recordingSink();
    await closed.start(sink);
    expect(closed.now()).toBe(plusMs(CLOSE, 15 * minute));
    expect(ofType(sink.all(), 'daily_bar')).toHaveLength(61);
  });
});
