import type { Tool } from './define.ts';
import { indicator } from './indicator.ts';
import { control, proposeWatchlistEdit } from './control.ts';
import { findIdea } from './find-idea.ts';
import { guardrails, whyNotBigger } from './guardrails.ts';
import { proposeCancel, proposeCloseAll, proposeExit, proposeModify } from './propose-exit.ts';
import { amendProposal, proposeAgain, proposeOrder } from './propose-order.ts';
import { riskMetrics } from './risk-metrics.ts';
import { accounts } from './accounts.ts';
import { activity } from './activity.ts';
import { auditLog } from './audit-log.ts';
import { auditStory } from './audit-story.ts';
import { auditVerify } from './audit-verify.ts';
import { card } from './card.ts';
import { cards } from './cards.ts';
import { exposure } from './exposure.ts';
import { feedsHealth } from './feeds-health.ts';
import { fills } from './fills.ts';
import { gateStats } from './gate-stats.ts';
import { limits } from './limits.ts';
import { mandate, proposeMandateChange } from './mandate.ts';
import { orders } from './orders.ts';
import { patterns } from './patterns.ts';
import { performance } from './performance.ts';
import { portfolioRisk } from './portfolio-risk.ts';
import { portfolioState } from './portfolio-state.ts';
import { proposeDeposit, proposeTransfer, proposeWithdrawal } from './propose-cash.ts';
import { replay } from './replay.ts';
import { settings } from './settings.ts';
import { switches } from './switches.ts';
import { treasury } from './treasury.ts';

/** Every tool of the desk. Adding one is a file and a line here. */
const all = [
  indicator, riskMetrics,
  proposeOrder, amendProposal, proposeAgain, proposeExit, proposeModify, proposeCancel, proposeCloseAll, control, proposeWatchlistEdit, findIdea, guardrails, whyNotBigger,
  portfolioState, performance, exposure, limits, portfolioRisk, orders, fills, treasury, accounts, mandate, proposeMandateChange, proposeTransfer, proposeDeposit, proposeWithdrawal,
  cards, card, auditStory, auditVerify, auditLog, replay, gateStats, activity, patterns, switches, feedsHealth, settings,
] as unknown as Tool[];
export const tools: ReadonlyMap<string, Tool> = new Map(all.map((tool) => [tool.name, tool]));
