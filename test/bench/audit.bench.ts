import { type Database, openEmbedded, openServer } from '../../db/client.ts';
import { prepareDatabase } from '../../db/prepare.ts';
import { appendAudit } from '../../db/stores/audit.ts';
import { canonicalAction } from '../../desk/actions/digest.ts';
import { type AuditLine, createAuditVerifier, hashedText } from '../../desk/audit/verify.ts';
import { canonicalJson, digestOf, sha256 } from '../../desk/canonical.ts';
import { enterAction, judge, passingSnapshot } from '../desk/gates/fixtures.ts';
import { freshDatabase } from './fresh-database.ts';

export const name = 'audit';

/** Entries of the long log, and of the verified one; how many appends are timed on each log. */
const [loaded, short, appends] = [1_000_000, 10, 2000];
/** One entry in so many is a gate report with its whole snapshot. */
const reportEvery = 20;
const at = (sorted: Float64Array, share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

async function openLog(entries: number): Promise<{ database: Database; close: () => Promise<void> }> {
  const url = process.env.TEST_DATABASE_URL;
  const fresh = url ? await freshDatabase(url) : null;
  const database = fresh ? openServer({ url: fresh.url, connections: 2 }) : await openEmbedded({ directory: null });
  await prepareDatabase(database);
  await database.asOwner(async (client) => {
    // The hashes link and are unique as in a real log; what they cover is measured by the verification below.
    await client.query(`insert into core.audit_log (sequence, at, kind, subject, actor, payload, previous_hash, hash)
      select n, '2024-06-03T04:00:00.000Z', 'order.answered', md5(n::text), 'executor', '{"clientOrderId":"' || md5(n::text) || '","status":"OPEN","message":null}', case n when 1 then repeat('0', 64) else encode(sha256(((n - 1)::text)::bytea), 'hex') end, encode(sha256((n::text)::bytea), 'hex')
      from generate_series(1, $1::int) n`, [entries]);
    await client.query("update core.audit_head set sequence = $1::bigint, hash = encode(sha256(($1::bigint)::text::bytea), 'hex')", [entries]);
  });
  return { database, close: async () => { await database.close(); await fresh?.drop(); } };
}

async function measureAppends(): Promise<{ metric: string; value: number; unit: string }[]> {
  const where = process.env.TEST_DATABASE_URL ? 'server Postgres' : 'embedded';
  const logs = [await openLog(short), await openLog(loaded)] as const;
  try {
    const times = logs.map(() => new Float64Array(appends));
    const append = (database: Database, n: number) => database.transaction((tx) => appendAudit(tx, { kind: 'bench', subject: `s${n % 50}`, actor: 'bench', payload: { n, text: 'x'.repeat(n % reportEvery === 0 ? 8000 : 200) } }));
    for (let n = 0; n < 200; n += 1) for (const { database } of logs) await append(database, n);
    // Interleaved, so that whatever else the machine does meets both alike.
    for (let n = 0; n < appends; n += 1) for (const [which, { database }] of logs.entries()) { const started = performance.now(); await append(database, n); times[which]![n] = performance.now() - started; }
    for (const each of times) each.sort();
    const [few, many] = times as [Float64Array, Float64Array];
    return [
      { metric: `append in its transaction, ${short} entries, median, ${where}`, value: at(few, 0.5), unit: 'ms' }, { metric: `append, ${loaded} entries, median, ${where}`, value: at(many, 0.5), unit: 'ms' },
      { metric: `append, ${short} entries, p95, ${where}`, value: at(few, 0.95), unit: 'ms' }, { metric: `append, ${loaded} entries, p95, ${where}`, value: at(many, 0.95), unit: 'ms' },
      { metric: 'median of the long log against the short one', value: (at(many, 0.5) / at(few, 0.5) - 1) * 100, unit: '%' },
    ];
  } finally { for (const { close } of logs) await close(); }
}

/** A million entries, one in twenty a gate report; only the verifying is timed, on one core. */
function measureVerification(): { metric: string; value: number; unit: string }[] {
  const action = enterAction();
  const snapshot = passingSnapshot();
  const body = canonicalAction(action);
  const report = canonicalJson(judge(action, { ...snapshot }));
  const gate = canonicalJson({ phase: 'propose', policyVersion: 'bench', report, snapshot: canonicalJson(snapshot) });
  const other = canonicalJson({ clientOrderId: digestOf('bench'), status: 'OPEN', message: null, brokerOrderId: 'P0123456789abcdef' });
  const verifier = createAuditVerifier({ publicKey: null });
  let [previousHash, sequence, spentMs, cpuMs] = ['0'.repeat(64), 0, 0, 0];
  while (sequence < loaded) {
    const batch: AuditLine[] = [];
    for (let n = 0; n < 20_000 && sequence < loaded; n += 1) {
      sequence += 1;
      const [kind, payload] = sequence === 1 ? ['action.proposed', canonicalJson({ action: body, digest: sha256(body) })] : sequence % reportEvery === 0 ? ['gate.report', gate] : ['order.answered', other];
      const line = { sequence, at: '2024-06-03T04:00:00.000Z', kind, subject: 'bench', actor: 'bench', payload, previousHash };
      previousHash = sha256(hashedText(line));
      batch.push({ ...line, hash: previousHash });
    }
    const text = batch.map((line) => JSON.stringify(line));
    const [started, cpu] = [performance.now(), process.cpuUsage()];
    for (const line of text) verifier.add(JSON.parse(line) as AuditLine);
    spentMs += performance.now() - started;
    cpuMs += process.cpuUsage(cpu).user / 1000;
  }
  const { ok, verdictsRecomputed, firstBad } = verifier.finish();
  if (!ok) throw new Error(`the log of the benchmark does not verify: ${JSON.stringify(firstBad)}`);
  const what = `verify ${loaded} entries, ${verdictsRecomputed} verdicts computed again`;
  return [{ metric: what, value: spentMs / 1000, unit: 's' }, { metric: `${what}, time of the processor`, value: cpuMs / 1000, unit: 's' }];
}

export const run = async (): Promise<{ metric: string; value: number; unit: string }[]> => [...measureVerification(), ...(await measureAppends())];
