import { drizzle } from 'drizzle-orm/node-postgres';
import type pg from 'pg';
import { insertAccount } from '../../../db/stores/account-opening.ts';
import { addPerson, setRights } from '../../../db/stores/people.ts';
import { postTransaction } from '../../../db/stores/ledger.ts';
import { uuidv7 } from '../../../db/uuid.ts';
import { type BookDesk, openBookDesk } from '../fixtures.ts';

/** Nobody but the stranger may ever see it. */
export const canary = 'CANARY stranger';

export interface SqlWorld extends BookDesk { strangerId: string; strangersAccount: string; held: string[] }

/** A desk with trades of the owner, one of them closed, and a stranger with an account of their own that nobody else may see. */
export async function openSqlWorld(): Promise<SqlWorld> {
  const desk = await openBookDesk();
  const held = desk.shares.slice(0, 3);
  const [first = '', second = '', third = ''] = held;
  await desk.buy({ symbol: first, quantity: 10, account: 'LumpSum' });
  await desk.buy({ symbol: second, quantity: 5, account: 'LumpSum' });
  await desk.buy({ symbol: third, quantity: 4, account: 'Tactical' });
  const [strangerId, strangersAccount] = [uuidv7(Date.now()), uuidv7(Date.now())];
  await desk.database.asOwner((client) => drizzle({ client: client as pg.Client }).transaction(async (tx) => {
    await addPerson(tx, { id: strangerId, name: 'Mallory', role: 'trader' });
    await insertAccount(tx, { id: strangersAccount, ownerId: strangerId, name: canary, type: 'SIP', openedAt: desk.market.now() });
    await setRights(tx, strangerId, { accountId: strangersAccount, canView: true, canPropose: true, canConfirm: true });
    await postTransaction(tx, { id: uuidv7(Date.now()), kind: 'OPENING', reason: 'opening balance', cause: { opening: strangersAccount }, happenedAt: desk.market.now(), knownAt: desk.market.now(), postings: [{ accountId: strangersAccount, ledger: 'cash', amountMinor: 777_777_00 }, { accountId: strangersAccount, ledger: 'external', amountMinor: -777_777_00 }] });
  }));
  return { ...desk, strangerId, strangersAccount, held };
}
