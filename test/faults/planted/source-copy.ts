import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Plant, plantedText } from '../../simulation/plants.ts';

/** What a test of the stores or the executor never reads. */
const leftOut = new Set(['node_modules', '.git', 'dist', 'docs', 'coverage', '.mutation', 'test/e2e', 'test/bench']);

/** The desk's sources once more, to plant faults in; the ones that people work on are never touched. */
export interface SourceCopy {
  folder: string;
  /** Runs `work` on the copy with the fault in it, and takes the fault out again. @throws Error when the fault no longer fits the text. */
  withFault<T>(plant: Plant, work: () => T): T;
  remove(): void;
}

export function copySources(root: string): SourceCopy {
  const folder = mkdtempSync(join(tmpdir(), 'parapet-planted-'));
  cpSync(root, folder, { recursive: true, filter: (from) => { const path = from.slice(root.length).replace(/^\//, ''); return !leftOut.has(path) && !path.startsWith('.parapet'); } });
  // The packages are those of the tree, but not their cache: a template of a database with a fault in it must not stay behind.
  mkdirSync(join(folder, 'node_modules'));
  for (const name of readdirSync(join(root, 'node_modules'))) if (name !== '.cache') symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  return {
    folder,
    withFault(plant, work) {
      const files = [...new Set(plant.edits.map(({ file }) => file))];
      const sound = new Map(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
      try {
        for (const [file, text] of sound) writeFileSync(join(folder, file), plantedText(plant, file, text));
        return work();
      } finally { for (const [file, text] of sound) writeFileSync(join(folder, file), text); }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
