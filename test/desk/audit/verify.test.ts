import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { readAnchors, signAnchor } from '../../../desk/audit/anchor.ts';
import { type AuditLine, createAuditVerifier, hashedText } from '../../../desk/audit/verify.ts';
import { verdictWords, verifyLines } from '../../../desk/audit/verify-lines.ts';
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
function resealed(change: (line: AuditLine) => AuditLine | AuditLine[] | null): AuditLine[] {
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

  it.each<[string, (line: AuditLine) => AuditLine | AuditLine[] | null, RegExp]>([
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
    ['a question that nobody was asked', withPayload('action.awaiting_confirmation', (payload) => ({ ...payload, eligible: 'everybody' })), /^fewer people were asked than had to say yes$/],
    ['a question to one where two had to say yes', withPayload('action.awaiting_confirmation', (payload) => ({ ...payload, approvalsNeeded: 2 })), /^fewer people were asked than had to say yes$/],
    ['a question before any verdict', (line) => (line.kind === 'gate.report' ? null : line), /^a question about an action that the gates had not let through$/],
    ['a verdict on what nobody proposed', (line) => (line.kind === 'action.proposed' ? null : line), /^a verdict on an action that was never proposed$/],
    ['a yes without its question', (line) => (line.kind === 'action.awaiting_confirmation' ? null : line), /^a yes to a question that was never put$/],
    ['a yes to another question', withPayload('action.confirmed', (payload) => ({ ...payload, confirmation: 'another' })), /^a yes to a question that was never put$/],
    ['a yes to an action that is not there', (line) => (line.kind === 'action.confirmed' ? { ...line, subject: 'nowhere' } : line), /^a yes to a question that was never put$/],
    ['a second yes', (line) => (line.kind === 'action.confirmed' ? [line, line] : line), /^a yes to a question that was confirmed$/],
    ['a second yes after it had lapsed', (line) => (line.kind === 'action.confirmed' ? [line, { ...line, kind: 'action.expired' }, line] : line), /^a yes to a question that was confirmed$/],
    ['a yes after the no', (line) => (line.kind === 'action.rejected' ? [line, { ...withPayload('action.rejected', (payload) => ({ ...payload, choice: 'confirm' }))(line), kind: 'action.confirmed' }] : line), /^a yes to a question that was rejected$/],
    ['a yes after its question had lapsed', (line) => (line.kind === 'action.rejected' ? [{ ...line, kind: 'action.expired' }, { ...withPayload('action.rejected', (payload) => ({ ...payload, choice: 'confirm' }))(line), kind: 'action.confirmed' }] : line), /^a yes to a question that was expired$/],
    ['a yes a minute after the question had expired', (line) => (line.kind === 'action.confirmed' ? { ...line, at: '2024-06-03T05:11:00.000Z' } : line), /^a yes after the question had expired$/],
    ['a first yes of somebody who was not asked', (line) => (line.kind === 'action.confirmed' ? [{ ...line, kind: 'press.first_of_two', actor: somebodyElse }, line] : line), /^a yes of somebody who was not asked$/],
    ['a first yes to no question', (line) => (line.kind === 'test' ? { ...line, kind: 'press.first_of_two' } : line), /^a yes of somebody who was not asked$/],
    ['what is no JSON', (line) => (line.kind === 'test' ? { ...line, payload: 'rubbish' } : line), /^it cannot be read: .*rubbish/],
    ['a clearance under another action', (line) => (line.kind === 'action.cleared' ? { ...line, subject: lines.find(({ kind }) => kind === 'action.rejected')?.subject ?? '' } : line), /for another action/],
  ])('that was sealed anew around %s does not verify', (_, change, reason) => {
    expect(verdictOn(resealed(change)).firstBad?.reason).toMatch(reason);
  });
});

