import { z } from 'zod';
import { deals as storedDeals, insiderTrades } from '../db/stores/deals.ts';
import { formatDay } from '../desk/format.ts';
import { dateIn } from '../desk/time.ts';
import { AsOf, DateText, dateNamed, readingMoment } from './as-of.ts';
import { defineTool, ToolError } from './define.ts';
import { symbolNamed } from './order-terms.ts';
import { plainWords, shortened } from './outside-text.ts';

const Kind = z.enum(['BULK', 'BLOCK', 'SHORT', 'INSIDER']);
const Line = z.object({
  date: z.string(), dayText: z.string(), kind: Kind, symbol: z.string(), who: z.string().nullable().describe('client of a deal, person of a disclosure; outside text'), what: z.string().describe('BUY, SELL, PLEDGE …'), mode: z.string().nullable(),
  quantity: z.number(), price: z.number().nullable(), valueRupees: z.number().nullable(), knownAt: z.string(),
});
const Output = z.object({ asOf: z.string(), symbol: z.string().nullable(), count: z.int(), items: z.array(Line).describe('newest first'), loaded: z.boolean(), reason: z.string().nullable() });
export type Deals = z.output<typeof Output>;

/** Bulk and block deals, disclosed short selling, and what insiders disclosed. */
export const deals = defineTool({
  name: 'deals',
  purpose: 'Bulk and block deals, disclosed short selling and insider trades of a symbol or of the market, newest first',
  effect: 'read', permission: 'market:read',
  input: z.object({ symbol: z.string().min(1).optional(), kinds: z.array(Kind).min(1).optional().describe('absent: all'), from: DateText.optional(), to: DateText.optional(), limit: z.int().min(1).max(200).default(20), asOf: AsOf.optional() }),
  output: Output,
  run: async (context, { symbol, kinds, from, to, limit, asOf }) => {
    const { market, database: { orm } } = context.services;
    const moment = readingMoment(context, asOf);
    const wanted = kinds ?? Kind.options;
    const record = symbol === undefined ? null : symbolNamed(context, symbol);
    const [first, last] = [from && dateNamed(from, 'from'), to && dateNamed(to, 'to')];
    if (first && last && first > last) throw new ToolError('INVALID_PERIOD', 'the period ends before it begins', 'from');
    const filter = { asOf: moment.asOf, limit, ...(record ? { symbols: [record.symbol] } : {}), ...(first ? { from: first } : {}), ...(last ? { to: last } : {}) };
    const dealt = await storedDeals(orm, { ...filter, kinds: wanted.filter((kind) => kind !== 'INSIDER') });
    const disclosed = wanted.includes('INSIDER') ? await insiderTrades(orm, filter) : [];
    const items = [
      ...dealt.map((deal): z.output<typeof Line> => ({
        date: deal.date, dayText: formatDay(deal.date, moment.date), kind: deal.kind, symbol: deal.symbol, who: deal.client === '' ? null : shortened(plainWords(deal.client), 80), what: deal.side, mode: null, quantity: deal.quantity, price: deal.price,
        valueRupees: deal.price === null ? null : Math.round(deal.quantity * deal.price * 100) / 100, knownAt: deal.knownAt,
      })),
      ...disclosed.map((trade): z.output<typeof Line> => {
        const date = dateIn(trade.knownAt, market.zone);
        return { date, dayText: formatDay(date, moment.date), kind: 'INSIDER', symbol: trade.symbol, who: shortened(plainWords(trade.person), 80), what: trade.transaction, mode: trade.mode === '' ? null : shortened(plainWords(trade.mode), 60), quantity: trade.quantity, price: null, valueRupees: trade.valueRupees, knownAt: trade.knownAt };
      }),
    ].sort((a, b) => (a.date > b.date ? -1 : a.date < b.date ? 1 : (b.valueRupees ?? 0) - (a.valueRupees ?? 0))).slice(0, limit);
    const loaded = items.length > 0 || (await storedDeals(orm, { asOf: moment.asOf, limit: 1, kinds: ['BULK', 'BLOCK', 'SHORT'] })).length > 0 || (await insiderTrades(orm, { asOf: moment.asOf, limit: 1 })).length > 0;
    return { asOf: moment.asOf, symbol: record?.symbol ?? null, count: items.length, items, loaded, reason: items.length > 0 ? null : loaded ? 'none is stored for that' : 'no source of deals and disclosures is loaded' };
  },
});
