/** Runs work for a key in the order in which it was handed in, one at a time; different keys don't wait for one another. */
export function createInOrder(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const lines = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const mine = (lines.get(key) ?? Promise.resolve()).then(work, work);
    const settled = mine.catch(() => undefined);
    lines.set(key, settled);
    void settled.then(() => { if (lines.get(key) === settled) lines.delete(key); });
    return mine;
  };
}
