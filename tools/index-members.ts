import { z } from 'zod';
import { formatDay } from '../desk/format.ts';
import { AsOf, readingMoment } from './as-of.ts';
import { defineTool } from './define.ts';
import { indexMembersAt } from './indices.ts';

/** Leavers shown. */
const mostLeft = 20;
const Output = z.object({
  asOf: z.string(), index: z.string(), listedOn: z.string(), listedOnText: z.string(), firstListText: z.string(), count: z.int(), truncated: z.boolean(),
  members: z.array(z.object({ symbol: z.string(), name: z.string().nullable(), sector: z.string().nullable(), since: z.string(), sinceText: z.string().describe('of the first list that is held: or earlier') })).describe('by symbol'),
  left: z.array(z.object({ symbol: z.string(), name: z.string().nullable(), until: z.string(), untilText: z.string() })).describe('the latest first'),
  asked: z.object({ symbol: z.string(), member: z.boolean(), sinceText: z.string().nullable(), untilText: z.string().nullable() }).nullable(),
});

/** Who belongs to an index, since when, and who has left it, by its dated lists of constituents. Errors: `NO_SUCH_INDEX`. */
export const indexMembers = defineTool({
  name: 'index_members', purpose: 'The members of an index such as the Nifty 50 on a day, since when each belongs to it, and who has left', effect: 'read', permission: 'market:read',
  input: z.object({ index: z.string().min(1).max(60), symbol: z.string().optional().describe('asks whether this share belongs to it'), limit: z.int().min(1).max(1000).default(100), asOf: AsOf.optional() }),
  output: Output,
  run: async (context, { index: said, symbol, limit, asOf }) => {
    const moment = readingMoment(context, asOf);
    const { index, listedOn, firstList, members, left } = await indexMembersAt(context, { said, moment });
    const symbols = context.services.market.symbols();
    const since = (date: typeof listedOn): string => (date === firstList ? `${formatDay(date, moment.date)} or earlier` : formatDay(date, moment.date));
    const [member, leaver] = [members.find((each) => each.symbol === symbol), left.find((each) => each.symbol === symbol)];
    return {
      asOf: moment.asOf, index, listedOn, listedOnText: formatDay(listedOn, moment.date), firstListText: formatDay(firstList, moment.date), count: members.length, truncated: members.length > limit,
      members: members.slice(0, limit).map((each) => ({ symbol: each.symbol, name: symbols.get(each.symbol)?.name ?? null, sector: symbols.get(each.symbol)?.sector ?? null, since: each.since, sinceText: since(each.since) })),
      left: left.slice(0, mostLeft).map((each) => ({ symbol: each.symbol, name: symbols.get(each.symbol)?.name ?? null, until: each.until, untilText: formatDay(each.until, moment.date) })),
      asked: symbol === undefined ? null : { symbol, member: member !== undefined, sinceText: member ? since(member.since) : null, untilText: leaver ? formatDay(leaver.until, moment.date) : null },
    };
  },
});
