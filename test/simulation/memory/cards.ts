import type * as real from '../../../db/stores/cards.ts';
import { Refused, statement } from './store.ts';

export const insertCard: typeof real.insertCard = (tx, { id, actionId, accountId, status, marketTime, expiresAt, terms }) => statement(tx, 'insertCard', (store) => {
  const number = store.nextCard++;
  if (accountId !== null && !store.tables.accounts.has(accountId)) throw new Refused('there is no such account', '23503');
  store.put('cards', actionId, { ...terms, id, number, actionId, accountId, status, createdAt: store.now(), marketTime, expiresAt, updateCount: 0, approvedBy: null, rejectionReason: null });
  return number;
});
export const cardOfAction: typeof real.cardOfAction = (executor, actionId) => statement(executor, 'cardOfAction', (store) => store.tables.cards.get(actionId) ?? null);
export const cardByNumber: typeof real.cardByNumber = (executor, number) => statement(executor, 'cardByNumber', (store) => [...store.tables.cards.values()].find((card) => card.number === number) ?? null);
export const setCardStatus: typeof real.setCardStatus = (tx, { actionId, status, personId, reason }) => statement(tx, 'setCardStatus', (store) => {
  const card = store.tables.cards.get(actionId);
  if (card) store.put('cards', actionId, { ...card, status, updateCount: card.updateCount + 1, approvedBy: status === 'APPROVED' ? (personId ?? null) : card.approvedBy, rejectionReason: reason ?? card.rejectionReason });
});
