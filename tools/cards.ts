import { z } from 'zod';
import { listCards, type StoredCard } from '../db/stores/cards.ts';
import { confirmationsOf, type StoredConfirmation } from '../db/stores/confirmations.ts';
import { personById, personByName } from '../db/stores/people.ts';
import type { TradingDate } from '../desk/time.ts';
import { localTime } from './book/local-time.ts';
import { momentOf } from './book/moment.ts';
import { bounds, PeriodInput, spanOf } from './book/period.ts';
import { accountsInScope, commonCurrency, openedOn } from './book/scope.ts';
import { defineTool, ToolError } from './define.ts';
import { symbolNamed } from './order-terms.ts';
import type { ToolServices } from './services.ts';

const Figure = z.number().nullable();
const Line = z.object({
  cardNumber: z.int(), actionId: z.string(), account: z.string().nullable(), what: z.string(), symbol: z.string().nullable(), direction: z.string().nullable(), strategy: z.string(), status: z.string(), quantity: z.int().nullable(),
  entryPrice: Figure, stop: Figure, target: Figure, riskMinor: z.int().nullable(), risk: Figure, confidence: Figure, horizonDays: z.int().nullable(), marketTime: z.string(), when: z.string(),
  reason: z.string().nullable(), decided: z.enum(['confirmed', 'rejected']).nullable(), decidedBy: z.string().nullable().describe('“you”, or the name of who said yes or no'),
  waiting: z.boolean(), expiresAt: z.string().nullable().describe('wall clock'), minutesLeft: z.int().nullable(),
});

const Outcome = z.enum(['APPROVED', 'REJECTED', 'BLOCKED', 'EXPIRED', 'FAILED']);
/** Cards looked back over where only some are wanted. */
const cardsBack = 5000;

/** Cards, newest first; `pending` only those that wait for a yes; of a period on the market clock, by what became of them and by who decided. Errors: `NO_SUCH_ACCOUNT`, `NO_SUCH_PERSON`, `NO_SUCH_SYMBOL`, `PERIOD_INVALID`, `PERIOD_AHEAD`. */
export const cards = defineTool({
  name: 'cards', purpose: 'Trade cards and other proposals with their state and who decided; all, those of a period or outcome, or those that wait for a yes', effect: 'read', permission: 'account:read',
  input: z.object({
    account: z.string().optional(), pending: z.boolean().default(false), limit: z.int().min(1).max(200).default(50), period: PeriodInput, symbol: z.string().optional(),
    outcome: Outcome.optional(), decidedBy: z.string().optional().describe('“me” or the name of who said yes or no'),
  }),
  output: z.object({ asOf: z.string(), currency: z.enum(['INR', 'USD']), period: z.object({ from: z.string(), to: z.string(), label: z.string() }).nullable(), cards: z.array(Line), count: z.int(), truncated: z.boolean(), waitingCount: z.int(), deciders: z.array(z.object({ name: z.string(), confirmed: z.int(), rejected: z.int() })).describe('of these cards, who decided how many; most first') }),
  run: async (context, input) => {
    const { services, caller } = context;
    const { database: { orm }, market } = services;
    const accounts = await accountsInScope(context, input.account);
    const named = input.account !== undefined && input.account !== '*';
    const moment = momentOf(context);
    const span = input.period === undefined ? null : spanOf(input.period, { moment, since: openedOn(accounts, { zone: market.zone, otherwise: moment.date }) });
    const within = span && bounds(span, { moment, zone: market.zone });
    const symbol = input.symbol === undefined ? undefined : symbolNamed(context, input.symbol).symbol;
    const some = span !== null || symbol !== undefined || input.outcome !== undefined || input.decidedBy !== undefined;
    const newest = await listCards(orm, { accountIds: accounts.map((account) => account.id), limit: some ? cardsBack : input.limit, ...(input.pending ? { statuses: ['PENDING'] } : {}) });
    const found = newest.filter((card) => (card.accountId === null ? !named && caller.role === 'owner' : true) && card.marketTime <= moment.asOf && (within === null || (card.marketTime >= within.from && card.marketTime <= within.to)) && (symbol === undefined || card.symbol === symbol));
    const asked = new Map((await confirmationsOf(orm, found.map(({ actionId }) => actionId))).map((each) => [each.actionId, each]));
    const deciders = new Map<string, string>();
    for (const { decidedBy } of asked.values()) if (decidedBy !== null && !deciders.has(decidedBy)) deciders.set(decidedBy, decidedBy === caller.personId ? 'you' : ((await personById(orm, decidedBy))?.name ?? ''));
    const lines = found.map((card) => lineOf(services, card, { accounts, today: moment.date, confirmation: asked.get(card.actionId) ?? null, deciders }));
    const decider = input.decidedBy?.trim().toLowerCase();
    if (decider !== undefined && decider !== 'me' && (await personByName(orm, decider)) === null) throw new ToolError('NO_SUCH_PERSON', `Nobody called ${decider} uses the desk.`, 'decidedBy');
    const shown = lines.filter((line) => (!input.pending || line.waiting) && (input.outcome === undefined || (input.outcome === 'APPROVED' ? line.decided === 'confirmed' : line.status === input.outcome)) && (decider === undefined || line.decidedBy?.toLowerCase() === (decider === 'me' ? 'you' : decider)));
    return { asOf: moment.asOf, currency: commonCurrency(accounts) ?? 'INR', period: span, cards: shown.slice(0, input.limit), count: shown.length, truncated: shown.length > input.limit || (some && newest.length === cardsBack), waitingCount: shown.filter((line) => line.waiting).length, deciders: decidersOf(shown) };
  },
});

