import type { Tx } from '../../db/client.ts';
import { tradingStates, writeMandate, writeTradingState } from '../../db/stores/accounts.ts';
import type { StoredAction } from '../../db/stores/actions.ts';
import { postTransaction } from '../../db/stores/ledger.ts';
import { addPerson, linkIdentity, setRights } from '../../db/stores/people.ts';
import { editWatchlist } from '../../db/stores/watchlist.ts';
import { uuidv7 } from '../../db/uuid.ts';
import type { ActionKind, ActionOf } from '../../desk/actions/types.ts';
import { postingsForDeposit, postingsForTransfer, postingsForWithdrawal } from '../../desk/treasury/postings.ts';
import type { LedgerTransaction } from '../../desk/treasury/ledger.ts';
import type { ExecutionServices } from './services.ts';

type Apply<K extends ActionKind> = (input: { tx: Tx; services: ExecutionServices; stored: StoredAction; action: ActionOf<K>; clearanceId: string }) => Promise<string>;

const newId = (services: ExecutionServices): string => uuidv7(Date.parse(services.wallNow()));
async function post(tx: Tx, services: ExecutionServices, posting: LedgerTransaction): Promise<void> {
  const now = services.market.now();
  await postTransaction(tx, { id: newId(services), kind: posting.kind, reason: posting.reason, cause: posting.cause, happenedAt: now, knownAt: now, postings: posting.postings });
}
const scopeWords = (accountId: string | undefined): string => (accountId ? 'in this account' : 'in any account');

/** What a cleared action does to the desk's own state, in one transaction. Returns the sentence for the person. */
const table: { [K in ActionKind]?: Apply<K> } = {
  pause: async ({ tx, action, stored }) => {
    // A halt is stricter than a pause and stays.
    const own = (await tradingStates(tx)).find((row) => row.accountId === (action.accountId ?? null));
    if (own?.state === 'HALTED') return `Halted already, which is stricter: ${own.reason ?? 'no reason was given'}.`;
    await writeTradingState(tx, { accountId: action.accountId ?? null, state: 'REDUCING', reason: action.reason ?? 'paused by a person', actionId: stored.id });
    return `Paused: no new entries ${scopeWords(action.accountId)}. Stops and exits keep working.`;
  },
  resume: async ({ tx, action, stored }) => {
    await writeTradingState(tx, { accountId: action.accountId ?? null, state: 'ACTIVE', reason: null, actionId: stored.id });
    return `Resumed: new entries are possible ${action.accountId ? 'in this account' : 'again'}.`;
  },
  kill_switch_trip: async ({ tx, action, stored }) => {
    await writeTradingState(tx, { accountId: action.accountId ?? null, state: 'HALTED', reason: action.reason, actionId: stored.id });
    return `Halted ${action.accountId ? 'this account' : 'the whole desk'}: ${action.reason}. Exits still work.`;
  },
  kill_switch_reset: async ({ tx, action, stored }) => {
    await writeTradingState(tx, { accountId: action.accountId ?? null, state: 'ACTIVE', reason: null, actionId: stored.id });
    return 'The switch is reset.';
  },
  mandate_change: async ({ tx, services, action, stored }) => {
    await writeMandate(tx, { id: newId(services), accountId: action.accountId, terms: action.terms, summary: action.summary, assumptionLog: action.assumptionLog, actionId: stored.id });
    return `The mandate is changed: ${action.summary}`;
  },
  watchlist_edit: async ({ tx, action, stored }) => {
    await editWatchlist(tx, { add: action.add, remove: action.remove, addedBy: stored.id });
    return [action.add.length > 0 ? `Added ${action.add.join(', ')}.` : '', action.remove.length > 0 ? `Removed ${action.remove.join(', ')}.` : ''].filter(Boolean).join(' ');
  },
  deposit: async ({ tx, services, action, clearanceId }) => {
    await post(tx, services, postingsForDeposit({ accountId: action.accountId, amountMinor: action.amountMinor, reason: action.reason, cause: { clearanceId } }));
    return 'The deposit is in the ledger.';
  },
  withdrawal: async ({ tx, services, action, clearanceId }) => {
    await post(tx, services, postingsForWithdrawal({ accountId: action.accountId, amountMinor: action.amountMinor, reason: action.reason, cause: { clearanceId } }));
    return 'The withdrawal is in the ledger.';
  },
  transfer_cash: async ({ tx, services, action, clearanceId }) => {
    await post(tx, services, postingsForTransfer({ fromAccountId: action.accountId, toAccountId: action.toAccountId, amountMinor: action.amountMinor, reason: action.reason, cause: { clearanceId } }));
    return 'The transfer is in the ledger.';
  },
  person_add: async ({ tx, services, action }) => {
    await addPerson(tx, { id: newId(services), name: action.name, role: action.role });
    return `${action.name} is a ${action.role} now.`;
  },
  rights_change: async ({ tx, action }) => {
    await setRights(tx, action.personId, { accountId: action.accountId, canView: action.canView, canPropose: action.canPropose, canConfirm: action.canConfirm });
    return 'The rights are changed.';
  },
  identity_link: async ({ tx, services, action }) => {
    await linkIdentity(tx, { id: newId(services), personId: action.personId, channel: action.channel, externalId: action.externalId });
    return `Linked on ${action.channel}.`;
  },
};

/** The kinds that are carried out here; orders go through the broker, and `effects` outside the database. */
export const appliedKinds = Object.keys(table) as ActionKind[];

export function applyAction(input: { tx: Tx; services: ExecutionServices; stored: StoredAction; clearanceId: string }): Promise<string> {
  const apply = table[input.stored.action.kind] as Apply<ActionKind> | undefined;
  if (!apply) throw new Error(`nothing carries out ${input.stored.action.kind}`);
  return apply({ ...input, action: input.stored.action });
}
