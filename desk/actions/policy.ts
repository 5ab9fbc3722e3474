import type { Action, ActionKind, Proposer } from './types.ts';

export type Role = 'owner' | 'trader' | 'viewer';

/**
 * What the desk may do unasked. `tripped_switch`: entries stop. `halted_entries`: an entry that works at the broker is cancelled
 * while its account is halted. `timed_switch_reset`: stale data or order rate are over. `confirmed_funding_plan`: money that the
 * plan lets out by its calendar. The database checks each rule's condition again.
 */
export type AutomaticRule = 'confirmed_funding_plan' | 'timed_switch_reset' | 'tripped_switch' | 'halted_entries';

/** How one kind of action comes about. */
export interface PolicyRow {
  /** Roles that may put it forward; on an account they need the right to propose there as well. */
  roles: readonly Role[];
  /** May a model or its twin put it forward? It is never a confirmation when they do. */
  agents: boolean;
  /** May a rule of the desk put it forward (a kill switch, a funding plan, a threshold that adapts)? */
  desk: boolean;
  /**
   * `explicit_command`: a slash command, button, command-line call or exact grammar match by a person is its own
   * confirmation. Only for what makes the desk safer or is undone as easily. `press`: always a confirmation of its own.
   */
  confirms: 'press' | 'explicit_command';
  expiryMinutes: number;
  /** `by_value`: two people from the configured amount on. */
  fourEyes: 'by_value' | 'never';
  /** Does a yes lapse when the price has moved too far since it was asked for? */
  driftApplies: boolean;
  /** The rule of the desk that may carry it out unasked, inside what a person has confirmed before. */
  automatic: AutomaticRule | null;
}

const usual: Omit<PolicyRow, 'confirms'> = { roles: ['owner', 'trader'], agents: true, desk: false, expiryMinutes: 10, fourEyes: 'never', driftApplies: false, automatic: null };
const row = (confirms: PolicyRow['confirms'], changes: Partial<PolicyRow> = {}): PolicyRow => Object.freeze({ ...usual, confirms, ...changes });
const trade = { fourEyes: 'by_value', driftApplies: true } as const;
const money = { fourEyes: 'by_value' } as const;
/** Rights, keys and modes stay out of every agent's reach. */
const governance: Partial<PolicyRow> = { roles: ['owner'], agents: false };

/** One row a kind; a new kind without a row does not compile. The database holds the same list of explicit commands. */
export const policy = {
  enter: row('press', { ...trade, desk: true }),
  // Premiums move faster than shares.
  option_structure: row('press', { ...trade, desk: true, expiryMinutes: 5 }),
  exit: row('press', { desk: true }),
  reduce: row('press', { desk: true }),
  cancel: row('explicit_command', { desk: true, automatic: 'halted_entries' }),
  modify: row('press', { desk: true }),
  close_all: row('press', { desk: true }),
  transfer_cash: row('press', { ...money, desk: true }),
  deposit: row('press', money),
  withdrawal: row('press', money),
  funding_release: row('press', { ...money, desk: true, automatic: 'confirmed_funding_plan' }),
  mandate_change: row('press', { expiryMinutes: 30 }),
  playbook_change: row('press', { roles: ['owner'], expiryMinutes: 30 }),
  // Loosening four-eyes itself takes two (`valueAtStake`).
  limit_change: row('press', { roles: ['owner'], desk: true, expiryMinutes: 30, fourEyes: 'by_value' }),
  kill_switch_set: row('press', { roles: ['owner'], expiryMinutes: 30 }),
  kill_switch_trip: row('explicit_command', { desk: true, automatic: 'tripped_switch' }),
  kill_switch_reset: row('press', { desk: true, automatic: 'timed_switch_reset' }),
  pause: row('explicit_command', { desk: true }),
  resume: row('press', { desk: true }),
  arm_live: row('press', governance),
  disarm_live: row('explicit_command', { desk: true }),
  account_mode: row('press', governance),
  account_open: row('press', { roles: ['owner'] }),
  account_edit: row('press', { roles: ['owner'] }),
  account_close: row('press', { roles: ['owner'] }),
  account_reset: row('press', { roles: ['owner'] }),
  watchlist_edit: row('explicit_command', { desk: true }),
  run_cycle: row('explicit_command'),
  trigger_eval: row('explicit_command'),
  person_add: row('press', governance),
  rights_change: row('press', governance),
  identity_link: row('press', governance),
  // A lost phone must not wait for a second look.
  identity_unlink: row('explicit_command', governance),
  api_key_create: row('press', governance),
  api_key_revoke: row('press', governance),
  holding_adjustment: row('press'),
  parted_shares: row('press'),
} as const satisfies Record<ActionKind, PolicyRow>;

export const policyFor = (kind: ActionKind): PolicyRow => policy[kind];
export const actionKinds = Object.keys(policy) as ActionKind[];

/** Switches whose timed reset needs nobody once their condition is gone. */
export const timedResets = ['STALE_DATA', 'ORDER_RATE'] as const;

/** May this proposer put this kind forward at all? The person's role and account rights are the gate's question. */
export function mayPropose(kind: ActionKind, proposer: Proposer): boolean {
  if (proposer.kind === 'person') return true;
  return proposer.kind === 'agent' ? policyFor(kind).agents : policyFor(kind).desk;
}

/**
 * What has to happen before this very action is carried out. A cancel confirms itself only when it lowers the risk
 * (`lowersRisk`: an entry that has not filled), and what an agent put forward never confirms itself.
 */
export function confirmationNeeded({ action, proposer, lowersRisk, automaticRule }: {
  action: Action; proposer: Proposer; lowersRisk: boolean;
  /** The rule by which the desk proposed it, when its condition has been checked. */
  automaticRule?: string;
}): 'press' | 'explicit_command' | 'automatic' {
  const rule = policyFor(action.kind);
  if (proposer.kind === 'person' && rule.confirms === 'explicit_command') return action.kind === 'cancel' && !lowersRisk ? 'press' : 'explicit_command';
  if (proposer.kind !== 'desk' || rule.automatic === null || rule.automatic !== automaticRule) return 'press';
  if (action.kind === 'cancel') return lowersRisk ? 'automatic' : 'press';
  if (action.kind === 'kill_switch_reset') return (timedResets as readonly string[]).includes(action.switchType) ? 'automatic' : 'press';
  return 'automatic';
}
