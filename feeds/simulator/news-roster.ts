import { randomStream } from './random.ts';

const GROUP = 15;

/**
 * Whether it is a company's turn to have news in a session. Companies stand in groups of fifteen; in every fifteen sessions each of
 * a group has one turn, in an order drawn anew. So sixty companies make four headlines a session, always, and one more
 * company at the end of the list changes nobody else's turns.
 */
export function hasTurn({ seed, companyIndex, day }: { seed: number; companyIndex: number; day: number }): boolean {
  const stream = randomStream(seed, 'roster', Math.floor(companyIndex / GROUP), Math.floor(day / GROUP));
  const order = Array.from({ length: GROUP }, (_, turn) => turn);
  for (let last = GROUP - 1; last > 0; last--) {
    const other = stream.integer(0, last);
    const moved = order[last] ?? 0;
    order[last] = order[other] ?? 0;
    order[other] = moved;
  }
  return order[companyIndex % GROUP] === day % GROUP;
}
