import { z } from 'zod';
import { AsOf, readingMoment } from './as-of.ts';
import { defineTool } from './define.ts';
import { membersOf } from './sectors.ts';

const Output = z.object({ asOf: z.string(), sector: z.string(), count: z.int(), members: z.array(z.object({ symbol: z.string(), name: z.string(), industry: z.string().nullable() })).describe('by symbol'), truncated: z.boolean() });

/** The shares that the sources put in a sector or industry. */
export const sectorMembers = defineTool({
  name: 'sector_members',
  purpose: 'The shares of a sector or industry, as the sources name it',
  effect: 'read', permission: 'market:read',
  input: z.object({ sector: z.string().min(1).describe('sector, industry, or what people call it'), limit: z.int().min(1).max(1000).default(100), asOf: AsOf.optional() }),
  output: Output,
  run: async (context, { sector, limit, asOf }) => {
    const moment = readingMoment(context, asOf);
    const found = membersOf(context, sector);
    const members = [...context.services.market.symbols().values()].filter((record) => record.kind === 'EQUITY' && found.has(record.symbol)).sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
    return { asOf: moment.asOf, sector: found.label, count: members.length, members: members.slice(0, limit).map(({ symbol, name, industry }) => ({ symbol, name, industry: industry ?? null })), truncated: members.length > limit };
  },
});
