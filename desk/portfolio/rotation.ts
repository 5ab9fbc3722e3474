import type { Minor } from '../decimal.ts';

/** A holding that is thought of as sold, and what would be bought instead. Edges are expected moves in percent, before charges. */
export interface RotationInput {
  sold: { valueMinor: Minor; edgePercent: number; chargesMinor: Minor; spreadMinor: Minor | null; taxMinor: Minor | null };
  /** `chargesMinor` of going in and out again. */
  bought: { valueMinor: Minor; edgePercent: number; chargesMinor: Minor; spreadMinor: Minor | null };
}
export interface Rotation {
  /** Expected of what is bought, and given up with what is sold. */
  expectedMinor: Minor; givenUpMinor: Minor;
  chargesMinor: Minor;
  /** Half of the spread on each side; null where either is not known, and then it is in no sum. */
  spreadMinor: Minor | null;
  taxMinor: Minor | null;
  gainMinor: Minor;
  /** What the gain has to reach. */
  barMinor: Minor;
}

/** Least gain after all costs, in percent of what is sold: below it an estimate's own error is larger. */
export const leastGainPercent = 0.5;

/** What changing one holding for another is expected to bring after charges of three orders, spread and tax. */
export function rotationOf({ sold, bought }: RotationInput): Rotation {
  const expectedMinor = Math.round((bought.valueMinor * bought.edgePercent) / 100);
  const givenUpMinor = Math.round((sold.valueMinor * sold.edgePercent) / 100);
  const chargesMinor = sold.chargesMinor + bought.chargesMinor;
  const spreadMinor = sold.spreadMinor === null || bought.spreadMinor === null ? null : sold.spreadMinor + bought.spreadMinor;
  const gainMinor = expectedMinor - givenUpMinor - chargesMinor - (spreadMinor ?? 0) - (sold.taxMinor ?? 0);
  return { expectedMinor, givenUpMinor, chargesMinor, spreadMinor, taxMinor: sold.taxMinor, gainMinor, barMinor: Math.ceil((sold.valueMinor * leastGainPercent) / 100) };
}

/** What is left of the edge that a position was opened on: it falls evenly to nothing at the end of the horizon. */
export const remainingEdge = (edgePercent: number, sessionsHeld: number, horizonDays: number): number => edgePercent * Math.max(0, 1 - sessionsHeld / Math.max(1, horizonDays));
