import type { Instant } from '../desk/time.ts';

/** Two reports tell the same story if they come within this many hours of one another and share this much of their titles' words. */
export const SAME_STORY_HOURS = 36;
const SAME_STORY_SHARE = 0.6;
const SAME_STORY_WORDS = 5;

export interface ToldStory {
  id: string; source: string; knownAt: Instant;
  /** What the report is and says, whatever row it stands in: orders two of one moment the same way in every home. */
  fingerprint: string;
  /** The stems of its title, each once, and what it is about: the same symbols and the same numbers as one text. */
  words: readonly string[]; about: string;
  /** The earlier report that it is known to retell, and when that one was known. */
  retells: { id: string; knownAt: Instant } | null;
}

const earlierFirst = (a: ToldStory, b: ToldStory): number => (a.knownAt < b.knownAt ? -1 : a.knownAt > b.knownAt ? 1 : a.fingerprint < b.fingerprint ? -1 : 1);

/**
 * Which reports retell an earlier one, as `id` → the first report of the story. Compared are those that `fresh` tells with all others:
 * from different sources, at most 36 hours apart, about the same symbols and numbers, and with at least 60 % of both titles' stems in
 * common (Jaccard), five stems or more. Each story's reports are sorted by time and compared within the window only, so the work grows
 * with the reports of 36 hours, not with the years that are stored.
 */
export function findRetellings({ stories, fresh }: { stories: readonly ToldStory[]; fresh: ReadonlySet<string> }): Map<string, string> {
  const originals = new Map<string, { id: string; knownAt: Instant }>();
  for (const group of Map.groupBy(stories.filter(({ words }) => words.length >= SAME_STORY_WORDS), ({ about }) => about).values()) {
    const sorted = group.toSorted(earlierFirst);
    const [times, vocabularies] = [sorted.map(({ knownAt }) => Date.parse(knownAt)), sorted.map(({ words }) => new Set(words))];
    for (const [later, story] of sorted.entries()) {
      const standing = story.retells;
      for (let earlier = firstWithin(times, later); earlier < later; earlier += 1) {
        const other = sorted[earlier] as ToldStory;
        if (!fresh.has(story.id) && !fresh.has(other.id)) continue;
        if (other.source === story.source || !alike(vocabularies[earlier] as Set<string>, vocabularies[later] as Set<string>)) continue;
        // The list is sorted, so the first that matches is the earliest; one that stands from before stays unless this is earlier still.
        if (standing === null || other.knownAt < standing.knownAt) originals.set(story.id, other);
        break;
      }
    }
  }
  const before = new Map(stories.flatMap(({ id, retells }) => (retells ? [[id, retells.id] as const] : [])));
  const first = (id: string): string => { const up = originals.get(id)?.id ?? before.get(id); return up === undefined || up === id ? id : first(up); };
  return new Map([...originals].map(([id, original]) => [id, first(original.id)]));
}

/** The first report at most 36 hours before the one at `index`. */
function firstWithin(times: readonly number[], index: number): number {
  const from = (times[index] as number) - SAME_STORY_HOURS * 3_600_000;
  let [low, high] = [0, index];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) < from) low = middle + 1; else high = middle;
  }
  return low;
}

function alike(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  if (small.size < SAME_STORY_SHARE * large.size) return false;
  let common = 0;
  for (const word of small) if (large.has(word)) common += 1;
  return common >= SAME_STORY_SHARE * (a.size + b.size - common);
}
