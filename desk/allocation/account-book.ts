import type { MandateTerms } from '../actions/types.ts';
import type { Minor } from '../decimal.ts';
import type { Currency } from '../format.ts';
import type { LimitFacts } from '../gates/snapshot.ts';

/** Something that takes room in an account: held, on order, cleared, or on a card that waits for an answer. */
export interface Exposure { symbol: string; /** Null: a sector of its own. */ sector: string | null; valueMinor: Minor }

/** An account as the allocator sees it. Money in minor units of its currency. */
export interface AccountBook {
  accountId: string;
  name: string;
  currency: Currency;
  mandate: MandateTerms;
  equityMinor: Minor;
  /** What new entries may use; whatever waits for an answer is taken off already. */
  deployableMinor: Minor;
  exposures: readonly Exposure[];
  /** Symbols that are not proposed again, with why: "is held already". */
  unavailable: ReadonlyMap<string, string>;
}

/** The desk's limits as far as sizes depend on them. Null: nobody said, and the gates decide alone. */
export type AllocationLimits = Pick<LimitFacts, 'advMaxRatio' | 'eventBlackoutDays' | 'maxSectorExposure'> & {
  maxSpreadPercent: number | null; maxSingleNamePercent: number | null; maxGrossPercent: number | null; maxClusterPercent: number | null;
};
