import { describe, expect, it } from 'vitest';
import { actionKinds, policyFor } from '../../../desk/actions/policy.ts';
import type { Action, ActionKind } from '../../../desk/actions/types.ts';
import { checks } from '../../../desk/gates/checks.ts';
import { riskDirection } from '../../../desk/gates/reduces-risk.ts';
import { strategyRule } from '../../../desk/gates/rules/strategy-regimes.ts';
import { passingSnapshot } from './fixtures.ts';

/**
 * What recorded reports rely on. A line here changes only together with the version of its check: whoever edits it is to
 * ask whether an old report would still be replayed as it was.
 */
const lines = [
  ['rights', 2, 'structural', 'BLOCK', 'BLOCK', false, 'everything'],
  ['account_known', 1, 'structural', 'BLOCK', 'BLOCK', false, 'everything'],
  ['account_status', 1, 'limit', 'BLOCK', 'BLOCK', false, 'enter option_structure modify cancel transfer_cash deposit withdrawal funding_release mandate_change arm_live account_mode'],
  ['mandate_present', 1, 'limit', 'BLOCK', 'BLOCK', false, 'enter option_structure'],
  ['desk_state', 1, 'limit', 'BLOCK', 'BLOCK', false, 'enter option_structure modify cancel arm_live'],
  ['switches_tripped', 1, 'limit', 'WARN', 'WARN', false, 'enter option_structure'],
  ['live_arming', 1, 'limit', 'BLOCK', 'BLOCK', false, 'enter option_structure exit reduce close_all arm_live account_mode'],
  ['recovery', 1, 'limit', 'BLOCK', 'BLOCK', false, 'resume kill_switch_reset'],
  ['market_hours', 1, 'structural', 'BLOCK', 'BLOCK', false, 'enter option_structure exit reduce close_all'],
  ['broker_reachable', 1, 'structural', 'BLOCK', 'BLOCK', false, 'enter option_structure exit reduce cancel modify close_all'],
  ['position_covers', 1, 'structural', 'BLOCK', 'BLOCK', false, 'exit reduce'],
  ['order_known', 1, 'structural', 'BLOCK', 'BLOCK', false, 'cancel modify'],
  ['duplicate_order', 1, 'structural', 'BLOCK', 'BLOCK', false, 'enter option_structure exit reduce close_all transfer_cash deposit withdrawal funding_release'],
  ['order_rate', 2, 'limit', 'BLOCK', 'BLOCK', false, 'enter option_structure exit reduce cancel modify'],
  ['stale_data', 2, 'limit', 'BLOCK', 'BLOCK', false, 'enter exit reduce option_structure'],
  ['banned', 1, 'limit', 'BLOCK', 'WARN', false, 'enter option_structure'],
  ['mandate_bans', 1, 'limit', 'BLOCK', 'BLOCK', false, 'enter option_structure'],
  ['strategy_allowed', 1, 'limit', 'BLOCK', 'BLOCK', false, 'enter option_structure'],
  ['horizon', 2, 'limit', 'BLOCK', 'BLOCK', false, 'enter'],
  ['short_delivery', 1, 'limit', 'BLOCK', 'BLOCK', false, 'enter'],
  ['bracket_sane', 1, 'limit', 'BLOCK', 'BLOCK', false, 'enter modify'],
  ['tick_size', 1, 'limit', 'BLOCK', 'BLOCK', false, 'enter exit reduce modify'],
  ['lot_size', 1, 'limit', 'BLOCK', 'BLOCK', false, 'enter'],
  ['freeze_quantity', 1, 'limit', 'BLOCK', 'WARN', true, 'enter option_structure'],
  ['price_band', 1, 'limit', 'BLOCK', 'WARN', false, 'enter exit reduce'],
  ['fat_finger', 1, 'limit', 'BLOCK', 'BLOCK', false, 'enter exit reduce modify'],
  ['fat_finger_bracket', 1, 'limit', 'BLOCK', 'BLOCK', false, 'enter modify'],
  ['entry_condition', 1, 'limit', 'WARN', 'WARN', false, 'enter'],
  ['liquidity', 2, 'limit', 'BLOCK', 'BLOCK', true, 'enter'],
  ['liquidity_adv_floor', 1, 'limit', 'BLOCK', 'BLOCK', false, 'enter'],
  ['liquidity_spread', 1, 'limit', 'BLOCK', 'BLOCK', false, 'enter'],
  ['market_cap', 1, 'limit', 'BLOCK', 'BLOCK', false, 'enter'],
  ['position_size', 1, 'limit', 'BLOCK', 'BLOCK', true, 'enter option_structure modify cancel'],
  ['position_size_value', 1, 'limit', 'BLOCK', 'BLOCK', true, 'enter'],
  ['position_size_count', 2, 'limit', 'BLOCK', 'BLOCK', false, 'enter option_structure'],
  ['exposure', 1, 'limit', 'BLOCK', 'BLOCK', true, 'enter'],
  ['exposure_sector_known', 1, 'limit', 'WARN', 'WARN', false, 'enter'],
  ['exposure_single_name', 1, 'limit', 'BLOCK', 'BLOCK', true, 'enter'],
  ['exposure_gross', 1, 'limit', 'BLOCK', 'BLOCK', true, 'enter'],
  ['exposure_net', 2, 'limit', 'BLOCK', 'BLOCK', true, 'enter'],
  ['exposure_cluster', 1, 'limit', 'BLOCK', 'WARN', true, 'enter'],
  ['event_window', 1, 'limit', 'BLOCK', 'WARN', false, 'enter option_structure'],
  ['regime', 1, 'limit', 'BLOCK', 'WARN', false, 'enter option_structure'],
  ['catalyst_freshness', 2, 'limit', 'BLOCK', 'BLOCK', false, 'enter'],
  ['similar_setups', 1, 'limit', 'WARN', 'NOT_APPLICABLE', false, 'enter'],
  ['buying_power', 2, 'limit', 'BLOCK', 'BLOCK', true, 'enter modify'],
  ['options_enabled', 1, 'limit', 'BLOCK', 'BLOCK', false, 'option_structure'],
  ['option_contract', 1, 'limit', 'BLOCK', 'WARN', false, 'option_structure'],
  ['option_closing', 1, 'structural', 'BLOCK', 'BLOCK', false, 'option_structure'],
  ['option_price', 1, 'limit', 'BLOCK', 'BLOCK', false, 'option_structure'],
  ['option_liquidity', 1, 'limit', 'BLOCK', 'BLOCK', false, 'option_structure'],
  ['option_expiry', 1, 'limit', 'BLOCK', 'WARN', false, 'option_structure'],
  ['structure_max_loss', 1, 'limit', 'BLOCK', 'BLOCK', true, 'option_structure'],
  ['naked_short', 1, 'limit', 'BLOCK', 'BLOCK', true, 'option_structure exit reduce'],
  ['margin', 2, 'limit', 'BLOCK', 'BLOCK', true, 'option_structure'],
  ['cash_available', 1, 'limit', 'BLOCK', 'BLOCK', false, 'transfer_cash withdrawal'],
  ['transfer_policy', 1, 'limit', 'BLOCK', 'BLOCK', false, 'transfer_cash'],
  ['account_flat', 2, 'limit', 'BLOCK', 'BLOCK', false, 'account_mode account_reset'],
  ['nothing_open', 1, 'limit', 'BLOCK', 'BLOCK', false, 'account_close account_reset'],
  ['mandate_consistent', 1, 'limit', 'BLOCK', 'BLOCK', false, 'mandate_change'],
  ['limit_value', 1, 'limit', 'BLOCK', 'BLOCK', false, 'limit_change'],
  ['switch_rule', 1, 'limit', 'BLOCK', 'BLOCK', false, 'kill_switch_set'],
  ['late_adjustment', 1, 'limit', 'BLOCK', 'BLOCK', false, 'holding_adjustment'],
  ['parted_shares', 1, 'limit', 'BLOCK', 'BLOCK', false, 'parted_shares'],
] as const;

