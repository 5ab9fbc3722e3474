import { chatRoute } from '../channels/alerts/chat-route.ts';
import { createAlertDispatcher } from '../channels/alerts/dispatcher.ts';
import { emailRoute } from '../channels/alerts/email-route.ts';
import type { AlertRoute } from '../channels/alerts/route.ts';
import { webhookRoute } from '../channels/alerts/webhook-route.ts';
import { type Clock, type Instant, timeIn } from '../desk/time.ts';
import type { Configuration } from '../ops/configuration.ts';
import { describeError } from '../ops/describe-error.ts';
import type { Log } from '../ops/log.ts';
import { type AlertWatch, createAlertWatch } from './alert-watch.ts';
import type { Chats } from './chats.ts';
import type { Desk } from './open-desk.ts';

const lookSeconds = 10;
const beatSeconds = 60;

function sessionOf({ market }: Desk): { day: string | null; over: boolean } {
  const [today, now] = [market.today(), market.now()];
  const session = market.calendar().session(today);
  return session === null || now < session.open ? { day: null, over: false } : { day: today, over: now >= session.close };
}

/** Every way that is set up. The page always hears of alerts; it shows them with the desk's state. */
function alertRoutes({ desk, configuration, chats }: { desk: Desk; configuration: Configuration; chats: Chats }): AlertRoute[] {
  const zone = desk.market.zone;
  const { ALERT_WEBHOOK_URL: url, ALERT_WEBHOOK_TOKEN: token, SMTP_URL: smtpUrl, ALERT_EMAIL_TO: to, ALERT_EMAIL_FROM: from } = configuration;
  return [
    { name: 'web', deliver: async () => { desk.changed(); } },
    ...chats.channels.map((channel) => chatRoute({ database: desk.database, bot: channel.bot, zone, queued: channel.wake })),
    ...(url === null ? [] : [webhookRoute({ url, token, zone })]),
    ...(smtpUrl === null || to === null ? [] : [emailRoute({ smtpUrl, to, from, zone })]),
  ];
}

export interface Alerts { watch: AlertWatch; routeNames: readonly string[]; stop(): Promise<void> }

/** Watches the desk and brings its alerts to people; tells an outside watchman every minute that the desk lives. */
export async function startAlerts({ desk, configuration, chats, silence, now, log }: { desk: Desk; configuration: Configuration; chats: Chats; silence: { from: Instant; to: Instant } | null; now: Clock; log: Log }): Promise<Alerts> {
  const routes = alertRoutes({ desk, configuration, chats });
  const dispatcher = createAlertDispatcher({
    database: desk.database, routes, quiet: configuration.QUIET_HOURS, zone: desk.market.zone, wallNow: now,
    onFailure: (route, error) => log.warn('an alert was not delivered', { route, error }),
  });
  let working: Promise<void> = Promise.resolve();
  let stopped = false;
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    working = working.then(async () => { if (!stopped) await work(); }).catch((error: unknown) => log.warn('alerts could not be looked after; trying again', { error: describeError(error) }));
    return working;
  };
  const watch = await createAlertWatch({
    database: desk.database, zone: desk.market.zone, wallNow: now, feedHealth: desk.services.feedHealth, state: () => desk.conversation.deskState(desk.owner), session: () => sessionOf(desk), largeChangePercent: configuration.ALERT_LARGE_CHANGE_PERCENT,
    raised: () => { void inTurn(dispatcher.run); },
  });
  const zone = desk.market.zone;
  if (silence) await watch.raise('desk_silent', { from: timeIn(silence.from, zone), to: timeIn(silence.to, zone) }, { keyPart: silence.from });
  const timers = [setInterval(() => void inTurn(async () => { await watch.look(); await dispatcher.run(); }), lookSeconds * 1000)];
  const { DEAD_MAN_URL: deadMan } = configuration;
  // Whoever waits for these raises the alarm when they stop: a desk that hangs cannot do it itself.
  if (deadMan !== null) timers.push(setInterval(() => void inTurn(async () => { await fetch(deadMan, { method: 'POST', signal: AbortSignal.timeout(10_000), redirect: 'error' }); }), beatSeconds * 1000));
  return {
    watch, routeNames: routes.map(({ name }) => name),
    async stop() { stopped = true; for (const timer of timers) clearInterval(timer); await working; },
  };
}
