import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { actionKinds, confirmationNeeded, mayPropose, policy, policyFor } from '../../../desk/actions/policy.ts';
import { Action, type ActionKind, type Proposer } from '../../../desk/actions/types.ts';
import { accountId, anyAction, cancelAction, enterAction } from '../gates/fixtures.ts';

const person: Proposer = { kind: 'person', personId: 'p', channel: 'web' };
const agent: Proposer = { kind: 'agent', agent: 'Desk', onBehalfOf: 'p', channel: 'web' };
const desk: Proposer = { kind: 'desk', rule: 'rule' };
const explicit = actionKinds.filter((kind) => policyFor(kind).confirms === 'explicit_command');
const pause = anyAction({ kind: 'pause' });

describe('the policy table', () => {
  it('has a row for every kind of action', () => {
    expect([...actionKinds].sort()).toEqual(Action.options.map((option) => option.shape.kind.value).sort());
  });

  it('lets only what makes the desk safer or is undone as easily confirm itself', () => {
    expect(explicit.sort()).toEqual(['cancel', 'disarm_live', 'identity_unlink', 'kill_switch_trip', 'pause', 'run_cycle', 'trigger_eval', 'watchlist_edit']);
  });

  it('agrees with the list that the database holds', () => {
    const folder = new URL('../../../db/migrations/', import.meta.url);
    const statements = readdirSync(folder).filter((file) => file.endsWith('.sql')).flatMap((file) => [...readFileSync(new URL(file, folder), 'utf8').matchAll(/INSERT INTO core\.explicit_kinds VALUES ([^;]+);/g)].map((match) => match[1] ?? ''));
    expect(statements.flatMap((values) => [...values.matchAll(/'(\w+)'/g)].map((match) => match[1])).sort()).toEqual(explicit.sort());
  });

  it('asks for a press wherever money, limits, rights or modes move', () => {
    const pressed: ActionKind[] = ['transfer_cash', 'deposit', 'withdrawal', 'funding_release', 'mandate_change', 'limit_change', 'kill_switch_set', 'playbook_change', 'rights_change', 'person_add', 'identity_link', 'api_key_create', 'api_key_revoke', 'arm_live', 'account_mode', 'resume', 'account_open', 'account_reset', 'kill_switch_reset'];
    for (const kind of pressed) expect(policyFor(kind).confirms, kind).toBe('press');
  });

  it('keeps rights, keys, modes and the arming of live trading out of every agent\'s reach', () => {
    for (const kind of ['rights_change', 'person_add', 'identity_link', 'identity_unlink', 'api_key_create', 'api_key_revoke', 'arm_live', 'account_mode'] as const) {
      expect(mayPropose(kind, agent)).toBe(false);
      expect(mayPropose(kind, person)).toBe(true);
    }
    expect(mayPropose('enter', agent)).toBe(true);
    expect(mayPropose('deposit', desk)).toBe(false);
    expect(mayPropose('close_all', desk)).toBe(true);
  });

  it('lets a viewer propose nothing', () => {
    for (const kind of actionKinds) expect(policyFor(kind).roles).not.toContain('viewer');
  });

  it('lets a yes lapse by price only where exposure is added, and after ten minutes unless it says otherwise', () => {
    expect(actionKinds.filter((kind) => policyFor(kind).driftApplies).sort()).toEqual(['enter', 'option_structure']);
    expect(policy.enter.expiryMinutes).toBe(10);
    for (const kind of actionKinds) expect(policyFor(kind).expiryMinutes).toBeGreaterThan(0);
  });

  it('asks two people, from an amount on, where value leaves or is put at risk', () => {
    expect(actionKinds.filter((kind) => policyFor(kind).fourEyes === 'by_value').sort()).toEqual(['deposit', 'enter', 'funding_release', 'limit_change', 'option_structure', 'transfer_cash', 'withdrawal']);
  });
});

describe('what has to happen before an action', () => {
  const needed = (action: Action, proposer: Proposer, lowersRisk = false, automaticRule?: string) => confirmationNeeded({ action, proposer, lowersRisk, ...(automaticRule ? { automaticRule } : {}) });

  it("takes a person's pause as it is said, and asks about an agent's", () => {
    expect(needed(pause, person)).toBe('explicit_command');
    expect(needed(pause, agent)).toBe('press');
    expect(needed(pause, desk)).toBe('press');
  });
  it('asks about every entry', () => {
    for (const proposer of [person, agent, desk]) expect(needed(enterAction(), proposer)).toBe('press');
  });
  it('takes the cancel of an entry as it is said, and asks about that of a stop', () => {
    expect(needed(cancelAction(), person, true)).toBe('explicit_command');
    expect(needed(cancelAction(), person, false)).toBe('press');
    expect(needed(cancelAction(), agent, true)).toBe('press');
  });
  it('releases an instalment of a confirmed plan by itself, and nothing else', () => {
    const release = anyAction({ kind: 'funding_release', accountId, tranche: 1, amountMinor: 100 });
    expect(needed(release, desk, false, 'confirmed_funding_plan')).toBe('automatic');
    expect(needed(release, desk)).toBe('press');
    expect(needed(release, desk, false, 'timed_switch_reset')).toBe('press');
    expect(needed(release, agent, false, 'confirmed_funding_plan')).toBe('press');
    expect(needed(enterAction(), desk, false, 'confirmed_funding_plan')).toBe('press');
  });
  it('trips a switch by itself, and then cancels entries, and no stop', () => {
    expect(needed(anyAction({ kind: 'kill_switch_trip', switchType: 'MAX_DAILY_LOSS', reason: 'x' }), desk, true, 'tripped_switch')).toBe('automatic');
    expect(needed(anyAction({ kind: 'kill_switch_trip', switchType: 'MAX_DAILY_LOSS', reason: 'x' }), agent, true, 'tripped_switch')).toBe('press');
    expect(needed(cancelAction(), desk, true, 'halted_entries')).toBe('automatic');
    expect(needed(cancelAction(), desk, false, 'halted_entries')).toBe('press');
    expect(needed(cancelAction(), desk, true, 'tripped_switch')).toBe('press');
  });
  it('resets stale data and order rate by itself when their time is up, and no other switch', () => {
    const reset = (switchType: string) => needed(anyAction({ kind: 'kill_switch_reset', switchType }), desk, false, 'timed_switch_reset');
    expect(['STALE_DATA', 'ORDER_RATE'].map(reset)).toEqual(['automatic', 'automatic']);
    expect(['MAX_DAILY_LOSS', 'MANUAL', 'ERROR_RATE', 'MAX_DRAWDOWN', 'VOL_SPIKE', 'LOSS_STREAK'].map(reset)).toEqual(Array(6).fill('press'));
  });
});
