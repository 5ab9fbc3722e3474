import { killSwitches } from '../db/stores/controls.ts';
import { tradingHolds } from '../db/stores/trading-holds.ts';
import { timedResets } from '../desk/actions/policy.ts';
import type { SwitchType } from '../desk/actions/types.ts';
import { resetDue } from '../desk/gates/kill-switches.ts';
import type { Job } from './define.ts';
import { readRisk, type VolatilityMemory } from './risk-reading.ts';
import { byRule, type JobServices } from './services.ts';

/** Catalogue C10, `autoResetMinutes`: stale data and order rate open again when their time is up and a fresh reading shows that they are over. Nothing else does. */
export function timedResetsJob(services: JobServices): Job {
  const volatilities: VolatilityMemory = new Map();
  return {
    name: 'timed_resets', does: 'Resets the stale-data and order-rate switches once their time is up and their cause is gone', schedule: { everySeconds: 15 },
    async run() {
      const { orm } = services.database;
      const now = services.wallNow();
      const due = (await tradingHolds(orm)).filter(({ cause, resetsAt }) => resetsAt !== null && resetsAt <= now && (timedResets as readonly string[]).includes(cause));
      if (due.length === 0) return null;
      const [rules, readings] = [await killSwitches(orm), await readRisk(services, volatilities)];
      const lines: string[] = [];
      for (const hold of due) {
        const rule = rules.find((each) => each.scope === hold.scope && each.switchType === hold.cause);
        const reading = readings.find(({ account }) => (account?.id ?? null) === hold.accountId)?.reading;
        if (!rule || !reading) continue;
        const trip = { switchType: hold.cause as SwitchType, accountId: hold.accountId ?? undefined, measured: hold.measured ?? 0, threshold: hold.threshold ?? 0, at: hold.since, sentence: hold.reason, onTrigger: rule.onTrigger, resetsAt: hold.resetsAt };
        if (resetDue({ trip, rule: { ...rule, accountId: rule.accountId ?? undefined }, reading }) !== 'reset') continue;
        const scope = hold.accountId === null ? {} : { accountId: hold.accountId };
        const outcome = await services.propose({ action: { kind: 'kill_switch_reset', ...scope, switchType: trip.switchType }, ...byRule('timed_switch_reset') });
        lines.push(`${hold.cause} ${outcome.state === 'done' ? 'reset' : `not reset: ${outcome.message ?? outcome.state}`}`);
      }
      return lines.length > 0 ? lines.join('; ') : null;
    },
  };
}
