import { z } from 'zod';
import { breadthOf, type Mover, moversOf } from '../desk/market/breadth.ts';
import { formatDay } from '../desk/format.ts';
import { AsOf, DateText, dateNamed, readingMoment } from './as-of.ts';
import { defineTool, ToolError } from './define.ts';
import { closedNote, marketMoves, type SymbolMove } from './market-day.ts';
import { scopeOf } from './indices.ts';

const Row = z.object({
  symbol: z.string(), name: z.string().nullable(), sector: z.string().nullable(), close: z.number(), previousClose: z.number().describe('in the prices of the last day'), changePercent: z.number(),
  turnover: z.number().describe('close × shares over the stretch'), adjustedFor: z.string().nullable().describe('a split or the like that was taken out of the move'),
});
const Output = z.object({
  asOf: z.string(), currency: z.enum(['INR', 'USD']), session: z.string(), sessionText: z.string(), from: z.string(), fromText: z.string(), singleSession: z.boolean(),
  live: z.boolean().describe('the session is on; moves are from quotes'), direction: z.enum(['UP', 'DOWN', 'BOTH']), sector: z.string().nullable(), index: z.string().nullable(),
  gainers: z.array(Row), losers: z.array(Row),
  breadth: z.object({ advances: z.int(), declines: z.int(), unchanged: z.int(), counted: z.int(), advanceDeclineRatio: z.number().nullable() }),
  leastTurnover: z.number().describe('a share counts from this turnover in the session or the one before (a stretch: on average)'), tooThin: z.int(), broken: z.int().describe('left out: prices before and after cannot be compared'), notTraded: z.int(),
  closedOn: z.string().nullable().describe('why the day asked for had no session'), reason: z.string().nullable(),
});
export type MarketMovers = z.output<typeof Output>;

/** What rose and fell most, from adjusted previous closes: a split is no fall. Thin shares are left out and counted. */
export const marketMovers = defineTool({
  name: 'market_movers',
  purpose: 'Largest gains and losses of the session or of a period, with sector, and how many rose and fell',
  effect: 'read', permission: 'market:read',
  input: z.object({
    direction: z.enum(['UP', 'DOWN', 'BOTH']).default('BOTH'), sector: z.string().min(1).optional().describe('sector, industry, or what people call it'), index: z.string().min(1).max(60).optional().describe('only its members then: Nifty 50'),
    period: z.object({ from: DateText, to: DateText }).optional().describe('both ends included; absent: the session now on, or the last one'),
    limit: z.int().min(1).max(50).default(5), leastTurnover: z.number().min(0).default(50_000_000).describe('the exchange’s currency, a session'), asOf: AsOf.optional(),
  }),
  output: Output,
  run: async (context, { direction, sector, index, period, limit, leastTurnover, asOf }) => {
    const { market } = context.services;
    const moment = readingMoment(context, asOf);
    const [from, to] = period ? [dateNamed(period.from, 'period.from'), dateNamed(period.to, 'period.to')] : [undefined, undefined];
    if (from && to && from > to) throw new ToolError('INVALID_PERIOD', 'the period ends before it begins', 'period');
    const members = await scopeOf(context, { sector, index, moment });
    const found = await marketMoves(context, { moment, ...(from ? { from } : {}), ...(to ? { to } : {}) });
    if (!found) throw new ToolError('NO_PRICES', `no session is stored up to ${formatDay(to && to < moment.date ? to : moment.date)}`);
    const among = found.moves.filter((move) => members === null || members.has(move.symbol));
    const liquid = among.filter((move) => move.usualTurnover >= leastTurnover);
    const movers = moversOf({ moves: liquid, count: limit, leastTurnover: 0 });
    const byName = new Map(liquid.map((move) => [move.symbol, move]));
    const row = (mover: Mover): z.input<typeof Row> => {
      const record = market.symbols().get(mover.symbol);
      return { symbol: mover.symbol, name: record?.name ?? null, sector: record?.sector ?? null, close: mover.close, previousClose: mover.previousClose, changePercent: mover.changePercent, turnover: mover.turnover, adjustedFor: adjusted(byName.get(mover.symbol)) };
    };
    const { advances, declines, unchanged, advanceDeclineRatio } = breadthOf(among);
    return {
      asOf: moment.asOf, currency: 'INR' as const, session: found.session, sessionText: formatDay(found.session, moment.date), from: found.from, fromText: formatDay(found.from, moment.date), singleSession: found.from === found.session, live: found.live,
      direction, sector: members?.sector ?? null, index: members?.index ?? null, gainers: direction === 'DOWN' ? [] : movers.gainers.map(row), losers: direction === 'UP' ? [] : movers.losers.map(row),
      breadth: { advances, declines, unchanged, counted: among.length, advanceDeclineRatio },
      leastTurnover, tooThin: among.length - liquid.length, broken: found.without.broken, notTraded: found.without.notTraded,
      closedOn: to && found.session < to && to <= moment.date ? closedNote(context, to) : null, reason: liquid.length > 0 ? null : among.length === 0 ? 'no share of it traded' : 'none traded enough',
    };
  },
});
const adjusted = (move: SymbolMove | undefined): string | null => (move && move.adjustedFor.length > 0 ? move.adjustedFor.join('; ') : null);