const directions: Partial<Record<ActionKind, 'reduces' | 'neutral' | 'raises'>> = {
  enter: 'raises', option_structure: 'raises', close_all: 'reduces', transfer_cash: 'raises', deposit: 'neutral', withdrawal: 'raises', funding_release: 'neutral', mandate_change: 'raises', playbook_change: 'raises',
  limit_change: 'raises', kill_switch_set: 'raises', kill_switch_trip: 'reduces', kill_switch_reset: 'raises', pause: 'reduces', resume: 'raises', arm_live: 'raises', disarm_live: 'reduces', account_mode: 'raises', account_open: 'neutral',
  account_edit: 'neutral', account_close: 'neutral', account_reset: 'raises', watchlist_edit: 'neutral', run_cycle: 'neutral', trigger_eval: 'neutral', person_add: 'raises', rights_change: 'raises', identity_link: 'raises', identity_unlink: 'neutral', api_key_create: 'raises', api_key_revoke: 'neutral', holding_adjustment: 'neutral', parted_shares: 'neutral',
};

/** Strategy, volatility regimes, liquidity regimes, lives off an event. */
const strategies = [
  ['discretionary', 'LOW_VOL MED_VOL HIGH_VOL', 'HIGH MEDIUM LOW', false],
  ['event', 'LOW_VOL MED_VOL HIGH_VOL', 'HIGH MEDIUM', true],
  ['event_driven', 'LOW_VOL MED_VOL HIGH_VOL', 'HIGH MEDIUM', true],
  ['event_momentum', 'LOW_VOL MED_VOL HIGH_VOL', 'HIGH MEDIUM', true],
  ['momentum', 'LOW_VOL MED_VOL', 'HIGH MEDIUM', false],
  ['trend', 'LOW_VOL MED_VOL', 'HIGH MEDIUM', false],
  ['breakout', 'LOW_VOL MED_VOL HIGH_VOL', 'HIGH MEDIUM', false],
  ['mean_reversion', 'LOW_VOL MED_VOL', 'HIGH MEDIUM', false],
  ['rotation', 'LOW_VOL MED_VOL HIGH_VOL', 'HIGH MEDIUM', false],
  ['hedge', 'LOW_VOL MED_VOL HIGH_VOL', 'HIGH MEDIUM', false],
  ['accumulation', 'LOW_VOL MED_VOL HIGH_VOL', 'HIGH MEDIUM', false],
  ['GammaScalping', 'LOW_VOL', 'HIGH', false],
  ['OIBuildup', 'LOW_VOL MED_VOL', 'HIGH', false],
  ['VolExpansion', 'LOW_VOL', 'HIGH', false],
  ['ExpiryPin', 'LOW_VOL MED_VOL', 'HIGH', false],
  ['iron_condor', 'MED_VOL HIGH_VOL', 'HIGH', false],
  ['butterfly', 'LOW_VOL MED_VOL', 'HIGH', false],
  ['ratio', 'LOW_VOL MED_VOL', 'HIGH', false],
  ['calendar', 'LOW_VOL', 'HIGH', false],
  ['bull_put', 'LOW_VOL MED_VOL HIGH_VOL', 'HIGH', false],
  ['bear_call', 'LOW_VOL MED_VOL HIGH_VOL', 'HIGH', false],
  ['bull_call', 'LOW_VOL MED_VOL HIGH_VOL', 'HIGH', false],
  ['bear_put', 'LOW_VOL MED_VOL HIGH_VOL', 'HIGH', false],
  ['covered_call', 'LOW_VOL MED_VOL HIGH_VOL', 'HIGH MEDIUM', false],
  ['protective_put', 'LOW_VOL MED_VOL HIGH_VOL', 'HIGH MEDIUM', false],
  ['long_straddle', 'LOW_VOL MED_VOL', 'HIGH', false],
  ['long_strangle', 'LOW_VOL MED_VOL', 'HIGH', false],
  ['short_straddle', 'MED_VOL HIGH_VOL', 'HIGH', false],
  ['short_strangle', 'MED_VOL HIGH_VOL', 'HIGH', false],
] as const;

