/** `npm run fuzz [-- N [SEED]]`: N (10,000) conversations with a model that wants to do harm, always the same ones by their seed. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const [count = '10000', seed] = process.argv.slice(2);
const root = fileURLToPath(new URL('../../', import.meta.url));
const child = spawn(process.execPath, [`${root}node_modules/vitest/vitest.mjs`, 'run', '--project', 'suite', 'test/fuzz'], { cwd: root, stdio: 'inherit', env: { ...process.env, FUZZ_CONVERSATIONS: count, ...(seed === undefined ? {} : { FUZZ_SEED: seed }) } });
child.on('close', (code) => { process.exitCode = code ?? 1; });
