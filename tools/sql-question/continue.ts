import type { Reading } from './reading.ts';
import { dimensionWords } from './words.ts';

const wins = new Set(['winner', 'winners', 'won', 'winning', 'profitable']);
const losses = new Set(['loser', 'losers', 'lost', 'losing']);
/** Only said to go on: "and the worst one?". */
const going = new Set(['and', 'but', 'what', 'about', 'how', 'only', 'just', 'same', 'now', 'then', 'instead', 'again', 'again?', 'one', 'ones', 'those', 'these', 'them', 'that', 'ok', 'okay', 'so']);

/** "That day": the time of the question before. */
const sameTime = new Set(['day', 'week', 'month', 'quarter', 'year', 'time', 'period']);

/**
 * The question before with what this one says besides: another account, symbol or time in place of the one that was named, a further
 * condition, another split or figure, the next in rank. What only this one says is added; what both say is this one's.
 */
export function continued(before: Reading, more: Reading): Reading {
  const kinds = new Set(more.conditions.map(({ of }) => of));
  const said = new Set(more.left.map(({ text }) => text));
  const has = (words: ReadonlySet<string>): boolean => [...said].some((word) => words.has(word));
  // "And the bottom three" of the winners are the ones that lost most: the other end is of all of them.
  const turned = more.rank !== null && before.rank !== null && more.rank !== before.rank && (more.rank === 'high' || more.rank === 'low');
  const left = before.left.filter(({ text }) => !(turned && (wins.has(text) || losses.has(text))) && !(has(losses) && wins.has(text)) && !(has(wins) && losses.has(text)));
  // "Which ones lost" asks for them, not for how much.
  const naming = more.left.some(({ text }) => text === 'which' || text === 'list') && (has(wins) || has(losses));
  const counting = more.count && more.measure === null;
  const single = before.rank !== null && before.by.length === 0 && (before.limit ?? 1) === 1;
  const { measure, step } = naming ? { ...more, measure: null } : more;
  return {
    ...before,
    left: [...left, ...more.left.filter(({ text }) => !going.has(text) && !(said.has('that') && sameTime.has(text)) && !(text in dimensionWords && more.by.length > 0))],
    conditions: [...before.conditions.filter(({ of }) => !kinds.has(of)), ...more.conditions],
    period: more.period ?? before.period, by: more.by.length > 0 ? more.by : counting ? [] : before.by, measure: measure ?? (counting || naming ? null : before.measure),
    average: more.average || (before.average && more.measure === null && !counting), median: more.median || (before.median && more.measure === null && !counting), count: more.count || (before.count && !naming && more.measure === null && more.rank === null),
    rank: more.rank ?? (counting && single ? null : before.rank), limit: more.limit ?? (more.rank === null ? before.limit : before.limit ?? null), counts: more.counts, skip: before.skip + step, step: 0, each: more.each || before.each || (naming && before.measure !== null),
    bySize: more.bySize || before.bySize, bound: more.bound ?? before.bound, perTime: more.perTime || before.perTime, weekday: more.weekday ?? before.weekday,
  };
}
