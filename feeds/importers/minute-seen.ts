const MINUTES_A_DAY = 1_440;

/** Remembers which minutes of a file were read, in 180 bytes a day: a key that repeats within a file is refused. */
export function createMinutesSeen(): (key: string, epochMs: number) => boolean {
  const days = new Map<string, Uint8Array>();
  return (key, epochMs) => {
    const minute = Math.floor(epochMs / 60_000);
    const day = `${key}|${Math.floor(minute / MINUTES_A_DAY)}`;
    let bits = days.get(day);
    if (!bits) days.set(day, (bits = new Uint8Array(MINUTES_A_DAY / 8)));
    const at = minute % MINUTES_A_DAY;
    const seen = ((bits[at >> 3] ?? 0) & (1 << (at & 7))) !== 0;
    bits[at >> 3] = (bits[at >> 3] ?? 0) | (1 << (at & 7));
    return seen;
  };
}
