import { z } from 'zod';
import { listCards, type StoredCard } from '../db/stores/cards.ts';
import { confirmationOf } from '../db/stores/confirmations.ts';
import { localTime } from './book/local-time.ts';
import { momentOf } from './book/moment.ts';
import { accountsInScope, commonCurrency } from './book/scope.ts';
import { defineTool } from './define.ts';
import type { ToolServices } from './services.ts';

const Figure = z.number().nullable();
const Line = z.object({
  cardNumber: z.int(), actionId: z.string(), account: z.string().nullable(), what: z.string(), symbol: z.string().nullable(), direction: z.string().nullable(), strategy: z.string(), status: z.string(), quantity: z.int().nullable(),
  entryPrice: Figure, stop: Figure, target: Figure, riskMinor: z.int().nullable(), risk: Figure, confidence: Figure, horizonDays: z.int().nullable(), marketTime: z.string(), when: z.string(),
  waiting: z.boolean(), expiresAt: z.string().nullable().describe('wall clock'), minutesLeft: z.int().nullable(),
});

/** Cards, newest first; `pending` only those that wait for a yes. Errors: `NO_SUCH_ACCOUNT`. */
export const cards = defineTool({
  name: 'cards', purpose: 'Trade cards and other proposals with their state; all or those that wait for a yes', effect: 'read', permission: 'account:read',
  input: z.object({ account: z.string().optional(), pending: z.boolean().default(false), limit: z.int().min(1).max(200).default(50) }),
  output: z.object({ asOf: z.string(), currency: z.enum(['INR', 'USD']), cards: z.array(Line), count: z.int(), waitingCount: z.int() }),
  run: async (context, input) => {
    const { services } = context;
    const accounts = await accountsInScope(context, input.account);
    const named = input.account !== undefined && input.account !== '*';
    const moment = momentOf(context);
    const found = (await listCards(services.database.orm, { accountIds: accounts.map((account) => account.id), limit: input.limit, ...(input.pending ? { statuses: ['PENDING'] } : {}) }))
      .filter((card) => (card.accountId === null ? !named && context.caller.role === 'owner' : true) && card.marketTime <= moment.asOf);
    const lines = await Promise.all(found.map((card) => lineOf(services, card, accounts, moment.date)));
    const shown = input.pending ? lines.filter((line) => line.waiting) : lines;
    return { asOf: moment.asOf, currency: commonCurrency(accounts) ?? 'INR', cards: shown, count: shown.length, waitingCount: shown.filter((line) => line.waiting).length };
  },
});

const numberOf = (price: string | null): number | null => (price === null ? null : Number(price));
async function lineOf({ database, market, wallNow }: ToolServices, card: StoredCard, accounts: readonly { id: string; name: string }[], today: ReturnType<typeof market.today>): Promise<z.infer<typeof Line>> {
  const confirmation = card.status === 'PENDING' ? await confirmationOf(database.orm, card.actionId) : null;
  const msLeft = confirmation?.status === 'pending' ? Date.parse(confirmation.expiresAt) - Date.parse(wallNow()) : null;
  const waiting = msLeft !== null && msLeft > 0;
  const kind = card.direction === null ? card.strategy.replaceAll('_', ' ') : card.direction === 'LONG' ? 'BUY' : 'SELL';
  return {
    cardNumber: card.number, actionId: card.actionId, account: accounts.find((account) => account.id === card.accountId)?.name ?? null, what: [kind, card.quantity === null ? '' : String(card.quantity), card.symbol ?? ''].filter(Boolean).join(' '),
    symbol: card.symbol, direction: card.direction, strategy: card.strategy, status: card.status, quantity: card.quantity, entryPrice: numberOf(card.entryPrice), stop: numberOf(card.stopLoss), target: numberOf(card.takeProfit),
    riskMinor: card.riskMinor, risk: card.riskMinor === null ? null : card.riskMinor / 100, confidence: card.confidence, horizonDays: card.horizonDays, marketTime: card.marketTime, when: localTime(card.marketTime, { today, zone: market.zone }),
    waiting, expiresAt: waiting ? (confirmation?.expiresAt ?? null) : null, minutesLeft: waiting && msLeft !== null ? Math.ceil(msLeft / 60_000) : null,
  };
}
