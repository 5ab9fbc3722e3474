import { z } from 'zod';
import type { GateReport } from '../desk/gates/define.ts';
import { explainReport } from '../desk/gates/explain.ts';
import { formatCount } from '../desk/format.ts';
import { entryOrdered, EntryOrder } from './entry-order.ts';
import { accountBooks } from './book/account-book.ts';
import { momentOf } from './book/moment.ts';
import { defineTool, type ToolContext, ToolError } from './define.ts';
import { accountNamed, priceOf, symbolNamed } from './order-terms.ts';

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
    const verdictOn = async (order: z.output<typeof EntryOrder>) => { const entry = await entryOrdered(context, order); return { ...entry, report: await context.services.checkGates({ action: entry.action, personId: context.caller.personId }) }; };
    const together = ({ counterfactuals }: GateReport): number | null => { const found = counterfactuals.find(({ checkId }) => checkId === 'every_check')?.nearest; return found?.change === 'quantity' ? found.quantity : null; };
    let { action, assumed, report } = await verdictOn(sized ? input : { ...input, quantity: await wholeEquity(context, account, input) });
    let largest = together(report) ?? (!sized && report.verdict === 'PASS' ? action.quantity : null);
    // Charges are estimated for the size that is tried; close to the answer they are the answer's own.
    if (!sized && largest !== null && report.verdict === 'BLOCK') {
      const closer = await verdictOn({ ...input, quantity: Math.ceil(largest * 1.1) + 1 });
      const found = closer.report.verdict === 'PASS' ? closer.action.quantity : together(closer.report);
      if (found !== null && found >= largest) ({ action, assumed, report } = closer);
      largest = Math.max(largest, found ?? 0);
    }
    const blocked = report.checks.filter(({ severity, passed }) => severity === 'BLOCK' && !passed);
    const bySize = new Set(report.counterfactuals.flatMap(({ checkId, nearest }) => (nearest.change === 'quantity' ? [checkId] : [])));
    const whatever = blocked.filter(({ id }) => !bySize.has(id));
    return {
      asOf: context.services.market.now(), symbol: action.symbol, account: account.name, quantity: sized ? action.quantity : null, verdict: report.verdict,
      words: sized || largest === null ? explainReport(report) : `${formatCount(largest)} at most.`, largest, refusals: largest === null ? (whatever.length > 0 ? whatever : blocked).map(({ message }) => message) : [], stop: action.bracket.stop, assumed,
    };
  },
});

/** One share more than the account's whole equity buys: what every limit on size is tried against. */
async function wholeEquity(context: ToolContext, account: Awaited<ReturnType<typeof accountNamed>>, { symbol, limitPrice }: z.output<typeof EntryOrder>): Promise<number> {
  const [book] = await accountBooks(context.services, { accounts: [account], moment: momentOf(context) });
  if (!book || book.tradableEquityMinor === null || book.tradableEquityMinor <= 0) throw new ToolError('NO_EQUITY', `what ${account.name} is worth is not known, so no size can be tried`, 'account');
  return Math.floor(book.tradableEquityMinor / 100 / (limitPrice === undefined ? priceOf(context, symbolNamed(context, symbol).symbol) : Number(limitPrice))) + 1;
}
