import { z } from 'zod';
import { deals as storedDeals, dealSpans, insiderTrades } from '../db/stores/deals.ts';
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
const Side = z.object({ deals: z.int(), quantity: z.number(), valueMinor: z.number().nullable().describe('null where one of them tells no value') });
const Output = z.object({
  asOf: z.string(), currency: z.enum(['INR', 'USD']), symbol: z.string().nullable(), total: z.int().describe('of that kind, before the limit'), count: z.int().describe('given here'), bought: Side, sold: Side, together: Side.describe('every deal, each side by itself'), groups: z.array(z.object({ name: z.string(), deals: z.int(), quantity: z.number(), valueMinor: z.number().nullable() })).describe('by share or client where that was asked, most deals first'), groupCount: z.int(), fromText: z.string().nullable(), toText: z.string().nullable(),
  covered: z.array(z.object({ kind: z.string(), fromText: z.string(), toText: z.string() })).describe('first and last day stored by then, by kind'),
  items: z.array(Line).describe('newest first, or the largest first'), loaded: z.boolean(), reason: z.string().nullable(),
});
export type Deals = z.output<typeof Output>;

/** More deals than this are not read at once. */
const mostRead = 20_000;

/** Bulk and block deals, disclosed short selling, and what insiders disclosed. */
export const deals = defineTool({
  name: 'deals',
  purpose: 'Bulk and block deals, disclosed short selling and insider trades of a symbol or of the market, newest or largest first, with how much was bought and sold',
  effect: 'read', permission: 'market:read',
  input: z.object({ symbol: z.string().min(1).optional(), client: z.string().min(2).max(60).optional().describe('only of those whose name has all these words'), kinds: z.array(Kind).min(1).optional().describe('absent: all'), side: z.enum(['BUY', 'SELL']).optional(), order: z.enum(['NEWEST', 'LARGEST']).default('NEWEST'), by: z.enum(['SYMBOL', 'CLIENT']).optional().describe('counted by share or by client as well'), from: DateText.optional(), to: DateText.optional(), limit: z.int().min(1).max(200).default(20), asOf: AsOf.optional() }),
  output: Output,
  run: async (context, { symbol, client, kinds, side, order, by, from, to, limit, asOf }) => {
    const { market, database: { orm } } = context.services;
    const moment = readingMoment(context, asOf);
    const wanted = kinds ?? Kind.options;
    const record = symbol === undefined ? null : symbolNamed(context, symbol);
    const [first, last] = [from && dateNamed(from, 'from'), to && dateNamed(to, 'to')];
    if (first && last && first > last) throw new ToolError('INVALID_PERIOD', 'the period ends before it begins', 'from');
    const filter = { asOf: moment.asOf, limit: mostRead, ...(record ? { symbols: [record.symbol] } : {}), ...(first ? { from: first } : {}), ...(last ? { to: last } : {}) };
    const dealt = await storedDeals(orm, { ...filter, kinds: wanted.filter((kind) => kind !== 'INSIDER') });
    const disclosed = wanted.includes('INSIDER') ? await insiderTrades(orm, filter) : [];
    const all = [
      ...dealt.map((deal): z.output<typeof Line> => ({
        date: deal.date, dayText: formatDay(deal.date, moment.date), kind: deal.kind, symbol: deal.symbol, who: deal.client === '' ? null : shortened(plainWords(deal.client), 80), what: deal.side, mode: null, quantity: deal.quantity, price: deal.price,
        valueRupees: deal.price === null ? null : Math.round(deal.quantity * deal.price * 100) / 100, knownAt: deal.knownAt,
      })),
      ...disclosed.map((trade): z.output<typeof Line> => {
        const date = dateIn(trade.knownAt, market.zone);
        return { date, dayText: formatDay(date, moment.date), kind: 'INSIDER', symbol: trade.symbol, who: shortened(plainWords(trade.person), 80), what: trade.transaction, mode: trade.mode === '' ? null : shortened(plainWords(trade.mode), 60), quantity: trade.quantity, price: null, valueRupees: trade.valueRupees, knownAt: trade.knownAt };
      }),
    ].filter((line) => (side === undefined || line.what.toUpperCase() === side) && (client === undefined || isNamed(line.who ?? '', client)))
      .sort((a, b) => (order === 'LARGEST' ? (b.valueRupees ?? 0) - (a.valueRupees ?? 0) : a.date > b.date ? -1 : a.date < b.date ? 1 : (b.valueRupees ?? 0) - (a.valueRupees ?? 0)));
    const items = all.slice(0, limit);
    const sumOf = (lines: readonly z.output<typeof Line>[]): z.output<typeof Side> => ({ deals: lines.length, quantity: lines.reduce((total, line) => total + line.quantity, 0), valueMinor: lines.some((line) => line.valueRupees === null) ? null : Math.round(lines.reduce((total, line) => total + 100 * (line.valueRupees ?? 0), 0)) });
    const sum = (what: string): z.output<typeof Side> => sumOf(all.filter((line) => line.what.toUpperCase() === what));
    const groups = by === undefined ? [] : [...Map.groupBy(all.filter((line) => by === 'SYMBOL' || line.who !== null), (line) => (by === 'SYMBOL' ? line.symbol : line.who ?? ''))].map(([name, lines]) => ({ name, ...sumOf(lines) })).sort((a, b) => b.deals - a.deals || (b.valueMinor ?? 0) - (a.valueMinor ?? 0));
    const spans = await dealSpans(orm, moment.asOf);
    const loaded = items.length > 0 || (await storedDeals(orm, { asOf: moment.asOf, limit: 1, kinds: ['BULK', 'BLOCK', 'SHORT'] })).length > 0 || (await insiderTrades(orm, { asOf: moment.asOf, limit: 1 })).length > 0;
    return {
      asOf: moment.asOf, currency: 'INR' as const, symbol: record?.symbol ?? null, total: all.length, bought: sum('BUY'), sold: sum('SELL'), together: sumOf(all), groups: groups.slice(0, limit), groupCount: groups.length, fromText: first ? formatDay(first, moment.date) : null, toText: last ? formatDay(last, moment.date) : null, count: items.length,
      covered: spans.filter(({ kind }) => wanted.some((each) => each === kind)).map((span) => ({ kind: span.kind, fromText: formatDay(span.from, moment.date), toText: formatDay(span.to, moment.date) })),
      items, loaded, reason: items.length > 0 ? null : loaded ? 'none is stored for that' : 'no source of deals and disclosures is loaded',
    };
  },
});

const nameWords = (text: string): string[] => text.toLowerCase().split(/[^a-z0-9]+/).filter((word) => word !== '');
/** Whether a name on record has every word of what was said, a last word perhaps begun only. */
function isNamed(who: string, client: string): boolean {
  const known = nameWords(who);
  return nameWords(client).every((word) => known.some((each) => each === word || (word.length >= 4 && each.startsWith(word))));
}
