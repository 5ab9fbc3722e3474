import { z } from 'zod';
import type { StoredPosition } from '../../db/stores/positions.ts';

/** Fewer closed trades than this are too few to say more than what they made. */
export const fewestTrades = 20;

const Trade = z.object({ symbol: z.string(), account: z.string(), netMinor: z.int(), closedAt: z.string(), actionId: z.string(), cardNumber: z.int().nullable().describe('of the card that opened it') });
const Minor = z.int().nullable();
/** Trades that were closed, after charges. Null where there is none of that kind. */
export const ClosedTrades = z.object({
  closed: z.int(), won: z.int(), lost: z.int(), winRatePercent: z.number().nullable(), netMinor: Minor,
  averageWinMinor: Minor, averageLossMinor: Minor, expectancyMinor: Minor.describe('what a trade made on average'), profitFactor: z.number().nullable().describe('what was won over what was lost; null where nothing was lost'),
  averageHoldingDays: z.number().nullable(), winHoldingDays: z.number().nullable(), lossHoldingDays: z.number().nullable(), longestWinningStreak: z.int(), longestLosingStreak: z.int().describe('in the order in which they were closed'), best: Trade.nullable(), worst: Trade.nullable(), tooFew: z.boolean(),
});
export type ClosedTrades = z.infer<typeof ClosedTrades>;

export const netOf = (position: Pick<StoredPosition, 'realisedMinor' | 'feesMinor'>): number => position.realisedMinor - position.feesMinor;
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const average = (values: readonly number[]): number | null => (values.length === 0 ? null : Math.round(sum(values) / values.length));

/** Calendar days from the first fill to the last, on average. */
function heldDays(positions: readonly StoredPosition[]): number | null {
  const days = positions.map((position) => (Date.parse(position.closedAt ?? position.openedAt) - Date.parse(position.openedAt)) / 86_400_000);
  return days.length === 0 ? null : Number((sum(days) / days.length).toFixed(2));
}
function longestRun(outcomes: readonly boolean[], of: boolean): number {
  let [run, longest] = [0, 0];
  for (const outcome of outcomes) { run = outcome === of ? run + 1 : 0; longest = Math.max(longest, run); }
  return longest;
}

/** Won is what is above zero after charges. Pure. */
export function closedTrades(positions: readonly StoredPosition[], nameOf: (accountId: string) => string): ClosedTrades {
  const nets = positions.map(netOf);
  const [wins, losses] = [nets.filter((net) => net > 0), nets.filter((net) => net <= 0)];
  const ranked = positions.toSorted((a, b) => netOf(b) - netOf(a)).map((position) => ({ symbol: position.symbol, account: nameOf(position.accountId), netMinor: netOf(position), closedAt: position.closedAt ?? position.openedAt, actionId: position.actionId, cardNumber: null }));
  const [won, lost] = [sum(wins), -sum(losses)];
  const inOrder = positions.toSorted((a, b) => ((a.closedAt ?? '') < (b.closedAt ?? '') ? -1 : (a.closedAt ?? '') > (b.closedAt ?? '') ? 1 : 0)).map((position) => netOf(position) > 0);
  return {
    closed: nets.length, won: wins.length, lost: losses.length, winRatePercent: nets.length === 0 ? null : Number(((wins.length * 100) / nets.length).toFixed(2)),
    netMinor: nets.length === 0 ? null : sum(nets), averageWinMinor: average(wins), averageLossMinor: average(losses), expectancyMinor: average(nets), profitFactor: lost === 0 ? null : Number((won / lost).toFixed(2)),
    winHoldingDays: heldDays(positions.filter((position) => netOf(position) > 0)), lossHoldingDays: heldDays(positions.filter((position) => netOf(position) <= 0)), longestWinningStreak: longestRun(inOrder, true), longestLosingStreak: longestRun(inOrder, false),
    averageHoldingDays: heldDays(positions), best: ranked[0] ?? null, worst: ranked.at(-1) ?? null, tooFew: nets.length < fewestTrades,
  };
}
