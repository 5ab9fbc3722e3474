import { insertAccount, insertFundingPlan } from '../../db/stores/account-opening.ts';
import { writeMandate, writeTradingState } from '../../db/stores/accounts.ts';
import { appendAudit } from '../../db/stores/audit.ts';
import { postTransaction } from '../../db/stores/ledger.ts';
import { addPerson, setRights } from '../../db/stores/people.ts';
import { uuidv7 } from '../../db/uuid.ts';
import type { Database } from '../../db/client.ts';
import type { MandateTerms } from '../../desk/actions/types.ts';
import { dateIn, epochMs, type Instant } from '../../desk/time.ts';
import { postingsForOpening } from '../../desk/treasury/postings.ts';

export const mandate: MandateTerms = {
  objective: 'BALANCED', riskPerTradePercent: 2, maxPositions: 2, maxSectorExposurePercent: 100, maxPositionPercent: 60, targetBeta: 1, horizonMinDays: 1, horizonMaxDays: 30, bannedSectors: [], bannedSymbols: [],
  earningsBlackoutDays: 0, liquidityFloorAdv: 0, minMarketCap: null, allowedStrategies: ['manual'], slMultiplier: 2, tpMultiplier: 3, trailingStopEnabled: true,
};
export interface Cast { owner: string; trader: string; viewer: string; stranger: string; accounts: readonly [string, string] }

/** An owner, a trader with rights on the first account only, a viewer, and somebody whom nobody knows; two accounts. */
export async function openAccounts(database: Database, now: Instant): Promise<Cast> {
  const id = (): string => uuidv7(epochMs(now));
  const cast: Cast = { owner: id(), trader: id(), viewer: id(), stranger: id(), accounts: [id(), id()] };
  await database.ownerTransaction(async (tx) => {
    await addPerson(tx, { id: cast.owner, name: 'owner', role: 'owner' });
    await addPerson(tx, { id: cast.trader, name: 'trader', role: 'trader' });
    await addPerson(tx, { id: cast.viewer, name: 'viewer', role: 'viewer' });
    await writeTradingState(tx, { accountId: null, state: 'ACTIVE', reason: null, actionId: null });
    for (const [n, accountId] of cast.accounts.entries()) {
      await insertAccount(tx, { id: accountId, ownerId: cast.owner, name: `account ${n + 1}`, type: 'LUMP_SUM', openedAt: now });
      await setRights(tx, cast.owner, { accountId, canView: true, canPropose: true, canConfirm: true });
      if (n === 0) await setRights(tx, cast.trader, { accountId, canView: true, canPropose: true, canConfirm: true });
      await setRights(tx, cast.viewer, { accountId, canView: true, canPropose: false, canConfirm: false });
      await writeMandate(tx, { id: id(), accountId, terms: mandate, summary: 'simulated', assumptionLog: [], actionId: null });
      await insertFundingPlan(tx, { id: id(), accountId, type: 'LUMP_SUM', sipAmountMinor: null, sipFrequency: null, sipStartDate: null, sipDurationMonths: null, lumpSumAmountMinor: 20_000_000, lumpSumDate: dateIn(now, 'Asia/Kolkata'), tranchePlan: [{ percent: 100, trigger: 'immediate' }], carryForwardEnabled: false, maxCarryForwardPercent: 0, emergencyBufferPercent: 5 });
      const posting = postingsForOpening({ accountId, cashMinor: 20_000_000, opening: `opening:${accountId}` });
      await postTransaction(tx, { id: id(), kind: posting.kind, reason: posting.reason, cause: posting.cause, happenedAt: now, knownAt: now, postings: posting.postings });
      await appendAudit(tx, { kind: 'account.opened', subject: accountId, actor: 'first-start', payload: { accountId } });
    }
  });
  return cast;
}
