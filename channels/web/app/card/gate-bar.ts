import type { CardCheck } from '../../../vocabulary.ts';
import { formatMeasure } from '../format/number.ts';

/** A bar for one check: how far the measure goes and where the limit stands, both 0–100 of the bar. Null when there is nothing to draw. */
export function gateBar(check: Pick<CardCheck, 'measured' | 'limit'>): { fill: number; limitAt: number } | null {
  const { measured, limit } = check;
  if (measured === null || limit === null || measured * limit < 0) return null;
  const size = Math.max(Math.abs(measured), Math.abs(limit));
  if (size === 0) return null;
  // A tenth of room beyond the larger, so that a limit at the end still reads as a mark.
  const scale = size * 1.1;
  return { fill: (Math.abs(measured) / scale) * 100, limitAt: (Math.abs(limit) / scale) * 100 };
}

type Standing = 'block' | 'warn' | 'pass';
export const standing = (check: Pick<CardCheck, 'severity' | 'passed'>): Standing =>
  check.passed ? 'pass' : check.severity === 'BLOCK' ? 'block' : 'warn';

const rank: Record<Standing, number> = { block: 0, warn: 1, pass: 2 };
const used = ({ measured, limit }: CardCheck): number =>
  measured === null || limit === null || limit === 0 ? -1 : Math.min(1, Math.abs(measured / limit));
/** What stands in the way first, then what is nearest to its limit. */
export const byUrgency = (checks: readonly CardCheck[]): CardCheck[] =>
  [...checks].sort((a, b) => rank[standing(a)] - rank[standing(b)] || used(b) - used(a));

/** How far the measure is from its limit, in words that fit ceilings and floors. */
export function headroomWords(check: Pick<CardCheck, 'severity' | 'passed' | 'headroom' | 'unit'>): string | null {
  if (check.headroom === null) return null;
  const distance = formatMeasure(Math.abs(check.headroom), check.unit);
  const how = standing(check);
  if (how === 'pass') return `room ${distance}`;
  if (check.headroom < 0) return `over by ${distance}`;
  return how === 'block' ? `short by ${distance}` : null;
}

/** "14 passed, 1 warning", "13 passed, 1 warning, 1 blocked" */
export function gateSummary(gates: { passed: number; warnings: number; blocks: number }): string {
  return [
    `${gates.passed} passed`,
    gates.warnings === 0 ? '' : `${gates.warnings} warning${gates.warnings === 1 ? '' : 's'}`,
    gates.blocks === 0 ? '' : `${gates.blocks} blocked`,
  ]
    .filter(Boolean)
    .join(', ');
}
