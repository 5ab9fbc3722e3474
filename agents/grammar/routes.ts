import type { IntentKind } from './intents.ts';

export type AgentName = 'Research' | 'Analyst' | 'Portfolio' | 'Risk' | 'QA' | 'Intake' | 'Judge' | 'Desk';

/** Who answers. `Desk` is the desk itself: commands, look-ups and small talk that need no specialist. */
const routes: Partial<Record<IntentKind, AgentName>> = {
  news: 'Research', calendar: 'Research', corporate_actions: 'Research', filings_count: 'Research', deals: 'Analyst', sector_moves: 'Analyst', audit_story: 'QA', decision: 'QA', audit_follow: 'QA', audit_verify: 'QA', replay: 'QA', evals_show: 'QA', evals_run: 'QA', evals_compare: 'QA', turn_steps: 'QA', qa: 'QA',
  average_cross: 'Analyst', policy: 'Analyst', regime: 'Analyst', breadth: 'Analyst', flows: 'Analyst',
  holdings: 'Portfolio', not_worked_in: 'Portfolio', position: 'Portfolio', cash: 'Portfolio', performance: 'Portfolio', exposure: 'Portfolio', treasury: 'Portfolio', cash_flows: 'Portfolio', capital_gains: 'Portfolio', tax_lots: 'Portfolio',
  funding_plan: 'Portfolio', rotation: 'Portfolio', rotation_take: 'Portfolio', hedge: 'Portfolio', fills: 'Portfolio', stop_hits: 'Portfolio',
  limits: 'Risk', risk_metrics: 'Risk', explain_block: 'Risk', why_not_bigger: 'Risk', switches: 'Risk', gate_stats: 'Risk', control_history: 'QA', event_window: 'Risk',
  trade_check: 'Risk', scenario: 'Risk',
  mandate_show: 'Intake', playbooks: 'Risk', playbook_change: 'Risk', mandate_change: 'Intake', intake: 'Intake',
  find_idea: 'Judge', why: 'Judge', patterns: 'Judge', reliability: 'Judge', discovery: 'Judge',
};
export const agentFor = (kind: IntentKind): AgentName => routes[kind] ?? 'Desk';

/** Intents that change something once they are confirmed. Only a whole sentence that the table knows can mean one of these. */
const changing: ReadonlySet<IntentKind> = new Set<IntentKind>([
  'watchlist_edit', 'approve', 'reject', 'yes', 'no', 'buy', 'sell', 'exit', 'amend_proposal', 'propose_again', 'modify_position', 'cancel_order', 'close_all',
  'pause', 'resume', 'kill', 'switch_account', 'transfer', 'deposit', 'withdraw', 'mandate_change', 'playbook_change', 'run_cycle', 'evals_run', 'link', 'unlink', 'acknowledge', 'alert_test', 'feedback',
  'account_change', 'funding_release', 'limit_change', 'switch_change', 'switch_reset', 'person_change', 'key_change', 'rotation_take', 'work_in', 'parted_shares',
]);
export const changesSomething = (kind: IntentKind): boolean => changing.has(kind);
/** The ones in which a wrong reading costs money: they are never read out of a misspelt word or a question. */
const trading: ReadonlySet<IntentKind> = new Set<IntentKind>([
  'approve', 'yes', 'buy', 'sell', 'exit', 'amend_proposal', 'propose_again', 'modify_position', 'cancel_order', 'close_all', 'resume', 'transfer', 'deposit', 'withdraw', 'mandate_change', 'playbook_change',
  'account_change', 'funding_release', 'limit_change', 'switch_change', 'switch_reset', 'person_change', 'key_change', 'rotation_take', 'work_in', 'parted_shares',
]);
export const tradesOrMovesMoney = (kind: IntentKind): boolean => trading.has(kind);
