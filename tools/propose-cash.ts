import { z } from 'zod';
import { type Action, Amount } from '../desk/actions/types.ts';
import { defineTool, type ToolContext, ToolError } from './define.ts';
import { accountNamed, proposerOf } from './order-terms.ts';
import { ProposalOutput, proposalOutput } from './proposal-output.ts';

const Reason = z.string().min(1).max(300).optional();
const propose = async ({ services, caller }: ToolContext, action: Action): Promise<z.input<typeof ProposalOutput>> =>
  proposalOutput(await services.propose({ action, proposer: proposerOf({ services, caller }), threadId: caller.threadId ?? null, turn: caller.turn ?? null }));

/** Cash from one account of the desk to another; nothing moves before a yes. Errors: `NO_SUCH_ACCOUNT`, `SAME_ACCOUNT`, `MIXED_CURRENCIES`. */
export const proposeTransfer = defineTool({
  name: 'propose_transfer', purpose: 'Propose to move cash from one account to another', effect: 'propose', permission: 'propose', output: ProposalOutput,
  input: z.object({ from: z.string(), to: z.string(), amountMinor: Amount, reason: Reason }),
  async run(context, input) {
    const [from, to] = [await accountNamed(context, input.from), await accountNamed(context, input.to)];
    if (from.id === to.id) throw new ToolError('SAME_ACCOUNT', `Both ends are ${from.name}.`, 'to');
    if (from.baseCurrency !== to.baseCurrency) throw new ToolError('MIXED_CURRENCIES', `${from.name} is in ${from.baseCurrency} and ${to.name} in ${to.baseCurrency}; the desk does not exchange money.`, 'to');
    return propose(context, { kind: 'transfer_cash', accountId: from.id, toAccountId: to.id, amountMinor: input.amountMinor, reason: input.reason ?? `from ${from.name} to ${to.name}` });
  },
});

/** Cash from outside into an account. Errors: `NO_SUCH_ACCOUNT`. */
export const proposeDeposit = defineTool({
  name: 'propose_deposit', purpose: 'Propose to book cash that came into an account from outside', effect: 'propose', permission: 'propose', output: ProposalOutput,
  input: z.object({ account: z.string(), amountMinor: Amount, reason: Reason }),
  run: async (context, input) => propose(context, { kind: 'deposit', accountId: (await accountNamed(context, input.account)).id, amountMinor: input.amountMinor, reason: input.reason ?? 'deposit' }),
});

/** Cash out of an account to the outside. Errors: `NO_SUCH_ACCOUNT`. */
export const proposeWithdrawal = defineTool({
  name: 'propose_withdrawal', purpose: 'Propose to take cash out of an account', effect: 'propose', permission: 'propose', output: ProposalOutput,
  input: z.object({ account: z.string(), amountMinor: Amount, reason: Reason }),
  run: async (context, input) => propose(context, { kind: 'withdrawal', accountId: (await accountNamed(context, input.account)).id, amountMinor: input.amountMinor, reason: input.reason ?? 'withdrawal' }),
});
