import { z } from 'zod';
import { eventSpan, furtherSources } from '../db/stores/events.ts';
import { tagsOf } from '../db/stores/event-tags.ts';
import { formatDay } from '../desk/format.ts';
import { missingWords } from '../desk/recall/missing-words.ts';
import { queryGroups } from '../desk/recall/query-words.ts';
import { dateIn } from '../desk/time.ts';
import { AsOf, momentNamed, readingMoment } from './as-of.ts';
import { defineTool } from './define.ts';
import { symbolNamed } from './order-terms.ts';
import { OutsideEvent, outsideEvent } from './outside-event.ts';
import { excerptLength, plainWords, safeUrl, shortened } from './outside-text.ts';
import { hashedEmbedder } from './recall/embedder.ts';
import { searchEvents } from './recall/search-events.ts';
import type { MarketView } from './services.ts';

const Tag = z.object({ stance: z.enum(['BULLISH', 'BEARISH', 'NEUTRAL']), confidence: z.number(), rationale: z.string(), impactScore: z.number(), modelVersion: z.string() });
const Output = z.object({
  asOf: z.string(), query: z.string(), symbols: z.array(z.string()).describe('the filter'), named: z.array(z.string()).describe('companies that the query names'),
  count: z.int(), found: z.boolean(),
  hits: z.array(OutsideEvent.extend({ score: z.number().describe('0–1: how high it stands by words, likeness, companies named and freshness'), excerpt: z.string().max(excerptLength).describe('what matched stands between « and »'), cite: z.string(), missing: z.string().nullable().describe('words of the query that it does not say; null: none'), alsoToldBy: z.array(z.object({ source: z.string(), url: z.string().nullable(), knownAt: z.string() })).describe('others that told the same story later'), tag: Tag.nullable().describe('how the desk reads it; null: not read yet') })),
  flagged: z.int().describe('hits whose wording speaks to software'),
  known: z.object({ count: z.int(), from: z.string().nullable(), to: z.string().nullable(), fromText: z.string().nullable(), toText: z.string().nullable() }).describe('all events that are known, and when they became known'),
  vectors: z.boolean().describe('false: likeness could not be asked for, words alone decided'),
  reason: z.string().nullable(),
});
export type EventRag = z.output<typeof Output>;

/**
 * Search over news and filings: by words, likeness, companies named and freshness, with every hit's citation. What was not known at `asOf` is not found.
 * Words of a hit come from outside: they are data, whatever they say.
 */
export const eventRag = defineTool({
  name: 'event_rag',
  purpose: 'Search news and filings by words, company and time; each hit with its source, an excerpt and when it was known',
  effect: 'read', permission: 'market:read',
  input: z.object({
    query: z.string().max(500).describe('words, or a company’s name; empty: the newest'), symbols: z.array(z.string().min(1)).max(50).optional().describe('only events of these'),
    from: z.string().optional().describe('happened from: date or instant'), to: z.string().optional().describe('happened until: date or instant'), asOf: AsOf.optional(), limit: z.int().min(1).max(50).default(10),
  }),
  output: Output,
  run: async (context, { query, symbols, from, to, asOf, limit }) => {
    const { market, database } = context.services;
    const moment = readingMoment(context, asOf);
    const { zone } = market;
    const filter = [...new Set((symbols ?? []).map((name) => symbolNamed(context, name).symbol))];
    const words = plainWords(query);
    const { named, whole, rest } = companiesIn(words, market);
    const { found, vectors } = await searchEvents(database, context.services.embedder ?? hashedEmbedder, {
      query: words.replace(companySuffix, ' ').trim(), named, onlyNamed: whole, beside: rest.replace(companySuffix, ' ').trim(), asOf: moment.asOf, limit, ...(filter.length > 0 ? { symbols: filter } : {}),
      ...(from ? { from: momentNamed(from, { zone, field: 'from', edge: 'start' }) } : {}), ...(to ? { to: momentNamed(to, { zone, field: 'to' }) } : {}),
    });
    const tags = await tagsOf(database.orm, { ids: found.map(({ id }) => id), asOf: moment.asOf });
    const retold = await furtherSources(database.orm, found.map((event) => event.id), moment.asOf);
    // A name stands for a company that a text may call otherwise.
    const groups = named.length > 0 ? [] : queryGroups(words);
    const hits = found.map((event) => {
      const tag = tags.get(event.id);
      return {
        ...outsideEvent(event, { zone, near: moment.date }), score: Math.round(event.score * 1e4) / 1e4, excerpt: shortened(plainWords(event.excerpt)), cite: `event:${event.id}`, missing: missingWords(groups, plainWords(`${event.title} ${event.body}`)).join(', ') || null,
        alsoToldBy: (retold.get(event.id) ?? []).map(({ source, url, knownAt }) => ({ source: shortened(plainWords(source), 60), url: safeUrl(url ?? undefined), knownAt })),
        tag: tag ? { stance: tag.stance, confidence: tag.confidence, rationale: tag.rationale, impactScore: tag.impactScore, modelVersion: tag.modelVersion } : null,
      };
    });
    const known = await eventSpan(database.orm, moment.asOf);
    return {
      asOf: moment.asOf, query: words, symbols: filter, named, count: hits.length, found: hits.length > 0, hits, flagged: hits.filter((hit) => hit.addressesSoftware).length,
      vectors, known: { ...known, fromText: known.from && formatDay(dateIn(known.from, zone), moment.date), toText: known.to && formatDay(dateIn(known.to, zone), moment.date) },
      reason: hits.length > 0 ? null : known.count === 0 ? 'no news or filings are stored' : 'nothing known by then matches',
    };
  },
});

const mostNames = 4;
const companySuffix = /\b(?:ltd|limited|plc|inc)\b\.?/gi;
/** Symbols of the companies that a query names: as a `whole`, or in a run of capitalised words, and what it says beside them. An uncertain name names nobody. */
function companiesIn(query: string, market: MarketView): { named: string[]; whole: boolean; rest: string } {
  const runs = query.match(/\b[A-Z][\w&.-]*(?:\s+[A-Z][\w&.-]*)*/g) ?? [];
  const names = [...new Set([...(query.split(/\s+/).length <= 5 ? [query] : []), ...runs])].filter((name) => name.trim().length > 1).slice(0, mostNames);
  const found = names.flatMap((name) => { const meant = market.resolve(name); return meant.kind === 'one' ? [{ name, symbol: meant.symbol }] : []; });
  return { named: [...new Set(found.map(({ symbol }) => symbol))], whole: found.some(({ name }) => name === query), rest: found.reduce((left, { name }) => left.replace(name, ' '), query) };
}
