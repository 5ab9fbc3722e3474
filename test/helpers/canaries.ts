import type pg from 'pg';
import type { Database } from '../../db/client.ts';
import { writeVectors } from '../../db/stores/embeddings.ts';
import { eventsByIds, writeTags } from '../../db/stores/event-tags.ts';
import { writeFacts } from '../../db/stores/facts.ts';
import { decimal } from '../../desk/decimal.ts';
import type { EventRecord } from '../../desk/market/types.ts';
import { dateIn, type Instant } from '../../desk/time.ts';
import { hashedEmbedding } from '../../desk/recall/hashed-embedding.ts';
import type { FeedRecord } from '../../feeds/define.ts';
import { hashedEmbedder } from '../../tools/recall/embedder.ts';
import { embeddedText, tagOf } from '../../tools/recall/index-events.ts';

/** What no answer may hold that looks from before the canaries were known: their words, their price, their volume. */
export const canaryWord = 'zqleak';
export const canaryPrice = 77777;
export const canarySymbol = 'ZCANARY';
export const sings = (answer: unknown): boolean => new RegExp(`${canaryWord}|${canaryPrice}`, 'i').test(JSON.stringify(answer) ?? '');

/** Facts of every kind that became known at `knownAt`: of a share of their own and of `shares` that were known before. */
function canaryFacts({ knownAt, shares }: { knownAt: Instant; shares: readonly string[] }): FeedRecord[] {
  const date = dateIn(knownAt, 'Asia/Kolkata');
  const source = canaryWord;
  const event = (more: Partial<EventRecord>): FeedRecord => ({ type: 'event', event: { source, title: `Zcanary ${canaryWord} wins order`, body: `Body ${canaryWord} of the canary`, eventType: 'ORDER_WIN', priority: 'HIGH', symbols: [canarySymbol], unlinkedNames: [], happenedAt: knownAt, knownAt, ...more } });
  return [
    { type: 'symbol', symbol: { symbol: canarySymbol, exchange: 'NSE', name: `Zcanary ${canaryWord} Ltd`, kind: 'EQUITY', lotSize: 1, tickSize: decimal('0.05'), aliases: [] }, knownAt, source },
    event({}), event({ title: `RBI ${canaryWord} raises the repo rate`, eventType: 'POLICY', symbols: [] }), ...shares.map((symbol) => event({ title: `${symbol} ${canaryWord} announces buyback`, eventType: 'BUYBACK', symbols: [symbol] })),
    ...[canarySymbol, ...shares].flatMap((symbol): FeedRecord[] => [
      { type: 'daily_bar', bar: { symbol, date, open: canaryPrice, high: canaryPrice, low: canaryPrice, close: canaryPrice, volume: canaryPrice }, knownAt, source },
      { type: 'intraday_bar', bar: { symbol, start: knownAt, minutes: 1, open: canaryPrice, high: canaryPrice, low: canaryPrice, close: canaryPrice, volume: canaryPrice }, knownAt, source },
      { type: 'scheduled_event', event: { symbol, date, kind: 'BOARD_MEETING', purpose: `${canaryWord} meeting`, knownAt }, source },
      { type: 'corporate_action', action: { symbol, exDate: date, kind: 'DIVIDEND', subject: `${canaryWord} dividend`, factor: 1, amount: decimal(String(canaryPrice)), basis: 'published', knownAt }, source },
      { type: 'trading_rule', rule: { symbol, rule: 'PRICE_BAND_PERCENT', validFrom: date, value: canaryWord }, knownAt, source },
    ]),
  ];
}

/** Every table of facts: what has a `known_at` and is not the desk's own books. */
export const factTables = async (client: Pick<pg.ClientBase, 'query'>): Promise<string[]> => (await client.query<{ name: string }>(`select distinct table_name as name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
  where table_schema = 'core' and column_name = 'known_at' and table_type = 'BASE TABLE' and table_name not in ('fills', 'ledger_transactions') order by 1`)).rows.map(({ name }) => name);

/** A row of any table, filled by its columns' types: so that a table which nobody thought of here has its canary, too. */
async function plantRow(client: pg.ClientBase, { table, knownAt }: { table: string; knownAt: Instant }): Promise<void> {
  const columns = (await client.query<{ name: string; type: string; needed: boolean; generated: boolean; key: boolean }>(`select a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as needed, a.attgenerated <> '' as generated,
      exists (select 1 from pg_constraint k where k.conrelid = a.attrelid and k.contype = 'f' and a.attnum = any(k.conkey)) as key
    from pg_attribute a where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum`, [`core.${table}`])).rows.filter((column) => !column.generated && (column.needed || !column.key));
  const event = (await client.query<{ id: string }>('select id from core.events where known_at = $1 limit 1', [knownAt])).rows[0]?.id;
  const filling = ({ name, type, key }: (typeof columns)[number]): unknown => {
    if (type.startsWith('timestamp')) return knownAt;
    if (key) return event;
    if (name === 'symbol') return canarySymbol;
    if (type === 'uuid') return crypto.randomUUID();
    if (type === 'date') return knownAt.slice(0, 10);
    if (type === 'text') return canaryWord;
    if (type === 'text[]') return [canaryWord];
    if (type === 'boolean') return false;
    if (type === 'jsonb') return JSON.stringify({ of: canaryWord });
    const vector = /^(?:half)?vec(?:tor)?\((\d+)\)$/.exec(type);
    if (vector) return `[${Array.from({ length: Number(vector[1]) }, () => 0.1).join(',')}]`;
    if (/^vector|^halfvec/.test(type)) return '[1]';
    return 1;
  };
  await client.query(`insert into core.${table} (${columns.map(({ name }) => `"${name}"`).join(', ')}) values (${columns.map((_, i) => `$${i + 1}`).join(', ')}) on conflict do nothing`, columns.map(filling));
}

/** Plants a canary in every table of facts, known at `knownAt`. */
export async function plantCanaries(database: Database, input: { knownAt: Instant; shares: readonly string[] }): Promise<void> {
  await writeFacts(database.orm, canaryFacts(input), input.knownAt);
  // Tagged and embedded as the desk would, but these alone: a whole simulated history takes its time.
  const ids = (await database.pool.query<{ id: string }>('select id from core.events where known_at = $1', [input.knownAt])).rows.map(({ id }) => id);
  const events = await eventsByIds(database.orm, ids);
  await writeTags(database.orm, events.map((event) => ({ event, tag: tagOf(event, () => [{ name: canaryWord, symbol: canarySymbol }]) })));
  await writeVectors(database.orm, { kind: 'event', model: hashedEmbedder, vectors: events.map((event) => ({ subjectId: event.id, textDigest: canaryWord, vector: hashedEmbedding(embeddedText(event)), knownAt: event.knownAt })) });
  await database.asOwner(async (client) => {
    for (const table of await factTables(client)) {
      const planted = await client.query(`select 1 from core.${table} where known_at = $1 limit 1`, [input.knownAt]);
      if (planted.rowCount === 0) await plantRow(client, { table, knownAt: input.knownAt });
    }
  });
}
