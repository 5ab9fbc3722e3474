/** One ordering of what was found, best first, and how much it counts. `worth`, 0–1: how good the item itself is by that way of finding; absent: 1. */
export interface RankedList { items: readonly { id: string; worth?: number }[]; weight: number }

/** How flat the top of each list counts (60 in Cormack, Clarke and Büttcher 2009, who had no worths to go by; a lower one lets the head of a list stand out). */
const flatness = 20;

/**
 * Reciprocal-rank fusion: each list gives an item weight × worth / (20 + rank). Score, 0–1, is the sum as a part of what an item of full worth at the head of
 * every list would have. Ties keep the order in which items were first listed.
 */
export function fuseRanks(lists: readonly RankedList[]): { id: string; score: number }[] {
  const sums = new Map<string, number>();
  for (const { items, weight } of lists) for (const [i, { id, worth = 1 }] of items.entries()) sums.set(id, (sums.get(id) ?? 0) + (weight * worth) / (flatness + i + 1));
  const best = lists.reduce((sum, { weight }) => sum + weight / (flatness + 1), 0);
  return [...sums].map(([id, sum]) => ({ id, score: sum / best })).sort((a, b) => b.score - a.score);
}
