import { type Calibration, calibrate } from '../../desk/signals/calibration.ts';
import { signalModels } from '../../desk/signals/models.ts';
import { eventDriven } from '../../desk/signals/models/event-driven.ts';
import { pastScores, sectorSizesByDate } from '../../desk/signals/past-scores.ts';
import type { Barriers } from '../../desk/signals/triple-barrier.ts';
import { at } from '../../desk/time.ts';
import type { MarketView } from '../../tools/services.ts';
import type { PreparedHistory } from './history-cache.ts';

/** What a prepared history came to, as long as that is kept. */
const kept = new WeakMap<PreparedHistory, { sizes: ReturnType<typeof sectorSizesByDate>; found: Map<string, Calibration> }>();
const USUAL_OPEN = '09:15';

/**
 * The calibration of trust under one pair of barriers, of the prepared history alone: bars known at its moment and the events in it, so that the
 * same market date comes to the same version whatever is stored later. Worked out once a market date. A playbook's own hours are not looked at.
 */
export function calibrationOf(history: PreparedHistory, { barriers, newsOnly, freshHours, market }: { barriers: Barriers; newsOnly: boolean; freshHours: number; market: Pick<MarketView, 'calendar' | 'zone'> }): Calibration {
  const key = JSON.stringify([barriers, newsOnly, freshHours]);
  let ofHistory = kept.get(history);
  if (!ofHistory) kept.set(history, (ofHistory = { sizes: sectorSizesByDate(history.series), found: new Map() }));
  const before = ofHistory.found.get(key);
  if (before) return before;
  const models = newsOnly ? [eventDriven] : signalModels;
  const calendar = market.calendar();
  const scores = pastScores({ series: history.series, events: history.pastEvents, barriers, models, freshHours, sizes: ofHistory.sizes, opensAt: (date) => calendar.session(date)?.open ?? at(date, USUAL_OPEN, market.zone) });
  const found = calibrate(scores, { barriers, strategies: models.map(({ strategy }) => strategy) });
  ofHistory.found.set(key, found);
  return found;
}
