import { z } from 'zod';
import { eventsKnown, scheduledEvents } from '../db/stores/events.ts';
import { coverageOf } from '../db/stores/reference.ts';
import { listWatchlist } from '../db/stores/watchlist.ts';
import { formatChange, formatCount, formatDay, formatPercent } from '../desk/format.ts';
import type { AdjustedBar } from '../desk/market/corporate-actions.ts';
import { breakout, changeOverMonth, gap, leadersAmong, leaderSessions, type ReasonToWatch, resultsSoon, resultsWithinDays, sectorLeader, unusualVolume, watchSessions } from '../desk/market/worth-watching.ts';
import { at, plusDays } from '../desk/time.ts';
import { AsOf, readingMoment } from './as-of.ts';
import { defineTool, type ToolContext } from './define.ts';
import { tradingDaysAway } from './event-days.ts';
import { lastSession } from './last-session.ts';
import { portfolioState } from './portfolio-state.ts';
import { membersOf } from './sectors.ts';

const Reason = z.object({
  reason: z.enum(['UNUSUAL_VOLUME', 'BREAKOUT', 'GAP_WITH_EVENT', 'SECTOR_LEADER', 'RESULTS_SOON']), text: z.string(), measured: z.number(), points: z.number(),
  evidence: z.array(z.object({ kind: z.enum(['bars', 'event', 'scheduled_event']), id: z.string().describe('SYMBOL:DATE for a session, the id of an event') })),
});
const Item = z.object({ rank: z.int(), symbol: z.string(), name: z.string().nullable(), sector: z.string().nullable(), close: z.number(), changePercent: z.number().nullable(), turnover: z.number(), score: z.number(), why: z.string(), reasons: z.array(Reason).describe('the weightiest first') });
const Output = z.object({
  asOf: z.string(), session: z.string(), sessionText: z.string(), sector: z.string().nullable(), count: z.int().describe('shares with at least one reason'), items: z.array(Item).describe('the highest score first'),
  looked: z.int(), thin: z.int().describe('left out: too little turnover'), known: z.int().describe('left out: held or watched already'), resultsKnown: z.boolean().describe('a calendar of results covers these days'), leastTurnover: z.number(), basis: z.string(), reason: z.string().nullable(),
});

const basis = 'Score: a point for each doubling of volume from three times on (at most four), two to three for a close above the high of fifty sessions, two to four for a gap that an event explains, one and a half for the leader of a leading sector, up to one for results within ten trading days';

