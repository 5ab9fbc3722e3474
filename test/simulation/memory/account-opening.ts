import type * as real from '../../../db/stores/account-opening.ts';
import { Refused, statement } from './store.ts';

export const insertAccount: typeof real.insertAccount = (tx, { id, ownerId, name, type, openedAt }) => statement(tx, 'insertAccount', (store) => {
  if (!store.asOwner) throw new Refused('accounts may only change by a confirmed action');
  store.put('accounts', id, { id, ownerId, name, type, status: 'ACTIVE', baseCurrency: 'INR', broker: 'paper', mode: 'paper', openedAt, liveArmedUntil: null });
});
export const insertFundingPlan: typeof real.insertFundingPlan = (tx, { accountId, ...plan }) => statement(tx, 'insertFundingPlan', (store) => { store.put('fundingPlans', accountId, plan); });
