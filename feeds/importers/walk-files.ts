import { readdir, stat } from 'node:fs/promises';
import { join, relative, basename } from 'node:path';

export interface FoundFile { path: string; file: string; bytes: number }

/**
 * Every file at or under `path`, in a fixed order. `file` is its name for reports, relative to the folder. Links to
 * folders are not followed (they may run in circles); they and anything else that is no file come back in `skipped`.
 */
export async function walkFiles(path: string): Promise<{ files: FoundFile[]; skipped: { file: string; reason: string }[] } | { reason: string }> {
  const files: FoundFile[] = [];
  const skipped: { file: string; reason: string }[] = [];
  try {
    const root = await stat(path);
    if (root.isFile()) return { files: [{ path, file: basename(path), bytes: root.size }], skipped };
    if (!root.isDirectory()) return { reason: `${path} is neither a file nor a folder.` };
  } catch {
    return { reason: `${path} does not exist or cannot be read.` };
  }
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (entry.isDirectory()) continue;
    const full = join(entry.parentPath, entry.name);
    const file = relative(path, full);
    try {
      const found = await stat(full);
      if (found.isFile()) files.push({ path: full, file, bytes: found.size });
      else skipped.push({ file, reason: found.isDirectory() ? 'A link to a folder is not followed.' : 'Not a regular file.' });
    } catch {
      skipped.push({ file, reason: 'The file cannot be read.' });
    }
  }
  const byName = (a: { file: string }, b: { file: string }): number => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0);
  return { files: files.sort(byName), skipped: skipped.sort(byName) };
}
