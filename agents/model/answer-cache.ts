/** The most recently used answers, by the content of what was asked. */
export interface AnswerCache<T> { get(key: string): T | undefined; set(key: string, value: T): void }

export function createAnswerCache<T>({ entries }: { entries: number }): AnswerCache<T> {
  const kept = new Map<string, T>();
  return {
    get(key) {
      const value = kept.get(key);
      if (value === undefined) return undefined;
      kept.delete(key);
      kept.set(key, value);
      return value;
    },
    set(key, value) {
      kept.delete(key);
      kept.set(key, value);
      const [oldest] = kept.keys();
      if (kept.size > entries && oldest !== undefined) kept.delete(oldest);
    },
  };
}
