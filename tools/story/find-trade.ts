import { accountById, type Account } from '../../db/stores/accounts.ts';
import { actionById, type StoredAction } from '../../db/stores/actions.ts';
import { cardByNumber, cardOfAction, listCards, type StoredCard } from '../../db/stores/cards.ts';
import { type ToolContext, ToolError } from '../define.ts';
import { symbolNamed } from '../order-terms.ts';

export interface FoundTrade { stored: StoredAction; card: StoredCard | null; account: Account | null }

/** What concerns no account (the desk's own state) is for owners and for whoever proposed it. */
export const maySee = ({ caller }: Pick<ToolContext, 'caller'>, stored: Pick<StoredAction, 'accountId' | 'proposer'>): boolean =>
  stored.accountId === null ? caller.role === 'owner' || (stored.proposer.kind === 'person' && stored.proposer.personId === caller.personId) : caller.viewableAccountIds.includes(stored.accountId);

/** How many cards back a symbol is looked for. */
const cardsBack = 500;

/** The trade that a card, an action or a symbol (its latest entry, else its latest card) means. Errors: `NO_SUCH_CARD`, `NO_SUCH_TRADE`, `NAME_ONE`. */
export async function findTrade(context: ToolContext, named: { card?: number | undefined; actionId?: string | undefined; symbol?: string | undefined }): Promise<FoundTrade> {
  const { orm } = context.services.database;
  if (named.card !== undefined) {
    const card = await cardByNumber(orm, named.card);
    const stored = card && (await actionById(orm, card.actionId));
    if (!card || !stored || !maySee(context, stored)) throw new ToolError('NO_SUCH_CARD', `There is no card ${named.card}.`, 'card');
    return { stored, card, account: await accountOf(context, stored) };
  }
  if (named.actionId !== undefined) {
    const stored = await actionById(orm, named.actionId);
    if (!stored || !maySee(context, stored)) throw new ToolError('NO_SUCH_TRADE', 'There is no such action.', 'actionId');
    return { stored, card: await cardOfAction(orm, stored.id), account: await accountOf(context, stored) };
  }
  if (named.symbol === undefined) throw new ToolError('NAME_ONE', 'Name a card, an action or a symbol.', 'card');
  const { symbol } = symbolNamed(context, named.symbol);
  const cards = (await listCards(orm, { accountIds: context.caller.viewableAccountIds, limit: cardsBack })).filter((card) => card.symbol === symbol);
  const opened = cards.find((card) => card.direction !== null && ['EXECUTED', 'FILLED', 'CLOSED'].includes(card.status));
  const card = opened ?? cards[0];
  const stored = card && (await actionById(orm, card.actionId));
  if (!card || !stored) throw new ToolError('NO_SUCH_TRADE', `There has been no trade or proposal in ${symbol}.`, 'symbol');
  return { stored, card, account: await accountOf(context, stored) };
}

const accountOf = async ({ services }: ToolContext, stored: StoredAction): Promise<Account | null> => (stored.accountId ? accountById(services.database.orm, stored.accountId) : null);