/** What may be worth watching outside of holdings and watchlist, with what shows it. No forecast, no proposal. Errors: `NO_PRICES`, those of `sector_members`. */
export const discovery = defineTool({
  name: 'discovery',
  purpose: 'What is worth a look outside holdings and watchlist: unusual volume, breakouts, gaps with an event, sector leaders, results soon; ranked, each with its evidence',
  effect: 'read', permission: 'account:read',
  input: z.object({ sector: z.string().min(1).optional().describe('sector, industry, or what people call it'), limit: z.int().min(1).max(50).default(8), leastTurnover: z.number().min(0).default(50_000_000).describe('of the last session, in the exchange’s currency'), asOf: AsOf.optional() }),
  output: Output,
  run: async (context, { sector, limit, leastTurnover, asOf }) => {
    const { market, database: { orm } } = context.services;
    const moment = readingMoment(context, asOf);
    const members = sector === undefined ? null : membersOf(context, sector);
    const { series, session } = await lastSession(context, { moment, sessions: watchSessions + 5, has: () => true });
    const had = await alreadyKnown(context, asOf);
    const traded = series.map((bars) => ({ bars, last: bars.at(-1) as AdjustedBar }));
    const liquid = traded.filter(({ last }) => last.close * last.volume >= leastTurnover);
    const leaders = leadersOf(context, liquid);
    const among = liquid.filter(({ last }) => (members?.has(last.symbol) ?? true) && !had.has(last.symbol));
    const gaps = among.flatMap(({ bars, last }) => { const found = gap(bars); return found ? [{ symbol: last.symbol, found }] : []; });
    const previous = market.calendar().previous(session) ?? plusDays(session, -1);
    // What became known after the close before and not later than the moment of asking.
    const events = gaps.length === 0 ? [] : await eventsKnown(orm, { symbols: gaps.map(({ symbol }) => symbol), after: market.calendar().session(previous)?.close ?? at(previous, '15:30', market.zone), asOf: moment.asOf, limit: 1_000 });
    const results = (await scheduledEvents(orm, { from: moment.date, to: plusDays(moment.date, 3 * resultsWithinDays), asOf: moment.asOf })).filter(({ kind }) => kind === 'RESULTS');
    const covered = (await coverageOf(orm, 'scheduled_event')).some((row) => row.from <= moment.date && moment.date <= row.to);
    const items = among.flatMap(({ bars, last }) => {
      const bar = { kind: 'bars' as const, id: `${last.symbol}:${last.date}` };
      const reasons: z.input<typeof Reason>[] = [];
      const add = (found: ReasonToWatch | null, text: (measured: number) => string, evidence: z.input<typeof Reason>['evidence']): void => { if (found) reasons.push({ ...found, points: Math.round(found.points * 100) / 100, text: text(found.measured), evidence }); };
      add(unusualVolume(bars), (times) => `volume ${formatCount(times)} times its usual`, [bar]);
      add(breakout(bars), (percent) => `closed ${formatPercent(percent)} above the high of fifty sessions`, [bar]);
      const own = events.filter(({ symbols }) => symbols.includes(last.symbol));
      if (own.length > 0) add(gaps.find(({ symbol }) => symbol === last.symbol)?.found ?? null, (percent) => `gapped ${formatChange(percent)} on ${(own[0]?.eventType ?? 'news').toLowerCase().replaceAll('_', ' ')}`, [bar, ...own.slice(0, 2).map(({ id }) => ({ kind: 'event' as const, id }))]);
      const led = leaders.get(last.symbol);
      if (led) add(sectorLeader(led.changePercent), (percent) => `leads ${led.sector}, ${formatChange(percent)} in twenty sessions`, [bar]);
      const next = results.find(({ symbol }) => symbol === last.symbol);
      if (next) add(resultsSoon(tradingDaysAway(market.calendar(), moment.date, next.date).days), () => `results on ${formatDay(next.date, moment.date)}`, [{ kind: 'scheduled_event', id: `${next.symbol}:${next.date}` }]);
      if (reasons.length === 0) return [];
      reasons.sort((a, b) => b.points - a.points);
      const record = market.symbols().get(last.symbol);
      const before = bars.at(-2);
      return [{
        symbol: last.symbol, name: record?.name ?? null, sector: record?.sector ?? null, close: last.close, changePercent: before ? Math.round((last.close / before.close - 1) * 10_000) / 100 : null, turnover: Math.round(last.close * last.volume),
        score: Math.round(reasons.reduce((sum, { points }) => sum + points, 0) * 100) / 100, why: reasons.map(({ text }) => text).join('; '), reasons,
      }];
    }).sort((a, b) => b.score - a.score || b.turnover - a.turnover || (a.symbol < b.symbol ? -1 : 1));
    return {
      asOf: moment.asOf, session, sessionText: formatDay(session, moment.date), sector: members?.label ?? null, count: items.length, items: items.slice(0, limit).map((item, index) => ({ rank: index + 1, ...item })),
      looked: among.length, thin: traded.length - liquid.length, known: liquid.filter(({ last }) => had.has(last.symbol)).length, resultsKnown: covered, leastTurnover, basis, reason: items.length > 0 ? null : 'nothing stands out in that session',
    };
  },
});

/** What the person holds and what is watched: neither is new. */
async function alreadyKnown(context: ToolContext, asOf: string | undefined): Promise<ReadonlySet<string>> {
  const watched = (await listWatchlist(context.services.database.orm)).map(({ symbol }) => symbol);
  if (context.caller.viewableAccountIds.length === 0) return new Set(watched);
  const { positions } = portfolioState.output.parse(await portfolioState.run(context, { ...(asOf === undefined ? {} : { asOf }) }));
  return new Set([...watched, ...positions.map(({ symbol }) => symbol)]);
}

/** The leaders of the strongest sectors, among what trades enough. */
function leadersOf({ services: { market } }: ToolContext, liquid: readonly { bars: readonly AdjustedBar[]; last: { symbol: string } }[]): Map<string, { sector: string; changePercent: number }> {
  return leadersAmong(liquid.flatMap(({ bars, last }) => {
    const [sector, changePercent] = [market.symbols().get(last.symbol)?.sector ?? null, bars.length > leaderSessions ? changeOverMonth(bars) : null];
    return sector === null || changePercent === null ? [] : [{ symbol: last.symbol, sector, changePercent }];
  }));
}
