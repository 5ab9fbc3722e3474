import type { Tx } from '../../../db/client.ts';
import { armAccount, closeAccount, handRightsOn, insertAccount, insertFundingPlan, moveAccount, renameAccount } from '../../../db/stores/account-opening.ts';
import { type Account, accountById, activeFundingPlan, activeMandate, listAccounts, writeMandate } from '../../../db/stores/accounts.ts';
import { killSwitches, recordRelease, writeSwitch } from '../../../db/stores/controls.ts';
import { balances } from '../../../db/stores/ledger.ts';
import { setRights } from '../../../db/stores/people.ts';
import { firstMandates } from '../../../desk/allocation/first-mandates.ts';
import { formatMoney } from '../../../desk/format.ts';
import { firstAccountSwitches } from '../../../desk/gates/first-switches.ts';
import { postingsForDeposit, postingsForWithdrawal } from '../../../desk/treasury/postings.ts';
import type { ExecutionServices } from '../services.ts';
import { CannotChange, type Changes, newId, post } from './define.ts';

async function mustHave(tx: Tx, accountId: string): Promise<Account> {
  const account = await accountById(tx, accountId);
  if (!account) throw new CannotChange('There is no such account any more.');
  return account;
}
async function nameIsFree(tx: Tx, name: string, except?: string): Promise<void> {
  if ((await listAccounts(tx)).some((each) => each.id !== except && each.name.toLowerCase() === name.toLowerCase())) throw new CannotChange(`There is an account called ${name} already.`);
}
/** The last paisa goes out, so that a closed account counts nowhere. Its name is free again; the rows keep a name of their own. */
async function empty(tx: Tx, services: ExecutionServices, { account, clearanceId, reason }: { account: Account; clearanceId: string; reason: string }): Promise<number> {
  const cashMinor = (await balances(tx, { accountIds: [account.id] })).get(account.id)?.cash ?? 0;
  if (cashMinor < 0) throw new CannotChange(`${account.name} owes ${formatMoney(-cashMinor, account.baseCurrency)}; pay it in first.`);
  if (cashMinor > 0) await post(tx, services, postingsForWithdrawal({ accountId: account.id, amountMinor: cashMinor, reason, cause: { clearanceId } }));
  await closeAccount(tx, { id: account.id, name: `${account.name} (closed ${account.id.slice(-6)})` });
  return cashMinor;
}

