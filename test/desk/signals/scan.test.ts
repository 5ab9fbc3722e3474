import { describe, expect, it } from 'vitest';
import type { Signal } from '../../../desk/signals/define.ts';
import { scanSignals } from '../../../desk/signals/scan.ts';
import type { SymbolSeries } from '../../../desk/signals/series.ts';
import { instant, plusMinutes } from '../../../desk/time.ts';
import { barriers, barsFrom, bullish, closeOf, seriesOf, weekdays } from './fixtures.ts';

/** A share that breaks out on volume every 20 sessions, the last time on its last one. */
const breaking = (symbol: string, count = 281): SymbolSeries => {
  const closes = Array.from({ length: count }, (_, i) => 100 * 1.05 ** Math.floor(i / 20) * (1 + (i % 2) / 500));
  return seriesOf(barsFrom(closes, { symbol, volumes: closes.map((_, i) => (i > 0 && i % 20 === 0 ? 300_000 : 100_000)) }), 'Energy');
};
const session = weekdays(281).at(-1)!;
const asOf = plusMinutes(closeOf(session), 60);
const scan = (series: readonly SymbolSeries[], more: Partial<Parameters<typeof scanSignals>[0]> = {}) =>
  scanSignals({ series, session, events: [], barriers, asOf, zone: 'Asia/Kolkata', freshHours: 24, expiresAt: plusMinutes(asOf, 1440), ...more });
const two = [breaking('AAA'), breaking('BBB')];

describe('the scan', () => {
  it('gives each standing set-up with what similar ones came to', () => {
    const { signals } = scan(two);
    expect(signals.map(({ symbol, strategy }) => [symbol, strategy])).toEqual([['AAA', 'breakout'], ['BBB', 'breakout']]);
    const [first] = signals as [Signal, Signal];
    expect(first).toMatchObject({ direction: 'LONG', asOf: session, sector: 'Energy', horizonDays: 10, modelVersion: 'breakout-1', barriers, expiresAt: plusMinutes(asOf, 1440) });
    expect(first.tpProbability).toBe(first.comparables.targetFirst);
    expect(first.thesisBullets.map(({ evidenceKind }) => evidenceKind)).toEqual(['feature', 'outcome']);
    expect(first.thesisBullets[0]?.text).toBe('Closed at ₹197.99, above its 20-day high of ₹190.83, on 2.7 × its usual volume');
    // Nothing moves between two breakouts, so no barrier is met.
    expect(first.thesisBullets[1]?.text).toBe('Similar set-ups in its sector: 26, hit the target first 0 % (0–23 %), the stop first 0 %, 0 % on average');
  });
  it('gives the same again for the same input, in whatever order it comes', () => {
    expect(scan([...two].reverse())).toEqual(scan(two));
  });
  it('says nothing of a share whose last session is not the market’s', () => {
    expect(scan([...two, breaking('CCC', 261)]).signals.map(({ symbol }) => symbol)).toEqual(['AAA', 'BBB']);
  });
  it('counts set-ups that have too few before them instead of guessing', () => {
    expect(scan([breaking('AAA', 281)])).toEqual({ signals: [], withoutHistory: [{ symbol: 'AAA', strategy: 'breakout' }] });
  });
  it('measures other barriers by other outcomes', () => {
    const far = scan(two).signals[0]!;
    const near = scan(two, { barriers: { stopAtr: 2, targetAtr: 0.3, trail: null } }).signals[0]!;
    expect(near.barriers.targetAtr).toBe(0.3);
    expect(near.tpProbability).toBeGreaterThan(far.tpProbability);
  });
});

describe('events in the scan', () => {
  const quiet = ['AAA', 'BBB'].map((symbol) => seriesOf(barsFrom(Array.from({ length: 122 }, (_, i) => 100 + (i % 3)), { symbol }), 'Energy'));
  const last = weekdays(122).at(-1)!;
  const past = weekdays(120).slice(30, 110).filter((_, i) => i % 5 === 0).map((date) => bullish(`${date}T06:00:00Z`, { symbols: ['AAA', 'BBB'] }));
  const now = instant(`${weekdays(123)[122]}T06:00:00Z`);
  const at = (events: Parameters<typeof scanSignals>[0]['events']) => scan(quiet, { session: last, events, asOf: now }).signals;

  it('speak while they are fresh, with their time and source but none of their words', () => {
    const news = bullish(`${last}T11:00:00Z`);
    const [signal] = at([...past, news]);
    expect(signal).toMatchObject({ symbol: 'AAA', strategy: 'event_driven', event: { id: news.id }, expiresAt: plusMinutes(news.knownAt, 1440) });
    expect(signal?.thesisBullets[0]).toEqual({ text: expect.stringMatching(/^Order win announced on \d+ \w+ 16:30 \(test-exchange\), read as bullish$/), evidenceId: news.id, evidenceKind: 'event' });
    expect(at([...past, bullish(now)])[0]?.thesisBullets[0]?.text).toBe('Order win announced today 11:30 (test-exchange), read as bullish');
  });
  it('say nothing a day later, nor for another share', () => {
    expect(at([...past, bullish(`${weekdays(122)[119]}T11:00:00Z`)])).toEqual([]);
    expect(at([...past, bullish(`${last}T11:00:00Z`)]).map(({ symbol }) => symbol)).toEqual(['AAA']);
  });
  it('are not read before they are known', () => {
    expect(at([...past, bullish(plusMinutes(now, 1))])).toEqual([]);
    expect(at([...past, bullish(`${last}T11:00:00Z`), bullish(plusMinutes(now, 1))])).toHaveLength(1);
  });
  it('are compared with events of their own type where there are enough', () => {
    const other = past.map((event) => ({ ...event, id: `${event.id.slice(0, -4)}ffff`, eventType: 'RATING' as const }));
    const [signal] = at([...other, ...past, bullish(`${last}T11:00:00Z`)]);
    const [alone] = at([...past, bullish(`${last}T11:00:00Z`)]);
    expect(signal?.comparables.count).toBe(alone?.comparables.count);
  });
});
