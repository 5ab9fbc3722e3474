import { z } from 'zod';
import { formatDay } from '../desk/format.ts';
import { mean, quantile } from '../desk/portfolio/moments.ts';
import { AsOf, DateText, dateNamed, readingMoment } from './as-of.ts';
import { defineTool, ToolError } from './define.ts';
import { marketMoves, type SymbolMove } from './market-day.ts';
import { membersOf } from './sectors.ts';

const Member = z.object({ symbol: z.string(), changePercent: z.number() });
const Row = z.object({ sector: z.string(), members: z.int(), meanPercent: z.number().describe('plain mean of the members’ changes'), medianPercent: z.number(), advances: z.int(), declines: z.int(), best: Member, worst: Member });
const Output = z.object({
  asOf: z.string(), from: z.string(), fromText: z.string(), session: z.string(), sessionText: z.string(), sector: z.string().nullable(), rows: z.array(Row).describe('the best mean first; one row where a sector was named'),
  leastTurnover: z.number(), thin: z.int().describe('left out: hardly traded'), withoutSector: z.int().describe('left out: no source names their sector'), reason: z.string().nullable(),
});

/** Fewer members than this are no sector. */
const fewestMembers = 3;

/** How each sector's shares moved over a session or a period: every share counts the same, splits are no falls. */
export const sectorMoves = defineTool({
  name: 'sector_moves',
  purpose: 'How sectors moved over a session or period: mean and median of their shares’ changes, how many rose and fell, best and worst; or one sector',
  effect: 'read', permission: 'market:read',
  input: z.object({
    sector: z.string().min(1).optional().describe('absent: every sector'), period: z.object({ from: DateText, to: DateText }).optional().describe('both ends included; absent: the last session'),
    leastTurnover: z.number().min(0).default(10_000_000).describe('the exchange’s currency, a session'), asOf: AsOf.optional(),
  }),
  output: Output,
  run: async (context, { sector, period, leastTurnover, asOf }) => {
    const { market } = context.services;
    const moment = readingMoment(context, asOf);
    const from = period && dateNamed(period.from, 'period.from');
    const to = period && dateNamed(period.to, 'period.to');
    if (from && to && from > to) throw new ToolError('INVALID_PERIOD', 'the period ends before it begins', 'period');
    const members = sector === undefined ? null : membersOf(context, sector);
    const found = await marketMoves(context, { moment, ...(from ? { from } : {}), ...(to ? { to } : {}) });
    if (!found) throw new ToolError('NO_PRICES', `no session is stored up to ${formatDay(to && to < moment.date ? to : moment.date)}`);
    const among = members ? found.moves.filter((move) => members.has(move.symbol)) : found.moves;
    const liquid = among.filter((move) => move.usualTurnover >= leastTurnover);
    const groups = new Map<string, SymbolMove[]>();
    for (const move of liquid) {
      const name = members ? members.label : market.symbols().get(move.symbol)?.sector;
      if (name) groups.set(name, [...(groups.get(name) ?? []), move]);
    }
    const rows = [...groups].filter(([, moves]) => members !== null || moves.length >= fewestMembers).map(([name, moves]) => rowOf(name, moves)).sort((a, b) => b.meanPercent - a.meanPercent);
    return {
      asOf: moment.asOf, from: found.from, fromText: formatDay(found.from, moment.date), session: found.session, sessionText: formatDay(found.session, moment.date), sector: members?.label ?? null, rows,
      leastTurnover, thin: among.length - liquid.length, withoutSector: members ? 0 : liquid.length - [...groups.values()].reduce((sum, moves) => sum + moves.length, 0), reason: rows.length > 0 ? null : 'no share of it traded enough in that time',
    };
  },
});

function rowOf(sector: string, moves: readonly SymbolMove[]): z.input<typeof Row> {
  const changes = moves.map((move) => ({ symbol: move.symbol, changePercent: 100 * (move.close / move.previousClose - 1) })).sort((a, b) => b.changePercent - a.changePercent);
  const values = changes.map(({ changePercent }) => changePercent);
  return {
    sector, members: changes.length, meanPercent: mean(values), medianPercent: quantile(values, 0.5), advances: values.filter((value) => value > 0).length, declines: values.filter((value) => value < 0).length,
    best: changes[0] as { symbol: string; changePercent: number }, worst: changes.at(-1) as { symbol: string; changePercent: number },
  };
}
