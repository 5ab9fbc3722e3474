import { replaceFundingPlan } from '../../../db/stores/account-opening.ts';
import { writeMandate } from '../../../db/stores/accounts.ts';
import { writePlaybook } from '../../../db/stores/playbooks.ts';
import { addPerson, linkIdentity, listPeople, personById, revokeKey, setRights, storeKeyHash } from '../../../db/stores/people.ts';
import { unlinkIdentity } from '../../../db/stores/identities.ts';
import { editWatchlist } from '../../../db/stores/watchlist.ts';
import type { Tx } from '../../../db/client.ts';
import { CannotChange, type Changes, newId } from './define.ts';

async function nameOf(tx: Tx, personId: string): Promise<string> {
  const person = await personById(tx, personId);
  if (!person) throw new CannotChange('There is no such person.');
  return person.name;
}

/** What became of the questions that were open on a channel whose link was ended. */
export const closedQuestions = (count: number): string =>
  (count === 0 ? 'No question was open there.' : count === 1 ? 'The question that was open there is closed; nothing was sent.' : `The ${count} questions that were open there are closed; nothing was sent.`);

/** Mandates, playbooks, the watchlist, and who may do what, from where. */
export const ruleAndPeopleChanges: Changes = {
  mandate_change: async ({ tx, services, action, stored }) => {
    await writeMandate(tx, { id: newId(services), accountId: action.accountId, terms: action.terms, summary: action.summary, assumptionLog: action.assumptionLog, actionId: stored.id });
    if (action.fundingPlan) await replaceFundingPlan(tx, { id: newId(services), accountId: action.accountId, plan: action.fundingPlan });
    return `The mandate is changed: ${action.summary}`;
  },
  playbook_change: async ({ tx, services, action, stored }) => {
    const version = await writePlaybook(tx, { id: newId(services), playbookId: action.playbookId, terms: action.terms, summary: action.summary, actionId: stored.id });
    return `The playbook “${action.terms.name}” is at version ${version}: ${action.summary}.`;
  },
  watchlist_edit: async ({ tx, action, stored }) => {
    await editWatchlist(tx, { add: action.add, remove: action.remove, addedBy: stored.id });
    return [action.add.length > 0 ? `Added ${action.add.join(', ')}.` : '', action.remove.length > 0 ? `Removed ${action.remove.join(', ')}.` : ''].filter(Boolean).join(' ');
  },
  person_add: async ({ tx, services, action }) => {
    if ((await listPeople(tx)).some(({ name }) => name.toLowerCase() === action.name.toLowerCase())) throw new CannotChange(`There is somebody called ${action.name} already.`);
    await addPerson(tx, { id: newId(services), name: action.name, role: action.role });
    return `${action.name} is a ${action.role} now.`;
  },
  rights_change: async ({ tx, action }) => {
    const name = await nameOf(tx, action.personId);
    await setRights(tx, action.personId, { accountId: action.accountId, canView: action.canView, canPropose: action.canPropose, canConfirm: action.canConfirm });
    const may = [action.canView ? 'see it' : '', action.canPropose ? 'propose' : '', action.canConfirm ? 'confirm' : ''].filter(Boolean);
    return `${name} may ${may.length > 0 ? may.join(', ') : 'do nothing'} in this account now.`;
  },
  identity_link: async ({ tx, services, action }) => {
    const name = await nameOf(tx, action.personId);
    await linkIdentity(tx, { id: newId(services), personId: action.personId, channel: action.channel, externalId: action.externalId });
    return `${name} is linked on ${action.channel}.`;
  },
  identity_unlink: async ({ tx, action, stored }) => {
    const name = await nameOf(tx, action.personId);
    const { links, questions } = await unlinkIdentity(tx, { personId: action.personId, channel: action.channel, actor: stored.proposer.kind === 'person' ? stored.proposer.personId : 'desk' });
    if (links === 0) throw new CannotChange(`${name} has no link on ${action.channel}.`);
    return `${name} is no longer linked on ${action.channel}. ${closedQuestions(questions)}`;
  },
  api_key_create: async ({ tx, services, action }) => {
    const name = await nameOf(tx, action.personId);
    await storeKeyHash(tx, { id: newId(services), personId: action.personId, hash: action.keyHash, label: action.label });
    return `The key “${action.label}” of ${name} works now.`;
  },
  api_key_revoke: async ({ tx, action }) => {
    if (!(await revokeKey(tx, action.keyId))) throw new CannotChange('There is no such key that still works.');
    return 'The key is revoked.';
  },
};
