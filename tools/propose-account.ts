import { z } from 'zod';
import { type Action, Amount, InstantText } from '../desk/actions/types.ts';
import { plusMinutes } from '../desk/time.ts';
import { defineTool, ToolError } from './define.ts';
import { accountNamed, proposerOf } from './order-terms.ts';
import { ProposalOutput, proposalOutput } from './proposal-output.ts';

const longestArmingHours = 24;
const Name = z.string().trim().min(1).max(40);

/**
 * What becomes of an account as a whole; nothing happens before a yes. Errors: `NO_SUCH_ACCOUNT`, `ACCOUNT_NEEDED`, `NAME_NEEDED`,
 * `AMOUNT_NEEDED`, `BROKER_NEEDED`, `NOT_FOR_AGENTS`.
 */
export const proposeAccount = defineTool({
  name: 'propose_account', purpose: 'Propose to open, rename, close or start over an account, or to arm, disarm or move it between paper and a live broker', effect: 'propose', permission: 'propose', output: ProposalOutput,
  input: z.object({
    change: z.enum(['open', 'rename', 'close', 'reset', 'paper', 'live', 'arm', 'disarm']), account: z.string().optional(), name: Name.optional().describe('of the account to open, or the new name'),
    type: z.enum(['SIP', 'LUMP_SUM', 'EVENT_TACTICAL']).optional(), currency: z.enum(['INR', 'USD']).optional(), balanceMinor: z.int().nonnegative().optional(), monthlyMinor: Amount.optional(),
    broker: z.string().max(20).optional(), hours: z.number().positive().max(longestArmingHours).optional(), until: InstantText.optional(),
  }),
  async run(context, input) {
    const { services, caller } = context;
    const live = input.change === 'paper' || input.change === 'live' || input.change === 'arm';
    if (live && caller.agent) throw new ToolError('NOT_FOR_AGENTS', 'Going live is said by a person, in words that the desk knows exactly.');
    const action = await actionFor();
    return proposalOutput(await services.propose({ action, proposer: proposerOf(context), threadId: caller.threadId ?? null, turn: caller.turn ?? null }));

    async function actionFor(): Promise<Action> {
      if (input.change === 'open') {
        if (input.name === undefined) throw new ToolError('NAME_NEEDED', 'What is the account to be called?', 'name');
        return { kind: 'account_open', name: input.name, type: input.type ?? (input.monthlyMinor === undefined ? 'LUMP_SUM' : 'SIP'), baseCurrency: input.currency ?? 'INR', openingBalanceMinor: input.balanceMinor ?? 0, ...(input.monthlyMinor === undefined ? {} : { sipAmountMinor: input.monthlyMinor }) };
      }
      const account = await accountNamed(context, input.account);
      const accountId = account.id;
      switch (input.change) {
        case 'rename':
          if (input.name === undefined) throw new ToolError('NAME_NEEDED', `What is ${account.name} to be called?`, 'name');
          return { kind: 'account_edit', accountId, name: input.name };
        case 'close': return { kind: 'account_close', accountId };
        case 'reset':
          if (input.balanceMinor === undefined) throw new ToolError('AMOUNT_NEEDED', `With how much is ${account.name} to start over?`, 'balanceMinor');
          return { kind: 'account_reset', accountId, openingBalanceMinor: input.balanceMinor };
        case 'paper': return { kind: 'account_mode', accountId, mode: 'paper', broker: 'paper' };
        case 'live':
          if (input.broker === undefined) throw new ToolError('BROKER_NEEDED', 'Which broker?', 'broker');
          return { kind: 'account_mode', accountId, mode: 'live', broker: input.broker };
        case 'arm': return { kind: 'arm_live', accountId, until: input.until ?? plusMinutes(services.wallNow(), (input.hours ?? 1) * 60) };
        case 'disarm': return { kind: 'disarm_live', accountId };
      }
    }
  },
});
