import { generateKeyPairSync } from 'node:crypto';
import type { BrokerReads } from '../../../brokers/define.ts';
import type { Database } from '../../../db/client.ts';
import { listAccounts } from '../../../db/stores/accounts.ts';
import { actionById, reportsOf } from '../../../db/stores/actions.ts';
import { confirmationOf, decideConfirmation } from '../../../db/stores/confirmations.ts';
import { cardOfAction } from '../../../db/stores/cards.ts';
import { writeFacts } from '../../../db/stores/facts.ts';
import { recordCoverage } from '../../../db/stores/reference.ts';
import { instant, type Instant } from '../../../desk/time.ts';
import type { FeedRecord } from '../../../feeds/define.ts';
import { createSimulator, type Simulator } from '../../../feeds/simulator/simulator.ts';
import { askForConfirmation } from '../../../graph/action/ask.ts';
import { gateProposal, writeProposal } from '../../../graph/action/propose.ts';
import type { ActionServices } from '../../../graph/action/services.ts';
import type { CycleServices } from '../../../graph/cycle/services.ts';
import { firstStart } from '../../../start/first-start.ts';
import { type Market, openMarket } from '../../../start/market.ts';
import type { ProposalInput } from '../../../tools/services.ts';
import { openTestDatabase } from '../../helpers/database.ts';

const limits: ReturnType<ActionServices['limits']> = {
  advLookbackDays: 20, advMaxRatio: 0.05, maxSpreadPercent: 1, eventBlackoutDays: 2, catalystFreshnessHours: 24, maxSectorExposure: 0.3, maxSingleNamePercent: 25, maxGrossPercent: 100, maxClusterPercent: 40, maxNetPercent: 100,
  fatFingerPercent: 10, quoteMaxAgeSeconds: 60, duplicateWindowSeconds: 60, ordersPerSecond: 9, ordersPerMinute: 200, optionsTradingEnabled: false, optionsMaxRiskMinor: 1_000_000, liveTrading: false, fourEyesMinor: null,
};

export interface SimulatedDesk {
  database: Database; market: Market; simulator: Simulator; services: CycleServices; ownerId: string;
  /** What was proposed, in order. */
  proposals: ProposalInput[];
  /** Puts the question of a gated action and answers no. */
  reject(actionId: string): Promise<void>;
  accountIds: Record<'SIP' | 'LumpSum' | 'Tactical', string>;
  close(): Promise<void>;
}

/** A desk in the first simulated session, with 300 sessions of history and the first three accounts, whose proposals meet the real gates. */
export async function openSimulatedDesk({ seed, minutes = 60 }: { seed: number; minutes?: number }): Promise<SimulatedDesk> {
  const database = await openTestDatabase();
  const wallNow = (): Instant => instant(Date.now());
  const simulator = createSimulator({ seed, wallClock: wallNow, setTimer: null });
  for (const batch of merged(simulator.history())) await writeFacts(database.orm, batch, wallNow());
  const days = simulator.calendarDays();
  const [from, to] = [days[0]?.date, days.at(-1)?.date];
  if (from && to) await recordCoverage(database.orm, [{ kind: 'scheduled_event', source: 'simulator', symbol: '', from, to, mode: 'listed' }]);
  const market = await openMarket(database, days);
  market.follow(simulator);
  // A cycle reads no minute bars, and there are very many.
  await simulator.start({ records: async (batch) => { await writeFacts(database.orm, batch.filter(({ type }) => type !== 'intraday_bar'), wallNow()); }, tick: async () => undefined });
  await simulator.advance(minutes * 60_000);
  const owner = await firstStart(database, { wallNow: wallNow(), marketNow: market.now(), today: market.today() });

  const broker = { name: 'paper', reachable: async () => true } as BrokerReads;
  const gates: ActionServices = {
    database, market, wallNow, ownerId: owner.id, limits: () => limits, policyVersion: 'test', killFile: () => ({ state: 'ABSENT' }), brokerFor: () => broker,
    signingKey: { privateKey: generateKeyPairSync('ed25519').privateKey, keyId: 'test' }, changed: () => undefined,
  };
  const proposals: ProposalInput[] = [];
  const services: CycleServices = {
    database, market, wallNow, limits: () => limits,
    settings: { eventBlackoutDays: limits.eventBlackoutDays, catalystFreshnessHours: limits.catalystFreshnessHours, advLookbackDays: 20, advMaxRatio: limits.advMaxRatio, maxSectorExposure: limits.maxSectorExposure, optionsTradingEnabled: false, liveTrading: false },
    async propose(input) {
      proposals.push(input);
      const actionId = await writeProposal(gates, input);
      const { report } = await gateProposal(gates, { actionId, personId: owner.id });
      const card = await cardOfAction(database.orm, actionId);
      return { actionId, state: report.verdict === 'BLOCK' ? 'blocked' : 'gated', gateReport: report, cardNumber: card?.number ?? null, message: report.checks.find((check) => check.severity === 'BLOCK' && !check.passed)?.message ?? null };
    },
  };
  const accounts = await listAccounts(database.orm);
  const idOf = (name: string): string => accounts.find((account) => account.name === name)?.id ?? '';
  return {
    database, market, simulator, services, ownerId: owner.id, proposals, accountIds: { SIP: idOf('SIP'), LumpSum: idOf('LumpSum'), Tactical: idOf('Tactical') },
    async reject(actionId) {
      const [stored, report] = [await actionById(database.orm, actionId), (await reportsOf(database.orm, actionId))[0]];
      if (!stored || !report) throw new Error('no such proposal');
      await askForConfirmation(gates, { stored, report, rendering: {} });
      const asked = await confirmationOf(database.orm, actionId);
      const { outcome } = await decideConfirmation(database, { id: asked?.id ?? '', actionDigest: stored.digest, personId: owner.id, channel: 'web', choice: 'reject', reason: 'not this one' });
      if (outcome !== 'rejected') throw new Error(`the press came to ${outcome}`);
    },
    close: async () => { await simulator.stop(); await database.close(); },
  };
}

/** The batches of many sessions as few large ones, which are quicker to write. */
function* merged(batches: Iterable<FeedRecord[]>): Generator<FeedRecord[]> {
  let batch: FeedRecord[] = [];
  for (const each of batches) {
    batch.push(...each);
    if (batch.length >= 5_000) { yield batch; batch = []; }
  }
  if (batch.length > 0) yield batch;
}
