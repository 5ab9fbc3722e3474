/** Where the prices of a card stand on a line from 0 to 100, lowest on the left. */
interface Rung {
  name: 'stop' | 'entry' | 'target';
  price: number;
  at: number /** Where its label goes so that labels do not meet. */;
  labelAt: number /** Distance from the entry, percent. */;
  fromEntryPercent: number | null;
}
interface Ladder {
  rungs: Rung[];
  last: { price: number; at: number } | null;
  risk: { from: number; to: number } | null;
  reward: { from: number; to: number } | null;
}

/** Moves sorted positions apart to `gap`, keeping their order and staying within 0–100. */
export function apart(positions: readonly number[], gap: number): number[] {
  const room = positions.length > 1 ? Math.min(gap, 100 / (positions.length - 1)) : gap;
  const placed: number[] = [];
  positions.forEach((position, index) => {
    placed.push(Math.max(position, index === 0 ? 0 : (placed[index - 1] ?? 0) + room));
  });
  for (let index = placed.length - 1; index >= 0; index -= 1)
    placed[index] = Math.min(placed[index] ?? 0, index === placed.length - 1 ? 100 : (placed[index + 1] ?? 100) - room);
  return placed;
}

/** Null when there are not at least two different prices to stand between. */
export function ladderOf(
  card: { entry: number | null; stop: number | null; target: number | null; last: number | null },
  labelGap = 30,
): Ladder | null {
  const { entry, stop, target, last } = card;
  const named = (
    [
      ['stop', stop],
      ['entry', entry],
      ['target', target],
    ] as const
  ).flatMap(([name, price]) => (price === null ? [] : [{ name, price }]));
  const prices = [...named.map(({ price }) => price), ...(last === null ? [] : [last])];
  const low = Math.min(...prices);
  const high = Math.max(...prices);
  if (named.length < 2 || !(high > low)) return null;
  const at = (price: number): number => ((price - low) / (high - low)) * 100;
  const sorted = named.sort((a, b) => a.price - b.price);
  const labels = apart(
    sorted.map(({ price }) => at(price)),
    labelGap,
  );
  const between = (a: number | null, b: number | null): { from: number; to: number } | null =>
    a === null || b === null ? null : { from: at(Math.min(a, b)), to: at(Math.max(a, b)) };
  return {
    rungs: sorted.map(({ name, price }, index) => ({
      name,
      price,
      at: at(price),
      labelAt: labels[index] ?? 0,
      fromEntryPercent: entry === null || name === 'entry' ? null : (price / entry - 1) * 100,
    })),
    last: last === null ? null : { price: last, at: at(last) },
    risk: between(entry, stop),
    reward: between(entry, target),
  };
}
