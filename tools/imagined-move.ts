import { z } from 'zod';
import { formatDay } from '../desk/format.ts';
import type { Exchange } from '../desk/market/types.ts';
import { type StructureLeg, isOption } from '../desk/options/structures/legs.ts';
import { profitIn } from '../desk/options/structures/value.ts';
import { yearsUntil } from '../desk/options/stored-chain.ts';
import type { Instant, TradingDate } from '../desk/time.ts';
import { DateText, dateNamed } from './as-of.ts';

export const MoveInput = z.object({ spotPercent: z.number().gt(-100).max(500).default(0), volPoints: z.number().min(-200).max(500).default(0), date: DateText.optional() });
export const ImaginedMove = z.object({
  spotPercent: z.number(), spot: z.number(), volPoints: z.number(), volText: z.string(), date: z.string(), dateText: z.string(), daysAhead: z.number(), endsBefore: z.boolean().describe('the first options end before the day that was asked for; the profit is that at their end'),
  profit: z.number().describe('in all, against what was paid, before charges'),
});

const rounded = (value: number, places: number): number => Math.round(value * 10 ** places) / 10 ** places;

/** The profit of legs if the underlying moves by so many percent and volatility by so many points until that day's close; never past the first expiry. */
export function imagineMove({ legs, spot, rate, asOf, exchange, today, move }: { legs: readonly StructureLeg[]; spot: number; rate: number; asOf: Instant; exchange: Exchange; today: TradingDate; move: z.output<typeof MoveInput> }): z.output<typeof ImaginedMove> {
  const options = legs.filter(isOption);
  const last = options.map(({ expiry }) => expiry).sort()[0];
  const firstYears = Math.min(...options.map(({ timeYears }) => timeYears));
  const asked = move.date === undefined ? undefined : dateNamed(move.date, 'whatIf.date');
  const endsBefore = asked !== undefined && last !== undefined && asked > last;
  const date = asked === undefined ? today : endsBefore ? last : asked;
  const yearsAhead = Math.min(firstYears, asked === undefined ? 0 : yearsUntil({ exchange, expiry: date, from: asOf }));
  const moved = spot * (1 + move.spotPercent / 100);
  const [profit = Number.NaN] = profitIn(legs, [{ spot: moved, yearsAhead, volatilityShift: move.volPoints / 100 }], rate);
  const volText = move.volPoints === 0 ? 'unchanged' : `${rounded(Math.abs(move.volPoints), 2)} ${Math.abs(move.volPoints) === 1 ? 'point' : 'points'} ${move.volPoints > 0 ? 'up' : 'down'}`;
  return { spotPercent: move.spotPercent, spot: rounded(moved, 2), volPoints: move.volPoints, volText, date, dateText: formatDay(date, today), daysAhead: rounded(yearsAhead * 365, 6), endsBefore, profit: rounded(profit, 2) };
}
