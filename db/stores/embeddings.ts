import { sql } from 'drizzle-orm';
import type { Instant } from '../../desk/time.ts';
import type { Database, Executor } from '../client.ts';
import { array, rows } from '../sql.ts';

/** What a vector stands for. */
export type EmbeddedKind = 'event';
export interface VectorModel { provider: string; model: string; dimension: number }
export interface StoredVector { subjectId: string; textDigest: string; vector: Float32Array; knownAt: Instant }

/** As pgvector reads it; four digits are more than any model's vectors mean. */
export const vectorText = (vector: Float32Array): string => `[${Array.from(vector, (value) => Math.round(value * 1e4) / 1e4).join(',')}]`;

/** Writes vectors of one model; those of other models stay beside them. */
export async function writeVectors(tx: Executor, { kind, model: { provider, model, dimension }, vectors }: { kind: EmbeddedKind; model: VectorModel; vectors: readonly StoredVector[] }): Promise<void> {
  if (vectors.length === 0) return;
  await tx.execute(sql`insert into core.embeddings as e (kind, subject_id, provider, model, dimension, text_digest, embedding, known_at, at)
    select ${kind}, id, ${provider}, ${model}, ${dimension}, digest, vector::public.vector, known, core.wall_now()
    from unnest(${array(vectors.map((each) => each.subjectId), 'uuid')}, ${array(vectors.map((each) => each.textDigest), 'text')}, ${array(vectors.map((each) => vectorText(each.vector)), 'text')}, ${array(vectors.map((each) => each.knownAt), 'timestamptz')}) as t(id, digest, vector, known)
    on conflict (kind, model, subject_id) do update set text_digest = excluded.text_digest, embedding = excluded.embedding, dimension = excluded.dimension, known_at = excluded.known_at, at = excluded.at`);
}

/** How many vectors each model has. */
export const vectorCounts = (executor: Executor, kind: EmbeddedKind): Promise<(VectorModel & { count: number })[]> => rows<VectorModel & { count: number } & Record<string, unknown>>(executor, sql`
  select provider, model, dimension, count(*)::int as count from core.embeddings where kind = ${kind} group by provider, model, dimension order by model`);

/** Takes away the vectors of models other than `keep`. */
export async function dropOtherVectors(tx: Executor, { kind, keep }: { kind: EmbeddedKind; keep: string }): Promise<number> {
  return (await rows(tx, sql`delete from core.embeddings where kind = ${kind} and model <> ${keep} returning 1 as one`)).length;
}

/** From this many vectors on a search through all of them is slower than an index; embedded, building one takes minutes, and it stays exact. */
const manyVectors = 20_000;

/**
 * Builds the nearest-neighbour index (HNSW) of a model when it has many vectors on a server, and says whether there is one. Others read and
 * write meanwhile.
 */
export async function indexVectors(database: Database, { kind, model, dimension }: VectorModel & { kind: EmbeddedKind }): Promise<boolean> {
  if (database.kind === 'embedded') return false;
  return database.asOwner(async (client) => {
    const count = (await client.query<{ n: number }>('select count(*)::int as n from core.embeddings where kind = $1 and model = $2', [kind, model])).rows[0]?.n ?? 0;
    if (count < manyVectors) return false;
    const [name, kindText, modelText] = [client.escapeIdentifier(`embeddings_near_${kind}_${model}_${dimension}`.slice(0, 60)), client.escapeLiteral(kind), client.escapeLiteral(model)];
    await client.query(`create index concurrently if not exists ${name} on core.embeddings using hnsw ((embedding::public.vector(${dimension})) public.vector_cosine_ops) with (m = 16, ef_construction = 96) where kind = ${kindText} and model = ${modelText} and dimension = ${dimension}`);
    return true;
  });
}
