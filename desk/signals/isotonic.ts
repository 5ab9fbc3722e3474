/** One point of a monotone step-free map, from a score to the share that came true there. */
export interface Knot { score: number; probability: number }

/** Cases are first put together by score into at most so many groups of equal size, so that no single case makes a 0 or a 1. */
const MOST_GROUPS = 20;
const LEAST_IN_GROUP = 30;
const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

/**
 * The non-decreasing map from score to probability that lies nearest to the cases in squares, by pooling adjacent violators (Ayer et al.
 * 1955; for calibration Zadrozny and Elkan 2002), over groups of neighbouring scores. Cases with one score stay together. Knots ascend
 * in score; with fewer than 60 cases there is one, the plain share. Empty for no case.
 */
export function fitIsotonic(cases: readonly { score: number; reached: boolean }[]): Knot[] {
  const sorted = cases.toSorted((a, b) => a.score - b.score);
  const size = Math.max(LEAST_IN_GROUP, Math.ceil(sorted.length / MOST_GROUPS));
  const blocks: { count: number; scores: number; reached: number }[] = [];
  let previous = Number.NaN;
  for (const { score, reached } of sorted) {
    const last = blocks.at(-1);
    // A rest too small for a group of its own stays with the group before.
    if (!last || (last.count >= size && score !== previous)) blocks.push({ count: 1, scores: score, reached: Number(reached) });
    else { last.count += 1; last.scores += score; last.reached += Number(reached); }
    previous = score;
  }
  const rest = blocks.at(-1);
  if (rest && blocks.length > 1 && rest.count < LEAST_IN_GROUP) { blocks.pop(); merge(blocks.at(-1)!, rest); }
  const pooled: typeof blocks = [];
  for (const block of blocks) {
    let next = block;
    for (let before = pooled.at(-1); before && before.reached / before.count >= next.reached / next.count; before = pooled.at(-1)) { pooled.pop(); merge(before, next); next = before; }
    pooled.push(next);
  }
  return pooled.map(({ count, scores, reached }) => ({ score: rounded(scores / count), probability: rounded(reached / count) }));
}

function merge(into: { count: number; scores: number; reached: number }, other: { count: number; scores: number; reached: number }): void {
  into.count += other.count;
  into.scores += other.scores;
  into.reached += other.reached;
}

/** The map at a score: straight between two knots, level beyond the outermost. @throws RangeError without knots. */
export function alongKnots(knots: readonly Knot[], score: number): number {
  const above = knots.findIndex((knot) => knot.score >= score);
  const [low, high] = above < 0 ? [knots.at(-1), undefined] : above === 0 ? [knots[0], undefined] : [knots[above - 1], knots[above]];
  if (!low) throw new RangeError('no knots to go along');
  if (!high) return low.probability;
  return low.probability + ((score - low.score) / (high.score - low.score)) * (high.probability - low.probability);
}
