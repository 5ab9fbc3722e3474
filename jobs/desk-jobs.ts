import type { Notice } from '../graph/conversation/announce.ts';
import { clawBacksJob } from './claw-backs.ts';
import type { Job } from './define.ts';
import { eventMonitorJob } from './event-monitor.ts';
import { endOfDayJob } from './end-of-day.ts';
import { fundingReleasesJob } from './funding-releases.ts';
import { haltedEntriesJob } from './halted-entries.ts';
import { hotNewsJob } from './hot-news.ts';
import { reviewSheetJob } from './review-sheet.ts';
import { riskSnapshotsJob } from './risk-snapshots.ts';
import type { JobServices } from './services.ts';
import { timedResetsJob } from './timed-resets.ts';
import { toldAdjustmentsJob } from './told-adjustments.ts';
import { toldHoldsJob } from './told-holds.ts';

/** What only the process that runs the desk can do by itself. */
export interface ProcessWork { expireQuestions(): Promise<void>; reconcile(): Promise<void>; saveMarketTime(): Promise<void>; anchorAudit(): Promise<{ sequence: number } | null> }

/** Every job of the desk. Adding one is a file and a line here. */
export const deskJobs = (services: JobServices, { work, announce }: { work: ProcessWork; announce: (notice: Notice) => Promise<void> }): Job[] => [
  { name: 'expire_questions', does: 'Closes confirmations whose time is over', schedule: { everySeconds: 2 }, run: async () => { await work.expireQuestions(); return null; } },
  { name: 'reconcile', does: 'Compares orders and fills with the broker', schedule: { everySeconds: 60 }, run: async () => { await work.reconcile(); return 'compared'; } },
  { name: 'save_market_time', does: 'Keeps where the market’s clock stands', schedule: { everySeconds: 5 }, everyWorker: true, run: async () => { await work.saveMarketTime(); return null; } },
  { name: 'anchor_audit', does: 'Signs where the audit ends', schedule: { everySeconds: 3600 }, run: async () => { const anchor = await work.anchorAudit(); return anchor ? `signed entry ${anchor.sequence}` : 'nothing to sign yet'; } },
  haltedEntriesJob(services), riskSnapshotsJob(services), timedResetsJob(services), toldHoldsJob(services, announce), toldAdjustmentsJob(services, announce), fundingReleasesJob(services), clawBacksJob(services), endOfDayJob(services), eventMonitorJob(services), hotNewsJob(services), reviewSheetJob(services),
];
