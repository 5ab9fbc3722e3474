import type { Tool } from './define.ts';
import { impliedVol } from './implied-vol.ts';
import { indicator } from './indicator.ts';
import { optionPrice } from './option-price.ts';
import { jobs } from './jobs.ts';
import { tradeExport } from './trade-export.ts';
import { proposeAccount } from './propose-account.ts';
import { proposeFundingRelease, proposeLimit, proposeSwitch, proposeSwitchReset } from './propose-controls.ts';
import { people, proposePerson } from './propose-people.ts';
import { control, proposeWatchlistEdit } from './control.ts';
import { findIdea } from './find-idea.ts';
import { checkOrder } from './check-order.ts';
import { guardrails, whyNotBigger } from './guardrails.ts';
import { proposeCancel, proposeCloseAll, proposeExit, proposeModify } from './propose-exit.ts';
import { amendProposal, proposeAgain, proposeOrder } from './propose-order.ts';
import { riskMetrics } from './risk-metrics.ts';
import { accounts } from './accounts.ts';
import { activity } from './activity.ts';
import { alertLog } from './alert-log.ts';
import { modelUse } from './model-use.ts';
import { auditLog } from './audit-log.ts';
import { auditStory } from './audit-story.ts';
import { auditVerify } from './audit-verify.ts';
import { card } from './card.ts';
import { cards } from './cards.ts';
import { capitalGains } from './capital-gains.ts';
import { cashFlows } from './cash-flows.ts';
import { exposure } from './exposure.ts';
import { feedsHealth } from './feeds-health.ts';
import { fills } from './fills.ts';
import { gateStats } from './gate-stats.ts';
import { limits } from './limits.ts';
import { mandate, proposeMandateChange } from './mandate.ts';
import { proposeMandate } from './propose-mandate.ts';
import { optionChain } from './option-chain.ts';
import { optionHedge } from './option-hedge.ts';
import { optionPositions } from './option-positions.ts';
import { optionStrategy } from './option-strategy.ts';
import { optionStructures } from './option-structures.ts';
import { orders } from './orders.ts';
import { playbooks, proposePlaybookChange } from './playbooks.ts';
import { patterns } from './patterns.ts';
import { performance } from './performance.ts';
import { portfolioRisk } from './portfolio-risk.ts';
import { portfolioState } from './portfolio-state.ts';
import { quarantine } from './quarantine.ts';
import { rotation } from './rotation.ts';
import { proposeDeposit, proposeTransfer, proposeWithdrawal } from './propose-cash.ts';
import { proposeStructure, proposeStructureClose, proposeStructureRoll } from './propose-structure.ts';
import { replay } from './replay.ts';
import { strategyRouter } from './strategy-router.ts';
import { switches } from './switches.ts';
import { treasury } from './treasury.ts';
import { turnLog } from './turn-steps.ts';
import { breadth } from './breadth.ts';
import { brokerQuote } from './broker-quote.ts';
import { calendar } from './calendar.ts';
import { controlHistory } from './control-history.ts';
import { corporateActions } from './corporate-actions.ts';
import { deals } from './deals.ts';
import { deskSettings } from './desk-settings.ts';
import { discovery } from './discovery.ts';
import { discoveryRecord } from './discovery-record.ts';
import { eventCount } from './event-count.ts';
import { eventRag } from './event-rag.ts';
import { eventWindow } from './event-window.ts';
import { flows } from './flows.ts';
import { indexMembers } from './index-members.ts';
import { marketBars } from './market-bars.ts';
import { marketFeatures } from './market-features.ts';
import { marketHours } from './market-hours.ts';
import { marketMovers } from './market-movers.ts';
import { marketRegime } from './market-regime.ts';
import { marketScreen } from './market-screen.ts';
import { policy } from './policy.ts';
import { priceStatistics } from './price-statistics.ts';
import { sectorMembers } from './sector-members.ts';
import { averageCrosses } from './average-crosses.ts';
import { sectorMoves } from './sector-moves.ts';
import { symbolLookup } from './symbol-lookup.ts';
import { fundNav } from './fund-nav.ts';
import { tradingDays } from './trading-days.ts';
import { notWorkedIn, proposeAdjustment } from './propose-adjustment.ts';
import { proposePartedShares } from './propose-parted-shares.ts';
import { watchlist } from './watchlist.ts';
import { reliability } from './reliability.ts';
import { report } from './report.ts';
import { reviewSheet } from './review-sheet.ts';
import { sql } from './sql.ts';
import { evalComparison, evals } from './evals.ts';

/** Every tool of the desk. Adding one is a file and a line here. */
const all = [
  indexMembers, fundNav,
  priceStatistics, averageCrosses, sectorMoves, marketScreen, sectorMembers, corporateActions, eventCount, tradingDays,
  indicator, riskMetrics, optionPrice, impliedVol, optionChain, optionStrategy, optionStructures, strategyRouter, optionPositions, optionHedge, rotation, proposeStructure, proposeStructureClose, proposeStructureRoll,
  proposeOrder, amendProposal, proposeAgain, proposeExit, proposeModify, proposeCancel, proposeCloseAll, control, proposeWatchlistEdit, findIdea, checkOrder, guardrails, whyNotBigger,
  portfolioState, performance, exposure, limits, portfolioRisk, orders, fills, treasury, cashFlows, capitalGains, controlHistory, accounts, mandate, proposeMandateChange, proposeMandate, playbooks, proposePlaybookChange, proposeTransfer, proposeDeposit, proposeWithdrawal,
  proposeFundingRelease, proposeAccount, proposeLimit, proposeSwitch, proposeSwitchReset, proposePerson, proposeAdjustment, proposePartedShares, notWorkedIn, people, jobs, tradeExport,
  cards, card, auditStory, auditVerify, auditLog, replay, gateStats, activity, patterns, reliability, switches, feedsHealth, quarantine,
  symbolLookup, brokerQuote, marketBars, marketMovers, marketFeatures, marketRegime, breadth, marketHours, eventRag, calendar, eventWindow, policy, flows, deals, watchlist, discovery, discoveryRecord, deskSettings, alertLog, modelUse, turnLog, sql, evals, evalComparison, report, reviewSheet,
] as unknown as Tool[];
export const tools: ReadonlyMap<string, Tool> = new Map(all.map((tool) => [tool.name, tool]));
