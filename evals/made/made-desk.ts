import { generateKeyPairSync } from 'node:crypto';
import type { BrokerReads } from '../../brokers/define.ts';
import { type Database, openEmbedded } from '../../db/client.ts';
import { prepareDatabase } from '../../db/prepare.ts';
import { insertAccount, insertFundingPlan } from '../../db/stores/account-opening.ts';
import { listAccounts, writeMandate } from '../../db/stores/accounts.ts';
import { cardOfAction } from '../../db/stores/cards.ts';
import { writeSwitch } from '../../db/stores/controls.ts';
import { writeFacts } from '../../db/stores/facts.ts';
import { postTransaction } from '../../db/stores/ledger.ts';
import { setRights } from '../../db/stores/people.ts';
import { recordCoverage } from '../../db/stores/reference.ts';
import { uuidv7 } from '../../db/uuid.ts';
import { MandateTerms } from '../../desk/actions/types.ts';
import { balancedMandate } from '../../desk/allocation/first-mandates.ts';
import { firstAccountSwitches } from '../../desk/gates/first-switches.ts';
import type { LimitFacts, SwitchFacts } from '../../desk/gates/snapshot.ts';
import type { Quote } from '../../desk/market/types.ts';
import { at, type Instant, instant, plusDays, type TradingDate, tradingDate } from '../../desk/time.ts';
import { postingsForOpening } from '../../desk/treasury/postings.ts';
import type { FeedRecord } from '../../feeds/define.ts';
import { gateProposal, writeProposal } from '../../graph/action/propose.ts';
import type { ActionServices } from '../../graph/action/services.ts';
import type { CycleServices } from '../../graph/cycle/services.ts';
import { firstStart } from '../../start/first-start.ts';
import { type Market, openMarket } from '../../start/market.ts';

export const zone = 'Asia/Kolkata' as const;
/** Friday, an hour and three quarters into the session. */
export const today = tradingDate('2024-08-30');
export const now = at(today, '11:00', zone);
const holidays = [tradingDate('2023-12-25'), tradingDate('2024-12-25')];
const isSession = (date: TradingDate): boolean => ![0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay()) && !holidays.includes(date);

/** The trading day that lies so many away from `date`; behind it below zero. */
export function tradingDayFrom(date: TradingDate, count: number): TradingDate {
  let day = date;
  for (let left = Math.abs(count); left > 0;) { day = plusDays(day, Math.sign(count)); if (isSession(day)) left -= 1; }
  return day;
}
/** The last so many sessions before today, oldest first. */
export const sessionsBefore = (count: number): TradingDate[] => Array.from({ length: count }, (_, n) => tradingDayFrom(today, n - count));

/** The settings as shipped. */
export const shippedLimits: LimitFacts = {
  advLookbackDays: 20, advMaxRatio: 0.05, maxSpreadPercent: 1, eventBlackoutDays: 2, catalystFreshnessHours: 24, maxSectorExposure: 0.3, maxSingleNamePercent: 25, maxGrossPercent: 100, maxClusterPercent: 40, maxNetPercent: 100,
  fatFingerPercent: 10, quoteMaxAgeSeconds: 60, duplicateWindowSeconds: 60, ordersPerSecond: 9, ordersPerMinute: 200, optionsTradingEnabled: false, optionsMaxRiskMinor: 1_000_000, liveTrading: false, fourEyesMinor: null,
};

export interface MadeAccount { name: string; cashMinor: number; mandate?: { [T in keyof MandateTerms]?: MandateTerms[T] | undefined } | undefined; /** Of what it holds, kept back. */ bufferPercent?: number }
export interface MadeDesk {
  database: Database; market: Market; ownerId: string;
  quotes: Map<string, Quote>;
  gates: ActionServices; cycle: CycleServices;
  /** The file that stops entries; absent until a case sets it. */
  killFile: { state: SwitchFacts['killFile'] };
  openAccount(account: MadeAccount): Promise<string>;
  close(): Promise<void>;
}

