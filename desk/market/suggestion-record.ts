import { deviation, mean } from '../portfolio/moments.ts';

/** Sessions after a suggestion at which one looks what came of it. */
export const horizons = [1, 5, 20] as const;
export type Horizon = (typeof horizons)[number];
/** A share counts once for a kind within these sessions, so that one long stretch is not counted as many suggestions. */
const countsOnceWithin = 20;
/** Fewer stretches than these say nothing about chance. */
const leastStretches = 4;

/** One thing that pointed to a share at the close of session `at` (an index into the sessions looked at). */
export interface Suggestion { kind: string; symbol: string; at: number }
/**
 * What came of the suggestions of one kind `sessions` later, close to close, percent. `over`: less the plain mean of all shares looked at over
 * the same sessions. `low` and `high`: 95 % interval of `over`, null where too few separate stretches of time stand behind it.
 */
export interface CameOf { sessions: Horizon; count: number; mean: number | null; over: number | null; above: number | null; stretches: number; low: number | null; high: number | null }
export interface KindRecord { kind: string; count: number; after: CameOf[] }

/** The first of each share and kind, and the next one only after twenty sessions. `suggestions` ascending in `at`. */
export function firstOfEach(suggestions: readonly Suggestion[]): Suggestion[] {
  const last = new Map<string, number>();
  return suggestions.filter(({ kind, symbol, at }) => {
    const key = `${kind}\n${symbol}`;
    if (at - (last.get(key) ?? Number.NEGATIVE_INFINITY) < countsOnceWithin) return false;
    last.set(key, at);
    return true;
  });
}

/**
 * Record of each kind, the one furthest over the market after twenty sessions first. `change` and `market`: percent from the close of session
 * `at` to `horizon` later, null where there is none. Suggestions of one time share its weather: the interval counts stretches of `horizon`
 * sessions, each with the mean of its suggestions (batch means; Student's t).
 */
export function recordOf(suggestions: readonly Suggestion[], { change, market }: { change: (symbol: string, at: number, horizon: Horizon) => number | null; market: (at: number, horizon: Horizon) => number | null }): KindRecord[] {
  const records = [...Map.groupBy(suggestions, ({ kind }) => kind)].map(([kind, all]): KindRecord => ({ kind, count: all.length, after: horizons.map((sessions) => {
    const came = all.flatMap(({ symbol, at }) => {
      const [own, others] = [change(symbol, at, sessions), market(at, sessions)];
      return own === null || others === null ? [] : [{ at, own, over: own - others }];
    });
    if (came.length === 0) return { sessions, count: 0, mean: null, over: null, above: null, stretches: 0, low: null, high: null };
    const stretches = [...Map.groupBy(came, ({ at }) => Math.floor(at / sessions)).values()].map((each) => mean(each.map(({ over }) => over)));
    const over = mean(came.map((each) => each.over));
    const spread = stretches.length < leastStretches ? null : deviation(stretches);
    const half = spread === null ? null : (studentQuantile(stretches.length - 1) * spread) / Math.sqrt(stretches.length);
    return { sessions, count: came.length, mean: mean(came.map(({ own }) => own)), over, above: (100 * came.filter((each) => each.over > 0).length) / came.length, stretches: stretches.length, low: half === null ? null : over - half, high: half === null ? null : over + half };
  }) }));
  const weight = ({ after }: KindRecord): number => after.at(-1)?.over ?? Number.NEGATIVE_INFINITY;
  return records.sort((a, b) => weight(b) - weight(a) || b.count - a.count || (a.kind < b.kind ? -1 : 1));
}

/** Student's t at 97.5 % for 3 degrees of freedom and more, to 1 % (Cornish–Fisher expansion about the normal; Abramowitz and Stegun 1964, formula 26.7.5). */
function studentQuantile(freedom: number): number {
  const z = 1.959963984540054;
  return z + (z ** 3 + z) / (4 * freedom) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2) + (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * freedom ** 3);
}
