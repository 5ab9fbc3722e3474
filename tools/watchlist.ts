import { z } from 'zod';
import { lastBars } from '../db/stores/bars.ts';
import { listWatchlist } from '../db/stores/watchlist.ts';
import { changePercentOf } from '../desk/market/last-price.ts';
import { AsOf, readingMoment } from './as-of.ts';
import { defineTool } from './define.ts';
import { plainWords } from './outside-text.ts';

const Figure = z.number().nullable();
const Output = z.object({
  asOf: z.string(), count: z.int(),
  items: z.array(z.object({ symbol: z.string(), name: z.string().nullable(), sector: z.string().nullable(), last: Figure, changePercent: Figure, priceAt: z.string().nullable().describe('when the price was known'), reason: z.string().nullable(), addedAt: z.string() })),
});
export type Watchlist = z.output<typeof Output>;

/** What is watched, with prices. A symbol without a price keeps its place; its price is null. */
export const watchlist = defineTool({
  name: 'watchlist',
  purpose: 'Symbols that are watched, with their last price and change',
  effect: 'read', permission: 'market:read',
  input: z.object({ asOf: AsOf.optional() }),
  output: Output,
  run: async (context, { asOf }) => {
    const { market, database: { orm } } = context.services;
    const moment = readingMoment(context, asOf);
    const watched = await listWatchlist(orm);
    const bars = watched.length > 0 ? await lastBars(orm, { symbols: watched.map((item) => item.symbol), asOf: moment.asOf }) : new Map();
    const items = watched.map(({ symbol, reason, addedAt }) => {
      const record = market.symbols().get(symbol);
      const quote = moment.live ? market.quote(symbol) : null;
      const bar = bars.get(symbol);
      return {
        symbol, name: record?.name ?? null, sector: record?.sector ?? null, reason: reason && plainWords(reason), addedAt,
        last: quote?.last ?? bar?.close ?? null, priceAt: quote?.at ?? bar?.date ?? null, changePercent: quote && changePercentOf(quote),
      };
    });
    return { asOf: moment.asOf, count: items.length, items };
  },
});
