import { z } from 'zod';
import { countEvents, edgeEvents, eventSpan } from '../db/stores/events.ts';
import { formatDay } from '../desk/format.ts';
import { at, dateIn, plusDays } from '../desk/time.ts';
import { formerSymbols } from '../feeds/linking/symbol-renames.ts';
import { AsOf, DateText, dateNamed, readingMoment } from './as-of.ts';
import { defineTool, ToolError } from './define.ts';
import { symbolNamed } from './order-terms.ts';
import { OutsideEvent, outsideEvent } from './outside-event.ts';

const Output = z.object({
  asOf: z.string(), symbol: z.string().nullable(), from: z.string().nullable(), to: z.string().nullable(), fromText: z.string().nullable(), toText: z.string().nullable(), count: z.int(),
  sources: z.array(z.object({ source: z.string(), count: z.int() })).describe('the most first'), types: z.array(z.object({ type: z.string(), count: z.int() })),
  known: z.object({ count: z.int(), fromText: z.string().nullable(), toText: z.string().nullable() }).describe('all that is stored'),
  first: OutsideEvent.nullable().describe('the earliest of them'), last: OutsideEvent.nullable().describe('the latest of them'),
});

/** How many filings and headlines are stored of a share or of the market, by source and type. */
export const eventCount = defineTool({
  name: 'event_count',
  purpose: 'How many filings and headlines are stored of a symbol or of the market over a period, by source and by type, and the first and last of them',
  effect: 'read', permission: 'market:read',
  input: z.object({ symbol: z.string().min(1).optional(), from: DateText.optional(), to: DateText.optional(), asOf: AsOf.optional() }),
  output: Output,
  run: async (context, { symbol, from, to, asOf }) => {
    const { market, database: { orm } } = context.services;
    const moment = readingMoment(context, asOf);
    const record = symbol === undefined ? null : symbolNamed(context, symbol);
    const [first, last] = [from === undefined ? null : dateNamed(from, 'from'), to === undefined ? null : dateNamed(to, 'to')];
    if (first && last && first > last) throw new ToolError('INVALID_PERIOD', 'the period ends before it begins', 'from');
    const symbols = record ? { symbols: [record.symbol, ...formerSymbols(record.symbol).map((former) => former.symbol)] } : {};
    const wanted = { ...symbols, asOf: moment.asOf, ...(first ? { from: at(first, '00:00:00', market.zone) } : {}), ...(last ? { to: at(plusDays(last, 1), '00:00:00', market.zone) } : {}) };
    const groups = await countEvents(orm, wanted);
    const edges = groups.length > 0 ? await edgeEvents(orm, wanted) : { first: null, last: null };
    const span = await eventSpan(orm, moment.asOf);
    const by = <K extends 'source' | 'type'>(key: K): Map<string, number> => { const sums = new Map<string, number>(); for (const group of groups) sums.set(group[key], (sums.get(group[key]) ?? 0) + group.count); return new Map([...sums].sort((a, b) => b[1] - a[1])); };
    const dayText = (instant: typeof moment.asOf | null): string | null => instant && formatDay(dateIn(instant, market.zone), moment.date);
    return {
      asOf: moment.asOf, symbol: record?.symbol ?? null, from: first, to: last, fromText: first && formatDay(first, moment.date), toText: last && formatDay(last, moment.date), count: groups.reduce((sum, group) => sum + group.count, 0),
      sources: [...by('source')].map(([source, count]) => ({ source, count })), types: [...by('type')].map(([type, count]) => ({ type, count })),
      first: edges.first && outsideEvent(edges.first, { zone: market.zone, near: moment.date }), last: edges.last && outsideEvent(edges.last, { zone: market.zone, near: moment.date }),
      known: { count: span.count, fromText: dayText(span.from), toText: dayText(span.to) },
    };
  },
});
