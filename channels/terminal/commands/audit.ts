import { createPublicKey, type KeyObject } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { auditEntries } from '../../../db/stores/audit.ts';
import { type AuditAnchor, readAnchors } from '../../../desk/audit/anchor.ts';
import { type AuditVerdict, createAuditVerifier } from '../../../desk/audit/verify.ts';
import { verdictWords, verifyLines } from '../../../desk/audit/verify-lines.ts';
import { readArguments } from '../arguments.ts';
import { type Command, type CommandCall, CommandRefusal, type ExitCode } from '../command.ts';

const usage = 'audit export [--out FILE] | audit anchor [--out FILE] | audit verify [FILE] [--key PUBLIC_KEY_FILE] [--anchor FILE] [--json]';
const pageSize = 2000;

function tell(call: CommandCall, verdict: AuditVerdict, json: boolean): ExitCode {
  for (const line of json ? [JSON.stringify(verdict)] : verdictWords(verdict)) call.streams.out(line);
  return verdict.ok ? 0 : 1;
}

/** Verifies an export by itself: no database, no desk. */
export async function verifyFile(call: CommandCall, keyPath: string): Promise<ExitCode> {
  const given = readArguments(call.args.slice(1), { json: { type: 'boolean' }, anchor: { type: 'string' }, key: { type: 'string' } }, usage);
  const [file] = given.words;
  if (file === undefined) throw new CommandRefusal(`Usage: parapet ${usage}`, 2);
  const path = resolve(call.directory, file);
  if (!existsSync(path)) throw new CommandRefusal(`there is no file ${path}`);
  const key = given.text('key') === undefined ? keyPath : resolve(call.directory, given.text('key') ?? '');
  const publicKey: KeyObject | null = existsSync(key) ? createPublicKey(readFileSync(key)) : null;
  if (!publicKey) call.streams.err(`no public key at ${key}: signatures are not checked`);
  const anchors = anchorsIn(call, given.text('anchor'));
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY });
  return tell(call, await verifyLines({ lines, publicKey, anchors }), given.flag('json'));
}

function anchorsIn(call: CommandCall, file: string | undefined): AuditAnchor[] {
  if (file === undefined) return [];
  const path = resolve(call.directory, file);
  if (!existsSync(path)) throw new CommandRefusal(`there is no file ${path}`);
  try { return readAnchors(readFileSync(path, 'utf8')); } catch (error) { throw new CommandRefusal(`${path}: ${error instanceof Error ? error.message : String(error)}`); }
}

export const auditCommand: Command = {
  name: 'audit', usage, does: 'exports the audit, signs where it ends now, and verifies an export or the log itself',
  async run(call, desk) {
    const [verb, ...rest] = call.args;
    const given = readArguments(rest, { json: { type: 'boolean' }, out: { type: 'string' }, anchor: { type: 'string' }, key: { type: 'string' } }, usage);
    if (verb === 'export') {
      const lines: string[] = [];
      const emit = (text: string): void => { if (given.text('out') === undefined) call.streams.out(text); else lines.push(text); };
      for (let after = 0; ;) {
        const page = await auditEntries(desk.database.orm, { after, limit: pageSize });
        for (const entry of page) emit(JSON.stringify(entry));
        const last = page.at(-1);
        if (!last) break;
        after = last.sequence;
      }
      const out = given.text('out');
      if (out !== undefined) {
        await writeFile(resolve(call.directory, out), lines.map((line) => `${line}\n`).join(''), { mode: 0o600 });
        call.streams.err(`${lines.length} entries in ${out}`);
      }
      return 0;
    }
    if (verb === 'anchor') {
      const anchor = await desk.writeAnchor();
      if (!anchor) throw new CommandRefusal('nothing is in the audit yet');
      const out = given.text('out');
      if (out === undefined) call.streams.out(JSON.stringify(anchor));
      else {
        await writeFile(resolve(call.directory, out), `${JSON.stringify(anchor)}\n`, { mode: 0o600 });
        call.streams.err(`the anchor of entry ${anchor.sequence} is in ${out}`);
      }
      return 0;
    }
    if (verb === 'verify') {
      const verifier = createAuditVerifier({ publicKey: createPublicKey(desk.publicKeyPem), anchors: anchorsIn(call, given.text('anchor')) });
      for (let after = 0; ;) {
        const page = await auditEntries(desk.database.orm, { after, limit: pageSize });
        for (const entry of page) verifier.add(entry);
        const last = page.at(-1);
        if (!last) break;
        after = last.sequence;
      }
      return tell(call, verifier.finish(), given.flag('json'));
    }
    throw new CommandRefusal(`Usage: parapet ${usage}`, 2);
  },
};
