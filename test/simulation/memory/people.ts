import type * as real from '../../../db/stores/people.ts';
import { underWay } from './actions.ts';
import { type MemoryStore, Refused, statement } from './store.ts';

const rightsKey = (personId: string, accountId: string): string => `${personId}/${accountId}`;
/** `core.may_confirm` */
export const mayConfirm = (store: MemoryStore, personId: string, accountId: string | null): boolean =>
  (accountId === null ? store.tables.people.get(personId)?.role === 'owner' : (store.tables.rights.get(rightsKey(personId, accountId))?.canConfirm ?? false));
function governed(store: MemoryStore, what: string, kinds: string[], fits: (action: Record<string, unknown>) => boolean): void {
  if (!store.asOwner && !underWay(store, kinds).some(({ action }) => fits(action as unknown as Record<string, unknown>))) throw new Refused(`${what} may only change by a confirmed action`);
}

export const listPeople: typeof real.listPeople = (executor) => statement(executor, 'listPeople', (store) => [...store.tables.people.values()]);
export const personById: typeof real.personById = (executor, id) => statement(executor, 'personById', (store) => store.tables.people.get(id) ?? null);
export const rightsOf: typeof real.rightsOf = (executor, personId) => statement(executor, 'rightsOf', (store) => [...store.tables.rights.values()].filter((row) => row.personId === personId).map(({ personId: _person, ...rights }) => rights));
export const addPerson: typeof real.addPerson = (tx, { id, name, role }) => statement(tx, 'addPerson', (store) => {
  governed(store, 'people', ['person_add'], (action) => action.name === name && action.role === role);
  store.put('people', id, { id, name, role, lastAccountId: null });
});
export const setRights: typeof real.setRights = (tx, personId, rights) => statement(tx, 'setRights', (store) => {
  governed(store, 'account_rights', ['rights_change'], (action) => action.personId === personId && action.accountId === rights.accountId && action.canView === rights.canView && action.canPropose === rights.canPropose && action.canConfirm === rights.canConfirm);
  store.put('rights', rightsKey(personId, rights.accountId), { personId, ...rights });
});
export const linkIdentity: typeof real.linkIdentity = (tx, { id, personId, channel, externalId }) => statement(tx, 'linkIdentity', (store) => {
  governed(store, 'identities', ['identity_link'], (action) => action.personId === personId && action.channel === channel && action.externalId === externalId);
  store.put('identities', id, { personId, channel, externalId });
});
