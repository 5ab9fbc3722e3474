import { z } from 'zod';
import { activeFundingPlan } from '../db/stores/accounts.ts';
import { confirmedLimits, killSwitches } from '../db/stores/controls.ts';
import { type Action, SwitchType } from '../desk/actions/types.ts';
import { limitProblem, limitNames, limitSetting } from '../desk/gates/limit-settings.ts';
import { fundingPlanOf } from '../desk/treasury/deployable.ts';
import { instalments, trancheAmounts } from '../desk/treasury/funding-plan.ts';
import { defineTool, type ToolContext, ToolError } from './define.ts';
import { accountNamed, proposerOf } from './order-terms.ts';
import { ProposalOutput, proposalOutput } from './proposal-output.ts';
import type { ProposalInput } from './services.ts';

const propose = async (context: ToolContext, action: Action, more: Pick<ProposalInput, 'thesis'> = {}): Promise<z.input<typeof ProposalOutput>> =>
  proposalOutput(await context.services.propose({ action, proposer: proposerOf(context), threadId: context.caller.threadId ?? null, turn: context.caller.turn ?? null, ...more }));
const scopeOf = async (context: ToolContext, account: string | undefined): Promise<{ accountId?: string }> => (account === undefined || account === '*' ? {} : { accountId: (await accountNamed(context, account)).id });
const said = (text: string): Pick<ProposalInput, 'thesis'> => ({ thesis: [{ text, evidenceId: null, evidenceKind: null }] });

/** Another value for one of the gates' limits, for the whole desk or one account. Errors: `NO_SUCH_LIMIT`, `LIMIT_INVALID`, `NO_SUCH_ACCOUNT`. */
export const proposeLimit = defineTool({
  name: 'propose_limit', purpose: 'Propose another value for one of the gates’ limits, for the whole desk or one account', effect: 'propose', permission: 'propose', output: ProposalOutput,
  input: z.object({ setting: z.string().describe(limitNames.join(', ')), value: z.number(), account: z.string().optional() }),
  async run(context, input) {
    const setting = limitSetting(input.setting);
    if (!setting) throw new ToolError('NO_SUCH_LIMIT', `There is no limit “${input.setting}”; there are ${limitNames.join(', ')}.`, 'setting');
    const problem = limitProblem(input.setting, input.value);
    if (problem !== null) throw new ToolError('LIMIT_INVALID', problem, 'value');
    const scope = await scopeOf(context, input.account);
    const before = (await confirmedLimits(context.services.database.orm)).find((row) => row.setting === input.setting && row.accountId === (scope.accountId ?? null));
    return propose(context, { kind: 'limit_change', ...scope, setting: input.setting, value: input.value }, said(before ? `Before: ${before.value}, confirmed by a person.` : 'Before: as configured at the start.'));
  },
});

/** A kill switch set, changed or switched off. What is not said stays as it was. Errors: `THRESHOLD_NEEDED`, `NO_SUCH_ACCOUNT`. */
export const proposeSwitch = defineTool({
  name: 'propose_switch', purpose: 'Propose to set a kill switch: its threshold, what it does, whether it is on', effect: 'propose', permission: 'propose', output: ProposalOutput,
  input: z.object({
    switchType: SwitchType, account: z.string().optional(), threshold: z.number().optional().describe('percent, or minor units for losses, or a count'), thresholdType: z.enum(['ABSOLUTE', 'PERCENTAGE']).optional(),
    onTrigger: z.array(z.enum(['pauseNewEntries', 'cancelOpenEntries', 'closeAll'])).optional(), autoResetMinutes: z.int().positive().nullable().optional(), active: z.boolean().optional(),
  }),
  async run(context, input) {
    const scope = await scopeOf(context, input.account);
    const now = (await killSwitches(context.services.database.orm)).find((each) => each.switchType === input.switchType && each.accountId === (scope.accountId ?? null));
    const threshold = input.threshold ?? now?.threshold;
    if (threshold === undefined) throw new ToolError('THRESHOLD_NEEDED', 'At what is the switch to trip?', 'threshold');
    const action: Action = {
      kind: 'kill_switch_set', ...scope, switchType: input.switchType, threshold, thresholdType: input.thresholdType ?? now?.thresholdType ?? 'PERCENTAGE', onTrigger: input.onTrigger ?? now?.onTrigger ?? ['pauseNewEntries', 'cancelOpenEntries'],
      autoResetMinutes: input.autoResetMinutes === undefined ? (now?.autoResetMinutes ?? null) : input.autoResetMinutes, active: input.active ?? true,
    };
    return propose(context, action, said(now ? `Before: ${now.active ? `at ${now.threshold}${now.thresholdType === 'PERCENTAGE' ? ' %' : ''}` : 'off'}.` : 'There was none.'));
  },
});

/** Lifts one tripped switch and nothing else. Errors: `NO_SUCH_ACCOUNT`. */
export const proposeSwitchReset = defineTool({
  name: 'propose_switch_reset', purpose: 'Propose to reset one kill switch that has tripped', effect: 'propose', permission: 'propose', output: ProposalOutput,
  input: z.object({ switchType: SwitchType, account: z.string().optional() }),
  async run(context, input) { return propose(context, { kind: 'kill_switch_reset', ...(await scopeOf(context, input.account)), switchType: input.switchType }); },
});

/** An instalment or tranche of the plan, before its day. Errors: `NO_SUCH_ACCOUNT`, `NO_PLAN`, `NO_SUCH_PART`. */
export const proposeFundingRelease = defineTool({
  name: 'propose_funding_release', purpose: 'Propose to release an instalment or tranche of a funding plan early', effect: 'propose', permission: 'propose', output: ProposalOutput,
  input: z.object({ account: z.string(), part: z.enum(['TRANCHE', 'INSTALMENT']), number: z.int().positive().describe('counted from 1') }),
  async run(context, input) {
    const account = await accountNamed(context, input.account);
    const row = await activeFundingPlan(context.services.database.orm, account.id);
    if (!row) throw new ToolError('NO_PLAN', `${account.name} has no funding plan.`, 'account');
    const plan = fundingPlanOf(row);
    const tranches = plan.lumpSum ? trancheAmounts(plan.lumpSum) : [];
    const amounts = input.part === 'TRANCHE' ? tranches : plan.sip ? instalments(plan.sip).map(({ amountMinor }) => amountMinor) : [];
    const amountMinor = amounts[input.number - 1];
    if (amountMinor === undefined) throw new ToolError('NO_SUCH_PART', `The plan of ${account.name} has ${amounts.length} ${input.part === 'TRANCHE' ? 'tranches' : 'instalments'}.`, 'number');
    return propose(context, { kind: 'funding_release', accountId: account.id, tranche: input.part === 'TRANCHE' ? input.number - 1 : tranches.length + input.number - 1, amountMinor });
  },
});
