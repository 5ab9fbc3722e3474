import { z } from 'zod';
import { moneyMoved } from '../db/stores/ledger.ts';
import { localTime } from './book/local-time.ts';
import { AsOf, momentOf } from './book/moment.ts';
import { bounds, PeriodInput, spanOf } from './book/period.ts';
import { accountsInScope, commonCurrency, openedOn } from './book/scope.ts';
import { defineTool } from './define.ts';

const Minor = z.int().nullable();
const Line = z.object({ account: z.string(), what: z.string().describe('opening balance, deposit, withdrawal, transfer in or out'), amountMinor: z.int().describe('money in is positive'), amount: z.number(), at: z.string().describe('market clock'), when: z.string() });

const words: Record<string, string> = { OPENING: 'opening balance', DEPOSIT: 'deposit', WITHDRAWAL: 'withdrawal' };

/** Money that came in and went out, newest first; transfers between the accounts in scope add nothing to the sums. Errors: `NO_SUCH_ACCOUNT`, `PERIOD_INVALID`. */
export const cashFlows = defineTool({
  name: 'cash_flows', purpose: 'Deposits, withdrawals, opening balances and transfers of accounts, with their sums', effect: 'read', permission: 'account:read',
  input: z.object({ account: z.string().optional(), direction: z.enum(['IN', 'OUT']).optional(), period: PeriodInput, asOf: AsOf }),
  output: z.object({
    asOf: z.string(), currency: z.enum(['INR', 'USD']), period: z.object({ from: z.string(), to: z.string(), label: z.string() }), accounts: z.array(z.string()), lines: z.array(Line), count: z.int(), byAccount: z.array(z.object({ account: z.string(), inMinor: z.int(), in: z.number(), outMinor: z.int(), out: z.number(), netMinor: z.int(), net: z.number() })).describe('transfers between accounts included'),
    inMinor: Minor, inCount: z.int(), openingMinor: Minor.describe('of what came in, the balances that accounts were opened with'), outMinor: Minor.describe('positive'), outCount: z.int(), netMinor: Minor,
  }),
  run: async (context, input) => {
    const { database: { orm }, market } = context.services;
    const accounts = await accountsInScope(context, input.account);
    const moment = momentOf(context, input.asOf);
    const span = spanOf(input.period, { moment, since: openedOn(accounts, { zone: market.zone, otherwise: moment.date }) });
    const moved = await moneyMoved(orm, { accountIds: accounts.map((account) => account.id), ...bounds(span, { moment, zone: market.zone }) });
    const currency = commonCurrency(accounts);
    const flows = accounts.length > 1 ? moved.filter(({ ledger }) => ledger === 'external') : moved;
    const [came, went] = [flows.filter(({ amountMinor }) => amountMinor > 0), flows.filter(({ amountMinor }) => amountMinor < 0)];
    const sum = (list: typeof flows): number | null => (currency ? list.reduce((total, { amountMinor }) => total + amountMinor, 0) : null);
    const [inMinor, outMinor] = [sum(came), sum(went)];
    const shown = moved.filter(({ amountMinor }) => input.direction === undefined || amountMinor > 0 === (input.direction === 'IN'));
    return {
      asOf: moment.asOf, currency: currency ?? 'INR', period: span, accounts: accounts.map(({ name }) => name), count: shown.length,
      byAccount: accounts.map(({ id, name }) => {
        const own = moved.filter(({ accountId }) => accountId === id);
        const into = own.reduce((total, { amountMinor }) => total + Math.max(0, amountMinor), 0);
        const out = own.reduce((total, { amountMinor }) => total + Math.max(0, -amountMinor), 0);
        return { account: name, inMinor: into, in: into / 100, outMinor: out, out: out / 100, netMinor: into - out, net: (into - out) / 100 };
      }),
      inMinor, inCount: came.length, openingMinor: sum(came.filter(({ kind }) => kind === 'OPENING')), outMinor: outMinor === null ? null : Math.abs(outMinor), outCount: went.length, netMinor: inMinor === null || outMinor === null ? null : inMinor + outMinor,
      lines: shown.map(({ accountId, kind, ledger, amountMinor, happenedAt }) => ({
        account: accounts.find(({ id }) => id === accountId)?.name ?? '', what: ledger === 'transit' ? `transfer ${amountMinor > 0 ? 'in' : 'out'}` : (words[kind] ?? kind.toLowerCase().replaceAll('_', ' ')),
        amountMinor, amount: amountMinor / 100, at: happenedAt, when: localTime(happenedAt, { today: moment.date, zone: market.zone }),
      })),
    };
  },
});
