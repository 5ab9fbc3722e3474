import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const root = new URL('../../../../shared/', import.meta.url);
/** Whether the shared reference material lies next to the repository; tests that need it are skipped otherwise. */
export const sharedPresent = existsSync(fileURLToPath(root));
export const skipNote = sharedPresent ? '' : ' (skipped: ../shared is absent)';

export function sharedText(path: string): string {
  const bytes = readFileSync(fileURLToPath(new URL(path, root)));
  return path.endsWith('.gz') ? gunzipSync(bytes).toString('utf8') : bytes.toString('utf8');
}
export const sharedJson = (path: string): unknown => JSON.parse(sharedText(path));

/** The largest difference, relative to the reference where that is over 1; infinite where one side is missing and the other is not. */
export function worstDifference(actual: ArrayLike<number>, expected: readonly (number | null)[]): number {
  let worst = actual.length === expected.length ? 0 : Number.POSITIVE_INFINITY;
  expected.forEach((want, i) => {
    const got = actual[i]!;
    if (want === null) { if (!Number.isNaN(got)) worst = Number.POSITIVE_INFINITY; return; }
    const difference = Math.abs(got - want) / Math.max(1, Math.abs(want));
    if (!(difference <= worst)) worst = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
  });
  return worst;
}
