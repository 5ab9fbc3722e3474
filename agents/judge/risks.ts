import { formatChange, formatPercent } from '../../desk/format.ts';
import type { JudgeInput } from './input.ts';

interface Risk { id: string; /** What speaks against the trade, in one clause; null where it does not. */ says(input: JudgeInput): string | null }

const SECTOR_NEARLY_FULL = 0.6;
const FEW_INDEPENDENT = 30;
const MOVED_PERCENT = 1;
const LONG_SHOT = 0.35;

/** Most serious first; a card shows them in this order. */
export const risks: readonly Risk[] = [
  { id: 'event_in_horizon', says: ({ nextEvent, horizonDays }) => (nextEvent && nextEvent.tradingDaysAway <= horizonDays ? `${nextEvent.what} in ${nextEvent.tradingDaysAway} trading days, within the horizon of ${horizonDays}` : null) },
  { id: 'sector', says: ({ sector, sectorAfterPercent, sectorLimitPercent }) => (sectorAfterPercent >= SECTOR_NEARLY_FULL * sectorLimitPercent
    ? `${sector ?? 'its sector'} at ${formatPercent(sectorAfterPercent)} of a ${formatPercent(sectorLimitPercent)} limit after this` : null) },
  { id: 'stop_before_target', says: ({ comparables: { stopFirst, targetFirst } }) => (stopFirst > targetFirst ? `similar set-ups met the stop first more often (${formatPercent(100 * stopFirst, 0)}) than the target (${formatPercent(100 * targetFirst, 0)})` : null) },
  { id: 'small_sample', says: ({ comparables: { independentCount } }) => (independentCount < FEW_INDEPENDENT ? `few similar set-ups: they began on ${independentCount} days` : null) },
  { id: 'not_its_own', says: ({ comparables: { pool, independentCount }, symbol }) => (pool !== 'symbol' && independentCount >= FEW_INDEPENDENT ? `${symbol} itself has too few similar set-ups; these are ${pool === 'sector' ? 'its sector’s' : 'all shares’'}` : null) },
  { id: 'moved', says: ({ movedPercent }) => (Math.abs(movedPercent) >= MOVED_PERCENT ? `the price has moved ${formatChange(movedPercent)} since the set-up` : null) },
  { id: 'calendar', says: ({ calendarKnown }) => (calendarKnown ? null : 'no calendar of results reaches these days') },
  { id: 'spread', says: ({ spreadFrom }) => (spreadFrom === 'bars' ? 'spread modelled from bars' : null) },
  { id: 'long_shot', says: ({ comparables: { targetFirst, stopFirst } }) => (stopFirst <= targetFirst && targetFirst < LONG_SHOT ? 'most similar set-ups ended with the horizon, at neither stop nor target' : null) },
];
