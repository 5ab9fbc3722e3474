import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { openEmbedded, openServer } from '../../db/client.ts';
import { auditEntries } from '../../db/stores/audit.ts';
import { instant, msBetween } from '../../desk/time.ts';
import type { Instant } from '../../desk/time.ts';
import { loadConfiguration } from '../../ops/configuration.ts';
import { createLog } from '../../ops/log.ts';
import { openDesk } from '../../start/open-desk.ts';

export const name = 'confirm';

const entries = 60;
const at = (values: number[], share: number): number => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;

/** From the yes on record to the order on record, and to its answer from the paper broker, by the database's own clock; one desk, one press at a time. */
export async function run(): Promise<{ metric: string; value: number; unit: string }[]> {
  const folder = mkdtempSync(join(tmpdir(), 'parapet-bench-'));
  const url = process.env.TEST_DATABASE_URL;
  const database = url ? openServer({ url }) : await openEmbedded({ directory: join(folder, 'database') });
  const loaded = loadConfiguration({ QUOTE_MAX_AGE_SECONDS: '86400', ORDERS_PER_MINUTE: '1000', MAX_GROSS_PERCENT: '100' });
  if (!loaded.ok) throw new Error(loaded.errors.join('; '));
  const desk = await openDesk({
    database, configuration: loaded.configuration, world: { kind: 'sim', seed: 7, sessionWallMinutes: 30, sessions: 'open' }, keysFolder: folder, killFile: join(folder, 'KILL'),
    wallClock: () => instant(Date.now()), log: createLog({ level: 'error' }), model: null, running: false,
  });
  try {
    await desk.feed.advance?.(30 * 60_000);
    await desk.settle();
    await database.asOwner((client) => client.query("update core.mandates set terms = jsonb_set(terms, '{maxPositions}', '200')"));
    const { threadId } = await desk.conversation.openThread({ channel: 'bench', externalId: name, person: desk.owner });
    const account = await database.pool.query<{ id: string }>("select id from core.accounts where name = 'LumpSum'");
    const equities = [...desk.market.symbols().values()].filter(({ kind }) => kind === 'EQUITY');
    const actions: string[] = [];
    const [answered, onTick] = [[] as number[], (price: number): string => (Math.round(price * 20) / 20).toFixed(2)];
    for (let n = 0; actions.length < entries && n < 4 * entries; n += 1) {
      const symbol = equities[n % equities.length]?.symbol ?? '';
      const last = desk.market.quote(symbol)?.last ?? 0;
      const asked = await desk.services.propose({
        action: { kind: 'enter', accountId: account.rows[0]?.id ?? '', symbol, exchange: 'NSE', side: 'BUY', quantity: 1, orderType: 'MARKET', product: 'DELIVERY', bracket: { stop: onTick(last * 0.95), target: onTick(last * 1.1) }, strategy: 'manual', horizonDays: 10 } as never,
        proposer: { kind: 'person', personId: desk.owner.id, channel: 'bench' }, threadId: null, turn: null,
      });
      if (!asked.confirmation) continue;
      const started = performance.now();
      await desk.conversation.say({ threadId, person: desk.owner, clientMessageId: `b${n}`, inbound: { press: asked.confirmation.id, choice: 'confirm' } });
      await desk.conversation.idle();
      answered.push(performance.now() - started);
      actions.push(asked.actionId);
      // Below the orders a second that the desk allows itself.
      await setTimeout(150);
    }
    const log = await auditEntries(database.orm, { after: 0, limit: 100_000 });
    const moment = (actionId: string, kind: string): Instant | null => (log.find((entry) => entry.subject === actionId && entry.kind === kind)?.at ?? null) as Instant | null;
    const since = (kind: string): number[] => actions.flatMap((id) => { const [from, to] = [moment(id, 'action.confirmed'), moment(id, kind)]; return from && to ? [msBetween(from, to)] : []; });
    const [toOrder, toAnswer] = [since('order.sending'), since('order.answered')];
    const where = `${toOrder.length} entries, ${url ? 'server Postgres' : 'embedded'}`;
    return [
      { metric: `confirmed to order on record, median, ${where}`, value: at(toOrder, 0.5), unit: 'ms' }, { metric: `confirmed to order on record, p95, ${where}`, value: at(toOrder, 0.95), unit: 'ms' },
      { metric: `confirmed to the broker’s answer, p95, ${where}`, value: at(toAnswer, 0.95), unit: 'ms' }, { metric: `press to the answer to the person, median, ${where}`, value: at(answered, 0.5), unit: 'ms' },
    ];
  } finally {
    await desk.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
