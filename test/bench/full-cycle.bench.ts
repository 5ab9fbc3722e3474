import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openEmbedded, openServer } from '../../db/client.ts';
import { prepareDatabase } from '../../db/prepare.ts';
import { writeFacts } from '../../db/stores/facts.ts';
import type { Decimal } from '../../desk/decimal.ts';
import { at, instant, plusDays, type TradingDate, tradingDate } from '../../desk/time.ts';
import type { FeedRecord } from '../../feeds/define.ts';
import { loadConfiguration } from '../../ops/configuration.ts';
import { createLog } from '../../ops/log.ts';
import { openDesk } from '../../start/open-desk.ts';

export const name = 'full-cycle';

const SIZES = (process.env.BENCH_SYMBOLS ?? '100,1000').split(',').map(Number);
const SESSIONS = 290;
const SECTORS = ['Banks', 'Information technology', 'Metals', 'Pharma', 'Autos', 'Energy', 'Cement', 'Consumer goods'];
const first = tradingDate('2023-01-02');
const source = 'bench';

/** Weekdays, the last of them the session of the cycle. */
const sessions: TradingDate[] = Array.from({ length: Math.ceil((SESSIONS * 7) / 5) }, (_, n) => plusDays(first, n)).filter((date) => ![0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay()));

/** Seeded walks with a drift and a turn now and then, so that every strategy finds set-ups in them. */
function* market(symbols: number): Generator<FeedRecord[]> {
  let state = 12345;
  const uniform = (): number => { state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0; return state / 2 ** 32; };
  const names = Array.from({ length: symbols }, (_, n) => `S${String(n).padStart(4, '0')}`);
  const knownAt = at(first, '08:00', 'Asia/Kolkata');
  yield names.map((symbol, n): FeedRecord => ({ type: 'symbol', symbol: { symbol, name: `Company ${n}`, exchange: 'NSE', kind: 'EQUITY', sector: SECTORS[n % SECTORS.length]!, lotSize: 1, tickSize: '0.05' as Decimal, aliases: [] }, knownAt, source }));
  const state0 = names.map(() => ({ close: 100 + 900 * uniform(), drift: 0 }));
  for (const date of sessions) {
    const closedAt = at(date, '15:30', 'Asia/Kolkata');
    yield names.map((symbol, n): FeedRecord => {
      const each = state0[n]!;
      if (uniform() < 0.03) each.drift = (uniform() - 0.5) * 0.012;
      const open = each.close * (1 + (uniform() - 0.5) * 0.006);
      const close = open * (1 + each.drift + (uniform() - 0.5) * 0.03);
      const [high, low] = [Math.max(open, close) * (1 + uniform() * 0.008), Math.min(open, close) * (1 - uniform() * 0.008)];
      each.close = close;
      const [o, h, l, c] = [open, high, low, close].map((price) => Math.round(price * 20) / 20) as [number, number, number, number];
      return { type: 'daily_bar', bar: { symbol, date, open: o, high: h, low: l, close: c, volume: Math.round(500_000 * (1 + uniform())) }, knownAt: closedAt, source };
    });
  }
}

async function cycles(database: Database, folder: string, symbols: number): Promise<{ metric: string; value: number; unit: string }[]> {
  await prepareDatabase(database, () => undefined);
  let batch: FeedRecord[] = [];
  let bars = 0;
  const writing = performance.now();
  for (const records of market(symbols)) {
    batch.push(...records);
    if (batch.length >= 20_000) { bars += batch.length; await writeFacts(database.orm, batch, instant(Date.now())); batch = []; }
  }
  if (batch.length > 0) await writeFacts(database.orm, batch, instant(Date.now()));
  const writtenMs = performance.now() - writing;
  const loaded = loadConfiguration({ QUOTE_MAX_AGE_SECONDS: '86400' });
  if (!loaded.ok) throw new Error(loaded.errors.join('; '));
  const desk = await openDesk({
    database, configuration: loaded.configuration, world: { kind: 'replay', asOf: sessions.at(-1)!, speed: 60, frozen: true }, keysFolder: folder, killFile: join(folder, 'KILL'),
    wallClock: () => instant(Date.now()), log: createLog({ level: 'error' }), model: null, running: false,
  });
  try {
    const cycle = async () => {
      const started = performance.now();
      const summary = await desk.services.runCycle({ requestedBy: { kind: 'desk', rule: 'bench' }, threadId: null, turn: null });
      return { ms: performance.now() - started, summary };
    };
    const fresh = await cycle();
    const next = await cycle();
    const stageMs = (stage: string): number => fresh.summary.stages.find((each) => each.stage === stage)?.ms ?? Number.NaN;
    const of = `${symbols} symbols`;
    return [
      { metric: `${of}: ${bars + batch.length} rows written`, value: writtenMs / 1000, unit: 's' },
      { metric: `${of}, 3 accounts: first cycle`, value: fresh.ms, unit: 'ms' },
      ...['gather', 'features', 'signals', 'record', 'propose'].map((stage) => ({ metric: `${of}: its stage ${stage}`, value: stageMs(stage), unit: 'ms' })),
      { metric: `${of}: its signals`, value: fresh.summary.stages.find(({ stage }) => stage === 'signals')?.out ?? Number.NaN, unit: 'signals' }, { metric: `${of}: its cards`, value: fresh.summary.cards.length, unit: 'cards' },
      { metric: `${of}, 3 accounts: next cycle of the day`, value: next.ms, unit: 'ms' },
    ];
  } finally { await desk.close(); }
}

/** Whole cycles through the database over generated bars of 290 sessions and the first three accounts; the embedded database takes several sizes, a server one. */
export async function run(): Promise<{ metric: string; value: number; unit: string }[]> {
  const url = process.env.TEST_DATABASE_URL;
  const figures: { metric: string; value: number; unit: string }[] = [];
  for (const size of url ? SIZES.slice(-1) : SIZES) {
    const folder = mkdtempSync(join(tmpdir(), 'parapet-bench-'));
    try {
      figures.push(...(await cycles(url ? openServer({ url }) : await openEmbedded({ directory: join(folder, 'database') }), folder, size)));
    } finally { rmSync(folder, { recursive: true, force: true }); }
  }
  return figures;
}