/** Accounts: opened, renamed, closed, started over; on paper or with a live broker. */
export const accountChanges: Changes = {
  account_open: async ({ tx, services, action, stored, clearanceId }) => {
    await nameIsFree(tx, action.name);
    const ownerId = stored.proposer.kind === 'person' ? stored.proposer.personId : stored.proposer.kind === 'agent' ? stored.proposer.onBehalfOf : services.ownerId;
    const accountId = newId(services);
    await insertAccount(tx, { id: accountId, ownerId, name: action.name, type: action.type, openedAt: services.market.now(), baseCurrency: action.baseCurrency, openedBy: stored.id });
    await setRights(tx, ownerId, { accountId, canView: true, canPropose: true, canConfirm: true });
    await writeMandate(tx, { id: newId(services), accountId, terms: firstMandates[action.type], summary: 'The first mandate of its type; say what should differ.', assumptionLog: ['Nobody was asked yet.'], actionId: stored.id });
    for (const rule of firstAccountSwitches) await writeSwitch(tx, { ...rule, accountId, actionId: stored.id });
    if (action.sipAmountMinor !== undefined) {
      const planId = newId(services);
      await insertFundingPlan(tx, {
        id: planId, accountId, type: 'SIP', sipAmountMinor: action.sipAmountMinor, sipFrequency: 'MONTHLY', sipStartDate: services.market.today(), sipDurationMonths: 36, lumpSumAmountMinor: null, lumpSumDate: null, tranchePlan: [],
        carryForwardEnabled: true, maxCarryForwardPercent: 100, emergencyBufferPercent: 5,
      });
      // A balance to start with is the first instalment.
      if (action.openingBalanceMinor > 0) await recordRelease(tx, { planId, accountId, tranche: 0, kind: 'INSTALMENT', amountMinor: action.sipAmountMinor, releasedOn: services.market.today(), actionId: stored.id });
    }
    if (action.openingBalanceMinor > 0) await post(tx, services, postingsForDeposit({ accountId, amountMinor: action.openingBalanceMinor, reason: 'opening balance', cause: { clearanceId } }));
    return `${action.name} is open with ${formatMoney(action.openingBalanceMinor, action.baseCurrency)}, on paper.`;
  },
  account_edit: async ({ tx, action }) => {
    const account = await mustHave(tx, action.accountId);
    await nameIsFree(tx, action.name, account.id);
    await renameAccount(tx, { id: account.id, name: action.name });
    return `${account.name} is called ${action.name} now.`;
  },
  account_close: async ({ tx, services, action, clearanceId }) => {
    const account = await mustHave(tx, action.accountId);
    const cashMinor = await empty(tx, services, { account, clearanceId, reason: action.reason ?? 'the account was closed' });
    return `${account.name} is closed${cashMinor > 0 ? `; ${formatMoney(cashMinor, account.baseCurrency)} went out` : ''}. Its history stays.`;
  },
  account_reset: async ({ tx, services, action, stored, clearanceId }) => {
    const account = await mustHave(tx, action.accountId);
    const [mandate, plan] = [await activeMandate(tx, account.id), await activeFundingPlan(tx, account.id)];
    const rules = (await killSwitches(tx)).filter((rule) => rule.accountId === account.id);
    await empty(tx, services, { account, clearanceId, reason: 'the account starts over' });
    const accountId = newId(services);
    const today = services.market.today();
    await insertAccount(tx, { id: accountId, ownerId: account.ownerId, name: account.name, type: account.type, openedAt: services.market.now(), baseCurrency: account.baseCurrency, openedBy: stored.id });
    await handRightsOn(tx, { fromId: account.id, toId: accountId });
    if (mandate) await writeMandate(tx, { id: newId(services), accountId, terms: mandate.terms, summary: mandate.summary, assumptionLog: mandate.assumptionLog, actionId: stored.id });
    for (const { scope: _scope, since: _since, ...rule } of rules) await writeSwitch(tx, { ...rule, accountId, actionId: stored.id });
    if (plan) {
      const { id: _id, ...terms } = plan;
      const planId = newId(services);
      await insertFundingPlan(tx, { ...terms, id: planId, accountId, sipStartDate: plan.sipStartDate === null ? null : today, lumpSumDate: plan.lumpSumDate === null ? null : today });
      if (plan.sipAmountMinor !== null && action.openingBalanceMinor > 0) await recordRelease(tx, { planId, accountId, tranche: plan.lumpSumAmountMinor === null ? 0 : plan.tranchePlan.length, kind: 'INSTALMENT', amountMinor: plan.sipAmountMinor, releasedOn: today, actionId: stored.id });
    }
    if (action.openingBalanceMinor > 0) await post(tx, services, postingsForDeposit({ accountId, amountMinor: action.openingBalanceMinor, reason: 'opening balance', cause: { clearanceId } }));
    return `${account.name} starts over with ${formatMoney(action.openingBalanceMinor, account.baseCurrency)}. What was before is kept under its old number.`;
  },
  account_mode: async ({ tx, services, action }) => {
    const account = await mustHave(tx, action.accountId);
    if (!services.broker(action.broker)) throw new CannotChange(`No broker called ${action.broker} is connected.`);
    await moveAccount(tx, { id: account.id, mode: action.mode, broker: action.broker });
    return action.mode === 'paper' ? `${account.name} trades on paper now.` : `${account.name} goes to ${action.broker} now; nothing is sent before it is armed.`;
  },
  arm_live: async ({ tx, action }) => {
    const account = await mustHave(tx, action.accountId);
    await armAccount(tx, { id: account.id, until: action.until });
    return `${account.name} is armed for live trading until ${action.until}.`;
  },
  disarm_live: async ({ tx, action }) => {
    const account = await mustHave(tx, action.accountId);
    await armAccount(tx, { id: account.id, until: null });
    return `${account.name} is disarmed: nothing goes to a live broker.`;
  },
};