/** Roles, may agents, may the desk, what confirms, minutes, four eyes, drift, automatic rule. */
const policies = [
  ['enter', 'owner trader', true, true, 'press', 10, 'by_value', true, null],
  ['option_structure', 'owner trader', true, true, 'press', 5, 'by_value', true, null],
  ['exit', 'owner trader', true, true, 'press', 10, 'never', false, null],
  ['reduce', 'owner trader', true, true, 'press', 10, 'never', false, null],
  ['cancel', 'owner trader', true, true, 'explicit_command', 10, 'never', false, 'halted_entries'],
  ['modify', 'owner trader', true, true, 'press', 10, 'never', false, null],
  ['close_all', 'owner trader', true, true, 'press', 10, 'never', false, null],
  ['transfer_cash', 'owner trader', true, true, 'press', 10, 'by_value', false, null],
  ['deposit', 'owner trader', true, false, 'press', 10, 'by_value', false, null],
  ['withdrawal', 'owner trader', true, false, 'press', 10, 'by_value', false, null],
  ['funding_release', 'owner trader', true, true, 'press', 10, 'by_value', false, 'confirmed_funding_plan'],
  ['mandate_change', 'owner trader', true, false, 'press', 30, 'never', false, null],
  ['playbook_change', 'owner', true, false, 'press', 30, 'never', false, null],
  ['limit_change', 'owner', true, true, 'press', 30, 'by_value', false, null],
  ['kill_switch_set', 'owner', true, false, 'press', 30, 'never', false, null],
  ['kill_switch_trip', 'owner trader', true, true, 'explicit_command', 10, 'never', false, 'tripped_switch'],
  ['kill_switch_reset', 'owner trader', true, true, 'press', 10, 'never', false, 'timed_switch_reset'],
  ['pause', 'owner trader', true, true, 'explicit_command', 10, 'never', false, null],
  ['resume', 'owner trader', true, true, 'press', 10, 'never', false, null],
  ['arm_live', 'owner', false, false, 'press', 10, 'never', false, null],
  ['disarm_live', 'owner trader', true, true, 'explicit_command', 10, 'never', false, null],
  ['account_mode', 'owner', false, false, 'press', 10, 'never', false, null],
  ['account_open', 'owner', true, false, 'press', 10, 'never', false, null],
  ['account_edit', 'owner', true, false, 'press', 10, 'never', false, null],
  ['account_close', 'owner', true, false, 'press', 10, 'never', false, null],
  ['account_reset', 'owner', true, false, 'press', 10, 'never', false, null],
  ['watchlist_edit', 'owner trader', true, true, 'explicit_command', 10, 'never', false, null],
  ['run_cycle', 'owner trader', true, false, 'explicit_command', 10, 'never', false, null],
  ['trigger_eval', 'owner trader', true, false, 'explicit_command', 10, 'never', false, null],
  ['person_add', 'owner', false, false, 'press', 10, 'never', false, null],
  ['rights_change', 'owner', false, false, 'press', 10, 'never', false, null],
  ['identity_link', 'owner', false, false, 'press', 10, 'never', false, null],
  ['identity_unlink', 'owner', false, false, 'explicit_command', 10, 'never', false, null],
  ['api_key_create', 'owner', false, false, 'press', 10, 'never', false, null],
  ['api_key_revoke', 'owner', false, false, 'press', 10, 'never', false, null],
  ['holding_adjustment', 'owner trader', true, false, 'press', 10, 'never', false, null],
  ['parted_shares', 'owner trader', true, false, 'press', 10, 'never', false, null],
] as const;

