/**
 * Counts equal rows of one file: lists print the same deal twice when it was done twice, and each is a fact. The same
 * list again gives the same counts.
 */
export function createOccurrences(): (key: string) => number {
  const counts = new Map<string, number>();
  return (key) => {
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count;
  };
}
