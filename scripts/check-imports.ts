/** `node scripts/check-imports.ts`: the architecture's import rules over the whole tree. */
import { violationsBelow } from './import-rules/check-tree.ts';

const { files, violations } = violationsBelow(new URL('..', import.meta.url).pathname);
for (const { path, line, message } of violations) console.log(`${path}:${line}  ${message}`);
console.log(`${files} files read, ${violations.length} against the import rules`);
if (files === 0 || violations.length > 0) process.exitCode = 1;
