import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { readAnchors, signAnchor } from '../../../desk/audit/anchor.ts';
import { type AuditLine, createAuditVerifier, hashedText } from '../../../desk/audit/verify.ts';
import { canonicalJson, sha256 } from '../../../desk/canonical.ts';
import { instant } from '../../../desk/time.ts';
import { personId } from '../gates/fixtures.ts';
import * as accountOpening from '../../simulation/memory/account-opening.ts';
import * as accounts from '../../simulation/memory/accounts.ts';
import * as actions from '../../simulation/memory/actions.ts';
import * as audit from '../../simulation/memory/audit.ts';
import * as confirmations from '../../simulation/memory/confirmations.ts';
import * as execution from '../../simulation/memory/execution.ts';
import * as ledger from '../../simulation/memory/ledger.ts';
import * as outbox from '../../simulation/memory/outbox.ts';
import * as people from '../../simulation/memory/people.ts';
import { MemoryStore, openMemory } from '../../simulation/memory/store.ts';
import * as holds from '../../simulation/memory/trading-holds.ts';
import { signingKey } from '../../simulation/processes.ts';
import { openContractWorld, pathOf, somebodyElse } from '../../simulation/store-contract.ts';

const stores = { accountOpening, accounts, actions, audit, confirmations, execution, ledger, outbox, people, holds };
let lines: AuditLine[];
/** A log with one action that went its way to the clearance, one that was rejected, and entries around them. */
beforeAll(async () => {
  const store = new MemoryStore(() => instant('2024-06-03T05:00:00Z'));
  const database = openMemory({ store, seam: async (_what, run) => run() });
  await openContractWorld(stores, database);
  const note = (key: string) => database.transaction((tx) => audit.appendAudit(tx, { kind: 'test', subject: 'note', actor: 'test', payload: { key } }));
  await note('first');
  await pathOf(stores, database, 20).cleared();
  const refused = pathOf(stores, database, 10);
  await refused.ask();
  await refused.press({ choice: 'reject' });
  await note('last');
  lines = await audit.auditEntries(database.orm, { after: 0, limit: 100 });
});

const verdictOn = (log: readonly AuditLine[], anchors: Parameters<typeof createAuditVerifier>[0]['anchors'] = []) => {
  const verifier = createAuditVerifier({ publicKey: signingKey.publicKey, anchors });
  for (const line of log) verifier.add(line);
  return verifier.finish();
};
/** What somebody who owns the database could do: change entries and seal the whole chain anew. */
function resealed(change: (line: AuditLine) => AuditLine | null): AuditLine[] {
  let previousHash = '0'.repeat(64);
  return lines.flatMap((line) => change(line) ?? []).map((line, n) => {
    const next = { ...line, sequence: n + 1, previousHash };
    previousHash = sha256(hashedText(next));
    return { ...next, hash: previousHash };
  });
}
const withPayload = (kind: string, edit: (payload: Record<string, unknown>) => Record<string, unknown>) => (line: AuditLine): AuditLine => (line.kind === kind ? { ...line, payload: canonicalJson(edit(JSON.parse(line.payload) as Record<string, unknown>)) } : line);
const anchorOf = (log: readonly AuditLine[], sequence = log.length) => signAnchor({ sequence, hash: log[sequence - 1]?.hash ?? '', at: instant('2024-06-03T06:00:00Z') }, signingKey.privateKey);

describe('an audit', () => {
  it('that is whole verifies: every verdict computed again, every signature checked, the tail unproved', () => {
    expect(verdictOn(lines)).toEqual({ ok: true, entries: lines.length, firstBad: null, verdictsRecomputed: 3, signaturesChecked: 1, provedThrough: null });
  });

  it('in which any one field of any one entry was changed does not, and names that entry', () => {
    for (const [n, line] of lines.entries()) for (const field of ['at', 'kind', 'subject', 'actor', 'payload', 'hash', 'previousHash'] as const) {
      const log = lines.with(n, { ...line, [field]: field === 'payload' ? line.payload.replace(/.$/, ' }') : `${line[field]}0` });
      expect(verdictOn(log).firstBad?.sequence, `${field} of ${n + 1}`).toBe(n + 1);
    }
  });

  it('from which an entry was taken, or in which two changed places, does not', () => {
    for (let n = 0; n < lines.length - 1; n += 1) {
      expect(verdictOn(lines.toSpliced(n, 1)).firstBad?.sequence).toBe(n + 2);
      expect(verdictOn(lines.toSpliced(n, 2, lines[n + 1]!, lines[n]!)).ok).toBe(false);
    }
  });

  it.each<[string, (line: AuditLine) => AuditLine | null, RegExp]>([
    ['another action under the old digest', withPayload('action.proposed', (payload) => ({ ...payload, action: String(payload.action).replace('"quantity":20', '"quantity":99') })), /digest is not that of the action/],
    ['a snapshot with more cash in it', withPayload('gate.report', (payload) => ({ ...payload, snapshot: String(payload.snapshot).replace('"cashMinor":50000000', '"cashMinor":90000000') })), /another verdict/],
    ['a verdict with other words', withPayload('gate.report', (payload) => ({ ...payload, report: String(payload.report).replace('"verdict":"PASS"', '"verdict":"BLOCK"') })), /another verdict/],
    ['a yes of somebody who was not asked', (line) => (line.kind === 'action.confirmed' ? { ...withPayload('action.confirmed', (payload) => ({ ...payload, person: somebodyElse }))(line), actor: somebodyElse } : line), /was not asked/],
    ['a yes in another’s name', withPayload('action.confirmed', (payload) => ({ ...payload, person: somebodyElse })), /was not asked/],
    ['a yes to another content', withPayload('action.confirmed', (payload) => ({ ...payload, actionDigest: '0'.repeat(64) })), /to something else/],
    ['a yes long after the question had expired', (line) => (line.kind === 'action.confirmed' ? { ...line, at: '2024-06-03T05:30:00.000Z' } : line), /after the question had expired/],
    ['one yes where two were needed', withPayload('action.awaiting_confirmation', (payload) => ({ ...payload, eligible: [personId, somebodyElse], approvalsNeeded: 2 })), /1 said yes where 2/],
    ['no yes at all', (line) => (line.kind === 'action.confirmed' ? null : line), /rests on no yes/],
    ['a yes to what had been rejected', (line) => (line.kind === 'action.rejected' ? { ...line, kind: 'action.confirmed' } : line), /to something else/],
    ['no verdict after the yes', (line) => (line.kind === 'gate.report' && line.payload.includes('"phase":"confirm"') ? null : line), /last verdict/],
    ['a clearance with another signature', withPayload('action.cleared', (payload) => ({ ...payload, signature: Buffer.alloc(64).toString('base64') })), /not signed by the key/],
    ['a clearance under another action', (line) => (line.kind === 'action.cleared' ? { ...line, subject: lines.find(({ kind }) => kind === 'action.rejected')?.subject ?? '' } : line), /for another action/],
  ])('that was sealed anew around %s does not verify', (_, change, reason) => {
    expect(verdictOn(resealed(change)).firstBad?.reason).toMatch(reason);
  });
});

