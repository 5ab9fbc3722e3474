import { z } from 'zod';
import { eventMoments, scheduledEvents } from '../db/stores/events.ts';
import { formatDay } from '../desk/format.ts';
import { panelOf, type SharePanel } from '../desk/market/share-panel.ts';
import { firstOfEach, recordOf, type Suggestion } from '../desk/market/suggestion-record.ts';
import { breakout, changeOverMonth, gap, leadersAmong, leaderSessions, resultsWithinDays, unusualVolume, watchSessions } from '../desk/market/worth-watching.ts';
import { at as instantAt, type Instant, plusDays, type TradingDate } from '../desk/time.ts';
import { AsOf, type ReadingMoment, readingMoment } from './as-of.ts';
import { defineTool, type ToolContext } from './define.ts';
import { tradingDaysAway } from './event-days.ts';
import { sharesUpTo } from './last-session.ts';
import { membersOf } from './sectors.ts';

const Percent = z.number().nullable().describe('percent, close to close');
const Row = z.object({
  kind: z.enum(['UNUSUAL_VOLUME', 'BREAKOUT', 'GAP_UP_WITH_EVENT', 'GAP_DOWN_WITH_EVENT', 'SECTOR_LEADER', 'RESULTS_SOON']), label: z.string(), count: z.int().describe('suggestions; a share counts once in twenty sessions'),
  over1: Percent, over5: Percent, over20: Percent.describe('less the plain mean of all shares looked at'), mean20: Percent, above20: Percent.describe('share of suggestions above that mean'), count20: z.int(),
  low20: Percent, high20: Percent, interval: z.string().describe('95 % interval of over20, over separate stretches of twenty sessions; says so where they are too few'),
});
type Kind = z.infer<typeof Row>['kind'];
const labels: Record<Kind, string> = { UNUSUAL_VOLUME: 'Unusual volume', BREAKOUT: 'High of fifty sessions', GAP_UP_WITH_EVENT: 'Gap up with an event', GAP_DOWN_WITH_EVENT: 'Gap down with an event', SECTOR_LEADER: 'Leader of a leading sector', RESULTS_SOON: 'Results soon' };
const Output = z.object({
  asOf: z.string(), sector: z.string().nullable(), sessions: z.int(), fromText: z.string(), toText: z.string(), shares: z.int(), suggestions: z.int(), rows: z.array(Row).describe('the kind furthest over the market after twenty sessions first'),
  certain: z.int().describe('kinds whose interval does not hold zero'), basis: z.string(), reason: z.string().nullable(),
});
const basis = 'What the same rules say at each past close of what was known then, and the change from that close to 1, 5 and 20 sessions later less the plain mean of all shares looked at; charges are not counted';
const rounded = (value: number | null): number | null => (value === null ? null : Math.round(value * 100) / 100);