/** A desk in memory over facts that are given whole, at one moment: real stores, gates and cycle, with nothing that moves. */
export async function openMadeDesk({ facts }: { facts: readonly FeedRecord[] }): Promise<MadeDesk> {
  const database = await openEmbedded({ directory: null });
  await prepareDatabase(database);
  const wallNow = (): Instant => instant(Date.now());
  const closed = holidays.map((date): FeedRecord => ({ type: 'calendar_day', day: { exchange: 'NSE', date, kind: 'HOLIDAY', description: 'Christmas' }, knownAt: at(tradingDate('2023-01-02'), '09:00', zone), source: 'made' }));
  const all = [...closed, ...facts];
  for (let from = 0; from < all.length; from += 5_000) await writeFacts(database.orm, all.slice(from, from + 5_000), wallNow());
  await recordCoverage(database.orm, [{ kind: 'scheduled_event', source: 'made', symbol: '', from: tradingDate('2023-01-01'), to: tradingDate('2024-12-31'), mode: 'listed' }]);
  const market = await openMarket(database, null);
  const quotes = new Map<string, Quote>();
  market.follow({ name: 'made', kind: 'sim', label: () => 'MADE', now: () => now, quote: (symbol) => quotes.get(symbol) ?? null, start: async () => undefined, stop: async () => undefined });
  const owner = await firstStart(database, { wallNow: wallNow(), marketNow: at(tradingDate('2023-06-01'), '09:00', zone), today: tradingDate('2023-06-01') });
  const killFile: MadeDesk['killFile'] = { state: { state: 'ABSENT' } };
  const broker = { name: 'paper', reachable: async () => true } as BrokerReads;
  const gates: ActionServices = {
    database, market, wallNow, ownerId: owner.id, limits: () => shippedLimits, policyVersion: 'evals', killFile: () => killFile.state, brokerFor: () => broker,
    signingKey: { privateKey: generateKeyPairSync('ed25519').privateKey, keyId: 'evals' }, changed: () => undefined,
  };
  const cycle: CycleServices = {
    database, market, wallNow, killFile: () => killFile.state, limits: () => ({ ...shippedLimits }),
    settings: { eventBlackoutDays: shippedLimits.eventBlackoutDays, catalystFreshnessHours: shippedLimits.catalystFreshnessHours, advLookbackDays: shippedLimits.advLookbackDays, advMaxRatio: shippedLimits.advMaxRatio, maxSectorExposure: shippedLimits.maxSectorExposure, optionsTradingEnabled: false, liveTrading: false },
    async propose(input) {
      const actionId = await writeProposal(gates, input);
      const { report } = await gateProposal(gates, { actionId, personId: owner.id });
      const card = await cardOfAction(database.orm, actionId);
      return { actionId, state: report.verdict === 'BLOCK' ? 'blocked' : 'gated', gateReport: report, cardNumber: card?.number ?? null, message: report.checks.find(({ severity, passed }) => severity === 'BLOCK' && !passed)?.message ?? null };
    },
  };
  return {
    database, market, ownerId: owner.id, quotes, gates, cycle, killFile,
    openAccount: (account) => openMadeAccount(database, { ...account, ownerId: owner.id }),
    close: () => database.close(),
  };
}

/** An account with its mandate, plan, rights, switches and opening balance, as the first start makes them. */
export async function openMadeAccount(database: Database, { name, cashMinor, mandate = {}, bufferPercent = 0, ownerId }: MadeAccount & { ownerId: string }): Promise<string> {
  const openedAt = at(tradingDate('2023-06-01'), '09:00', zone);
  const newId = (): string => uuidv7(Date.now());
  const accountId = newId();
  await database.ownerTransaction(async (tx) => {
    await insertAccount(tx, { id: accountId, ownerId, name, type: 'LUMP_SUM', openedAt });
    await setRights(tx, ownerId, { accountId, canView: true, canPropose: true, canConfirm: true });
    await writeMandate(tx, { id: newId(), accountId, terms: MandateTerms.parse({ ...balancedMandate, ...mandate }), summary: 'Made for a case.', assumptionLog: [], actionId: null });
    await insertFundingPlan(tx, { id: newId(), accountId, type: 'LUMP_SUM', sipAmountMinor: null, sipFrequency: null, sipStartDate: null, sipDurationMonths: null, lumpSumAmountMinor: cashMinor, lumpSumDate: tradingDate('2023-06-01'), tranchePlan: [{ percent: 100, trigger: 'immediate' }], carryForwardEnabled: true, maxCarryForwardPercent: 100, emergencyBufferPercent: bufferPercent });
    for (const rule of firstAccountSwitches) await writeSwitch(tx, { ...rule, accountId, actionId: null });
    const opening = postingsForOpening({ accountId, cashMinor, opening: `opening:${accountId}` });
    await postTransaction(tx, { id: newId(), kind: opening.kind, reason: opening.reason, cause: opening.cause, happenedAt: openedAt, knownAt: openedAt, postings: opening.postings });
  });
  if ((await listAccounts(database.orm, [accountId])).length !== 1) throw new Error(`the account ${name} was not opened`);
  return accountId;
}

/** A quote around the last close; the spread in percent of the price. */
export function madeQuote({ symbol, close, changePercent = 0, spreadPercent = 0.04, ageMinutes = 0, noBid = false }: { symbol: string; close: number; changePercent?: number | undefined; spreadPercent?: number | undefined; ageMinutes?: number | undefined; noBid?: boolean | undefined }): Quote {
  const tick = (price: number): number => Math.round(price * 20) / 20;
  const last = tick(close * (1 + changePercent / 100));
  const half = Math.max(0.05, tick((last * spreadPercent) / 200));
  return {
    symbol, at: instant(Date.parse(now) - ageMinutes * 60_000), last, bid: noBid ? 0 : tick(last - half), ask: tick(last + half), bidSize: noBid ? 0 : 500, askSize: 500, volume: 100_000,
    open: last, high: Math.max(last, close), low: Math.min(last, close), previousClose: close, spreadFrom: 'book',
  };
}
