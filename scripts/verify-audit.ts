/**
 * `node scripts/verify-audit.ts FILE [--key PUBLIC_KEY.pem] [--anchor ANCHORS.jsonl]`: verifies an exported audit with nothing of
 * the desk but its pure rules: the chain, the actions' digests, the questions and who answered them, the clearances' signatures,
 * and every verdict of the gates, computed again. Exit code 0 when it is whole, 1 with the first entry that is not, 2 for wrong usage.
 */
import { createPublicKey } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { readAnchors } from '../desk/audit/anchor.ts';
import { verdictWords, verifyLines } from '../desk/audit/verify-lines.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { key: { type: 'string' }, anchor: { type: 'string' } } });
const [file] = positionals;
const missing = [file, values.key, values.anchor].filter((path) => path !== undefined).find((path) => !existsSync(path));
if (file === undefined || missing !== undefined) {
  console.error(missing === undefined ? 'Usage: node scripts/verify-audit.ts FILE [--key PUBLIC_KEY.pem] [--anchor ANCHORS.jsonl]' : `there is no file ${missing}`);
  process.exit(2);
}
const verdict = await verifyLines({
  lines: createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY }),
  publicKey: values.key === undefined ? null : createPublicKey(readFileSync(values.key)),
  anchors: values.anchor === undefined ? [] : readAnchors(readFileSync(values.anchor, 'utf8')),
});
for (const sentence of verdictWords(verdict)) console.log(sentence);
if (values.key === undefined) console.log('without the public key signatures are not checked');
process.exit(verdict.ok ? 0 : 1);