/** What came of what the rules of `discovery` would have suggested at each close of the last sessions, by kind. Errors: `NO_PRICES`, those of `sector_members`. */
export const discoveryRecord = defineTool({
  name: 'discovery_record',
  purpose: 'How earlier suggestions of discovery did: by kind the change 1, 5 and 20 sessions later against the market, with counts and intervals',
  effect: 'read', permission: 'account:read',
  input: z.object({ sector: z.string().min(1).optional(), sessions: z.int().min(20).max(250).default(120).describe('how many past sessions are looked at'), leastTurnover: z.number().min(0).default(50_000_000).describe('of that session, in the exchange’s currency'), asOf: AsOf.optional() }),
  output: Output,
  run: async (context, { sector, sessions, leastTurnover, asOf }) => {
    const moment = readingMoment(context, asOf);
    const members = sector === undefined ? null : membersOf(context, sector);
    const { series, session } = await sharesUpTo(context, { moment, sessions: sessions + watchSessions + 5, has: (symbol) => members?.has(symbol) ?? true });
    const dates = [...new Set(series.flatMap((bars) => bars.map(({ date }) => date)))].sort().slice(-(sessions + 1));
    const panel = panelOf(series, { dates, leastTurnover });
    const found = firstOfEach([...ofBars(context, panel), ...(await ofGaps(context, { panel, moment })), ...(await ofResults(context, { panel, moment }))].sort((a, b) => a.at - b.at || (a.symbol < b.symbol ? -1 : 1)));
    const records = recordOf(found, { change: panel.change, market: panel.market });
    const rows = records.map(({ kind, count, after: [one, five, twenty] }): z.infer<typeof Row> => ({
      kind: kind as Kind, label: labels[kind as Kind], count, over1: rounded(one?.over ?? null), over5: rounded(five?.over ?? null), over20: rounded(twenty?.over ?? null), mean20: rounded(twenty?.mean ?? null), above20: rounded(twenty?.above ?? null), count20: twenty?.count ?? 0,
      low20: rounded(twenty?.low ?? null), high20: rounded(twenty?.high ?? null), interval: twenty && twenty.low !== null && twenty.high !== null ? `${signed(twenty.low)} to ${signed(twenty.high)}` : `too few stretches (${twenty?.stretches ?? 0})`,
    }));
    return {
      asOf: moment.asOf, sector: members?.label ?? null, sessions: Math.max(0, dates.length - 1), fromText: formatDay(dates[0] ?? session, moment.date), toText: formatDay(dates.at(-2) ?? session, moment.date), shares: panel.shares, suggestions: found.length, rows,
      certain: rows.filter(({ low20, high20 }) => low20 !== null && high20 !== null && (low20 > 0 || high20 < 0)).length, basis, reason: rows.length > 0 ? null : 'nothing stood out in the sessions that are stored',
    };
  },
});
const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`;

/** Volume, highs and leaders: read off bars alone. */
function ofBars({ services: { market } }: ToolContext, { dates, liquid }: SharePanel): (Suggestion & { kind: Kind })[] {
  return dates.slice(0, -1).flatMap((_, at) => {
    const traded = liquid(at);
    const leaders = leadersAmong(traded.flatMap(({ symbol, bars }) => {
      const [sector, changePercent] = [market.symbols().get(symbol)?.sector ?? null, bars.length > leaderSessions ? changeOverMonth(bars) : null];
      return sector === null || changePercent === null ? [] : [{ symbol, sector, changePercent }];
    }));
    return traded.flatMap(({ symbol, bars }) => [
      ...(unusualVolume(bars) ? [{ kind: 'UNUSUAL_VOLUME' as const, symbol, at }] : []), ...(breakout(bars) ? [{ kind: 'BREAKOUT' as const, symbol, at }] : []), ...(leaders.has(symbol) ? [{ kind: 'SECTOR_LEADER' as const, symbol, at }] : []),
    ]);
  });
}

/** Gaps that something explains which became known between the close before and the session's own. */
async function ofGaps({ services: { market, database: { orm } } }: ToolContext, { panel: { dates, liquid }, moment }: { panel: SharePanel; moment: ReadingMoment }): Promise<(Suggestion & { kind: Kind })[]> {
  const closeOf = (date: TradingDate): Instant => market.calendar().session(date)?.close ?? instantAt(date, '15:30', market.zone);
  const gaps = dates.slice(0, -1).flatMap((date, at) => liquid(at).flatMap(({ symbol, bars }) => { const found = gap(bars); return found ? [{ symbol, at, up: found.measured > 0, from: closeOf(bars.at(-2)?.date ?? plusDays(date, -1)), to: closeOf(date) }] : []; }));
  const first = gaps.reduce<Instant | null>((least, { from }) => (least === null || from < least ? from : least), null);
  if (first === null) return [];
  const knownOf = Map.groupBy(await eventMoments(orm, { symbols: [...new Set(gaps.map(({ symbol }) => symbol))], after: first, asOf: moment.asOf }), ({ symbol }) => symbol);
  return gaps.filter(({ symbol, from, to }) => knownOf.get(symbol)?.some(({ knownAt }) => from < knownAt && knownAt <= to)).map(({ symbol, at, up }) => ({ kind: up ? 'GAP_UP_WITH_EVENT' as const : 'GAP_DOWN_WITH_EVENT' as const, symbol, at }));
}

/** Results within ten trading days, from the first close at which their day was known. */
async function ofResults({ services: { market, database: { orm } } }: ToolContext, { panel: { dates, liquid }, moment }: { panel: SharePanel; moment: ReadingMoment }): Promise<(Suggestion & { kind: Kind })[]> {
  const [from, to] = [dates[0], dates.at(-1)];
  if (from === undefined || to === undefined) return [];
  const calendar = market.calendar();
  const results = Map.groupBy((await scheduledEvents(orm, { from, to: plusDays(to, 3 * resultsWithinDays), asOf: moment.asOf })).filter(({ kind }) => kind === 'RESULTS'), ({ symbol }) => symbol);
  return dates.slice(0, -1).flatMap((date, at) => {
    const close = calendar.session(date)?.close ?? instantAt(date, '15:30', market.zone);
    return liquid(at).filter(({ symbol }) => results.get(symbol)?.some((each) => each.date >= date && each.knownAt <= close && tradingDaysAway(calendar, date, each.date).days <= resultsWithinDays)).map(({ symbol }) => ({ kind: 'RESULTS_SOON' as const, symbol, at }));
  });
}
