import { z } from 'zod';
import type { Action } from '../desk/actions/types.ts';
import { suiteNamed, suiteNames } from '../desk/evaluation/suite-names.ts';
import { defineTool, ToolError } from './define.ts';
import { accountNamed, proposerOf, symbolNamed } from './order-terms.ts';
import { ProposalOutput, proposalOutput } from './proposal-output.ts';

/**
 * Pause, resume, kill, run a cycle or the evals. A person's own explicit command that makes the desk safer acts at once; resuming, and
 * whatever an agent puts forward, waits for a press. Errors: `NO_SUCH_ACCOUNT`, `NO_SUCH_SUITE`.
 */
export const control = defineTool({
  name: 'control', purpose: 'Pause or resume new entries, trip the kill switch, run a desk cycle, run evaluation suites', effect: 'propose', permission: 'propose', output: ProposalOutput,
  input: z.object({ command: z.enum(['pause', 'resume', 'kill', 'run_cycle', 'trigger_eval']), account: z.string().optional(), reason: z.string().max(300).optional(), suite: z.string().max(40).optional().describe(`for trigger_eval; absent: all of ${suiteNames.join(', ')}`) }),
  async run(context, input) {
    const accountId = input.account === undefined || input.account === '*' ? undefined : (await accountNamed(context, input.account)).id;
    const scope = accountId === undefined ? {} : { accountId };
    const suite = input.suite === undefined ? undefined : suiteNamed(input.suite);
    if (suite === null) throw new ToolError('NO_SUCH_SUITE', `there is no suite “${input.suite}”; there are ${suiteNames.join(', ')}`, 'suite');
    const reason = input.reason === undefined ? {} : { reason: input.reason };
    const actions: Record<typeof input.command, Action> = {
      pause: { kind: 'pause', ...scope, ...reason }, resume: { kind: 'resume', ...scope, ...reason },
      kill: { kind: 'kill_switch_trip', ...scope, switchType: 'MANUAL', reason: input.reason ?? 'tripped by hand' }, run_cycle: { kind: 'run_cycle' }, trigger_eval: { kind: 'trigger_eval', ...(suite === undefined ? {} : { suite }) },
    };
    return proposalOutput(await context.services.propose({ action: actions[input.command], proposer: proposerOf(context), threadId: context.caller.threadId ?? null, turn: context.caller.turn ?? null }));
  },
});

export const proposeWatchlistEdit = defineTool({
  name: 'propose_watchlist_edit', purpose: 'Add symbols to the watchlist or remove them', effect: 'propose', permission: 'propose', output: ProposalOutput,
  input: z.object({ add: z.array(z.string()).default([]), remove: z.array(z.string()).default([]) }),
  async run(context, input) {
    const named = (names: string[]): string[] => names.map((name) => symbolNamed(context, name).symbol);
    if (input.add.length + input.remove.length === 0) throw new ToolError('NOTHING_TO_EDIT', 'say which symbols', 'add');
    return proposalOutput(await context.services.propose({ action: { kind: 'watchlist_edit', add: named(input.add), remove: named(input.remove) }, proposer: proposerOf(context), threadId: context.caller.threadId ?? null, turn: context.caller.turn ?? null }));
  },
});
