import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded, openServer } from '../../db/client.ts';
import { instant } from '../../desk/time.ts';
import { loadConfiguration } from '../../ops/configuration.ts';
import { createLog } from '../../ops/log.ts';
import { openDesk } from '../../start/open-desk.ts';

export const name = 'conversation';

const questions = ['what do I hold', 'what moved today', 'how did we do this month', 'show my limits', 'which feeds are stale?', 'accounts'];
const [rounds, threeToolRounds] = [12, 30];
const percentile = (sorted: readonly number[], share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

/** A whole desk on the simulator, without a model: from the message to the end of its answer, and from the press to the order on record. */
export async function run(): Promise<{ metric: string; value: number; unit: string }[]> {
  const folder = mkdtempSync(join(tmpdir(), 'parapet-bench-'));
  const url = process.env.TEST_DATABASE_URL;
  const opening = performance.now();
  const database = url ? openServer({ url }) : await openEmbedded({ directory: join(folder, 'database') });
  const loaded = loadConfiguration({});
  if (!loaded.ok) throw new Error(loaded.errors.join('; '));
  const desk = await openDesk({
    database, configuration: loaded.configuration, world: { kind: 'sim', seed: 7, sessionWallMinutes: 30, sessions: 'open' }, keysFolder: folder, killFile: join(folder, 'KILL'),
    wallClock: () => instant(Date.now()), log: createLog({ level: 'error' }), model: null, running: false,
  });
  const firstStartMs = performance.now() - opening;
  try {
    await desk.feed.advance?.(30 * 60_000);
    await desk.settle();
    const { threadId } = await desk.conversation.openThread({ channel: 'bench', externalId: name, person: desk.owner });
    let sent = 0;
    const exchange = async (inbound: { message: string } | { press: string; choice: 'confirm' }): Promise<{ ms: number; turn: string; confirmation: string | null }> => {
      sent += 1;
      let confirmation: string | null = null;
      let turn = '';
      const started = performance.now();
      await new Promise<void>((resolve, reject) => {
        const stop = desk.conversation.subscribe(threadId, (stored) => {
          if (stored.author !== 'desk') return;
          if (stored.event.type === 'confirm') confirmation = stored.event.id;
          if (stored.event.type === 'end') { stop(); turn = stored.event.turn; resolve(); }
        });
        desk.conversation.say({ threadId, person: desk.owner, clientMessageId: `b${sent}`, inbound }).catch(reject);
      });
      return { ms: performance.now() - started, turn, confirmation };
    };
    for (const message of questions) await exchange({ message });
    const replies: number[] = [];
    for (let round = 0; round < rounds; round += 1) for (const message of questions) replies.push((await exchange({ message })).ms);
    const symbols = [...desk.market.symbols().values()].filter((record) => record.kind === 'EQUITY').slice(0, 8);
    const [one, two, three] = symbols.map(({ symbol }) => symbol);
    const threeTools: number[] = [];
    for (let round = 0; round <= threeToolRounds; round += 1) {
      for (const message of [`compare ${one}, ${two} and ${three} over the last month`, 'show all mandates']) {
        const { ms, turn } = await exchange({ message });
        const { rows: [kept] } = await database.pool.query<{ calls: number; ended: boolean }>(`select (select jsonb_array_length(payload::jsonb->'calls') from core.agent_messages where turn = $1) as calls,
          exists (select from core.messages where turn = $1 and event::jsonb->>'type' = 'end') as ended`, [turn]);
        if (kept?.calls !== 3 || !kept.ended) throw new Error(`“${message}” was answered with ${kept?.calls ?? 'no'} tool calls${kept?.ended ? '' : ' and its end is not stored'}`);
        if (round > 0) threeTools.push(ms);
      }
    }
    threeTools.sort((a, b) => a - b);
    const presses: number[] = [];
    for (const { symbol } of symbols) {
      const asked = await exchange({ message: `buy 1 ${symbol} in LumpSum` });
      if (asked.confirmation) presses.push((await exchange({ press: asked.confirmation, choice: 'confirm' })).ms);
    }
    replies.sort((a, b) => a - b);
    presses.sort((a, b) => a - b);
    const where = url ? 'server Postgres' : 'embedded';
    const onDisk = url ? `, fsync ${(await database.pool.query<{ fsync: string }>('show fsync')).rows[0]?.fsync}` : '';
    return [
      { metric: `open a new desk with its simulated past, ${where}`, value: firstStartMs / 1000, unit: 's' },
      { metric: `reply without a model, median, ${where}`, value: percentile(replies, 0.5), unit: 'ms' },
      { metric: `reply without a model, 95th percentile, ${where}`, value: percentile(replies, 0.95), unit: 'ms' },
      { metric: `reply without a model and with three tool calls, its state stored, median of ${threeTools.length}, ${where}${onDisk}`, value: percentile(threeTools, 0.5), unit: 'ms' },
      { metric: `the same, 95th percentile, ${where}${onDisk}`, value: percentile(threeTools, 0.95), unit: 'ms' },
      { metric: `press to order on record, median of ${presses.length}, ${where}`, value: percentile(presses, 0.5), unit: 'ms' },
    ];
  } finally {
    await desk.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
