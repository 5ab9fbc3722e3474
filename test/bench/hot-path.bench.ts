import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded, openServer } from '../../db/client.ts';
import { writeFacts } from '../../db/stores/facts.ts';
import { instant } from '../../desk/time.ts';
import { loadConfiguration } from '../../ops/configuration.ts';
import { createLog } from '../../ops/log.ts';
import { openDesk } from '../../start/open-desk.ts';

export const name = 'hot-path';

const HEADLINES = 60;
const WARM_UP = 5;
const percentile = (values: readonly number[], share: number): number => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.ceil(values.length * share) - 1)] ?? Number.NaN;

/**
 * A headline of high priority is stored on a desk that had cycles before; without a model. Measured to the first card that the gates
 * have passed and that stands in the conversation with its question, and to the end of the cycle with all cards of three accounts.
 * Every question is answered with no before the next headline, so that each meets the same accounts.
 */
export async function run(): Promise<{ metric: string; value: number; unit: string }[]> {
  const folder = mkdtempSync(join(tmpdir(), 'parapet-bench-'));
  const url = process.env.TEST_DATABASE_URL;
  const database = url ? openServer({ url }) : await openEmbedded({ directory: join(folder, 'database') });
  const loaded = loadConfiguration({ QUOTE_MAX_AGE_SECONDS: '86400' });
  if (!loaded.ok) throw new Error(loaded.errors.join('; '));
  const desk = await openDesk({
    database, configuration: loaded.configuration, world: { kind: 'sim', seed: 7, sessionWallMinutes: 30, sessions: 'open' }, keysFolder: folder, killFile: join(folder, 'KILL'),
    wallClock: () => instant(Date.now()), log: createLog({ level: 'error' }), model: null, running: false,
  });
  try {
    await desk.feed.advance?.(40 * 60_000);
    await desk.settle();
    const { threadId } = await desk.conversation.openThread({ channel: 'bench', externalId: 'bench', person: desk.owner });
    const companies = [...desk.market.symbols().values()].filter(({ kind }) => kind === 'EQUITY');
    while ((await desk.jobs.run('hot_news'))?.message);
    const [toCard, toEnd] = [[] as number[], [] as number[]];
    let cards = 0;
    for (let n = 0; n < HEADLINES; n += 1) {
      const company = companies[n % companies.length];
      if (!company) throw new Error('there are no shares');
      const questions: string[] = [];
      let firstCard: number | null = null;
      const stop = desk.conversation.subscribe(threadId, ({ event }) => {
        if (event.type !== 'card' || !event.card.confirmation) return;
        firstCard ??= performance.now();
        questions.push(event.card.confirmation.id);
      });
      const now = desk.market.now();
      const started = performance.now();
      await writeFacts(database.orm, [{ type: 'event', event: { source: 'bench', title: `${company.name} wins order ${n} worth ₹900 crore`, body: '', eventType: 'ORDER_WIN', priority: 'HIGH', symbols: [company.symbol], unlinkedNames: [], stance: 'BULLISH', happenedAt: now, knownAt: now } }], now);
      await desk.jobs.run('hot_news');
      const ended = performance.now();
      await desk.settle();
      stop();
      if (firstCard !== null && n >= WARM_UP) { toCard.push(firstCard - started); toEnd.push(ended - started); cards += questions.length; }
      for (const [i, press] of [...new Set(questions)].entries()) await desk.conversation.say({ threadId, person: desk.owner, clientMessageId: `b${n}-${i}`, inbound: { press, choice: 'reject', reason: 'next headline' } });
      await desk.conversation.idle();
    }
    const where = url ? 'server Postgres' : 'embedded';
    return [
      { metric: `headlines that came to cards, ${where}`, value: toCard.length, unit: `of ${HEADLINES - WARM_UP}` }, { metric: 'cards', value: cards, unit: 'cards' },
      { metric: 'headline to the first gated card in the conversation, median', value: percentile(toCard, 0.5), unit: 'ms' }, { metric: 'the same, p99', value: percentile(toCard, 0.99), unit: 'ms' },
      { metric: 'headline to the end of its cycle, median', value: percentile(toEnd, 0.5), unit: 'ms' }, { metric: 'the same, p99', value: percentile(toEnd, 0.99), unit: 'ms' },
    ];
  } finally {
    await desk.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
