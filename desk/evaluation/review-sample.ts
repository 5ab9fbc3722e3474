import { createHash } from 'node:crypto';
import { dateIn, type Instant, plusDays, type TradingDate, type Zone, at } from '../time.ts';

/** How many decisions a week's sheet holds. */
export const decisionsOnASheet = 20;

/** A sample without replacement that anybody can draw again: the ids whose SHA-256 with the seed comes first, whatever order they were given in. */
export const seededSample = (ids: readonly string[], { seed, size }: { seed: string; size: number }): string[] =>
  [...new Set(ids)].map((id) => ({ id, rank: createHash('sha256').update(`${seed}:${id}`).digest('hex') })).toSorted((a, b) => (a.rank < b.rank ? -1 : 1)).slice(0, size).map(({ id }) => id);

/** The Monday of the week that holds a date. */
export const mondayOf = (date: TradingDate): TradingDate => plusDays(date, -((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7));
/** The last week that is over, by its Monday. */
export const lastWholeWeek = (now: Instant, zone: Zone): TradingDate => plusDays(mondayOf(dateIn(now, zone)), -7);
/** From Monday's first moment up to the next Monday's, exclusive. */
export const boundsOfWeek = (monday: TradingDate, zone: Zone): { from: Instant; before: Instant } => ({ from: at(monday, '00:00', zone), before: at(plusDays(monday, 7), '00:00', zone) });
