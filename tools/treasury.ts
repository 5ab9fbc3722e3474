import { z } from 'zod';
import { type AccountBook, accountBooks, sumKnown } from './book/account-book.ts';
import { FundingLine, FundingPaid, FundingPlanSummary, fundingOf } from './book/funding-schedule.ts';
import { AsOf, momentOf } from './book/moment.ts';
import { accountsInScope, commonCurrency } from './book/scope.ts';
import { defineTool } from './define.ts';

const Minor = z.int().nullable();
const Figure = z.number().nullable();
const Balances = {
  cashMinor: Minor, deployableMinor: Minor, reservedMinor: Minor.describe('for entries on their way'), bufferMinor: Minor.describe('emergency buffer'), heldBackMinor: Minor.describe('tranches that are not out yet'),
  securitiesAtCostMinor: Minor, depositedMinor: Minor.describe('put in from outside, less taken out'), realisedMinor: Minor, chargesMinor: Minor, equityMinor: Minor,
};
const AccountLine = z.object({ account: z.string(), currency: z.enum(['INR', 'USD']), bufferPercent: Figure, cash: Figure, deployable: Figure, deposited: Figure, equity: Figure, ...Balances });
const Output = z.object({
  asOf: z.string(), currency: z.enum(['INR', 'USD']), accounts: z.array(AccountLine), totals: z.object({ ...Balances, accounts: z.int() }),
  table: z.array(z.object({ account: z.string(), cash: Figure, deployable: Figure, keptBack: Figure, invested: Figure, deposited: Figure, equity: Figure })).describe('the accounts and, where there are several, their total, in whole currency'),
  funding: z.array(FundingPlanSummary), fundingLines: z.array(FundingLine), coming: z.array(FundingLine).describe('instalments after today, soonest first'), paid: z.array(FundingPaid).describe('instalments and tranches let out by confirmed actions, oldest first'), paidCount: z.int().describe('instalments'), paidMinor: z.int().describe('of instalments'), dueCount: z.int(), dueMinor: Minor.describe('instalments that are due'), reasons: z.array(z.string()),
});

/** The ledger's balances of each account, what of the cash may be used, and the funding plan. Errors: `NO_SUCH_ACCOUNT`. */
export const treasury = defineTool({
  name: 'treasury', purpose: 'Balances of each account from the ledger, deployable and reserved cash, buffer, and what the funding plan lets out when', effect: 'read', permission: 'account:read',
  input: z.object({ account: z.string().optional(), asOf: AsOf }), output: Output,
  run: async (context, input) => {
    const { services } = context;
    const accounts = await accountsInScope(context, input.account);
    const moment = momentOf(context, input.asOf);
    const lines = (await accountBooks(services, { accounts, moment })).map((book) => ({ book, line: lineOf(book) }));
    const funding = (await Promise.all(accounts.map((account) => fundingOf(services, { account, moment })))).filter((plan) => plan !== null);
    const currency = commonCurrency(accounts);
    const total = (key: keyof typeof Balances): number | null => (currency ? sumKnown(lines.map(({ line }) => line[key])) : null);
    const due = funding.flatMap((plan) => plan.lines).filter((each) => each.kind === 'INSTALMENT' && each.state === 'due');
    const paidIn = funding.flatMap((plan) => plan.paid).filter(({ kind }) => kind === 'INSTALMENT');
    const totals = Object.fromEntries(Object.keys(Balances).map((key) => [key, total(key as keyof typeof Balances)])) as Record<keyof typeof Balances, number | null>;
    return {
      asOf: moment.asOf, currency: currency ?? 'INR', accounts: lines.map(({ line }) => line), funding, fundingLines: funding.flatMap((plan) => plan.lines),
      totals: { ...totals, accounts: accounts.length }, table: [...lines.map(({ line }) => rowOf(line.account, line)), ...(lines.length > 1 ? [rowOf('Total', totals)] : [])],
      coming: funding.flatMap((plan) => plan.coming).sort((a, b) => ((a.dueDate ?? '') < (b.dueDate ?? '') ? -1 : 1)), paid: funding.flatMap((plan) => plan.paid).sort((a, b) => (a.on < b.on ? -1 : 1)), paidCount: paidIn.length, paidMinor: paidIn.reduce((sum, each) => sum + each.amountMinor, 0), dueCount: due.length,
      dueMinor: due.reduce((sum, each) => sum + each.amountMinor, 0),
      reasons: [...lines.flatMap(({ book }) => book.missing), ...(currency ? [] : ['The accounts are in different currencies, so there is no total.']), ...(moment.now ? [] : ['The funding plan is the one in force now.'])],
    };
  },
});

const major = (minor: number | null): number | null => (minor === null ? null : minor / 100);
function lineOf(book: AccountBook): z.infer<typeof AccountLine> {
  const { ledger } = book;
  return {
    account: book.account.name, currency: book.account.baseCurrency, bufferPercent: book.bufferPercent, cash: major(book.cashMinor), deployable: major(book.deployableMinor), deposited: major(ledger?.depositedMinor ?? null), equity: major(book.equityMinor),
    cashMinor: book.cashMinor, deployableMinor: book.deployableMinor, reservedMinor: book.reservedMinor, bufferMinor: book.bufferMinor, heldBackMinor: book.heldBackMinor, equityMinor: book.equityMinor,
    securitiesAtCostMinor: ledger?.securitiesAtCostMinor ?? null, depositedMinor: ledger?.depositedMinor ?? null, realisedMinor: ledger?.realisedMinor ?? null, chargesMinor: ledger?.chargesMinor ?? null,
  };
}
const rowOf = (account: string, of: Record<keyof typeof Balances, number | null>): z.infer<typeof Output>['table'][number] => ({
  account, cash: major(of.cashMinor), deployable: major(of.deployableMinor), keptBack: of.cashMinor === null || of.deployableMinor === null ? null : major(of.cashMinor - of.deployableMinor),
  invested: major(of.securitiesAtCostMinor), deposited: major(of.depositedMinor), equity: major(of.equityMinor),
});
