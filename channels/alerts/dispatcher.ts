import type { Database } from '../../db/client.ts';
import { type Alert, alertById, type Delivery, deliveriesSent, deliveryFailed, digestDeliveries, dueDeliveries, escalateAlert, planDelivery, sentWithinHour, takeDeliveries, unansweredAlerts, unplannedAlerts } from '../../db/stores/alerts.ts';
import { type Instant, timeIn, type Zone } from '../../desk/time.ts';
import { isQuiet, planFor } from '../../ops/alerts/plan.ts';
import type { QuietHours } from '../../ops/settings/reader.ts';
import { type AlertRoute, DeliveryFailure } from './route.ts';

const mostAttempts = 6;
/** How long one sending may take before another may try. */
const leaseSeconds = 60;
const escalationSeconds = 600;
const mostEscalations = 3;
const digestMinutes = 30;

export interface AlertDispatcher {
  /** Plans what is new, tells again what nobody acknowledged, and delivers what is due. */
  run(): Promise<void>;
}

/**
 * Brings alerts to people. Each way of each alert is a row of the delivery log before anything is sent, so a restart goes on
 * where it stood; what failed is tried again, and in the end stands in the log with its reason.
 */
export function createAlertDispatcher({ database, routes, quiet, zone, wallNow, onFailure }: {
  database: Database; routes: readonly AlertRoute[]; quiet: QuietHours | null; zone: Zone; wallNow: () => Instant; onFailure: (route: string, error: string) => void;
}): AlertDispatcher {
  const byName = new Map(routes.map((route) => [route.name as string, route]));
  let lastDigestMs = Date.parse(wallNow());
  let wasQuiet = false;
  let running: Promise<void> | null = null;

  const plan = async (): Promise<void> => {
    const time = timeIn(wallNow(), zone);
    for (const route of routes) for (const alert of await unplannedAlerts(database.orm, route.name)) {
      const state = planFor({ kind: alert.kind, severity: alert.severity, route: route.name, quiet, time, sentWithinHour: await sentWithinHour(database.orm, route.name) });
      await planDelivery(database.orm, { alertId: alert.id, route: route.name, round: 0, state });
    }
    for (const alert of await unansweredAlerts(database.orm, { seconds: escalationSeconds, most: mostEscalations })) {
      await database.transaction(async (tx) => {
        if (!(await escalateAlert(tx, { id: alert.id, from: alert.escalations }))) return;
        for (const route of routes) await planDelivery(tx, { alertId: alert.id, route: route.name, round: alert.escalations + 1, state: 'waiting' });
      });
    }
  };
  const failed = async (delivery: Delivery, error: unknown): Promise<void> => {
    const failure = error instanceof DeliveryFailure ? error : new DeliveryFailure(error instanceof Error ? error.message : String(error), { again: true });
    const again = failure.again && delivery.attempts + 1 < mostAttempts;
    await deliveryFailed(database.orm, { sequence: delivery.sequence, error: failure.message, againInSeconds: again ? (failure.seconds ?? Math.min(600, 10 * 2 ** delivery.attempts)) : null });
    if (!again) onFailure(delivery.route, failure.message);
  };
  const send = async (due: readonly Delivery[], digest: boolean): Promise<void> => {
    const deliveries = (await takeDeliveries(database.orm, { sequences: due.map(({ sequence }) => sequence), from: digest ? 'digest' : 'waiting', seconds: leaseSeconds })).sort((a, b) => a.sequence - b.sequence);
    const [first] = deliveries;
    const route = first ? byName.get(first.route) : undefined;
    if (!first) return;
    const alerts: Alert[] = [];
    for (const { alertId } of deliveries) { const alert = await alertById(database.orm, alertId); if (alert) alerts.push(alert); }
    try {
      if (!route) throw new DeliveryFailure(`there is no way called ${first.route} any more`, { again: false });
      await route.deliver({ alerts, round: first.round, digest });
      await deliveriesSent(database.orm, deliveries.map(({ sequence }) => sequence));
    } catch (error) { for (const delivery of deliveries) await failed(delivery, error); }
  };
  const flushDigest = async (): Promise<void> => {
    const nowMs = Date.parse(wallNow());
    const isQuietNow = isQuiet(quiet, timeIn(wallNow(), zone));
    const due = !isQuietNow && (wasQuiet || nowMs - lastDigestMs >= digestMinutes * 60_000);
    wasQuiet = isQuietNow;
    if (!due) return;
    lastDigestMs = nowMs;
    const waiting = Map.groupBy(await digestDeliveries(database.orm), ({ route }) => route);
    for (const deliveries of waiting.values()) await send(deliveries, true);
  };
  const once = async (): Promise<void> => {
    await plan();
    for (const delivery of await dueDeliveries(database.orm)) await send([delivery], false);
    await flushDigest();
  };
  return {
    run() {
      // Two runs at once would deliver twice.
      running ??= database.whileLocked('alerts', once).finally(() => { running = null; });
      return running;
    },
  };
}
