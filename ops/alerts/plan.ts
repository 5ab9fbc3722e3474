import type { QuietHours } from '../settings/reader.ts';
import type { AlertKind, Severity } from './templates.ts';

/** `telegram` and `discord` are the people's own chats; the others are set up once for the desk. */
export const routeNames = ['telegram', 'discord', 'discord_webhook', 'webhook', 'email', 'web'] as const;
export type RouteName = (typeof routeNames)[number];
export type Planned = 'waiting' | 'digest' | 'dropped';

/** Ways by severity: at once, gathered into a digest, or not at all. */
const bySeverity: Record<Severity, Record<RouteName, Planned>> = {
  CRITICAL: { telegram: 'waiting', discord: 'waiting', discord_webhook: 'waiting', webhook: 'waiting', email: 'waiting', web: 'waiting' },
  WARNING: { telegram: 'waiting', discord: 'waiting', discord_webhook: 'waiting', webhook: 'waiting', email: 'digest', web: 'waiting' },
  INFO: { telegram: 'digest', discord: 'digest', discord_webhook: 'dropped', webhook: 'dropped', email: 'digest', web: 'waiting' },
};
/** What usually becomes of an alert of a severity on a way; some kinds go another (`byKind`). */
export const usualPlan = (route: RouteName, severity: Severity): Planned => bySeverity[severity][route];
/** Settings that set a way up; the page needs none. */
export const setUpBy: Record<RouteName, string | null> = {
  web: null, telegram: 'TELEGRAM_BOT_TOKEN, then /link', discord: 'DISCORD_BOT_TOKEN, DISCORD_APPLICATION_ID, then /link', discord_webhook: 'ALERT_WEBHOOK_URL', webhook: 'ALERT_WEBHOOK_URL', email: 'SMTP_URL, ALERT_EMAIL_TO',
};
/** Kinds that go another way than their severity says. */
const byKind: Partial<Record<AlertKind, Partial<Record<RouteName, Planned>>>> = {
  daily_pnl: { telegram: 'waiting', discord: 'waiting', email: 'waiting' },
  eval_regression: { telegram: 'digest' },
};
/** Alerts that are not critical, by one way within an hour; what is beyond comes with the digest. */
const mostAnHour = 20;

/** Minutes of a day from `HH:MM`. */
const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
/** Whether `time` (`HH:MM`, in the exchange's zone) is in the quiet hours; they may run over midnight. */
export function isQuiet(quiet: QuietHours | null, time: string): boolean {
  if (!quiet) return false;
  const [from, to, now] = [minutesOf(quiet.from), minutesOf(quiet.to), minutesOf(time)];
  return from <= to ? now >= from && now < to : now >= from || now < to;
}

/**
 * What happens to an alert on a way: at once, with the next digest, or not. Critical ones always go at once; nothing else does in
 * quiet hours or beyond the hour's budget. The page shows everything at once, since it disturbs nobody who does not look.
 */
export function planFor({ kind, severity, route, quiet, time, sentWithinHour }: { kind: AlertKind; severity: Severity; route: RouteName; quiet: QuietHours | null; time: string; sentWithinHour: number }): Planned {
  const usual = byKind[kind]?.[route] ?? bySeverity[severity][route];
  if (usual !== 'waiting' || severity === 'CRITICAL' || route === 'web') return usual;
  return isQuiet(quiet, time) || sentWithinHour >= mostAnHour ? 'digest' : 'waiting';
}
