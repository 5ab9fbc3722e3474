import { z } from 'zod';
import { listActions, type StoredAction } from '../db/stores/actions.ts';
import { cardsOfActions, type StoredCard } from '../db/stores/cards.ts';
import { listFills } from '../db/stores/execution.ts';
import { everyFill } from './book/trades.ts';
import { localTime } from './book/local-time.ts';
import { momentOf } from './book/moment.ts';
import { bounds, PeriodInput, spanOf } from './book/period.ts';
import { accountsInScope, openedOn } from './book/scope.ts';
import { defineTool } from './define.ts';
import { actionWords, proposerWords } from './story/action-words.ts';
import { maySee } from './story/find-trade.ts';

/** Actions looked back over; a desk of people makes fewer in any period that is asked for in one go. */
const actionsBack = 2000;
const Line = z.object({ at: z.string().describe('market clock'), when: z.string(), cardNumber: z.int().nullable(), actionId: z.string(), account: z.string().nullable(), what: z.string(), by: z.string(), state: z.string(), outcome: z.string() });

/** What was proposed and what became of it, newest first, on the market clock; today unless a period is named. Errors: `NO_SUCH_ACCOUNT`, `PERIOD_INVALID`. */
export const activity = defineTool({
  name: 'activity', purpose: 'What the desk and its people did: proposals with their outcome, fills', effect: 'read', permission: 'audit:read',
  input: z.object({ account: z.string().optional(), period: PeriodInput, limit: z.int().min(1).max(200).default(30) }),
  output: z.object({
    asOf: z.string(), period: z.object({ from: z.string(), to: z.string(), label: z.string() }), count: z.int(), byDesk: z.int(), byPeople: z.int(),
    waiting: z.int(), done: z.int(), blocked: z.int(), rejected: z.int(), expired: z.int(), failed: z.int(), fills: z.int(), lines: z.array(Line), truncated: z.boolean(),
  }),
  run: async (context, input) => {
    const { database: { orm }, market } = context.services;
    const accounts = await accountsInScope(context, input.account);
    const accountIds = accounts.map((account) => account.id);
    const moment = momentOf(context);
    const since = openedOn(accounts, { zone: market.zone, otherwise: moment.date });
    const span = spanOf(input.period ?? 'today', { moment, since });
    const within = bounds(span, { moment, zone: market.zone });
    const named = input.account !== undefined && input.account !== '*';
    const found = (await listActions(orm, { accountIds, limit: actionsBack })).filter((stored) => maySee(context, stored) && stored.marketTime >= within.from && stored.marketTime <= within.to && (!named || stored.accountId !== null));
    const shown = found.slice(0, input.limit);
    const cards = new Map((await cardsOfActions(orm, shown.map((stored) => stored.id))).map((card) => [card.actionId, card]));
    const inState = (...states: StoredAction['state'][]): number => found.filter((stored) => states.includes(stored.state)).length;
    return {
      asOf: moment.asOf, period: span, count: found.length, byPeople: found.filter((stored) => stored.proposer.kind === 'person').length, byDesk: found.filter((stored) => stored.proposer.kind !== 'person').length,
      waiting: inState('awaiting_confirmation'), done: inState('done'), blocked: inState('blocked'), rejected: inState('rejected'), expired: inState('expired'), failed: inState('failed', 'unknown'),
      fills: (await listFills(orm, { accountIds, ...within, limit: everyFill })).length, truncated: found.length > shown.length,
      lines: shown.map((stored) => ({
        at: stored.marketTime, when: localTime(stored.marketTime, { today: moment.date, zone: market.zone }), cardNumber: cards.get(stored.id)?.number ?? null, actionId: stored.id,
        account: accounts.find((account) => account.id === stored.accountId)?.name ?? null, what: actionWords(stored.action), by: proposerWords(stored.proposer, context.caller.personId), state: stored.state, outcome: outcomeOf(stored, cards.get(stored.id)?.status),
      })),
    };
  },
});

/** Of an order it is the card that says how far it came; `done` only means that it was sent. */
const outcomeOf = ({ action, state }: StoredAction, card: StoredCard['status'] | undefined): string =>
  (state === 'done' && (action.kind === 'enter' || action.kind === 'exit' || action.kind === 'reduce') ? (card === 'CLOSED' ? 'filled, closed since' : card === 'FILLED' ? 'filled' : 'sent, not filled whole yet') : outcomes[state]);
const outcomes: Record<StoredAction['state'], string> = {
  proposed: 'being judged', gated: 'being judged', awaiting_confirmation: 'waits for a yes', confirmed: 'confirmed', cleared: 'on its way', executing: 'on its way', unknown: 'not known yet',
  done: 'done', blocked: 'blocked by the gates', rejected: 'rejected', expired: 'expired', failed: 'failed',
};
