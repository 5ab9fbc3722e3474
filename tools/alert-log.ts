import { z } from 'zod';
import { type Delivery, deliveriesOf, listAlerts } from '../db/stores/alerts.ts';
import { dateIn, type Instant } from '../desk/time.ts';
import { type Planned, type RouteName, routeNames, setUpBy, usualPlan } from '../ops/alerts/plan.ts';
import { alertKinds, sampleAlert } from '../ops/alerts/templates.ts';
import { localTime } from './book/local-time.ts';
import { defineTool } from './define.ts';

const alertsShown = 40;
const Severity = z.enum(['INFO', 'WARNING', 'CRITICAL']);
const Line = z.object({ atText: z.string(), title: z.string(), severity: Severity, route: z.string(), state: z.enum(['waiting', 'digest', 'sent', 'failed', 'dropped']), attempts: z.int(), error: z.string().nullable() });
const Route = z.object({ route: z.string(), setUp: z.boolean(), goes: z.string().describe('what usually becomes of alerts there, or which settings set it up'), sent: z.int(), failed: z.int(), waiting: z.int(), lastSentText: z.string().nullable(), lastError: z.string().nullable() });

const become: Record<Planned, string> = { waiting: 'at once', digest: 'in the digest', dropped: 'not' };
const goesWords = (route: RouteName): string => (['CRITICAL', 'WARNING', 'INFO'] as const).map((severity, i) => `${['Critical', 'warnings', 'notes'][i]} ${become[usualPlan(route, severity)]}`).join(', ');

/** The ways for alerts, set up or not, what became of the last ones on each, and the kinds of alert that can be tested. */
export const alertLog = defineTool({
  name: 'alert_log', purpose: 'By which ways the last alerts were delivered, what failed, and which kinds of alert there are', effect: 'read', permission: 'desk:read', input: z.object({}),
  output: z.object({ asOf: z.string(), count: z.int(), routes: z.array(Route), deliveries: z.array(Line), kinds: z.array(z.object({ kind: z.string(), severity: Severity })) }),
  run: async ({ services: { database: { orm }, market, wallNow, alertWays = ['web'] }, caller }) => {
    const text = (at: Instant): string => localTime(at, { today: dateIn(wallNow(), market.zone), zone: market.zone });
    const alerts = await listAlerts(orm, { accountIds: caller.viewableAccountIds, limit: alertsShown });
    const log = (await deliveriesOf(orm, alerts.map(({ id }) => id))).toReversed();
    const route = (name: string, own: readonly Delivery[]): z.infer<typeof Route> => {
      const sentAt = own.find(({ sentAt }) => sentAt !== null)?.sentAt ?? null;
      const counted = (...states: Delivery['state'][]): number => own.filter(({ state }) => states.includes(state)).length;
      const known = routeNames.find((each) => each === name);
      const setUp = known !== undefined && alertWays.includes(known);
      return { route: name, setUp, goes: known === undefined ? 'No such way any more' : setUp ? goesWords(known) : `Not set up: ${setUpBy[known] ?? ''}`, sent: counted('sent'), failed: counted('failed'), waiting: counted('waiting', 'digest'), lastSentText: sentAt === null ? null : text(sentAt), lastError: own.find(({ state }) => state === 'failed')?.error ?? null };
    };
    const byId = new Map(alerts.map((alert) => [alert.id, alert]));
    return {
      asOf: market.now(), count: log.length,
      routes: [...new Set<string>([...alertWays, ...log.map((delivery) => delivery.route), ...routeNames])].map((name) => route(name, log.filter((delivery) => delivery.route === name))),
      deliveries: log.flatMap(({ alertId, route: way, state, attempts, error, createdAt, sentAt }) => { const alert = byId.get(alertId); return alert ? [{ atText: text(sentAt ?? createdAt), title: alert.title, severity: alert.severity, route: way, state, attempts, error }] : []; }),
      kinds: alertKinds.map((kind) => ({ kind, severity: sampleAlert(kind).severity })),
    };
  },
});