describe('an anchor', () => {
  it('proves that nothing was cut off before it, and says what follows it is unproved', () => {
    expect(verdictOn(lines, [anchorOf(lines)])).toMatchObject({ ok: true, provedThrough: lines.length });
    expect(verdictOn(lines, [anchorOf(lines, 3), anchorOf(lines, 5)])).toMatchObject({ ok: true, provedThrough: 5 });
    expect(verdictOn(lines.slice(0, -1), [anchorOf(lines)]).firstBad?.reason).toMatch(/not there as it was signed/);
    expect(verdictOn([], [anchorOf(lines)]).ok).toBe(false);
  });

  it('finds a log that was sealed anew in a way that nothing else could find', () => {
    const forged = resealed((line) => (line.kind === 'test' ? { ...line, payload: '{"key":"other"}' } : line));
    expect(verdictOn(forged).ok).toBe(true);
    expect(verdictOn(forged, [anchorOf(lines, 4)]).firstBad).toEqual({ sequence: 4, reason: 'the entry that the anchor names is not there as it was signed' });
  });

  it('is nobody’s but the key’s, and of a real end', () => {
    const anchor = anchorOf(lines);
    for (const forged of [{ ...anchor, at: '2030-01-01T00:00:00.000Z' }, { ...anchor, signature: Buffer.alloc(64).toString('base64') }, { ...anchor, sequence: anchor.sequence - 1 }]) expect(verdictOn(lines, [forged]).ok).toBe(false);
    expect(() => signAnchor({ sequence: 0, hash: '0'.repeat(64), at: instant(0) }, signingKey.privateKey)).toThrow(/empty log/);
    expect(() => signAnchor({ sequence: 1, hash: '', at: instant(0) }, signingKey.publicKey)).toThrow(/private key/);
    expect(() => readAnchors('{"sequence":1}\nrubbish')).toThrow(/line 1 is no anchor/);
    expect(readAnchors(`${JSON.stringify(anchor, null, 1)}\n`)).toEqual([anchor]);
  });
});

describe('the program that verifies by itself', () => {
  it('says what is well and what is not, and ends with the code for it', { timeout: 60_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parapet-audit-'));
    const at = (name: string, text: string): string => { writeFileSync(join(folder, name), text); return join(folder, name); };
    const run = (...args: string[]) => new Promise<{ code: number; out: string }>((resolve) => {
      execFile(process.execPath, [fileURLToPath(new URL('../../../scripts/verify-audit.ts', import.meta.url)), ...args], (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out: out + err }));
    });
    try {
      const text = (log: readonly AuditLine[]): string => log.map((line) => `${JSON.stringify(line)}\n`).join('');
      const key = at('key.pem', signingKey.publicKey.export({ type: 'spki', format: 'pem' }).toString());
      const anchor = at('anchor.jsonl', `${JSON.stringify(anchorOf(lines, 3))}\n${JSON.stringify(anchorOf(lines))}\n`);
      expect(await run(at('whole.jsonl', text(lines)), '--key', key, '--anchor', anchor)).toEqual({ code: 0, out: expect.stringMatching(/^ok: \d+ entries, 3 verdicts computed again, 1 signatures checked\nthe anchor proves it to its last entry/) });
      expect(await run(at('cut.jsonl', text(lines.slice(0, -2))), '--key', key)).toEqual({ code: 0, out: expect.stringMatching(/unproved/) });
      expect(await run(at('cut.jsonl', text(lines.slice(0, -2))), '--key', key, '--anchor', anchor)).toEqual({ code: 1, out: expect.stringMatching(/not there as it was signed/) });
      expect(await run(at('torn.jsonl', `${text(lines.slice(0, 3))}{"sequence":`), '--key', key)).toMatchObject({ code: 1 });
      expect(await run('nowhere.jsonl')).toMatchObject({ code: 2, out: expect.stringMatching(/there is no file/) });
    } finally { rmSync(folder, { recursive: true, force: true }); }
  });
});
