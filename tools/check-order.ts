import { z } from 'zod';
import { explainReport } from '../desk/gates/explain.ts';
import { formatCount } from '../desk/format.ts';
import { entryOrdered, EntryOrder } from './entry-order.ts';
import { defineTool } from './define.ts';
import { accountNamed } from './order-terms.ts';

/** Tried where no size was said: more than any account buys, so that every limit on size shows where it binds. */
const beyondAnySize = 1_000_000;
const Output = z.object({
  asOf: z.string(), symbol: z.string(), account: z.string(), quantity: z.int().nullable().describe('as asked for; null: none was said'), verdict: z.enum(['PASS', 'BLOCK']), words: z.string().describe('the verdict on that quantity'),
  largest: z.int().nullable().describe('most that passes every check now; null: no size does, or the verdict is a pass and nobody asked'), refusals: z.array(z.string()).describe('what blocks whatever the size, where no size passes'), stop: z.string(), assumed: z.array(z.string()),
});

/** The gates' verdict on an entry that nobody ordered, and the most that would pass. Nothing is stored or proposed. Errors: those of `propose_order`. */
export const checkOrder = defineTool({
  name: 'check_order', purpose: 'Whether buying a symbol would pass the gates, and the most of it that would, without proposing anything', effect: 'read', permission: 'account:read', input: EntryOrder, output: Output,
  async run(context, input) {
    const account = await accountNamed(context, input.account);
    const sized = input.quantity !== undefined || input.amountMinor !== undefined;
    const { action, assumed } = await entryOrdered(context, sized ? input : { ...input, quantity: beyondAnySize });
    const report = await context.services.checkGates({ action, personId: context.caller.personId });
    const together = report.counterfactuals.find(({ checkId }) => checkId === 'every_check')?.nearest;
    const largest = together?.change === 'quantity' ? together.quantity : !sized && report.verdict === 'PASS' ? action.quantity : null;
    const blocked = report.checks.filter(({ severity, passed }) => severity === 'BLOCK' && !passed);
    const bySize = new Set(report.counterfactuals.flatMap(({ checkId, nearest }) => (nearest.change === 'quantity' ? [checkId] : [])));
    const whatever = blocked.filter(({ id }) => !bySize.has(id));
    return {
      asOf: context.services.market.now(), symbol: action.symbol, account: account.name, quantity: sized ? action.quantity : null, verdict: report.verdict,
      words: sized || largest === null ? explainReport(report) : `${formatCount(largest)} at most.`, largest, refusals: largest === null ? (whatever.length > 0 ? whatever : blocked).map(({ message }) => message) : [], stop: action.bracket.stop, assumed,
    };
  },
});