function decidersOf(lines: readonly z.infer<typeof Line>[]): { name: string; confirmed: number; rejected: number }[] {
  const decided = Map.groupBy(lines.filter((line) => line.decidedBy !== null), ({ decidedBy }) => decidedBy ?? '');
  return [...decided].map(([name, own]) => ({ name, confirmed: own.filter((line) => line.decided === 'confirmed').length, rejected: own.filter((line) => line.decided === 'rejected').length })).sort((a, b) => b.confirmed + b.rejected - a.confirmed - a.rejected);
}
const numberOf = (price: string | null): number | null => (price === null ? null : Number(price));
interface Beside { accounts: readonly { id: string; name: string }[]; today: TradingDate; confirmation: StoredConfirmation | null; deciders: ReadonlyMap<string, string> }
function lineOf({ market, wallNow }: ToolServices, card: StoredCard, { accounts, today, confirmation, deciders }: Beside): z.infer<typeof Line> {
  const msLeft = card.status === 'PENDING' && confirmation?.status === 'pending' ? Date.parse(confirmation.expiresAt) - Date.parse(wallNow()) : null;
  const waiting = msLeft !== null && msLeft > 0;
  const kind = card.direction === null ? card.strategy.replaceAll('_', ' ') : card.direction === 'LONG' ? 'BUY' : 'SELL';
  return {
    cardNumber: card.number, actionId: card.actionId, account: accounts.find((account) => account.id === card.accountId)?.name ?? null, what: [kind, card.quantity === null ? '' : String(card.quantity), card.symbol ?? ''].filter(Boolean).join(' '),
    symbol: card.symbol, direction: card.direction, strategy: card.strategy, status: card.status, quantity: card.quantity, entryPrice: numberOf(card.entryPrice), stop: numberOf(card.stopLoss), target: numberOf(card.takeProfit),
    riskMinor: card.riskMinor, risk: card.riskMinor === null ? null : card.riskMinor / 100, confidence: card.confidence, horizonDays: card.horizonDays, marketTime: card.marketTime, when: localTime(card.marketTime, { today, zone: market.zone }),
    reason: card.rejectionReason, decided: confirmation?.status === 'confirmed' || confirmation?.status === 'rejected' ? confirmation.status : null, decidedBy: confirmation?.decidedBy ? (deciders.get(confirmation.decidedBy) ?? null) : null,
    waiting, expiresAt: waiting ? (confirmation?.expiresAt ?? null) : null, minutesLeft: waiting && msLeft !== null ? Math.ceil(msLeft / 60_000) : null,
  };
}