describe('what is no fault', () => {
  it.each<[string, (line: AuditLine) => AuditLine | AuditLine[] | null]>([
    ['a yes that was pressed in time and written down within the minute after', (line) => (line.kind === 'action.confirmed' ? { ...line, at: '2024-06-03T05:10:59.999Z' } : line)],
    ['the second yes where two were asked and the other came first', (line) => {
      if (line.kind === 'action.awaiting_confirmation') return withPayload(line.kind, (payload) => ({ ...payload, eligible: [personId, somebodyElse], approvalsNeeded: 2 }))(line);
      return line.kind === 'action.confirmed' ? [{ ...line, kind: 'press.first_of_two', actor: somebodyElse }, line] : line;
    }],
    ['the end of an action that was never asked about', (line) => (line.kind === 'test' ? { ...line, kind: 'action.expired' } : line)],
  ])('is %s', (_, change) => {
    expect(verdictOn(resealed(change)).firstBad).toBeNull();
  });
});

/** Without the key nobody can say that a clearance is the gate's; what it says must fit the log all the same. */
describe('a clearance whose signature nobody checks', () => {
  const verdict = (edit: (body: Record<string, unknown>) => Record<string, unknown>, more: (line: AuditLine) => AuditLine | null = (line) => line) => {
    const verifier = createAuditVerifier({ publicKey: null });
    for (const line of resealed((each) => more(withPayload('action.cleared', (payload) => ({ ...payload, body: canonicalJson(edit(JSON.parse(String(payload.body)) as Record<string, unknown>)) }))(each)))) verifier.add(line);
    return verifier.finish();
  };
  it('verifies as it was recorded, with no signature counted', () => {
    expect(verdict((body) => body)).toMatchObject({ ok: true, signaturesChecked: 0, provedThrough: null });
  });
  const noQuestion = (line: AuditLine): AuditLine | null => (line.kind === 'action.awaiting_confirmation' || line.kind === 'action.confirmed' ? null : line);
  it.each<[string, (body: Record<string, unknown>) => Record<string, unknown>, RegExp, ((line: AuditLine) => AuditLine | null)?]>([
    ['is for another action', (body) => ({ ...body, actionId: somebodyElse }), /^the clearance is for another action$/],
    ['is for another content', (body) => ({ ...body, actionDigest: '0'.repeat(64) }), /^the clearance is for another action$/],
    ['is for an action that is not there', (body) => ({ ...body, actionId: 'nowhere' }), /^the clearance is for another action$/, (line) => (line.kind === 'action.cleared' ? { ...line, subject: 'nowhere' } : line)],
    ['rests on another verdict', (body) => ({ ...body, reportDigest: '0'.repeat(64) }), /^the clearance does not rest on the gates’ last verdict$/],
    ['goes past the question that was put', (body) => ({ ...body, confirmationId: null }), /^a clearance past the question that was put$/],
    ['names another question', (body) => ({ ...body, confirmationId: somebodyElse }), /^the clearance rests on no yes$/],
    ['names a question that was never put', (body) => body, /^the clearance rests on no yes$/, noQuestion],
    ['names somebody who did not say yes', (body) => ({ ...body, approvedBy: [personId, somebodyElse] }), /^the clearance names somebody who did not say yes$/],
  ])('does not verify when it %s', (_, edit, reason, more) => {
    expect(verdict(edit, more).firstBad?.reason).toMatch(reason);
  });
  it('needs no question where none was put', () => {
    expect(verdict((body) => ({ ...body, confirmationId: null, approvedBy: [] }), noQuestion).firstBad).toBeNull();
  });
});

