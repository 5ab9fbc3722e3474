import { z } from 'zod';
import { defineTool } from './define.ts';
import { findTrade } from './story/find-trade.ts';
import { tradeStory } from './story/trade-story.ts';

const Entry = z.object({ at: z.string(), clock: z.enum(['market', 'wall']), text: z.string(), kind: z.string(), ref: z.string().nullable().describe('event:, feature:, card:, report:, order: or audit: and the record’s id') });

/** The story of a trade, oldest first, each line with the record behind it. Errors: `NO_SUCH_CARD`, `NO_SUCH_TRADE`, `NO_SUCH_SYMBOL`, `NAME_ONE`. */
export const auditStory = defineTool({
  name: 'audit_story', purpose: 'The story of a trade from the document it came from to its last fill, each line with its record', effect: 'read', permission: 'audit:read',
  input: z.object({ card: z.int().positive().optional(), actionId: z.uuid().optional(), symbol: z.string().optional() }),
  output: z.object({ asOf: z.string(), currency: z.enum(['INR', 'USD']), subject: z.string(), actionId: z.string(), cardNumber: z.int().nullable(), state: z.string(), entries: z.array(Entry), count: z.int() }),
  run: async (context, input) => {
    const found = await findTrade(context, input);
    const { subject, entries } = await tradeStory(context, found);
    return { asOf: context.services.market.now(), currency: found.account?.baseCurrency ?? 'INR', subject, actionId: found.stored.id, cardNumber: found.card?.number ?? null, state: found.stored.state, entries, count: entries.length };
  },
});
