import { z } from 'zod';
import { type TradingState, tradingStates } from '../db/stores/accounts.ts';
import { rightsOf } from '../db/stores/people.ts';
import { accountBooks } from './book/account-book.ts';
import { momentOf } from './book/moment.ts';
import { accountsInScope, commonCurrency } from './book/scope.ts';
import { defineTool } from './define.ts';

const Figure = z.number().nullable();
const Minor = z.int().nullable();
const Line = z.object({
  accountId: z.string(), name: z.string(), type: z.string(), status: z.string(), mode: z.enum(['paper', 'live']), broker: z.string(), currency: z.enum(['INR', 'USD']), openedAt: z.string(),
  state: z.enum(['ACTIVE', 'REDUCING', 'HALTED']), stateReason: z.string().nullable(), canPropose: z.boolean(), canConfirm: z.boolean(), objective: z.string().nullable(),
  equityMinor: Minor, equity: Figure, cashMinor: Minor, cash: Figure, deployableMinor: Minor, deployable: Figure, positions: z.int(), todayPnlMinor: Minor, todayPnl: Figure,
});
const strictness = { ACTIVE: 0, REDUCING: 1, HALTED: 2 } as const;
/** Of the desk's state and the account's own, the one that allows less. */
const stricter = (desk: TradingState | undefined, own: TradingState | undefined): TradingState | undefined => (strictness[desk?.state ?? 'ACTIVE'] > strictness[own?.state ?? 'ACTIVE'] ? desk : own);
const major = (minor: number | null): number | null => (minor === null ? null : minor / 100);

/** The accounts that the caller may see, with what they may do there. */
export const accounts = defineTool({
  name: 'accounts', purpose: 'The accounts that you may see: type, mode, trading state, equity, cash, your rights', effect: 'read', permission: 'account:read',
  input: z.object({}), output: z.object({ asOf: z.string(), currency: z.enum(['INR', 'USD']), count: z.int(), accounts: z.array(Line), reasons: z.array(z.string()) }),
  run: async (context) => {
    const { services, caller } = context;
    const found = await accountsInScope(context);
    const moment = momentOf(context);
    const states = await tradingStates(services.database.orm);
    const desk = states.find((state) => state.scope === 'desk');
    const rights = await rightsOf(services.database.orm, caller.personId);
    const books = await accountBooks(services, { accounts: found, moment });
    return {
      asOf: moment.asOf, currency: commonCurrency(found) ?? 'INR', count: found.length, reasons: books.flatMap((book) => book.missing),
      accounts: books.map((book) => {
        const { account } = book;
        const own = states.find((state) => state.accountId === account.id);
        const holds = stricter(desk, own);
        const right = rights.find((row) => row.accountId === account.id);
        return {
          accountId: account.id, name: account.name, type: account.type, status: account.status, mode: account.mode, broker: account.broker, currency: account.baseCurrency, openedAt: account.openedAt,
          state: holds?.state ?? 'ACTIVE', stateReason: holds?.reason ?? null, canPropose: right?.canPropose ?? false, canConfirm: right?.canConfirm ?? false, objective: book.mandate?.terms.objective ?? null,
          equityMinor: book.equityMinor, equity: major(book.equityMinor), cashMinor: book.cashMinor, cash: major(book.cashMinor), deployableMinor: book.deployableMinor, deployable: major(book.deployableMinor),
          positions: book.holdings.length, todayPnlMinor: book.todayPnlMinor, todayPnl: major(book.todayPnlMinor),
        };
      }),
    };
  },
});
