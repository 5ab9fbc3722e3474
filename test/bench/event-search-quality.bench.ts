import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openEmbedded } from '../../db/client.ts';
import { prepareDatabase } from '../../db/prepare.ts';
import { createImportSink } from '../../db/stores/import-sink.ts';
import { allSymbols } from '../../db/stores/reference.ts';
import { instant } from '../../desk/time.ts';
import { importPath } from '../../feeds/importers/import-path.ts';
import { createSymbolLinker } from '../../feeds/linking/link-symbols.ts';
import type { EventRag } from '../../tools/event-rag.ts';
import { hashedEmbedder } from '../../tools/recall/embedder.ts';
import { indexEvents } from '../../tools/recall/index-events.ts';
import { openToolBench } from '../tools/made-market.ts';

export const name = 'event-search-quality';

/** What counts as an answer: events whose title fits the pattern, of one of the symbols where these are named. */
interface Judged { id: string; query: string; relevant: { title: string; symbols?: string[] } }
const depth = 10;
const shared = (path: string): string => fileURLToPath(new URL(`../../../shared/data/${path}`, import.meta.url));
const judged: Judged[] = readFileSync(new URL('../../evals/datasets/event-search.jsonl', import.meta.url), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Judged);

/** Discounted gain of the first ten, by the best that could be had. */
function ndcg(hits: readonly boolean[], relevant: number): number {
  const gain = (found: readonly boolean[]): number => found.reduce((sum, hit, i) => sum + (hit ? 1 / Math.log2(i + 2) : 0), 0);
  return gain(hits) / gain(Array.from({ length: Math.min(depth, relevant) }, () => true));
}

/** Search by `event_rag` over the real headlines: how much of what answers a question stands among the first ten. */
export async function run(): Promise<{ metric: string; value: number; unit: string }[]> {
  if (!existsSync(shared('08_news_text'))) throw new Error('the real headlines are not here; search cannot be judged');
  const database = await openEmbedded({ directory: null });
  try {
    await prepareDatabase(database);
    const now = instant('2026-01-01T00:00:00Z');
    const sink = createImportSink(database, () => now);
    const linker = async () => createSymbolLinker(await allSymbols(database.orm));
    for (const path of ['05_symbol_master', '08_news_text/nifty500_headlines']) await importPath({ path: shared(path), sink, today: '2026-01-01' as never, clock: () => now, linker });
    const known = await linker();
    await indexEvents({ database, embedder: hashedEmbedder, mentions: (text) => known.link(text).mentions });
    const stored = (await database.pool.query<{ title: string; symbols: string[] }>('select title, symbols from core.events')).rows;
    const bench = await openToolBench(database, { at: now });
    const scores: { id: string; recall: number; ndcg: number; first: boolean }[] = [];
    for (const { id, query, relevant: { title, symbols } } of judged) {
      const pattern = new RegExp(title, 'i');
      const answers = (event: { title: string; symbols: readonly string[] }): boolean => pattern.test(event.title) && (symbols === undefined || event.symbols.some((symbol) => symbols.includes(symbol)));
      const all = stored.filter(answers).length;
      if (all === 0) throw new Error(`${id}: nothing that is stored answers it`);
      const { hits } = await bench.call<EventRag>('event_rag', { query, limit: depth });
      const good = hits.map(answers);
      scores.push({ id, recall: good.filter(Boolean).length / Math.min(depth, all), ndcg: ndcg(good, all), first: good[0] === true });
      if (process.env.BENCH_SHOW) console.log(`${good.filter(Boolean).length}/${Math.min(depth, all)} ${query}${(scores.at(-1)?.recall ?? 0) < 0.5 ? `\n      ${hits.slice(0, 4).map((hit, i) => `${good[i] ? '+' : '-'} ${hit.title} ${hit.symbols.join(',')}`).join('\n      ')}` : ''}`);
    }
    const mean = (of: (score: (typeof scores)[number]) => number, half = scores): number => half.reduce((sum, score) => sum + of(score), 0) / half.length;
    // Questions with odd numbers may be looked at while search is worked on, the others are held back.
    const odd = (of: number): typeof scores => scores.filter(({ id }) => Number(id.slice(-3)) % 2 === of);
    if (process.env.BENCH_SHOW) for (const [half, of] of [['odd', odd(1)], ['even', odd(0)]] as const) console.log(`${half}: recall@10 ${mean(({ recall }) => recall, of).toFixed(3)}, nDCG@10 ${mean((score) => score.ndcg, of).toFixed(3)}, first ${mean(({ first }) => Number(first), of).toFixed(3)}`);
    return [
      { metric: 'judged questions', value: scores.length, unit: 'questions' }, { metric: 'events searched', value: stored.length, unit: 'events' },
      { metric: 'recall@10', value: mean(({ recall }) => recall), unit: '' }, { metric: 'nDCG@10', value: mean((score) => score.ndcg), unit: '' }, { metric: 'first hit answers', value: mean(({ first }) => Number(first)), unit: '' },
    ];
  } finally { await database.close(); }
}