describe('the terms that reports and people rely on', () => {
  it('are those of every check', () => {
    const terms = checks.map(({ id, version, structural, severity, whenMissing, growsWithQuantity, appliesTo }) =>
      [id, version, structural ? 'structural' : 'limit', severity, whenMissing, growsWithQuantity === true, appliesTo.length === actionKinds.length ? 'everything' : appliesTo.join(' ')]);
    expect(terms).toEqual(lines);
  });
  it('let exits be stopped by nothing but identity, rights, the position, a repeat, the session and the broker', () => {
    const structural = checks.filter((check) => check.structural).map(({ id }) => id);
    expect(structural).toEqual(['rights', 'account_known', 'market_hours', 'broker_reachable', 'position_covers', 'order_known', 'duplicate_order', 'option_closing']);
  });
  it.each(Object.entries(directions))('have %s as %s', (kind, direction) => {
    expect(riskDirection({ kind, legs: [{}] } as unknown as Action, passingSnapshot())).toBe(direction);
  });
  it.each(strategies)('have %s in %s volatility and %s liquidity, event-driven %s', (strategy, volatility, liquidity, eventDriven) => {
    expect(strategyRule(strategy)).toEqual({ volatility: volatility.split(' '), liquidity: liquidity.split(' '), eventDriven });
  });
  it.each(policies)('have a policy for %s', (kind, roles, agents, desk, confirms, expiryMinutes, fourEyes, driftApplies, automatic) => {
    expect(policyFor(kind)).toEqual({ roles: roles.split(' '), agents, desk, confirms, expiryMinutes, fourEyes, driftApplies, automatic });
  });
});
