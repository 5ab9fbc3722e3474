import type { Database } from '../db/client.ts';
import { listAccounts, writeMandate, writeTradingState } from '../db/stores/accounts.ts';
import { insertAccount, insertFundingPlan } from '../db/stores/account-opening.ts';
import { appendAudit } from '../db/stores/audit.ts';
import { killSwitches, recordRelease, writeSwitch } from '../db/stores/controls.ts';
import { postTransaction } from '../db/stores/ledger.ts';
import { activePlaybooks, writePlaybook } from '../db/stores/playbooks.ts';
import { addPerson, listPeople, type PersonRow, setRights } from '../db/stores/people.ts';
import { uuidv7 } from '../db/uuid.ts';
import { firstMandates } from '../desk/allocation/first-mandates.ts';
import { firstAccountSwitches, firstDeskSwitches } from '../desk/gates/first-switches.ts';
import type { Instant, TradingDate } from '../desk/time.ts';
import { shippedPlaybooks } from '../desk/playbooks/shipped.ts';
import { postingsForOpening } from '../desk/treasury/postings.ts';

interface FirstAccount {
  name: string; type: 'SIP' | 'LUMP_SUM' | 'EVENT_TACTICAL'; openingMinor: number; summary: string;
  plan: { type: 'SIP' | 'LUMP_SUM' | 'HYBRID'; sipAmountMinor: number | null; lumpSumAmountMinor: number | null; tranches: { percent: number; trigger: string }[] };
}
const lakh = 1_00_000_00;
/** The three paper accounts that every desk starts with (amounts in paise). */
const firstAccounts: readonly FirstAccount[] = [
  {
    name: 'SIP', type: 'SIP', openingMinor: lakh / 2, summary: 'Monthly SIP of ₹50,000, aggressive: the most that the edge allows, within the limits.',
    plan: { type: 'SIP', sipAmountMinor: lakh / 2, lumpSumAmountMinor: null, tranches: [] },
  },
  {
    name: 'LumpSum', type: 'LUMP_SUM', openingMinor: 10 * lakh, summary: '₹10,00,000 in three tranches, balanced between gain and calm.',
    plan: { type: 'LUMP_SUM', sipAmountMinor: null, lumpSumAmountMinor: 10 * lakh, tranches: [{ percent: 40, trigger: 'immediate' }, { percent: 30, trigger: 'after 30 days' }, { percent: 30, trigger: 'after 60 days' }] },
  },
  {
    name: 'Tactical', type: 'EVENT_TACTICAL', openingMinor: 3 * lakh, summary: '₹3,00,000 for fresh events, in and out within two weeks.',
    plan: { type: 'LUMP_SUM', sipAmountMinor: null, lumpSumAmountMinor: 3 * lakh, tranches: [{ percent: 100, trigger: 'immediate' }] },
  },
];

/** Makes the owner and their three paper accounts, once, with the owner's own rights on the database; later calls find them. */
export async function firstStart(database: Database, { wallNow, marketNow, today }: { wallNow: Instant; marketNow: Instant; today: TradingDate }): Promise<PersonRow> {
  await shipPlaybooks(database, wallNow);
  const there = (await listPeople(database.orm)).find((person) => person.role === 'owner');
  if (there) { await firstSwitches(database); return there; }
  const newId = (): string => uuidv7(Date.parse(wallNow));
  const ownerId = newId();
  await database.ownerTransaction(async (tx) => {
    await addPerson(tx, { id: ownerId, name: 'owner', role: 'owner' });
    await writeTradingState(tx, { accountId: null, state: 'ACTIVE', reason: null, actionId: null });
    for (const account of firstAccounts) {
      const accountId = newId();
      const { plan } = account;
      await insertAccount(tx, { id: accountId, ownerId, name: account.name, type: account.type, openedAt: marketNow });
      await setRights(tx, ownerId, { accountId, canView: true, canPropose: true, canConfirm: true });
      await writeMandate(tx, { id: newId(), accountId, terms: firstMandates[account.type], summary: account.summary, assumptionLog: ['The desk’s first setting; say what should differ.'], actionId: null });
      const planId = newId();
      await insertFundingPlan(tx, {
        id: planId, accountId, type: plan.type, sipAmountMinor: plan.sipAmountMinor, sipFrequency: plan.sipAmountMinor === null ? null : 'MONTHLY', sipStartDate: plan.sipAmountMinor === null ? null : today, sipDurationMonths: plan.sipAmountMinor === null ? null : 36,
        lumpSumAmountMinor: plan.lumpSumAmountMinor, lumpSumDate: plan.lumpSumAmountMinor === null ? null : today, tranchePlan: plan.tranches, carryForwardEnabled: true, maxCarryForwardPercent: 100, emergencyBufferPercent: 5,
      });
      // The balance that a SIP starts with is its first instalment.
      if (plan.sipAmountMinor !== null) await recordRelease(tx, { planId, accountId, tranche: plan.tranches.length, kind: 'INSTALMENT', amountMinor: plan.sipAmountMinor, releasedOn: today, actionId: null });
      const opening = postingsForOpening({ accountId, cashMinor: account.openingMinor, opening: `opening:${accountId}` });
      await postTransaction(tx, { id: newId(), kind: opening.kind, reason: opening.reason, cause: opening.cause, happenedAt: marketNow, knownAt: marketNow, postings: opening.postings });
      await appendAudit(tx, { kind: 'account.opened', subject: accountId, actor: 'first-start', payload: { name: account.name, type: account.type, openingMinor: account.openingMinor, terms: firstMandates[account.type] } });
    }
  });
  await firstSwitches(database);
  const owner = (await listPeople(database.orm)).find((person) => person.id === ownerId);
  if (!owner) throw new Error('the owner is not there after the first start');
  return owner;
}

/** Sets the switches of a home that has none: a new one, or one from before there were any. */
async function firstSwitches(database: Database): Promise<void> {
  if ((await killSwitches(database.orm)).length > 0) return;
  const accounts = await listAccounts(database.orm);
  await database.ownerTransaction(async (tx) => {
    for (const rule of firstDeskSwitches) await writeSwitch(tx, { ...rule, accountId: null, actionId: null });
    for (const { id } of accounts) for (const rule of firstAccountSwitches) await writeSwitch(tx, { ...rule, accountId: id, actionId: null });
    await appendAudit(tx, { kind: 'switches.set', subject: 'desk', actor: 'first-start', payload: { desk: firstDeskSwitches, accounts: firstAccountSwitches } });
  });
}

/** The shipped playbooks that this home does not have yet; what a person has changed stays as it is. */
async function shipPlaybooks(database: Database, wallNow: Instant): Promise<void> {
  const there = new Set((await activePlaybooks(database.orm)).map(({ id }) => id));
  const missing = Object.entries(shippedPlaybooks).filter(([id]) => !there.has(id));
  if (missing.length === 0) return;
  await database.ownerTransaction(async (tx) => {
    for (const [playbookId, terms] of missing) await writePlaybook(tx, { id: uuidv7(Date.parse(wallNow)), playbookId, terms, summary: 'As shipped.', actionId: null });
  });
}