describe('the chain', () => {
  /** Entries from the third on as somebody would write them who knows how hashes are made. */
  const forgedFrom3 = (change: (line: AuditLine) => AuditLine): AuditLine[] => lines.map((line, n) => { const next = n === 2 ? change(line) : line; return n === 2 ? { ...next, hash: sha256(hashedText(next)) } : next; });
  it('has no gap in its numbers', () => {
    expect(verdictOn(forgedFrom3((line) => ({ ...line, sequence: 4 }))).firstBad).toEqual({ sequence: 4, reason: 'entry 4 follows entry 2: something is missing or doubled' });
  });
  it('has each entry follow the one before it', () => {
    expect(verdictOn(forgedFrom3((line) => ({ ...line, previousHash: '0'.repeat(64) }))).firstBad).toEqual({ sequence: 3, reason: 'it does not follow the entry before it' });
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
    expect(() => signAnchor({ sequence: 1, hash: '', at: instant(0) }, generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey)).toThrow(/Ed25519/);
    expect(verdictOn(lines, [anchorOf(lines, 1)])).toMatchObject({ ok: true, provedThrough: 1 });
    expect(() => readAnchors('{"sequence":1}\nrubbish')).toThrow(/line 1 is no anchor/);
    expect(readAnchors(`${JSON.stringify(anchor, null, 1)}\n`)).toEqual([anchor]);
    expect(readAnchors(`${JSON.stringify(anchor)}\n   \n\n${JSON.stringify(anchorOf(lines, 2))}\n`)).toEqual([anchor, anchorOf(lines, 2)]);
    for (const field of ['sequence', 'hash', 'at', 'signature'] as const) expect(() => readAnchors(JSON.stringify({ ...anchor, [field]: null })), field).toThrow('line 1 is no anchor');
  });

  it('proves nothing without the key, or when another one for the same entry says otherwise', () => {
    const verifier = createAuditVerifier({ publicKey: null, anchors: [anchorOf(lines, 4)] });
    for (const line of lines) verifier.add(line);
    expect(verifier.finish()).toMatchObject({ firstBad: { sequence: 4, reason: 'an anchor proves nothing without the public key' }, provedThrough: null });
    expect(verdictOn(lines, [{ ...anchorOf(lines, 4), at: '2030-01-01T00:00:00.000Z' }]).firstBad).toEqual({ sequence: 4, reason: 'the anchor is not signed by the key' });
    const other = signAnchor({ sequence: 4, hash: '0'.repeat(64), at: instant('2024-06-03T06:00:00Z') }, signingKey.privateKey);
    for (const anchors of [[anchorOf(lines, 4), other], [other, anchorOf(lines, 4)]]) expect(verdictOn(lines, anchors).firstBad).toEqual({ sequence: 4, reason: 'the entry that the anchor names is not there as it was signed' });
  });
});

describe('an export', () => {
  async function* of(texts: readonly string[]): AsyncGenerator<string> { for (const text of texts) yield text; }
  const read = (texts: readonly string[], anchors: Parameters<typeof verdictOn>[1] = []) => verifyLines({ lines: of(texts), publicKey: signingKey.publicKey, anchors });
  it('is read line by line, empty ones left out', async () => {
    expect(await read(lines.flatMap((line) => [JSON.stringify(line), '', '  ']), [anchorOf(lines, 3)])).toEqual(verdictOn(lines, [anchorOf(lines, 3)]));
  });
  it('ends at a line that is none, wherever it is', async () => {
    const texts = lines.map((line) => JSON.stringify(line));
    expect(await read(texts.with(2, '{"sequence":'))).toMatchObject({ ok: false, entries: 3, firstBad: { sequence: -1, reason: 'entry -1 follows entry 2: something is missing or doubled' } });
  });
  it('is judged in sentences', () => {
    const words = (log: readonly AuditLine[], sequences: readonly number[]): string[] => verdictWords(verdictOn(log, sequences.map((sequence) => anchorOf(lines, sequence))));
    const well = `ok: ${lines.length} entries, 3 verdicts computed again, 1 signatures checked`;
    expect(words(lines, [])).toEqual([well, 'without an anchor it is unproved that nothing was cut off the end']);
    expect(words(lines, [lines.length])).toEqual([well, 'the anchor proves it to its last entry']);
    expect(words(lines, [5])).toEqual([well, 'the anchor proves it to entry 5; of what followed it is unproved that nothing was cut off the end']);
    expect(words(lines.toSpliced(1, 1), [])).toEqual(['entry 3: entry 3 follows entry 1: something is missing or doubled', 'without an anchor it is unproved that nothing was cut off the end']);
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
