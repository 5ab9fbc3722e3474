import { killSwitches } from '../db/stores/controls.ts';
import { lastTrips, type LastTrip } from '../db/stores/last-trips.ts';
import { insertRiskSnapshot } from '../db/stores/risk-snapshots.ts';
import { tradingHolds } from '../db/stores/trading-holds.ts';
import { uuidv7 } from '../db/uuid.ts';
import { timedResets } from '../desk/actions/policy.ts';
import { evaluateSwitches, type SwitchTrip } from '../desk/gates/kill-switches.ts';
import type { TradingDate } from '../desk/time.ts';
import type { Job } from './define.ts';
import { readRisk, type ScopeReading, type VolatilityMemory } from './risk-reading.ts';
import { byRule, type JobServices } from './services.ts';
import { sessionIsOpen } from './session.ts';

/** How much worse than when a person lifted it, in parts of its threshold, a switch must read before it trips again on the same day. */
const worseBy = 0.25;

/** Catalogue C12 and C10: in market hours every five seconds the risk of each account and of the desk goes on record, and switches that have reached their threshold trip. */
export function riskSnapshotsJob(services: JobServices): Job {
  const volatilities: VolatilityMemory = new Map();
  return {
    name: 'risk_snapshots', does: 'Records the risk of every account and trips the switches that are due, in market hours', schedule: { everySeconds: 5 },
    async run() {
      if (!sessionIsOpen(services.market)) return null;
      const readings = await readRisk(services, volatilities);
      const holds = await tradingHolds(services.database.orm);
      await services.database.transaction(async (tx) => {
        for (const { account, currency, state, volatilityPercent, volatilityTargetPercent } of readings) {
          await insertRiskSnapshot(tx, {
            ...state, id: uuidv7(Date.parse(services.wallNow())), accountId: account?.id ?? null, marketTime: services.market.now(), day: services.market.today(), currency, volatilityPercent, volatilityTargetPercent,
            switchesActive: holds.filter((hold) => hold.accountId === (account?.id ?? null)).map(({ cause }) => cause),
          });
        }
      });
      const tripped = await tripSwitches(services, readings);
      return tripped.length > 0 ? `tripped: ${tripped.join('; ')}` : `${readings.length} readings`;
    },
  };
}

/** Trips what has reached its threshold and does not hold already. Returns a line for each. */
export async function tripSwitches(services: JobServices, readings: readonly ScopeReading[]): Promise<string[]> {
  const { orm } = services.database;
  const rules = await killSwitches(orm);
  const holds = await tradingHolds(orm);
  const before = await lastTrips(orm);
  const lines: string[] = [];
  for (const { account, reading } of readings) {
    const accountId = account?.id ?? null;
    const own = rules.filter((rule) => rule.accountId === accountId).map(({ accountId: of, ...rule }) => ({ ...rule, accountId: of ?? undefined }));
    for (const trip of evaluateSwitches(own, reading).trips) {
      if (holds.some((hold) => hold.accountId === accountId && hold.cause === trip.switchType)) continue;
      if (!isWorse(trip, before.find((each) => each.accountId === accountId && each.switchType === trip.switchType), services.market.today())) continue;
      const scope = accountId === null ? {} : { accountId };
      await services.propose({ action: { kind: 'kill_switch_trip', ...scope, switchType: trip.switchType, reason: trip.sentence, measured: trip.measured, threshold: trip.threshold }, ...byRule('tripped_switch') });
      lines.push(`${account?.name ?? 'desk'} ${trip.switchType}`);
      if (trip.onTrigger.includes('closeAll')) await proposeToClose(services, accountId, readings, trip);
    }
  }
  return lines;
}

/** A person who resumed after a loss knew that loss. It stops entries again when it has grown, or on another day. */
function isWorse(trip: SwitchTrip, last: LastTrip | undefined, today: TradingDate): boolean {
  if ((timedResets as readonly string[]).includes(trip.switchType) || last === undefined || last.day !== today || last.measured === null) return true;
  return trip.measured >= last.measured + worseBy * trip.threshold;
}

async function proposeToClose(services: JobServices, accountId: string | null, readings: readonly ScopeReading[], trip: SwitchTrip): Promise<void> {
  for (const { account, state } of readings) {
    if (!account || (accountId !== null && account.id !== accountId) || state.openPositions === 0) continue;
    await services.propose({ action: { kind: 'close_all', accountId: account.id, haltEntries: true, reason: trip.sentence }, ...byRule('switch_closes_all') });
  }
}
