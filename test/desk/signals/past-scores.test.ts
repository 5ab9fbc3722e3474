import { beforeAll, describe, expect, it } from 'vitest';
import type { DailyBar } from '../../../desk/market/types.ts';
import type { SignalEvent } from '../../../desk/signals/define.ts';
import { metaLabels } from '../../../desk/signals/meta-label.ts';
import { signalModels } from '../../../desk/signals/models.ts';
import { pastScores, type ScoredSetUp } from '../../../desk/signals/past-scores.ts';
import { scanSignals } from '../../../desk/signals/scan.ts';
import { at, plusMinutes, type TradingDate } from '../../../desk/time.ts';
import { FIRST_LIVE_SESSION } from '../../../feeds/simulator/exchange-days.ts';
import { simulatedHistory } from '../../../feeds/simulator/history.ts';
import { barriers, bullish, closeOf, seriesOf } from './fixtures.ts';

const opensAt = (date: TradingDate) => at(date, '09:15', 'Asia/Kolkata');
let bars: DailyBar[][];
let dates: TradingDate[];
let events: SignalEvent[];
let scored: ScoredSetUp[];
const score = (lists: readonly DailyBar[][], told: readonly SignalEvent[] = events, models = signalModels): ScoredSetUp[] =>
  pastScores({ series: lists.map((list) => seriesOf(list, Number(list[0]!.symbol.charCodeAt(0)) % 2 === 0 ? 'Even' : 'Odd')), events: told, barriers, models, freshHours: 24, opensAt });
const compact = (found: readonly ScoredSetUp[]): string[] => found.map(({ score: trust, reached, day, knownOn }) => `${day} ${knownOn} ${trust.toFixed(9)} ${reached}`).sort();

beforeAll(() => {
  const bySymbol = new Map<string, DailyBar[]>();
  for (const batch of simulatedHistory({ seed: 3, before: FIRST_LIVE_SESSION })) for (const record of batch) if (record.type === 'daily_bar') bySymbol.set(record.bar.symbol, [...(bySymbol.get(record.bar.symbol) ?? []), record.bar]);
  bars = [...bySymbol.values()].slice(0, 30);
  dates = bars[0]!.map(({ date }) => date);
  events = bars.flatMap(([first], n) => [40, 120, 180, 220].map((session) => bullish(at(dates[session + n]!, '11:00', 'Asia/Kolkata'), { symbols: [first!.symbol], stance: n % 5 === 0 ? 'BEARISH' : 'BULLISH' })));
  scored = score(bars);
});

describe('scores of past set-ups', () => {
  it('are many, none of them zero, each with its outcome told after it began', () => {
    expect(scored.length).toBeGreaterThan(100);
    expect(scored.some(({ reached }) => reached)).toBe(true);
    for (const { score: trust, day, knownOn } of scored) { expect(trust).toBeGreaterThan(0); expect(trust).toBeLessThanOrEqual(1); expect(knownOn >= day).toBe(true); }
  });
  it('are what the desk would have said at that open with no later bar in its hands', () => {
    const [momentum] = signalModels;
    // Outside sectors, where nobody crowds: the desk counts set-ups that go on, history those that begin.
    const past = pastScores({ series: bars.map((list) => seriesOf(list)), events: [], barriers, models: [momentum!], freshHours: 24, opensAt });
    const days = [...new Set(past.map(({ day }) => day))].slice(-5);
    expect(days).toHaveLength(5);
    for (const day of days) {
      const session = dates[dates.indexOf(day) - 1]!;
      const cut = bars.map((list) => seriesOf(list.filter(({ date }) => date <= session)));
      const { signals } = scanSignals({ series: cut, session, events: [], barriers, asOf: opensAt(day), zone: 'Asia/Kolkata', freshHours: 24, expiresAt: closeOf(day), models: [momentum!] });
      const opens = new Map(bars.map((list) => [list[0]!.symbol, list.find(({ date }) => date === day)!.open]));
      const said = metaLabels({ signals, quotes: (symbol) => ({ bid: Number.NaN, ask: Number.NaN, last: opens.get(symbol)! }), events: [], sectorSizes: new Map(), asOf: opensAt(day), freshHours: 24 }).map(({ trust }) => trust.toFixed(9));
      for (const { score: trust } of past.filter((each) => each.day === day)) expect(said).toContain(trust.toFixed(9));
    }
  });
  it('know no later bar: whatever comes after a day, scores whose outcome was told by then stay the same', () => {
    const end = dates[230]!;
    const canary = bars.map((list) => list.map((bar, n) => (bar.date > end ? { ...bar, open: 50 + (n % 7), high: 9_000, low: 1, close: 60 + (n % 5), volume: 9_999_999 } : bar)));
    const told = (found: readonly ScoredSetUp[]) => compact(found.filter(({ knownOn }) => knownOn <= end));
    expect(told(scored).length).toBeGreaterThan(20);
    expect(told(score(bars.map((list) => list.filter(({ date }) => date <= end))))).toEqual(told(scored));
    expect(told(score(canary))).toEqual(told(scored));
  });
  it('know no later event: what is told after a day’s open changes nothing of that day', () => {
    const end = scored.findLast(({ day }) => day <= dates[230]!)!.day;
    const until = (found: readonly ScoredSetUp[], before = end) => compact(found.filter(({ day }) => day <= before));
    const against = (minutes: number) => bars.map(([first]) => bullish(plusMinutes(opensAt(end), minutes), { symbols: [first!.symbol], stance: 'BEARISH' }));
    expect(until(score(bars, [...events, ...against(1)]))).toEqual(until(scored));
    // The same told before that open leaves nothing of the day's trust.
    const sooner = score(bars, [...events, ...against(-1)]);
    expect(sooner.filter(({ day }) => day === end)).toEqual([]);
    expect(until(sooner, dates[dates.indexOf(end) - 1])).toEqual(until(scored, dates[dates.indexOf(end) - 1]));
  });
});
