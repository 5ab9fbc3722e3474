import { judgedBetween, reviewSheet, storeReviewSheet } from '../db/stores/review-sheets.ts';
import { boundsOfWeek, decisionsOnASheet, lastWholeWeek, seededSample } from '../desk/evaluation/review-sample.ts';
import type { Job } from './define.ts';
import type { JobServices } from './services.ts';

/** Draws twenty decisions of the last whole week for a person to review, once; a week without any has no sheet. */
export function reviewSheetJob({ database, market, wallNow }: JobServices): Job {
  return {
    name: 'review_sheet', does: 'Draws the decisions of the last week that a person is to review', schedule: { everySeconds: 3600 },
    async run() {
      const week = lastWholeWeek(wallNow(), market.zone);
      if (await reviewSheet(database.orm, week)) return null;
      const ids = await judgedBetween(database.orm, boundsOfWeek(week, market.zone));
      const actionIds = seededSample(ids, { seed: week, size: decisionsOnASheet });
      return actionIds.length > 0 && (await storeReviewSheet(database.orm, { week, decisions: ids.length, actionIds })) ? `${actionIds.length} of ${ids.length} decisions drawn for the week of ${week}` : null;
    },
  };
}
