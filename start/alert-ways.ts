import { webhookRouteName } from '../channels/alerts/webhook-route.ts';
import type { RouteName } from '../ops/alerts/plan.ts';
import type { Configuration } from '../ops/configuration.ts';

/** The ways that the configuration sets up for alerts. The page always hears of them. */
export function configuredWays({ TELEGRAM_BOT_TOKEN: telegram, DISCORD_BOT_TOKEN: discord, DISCORD_APPLICATION_ID: application, ALERT_WEBHOOK_URL: url, SMTP_URL: smtp, ALERT_EMAIL_TO: to }: Configuration): RouteName[] {
  return [
    'web', ...(telegram === null ? [] : ['telegram' as const]), ...(discord === null || application === null ? [] : ['discord' as const]), ...(url === null ? [] : [webhookRouteName(url)]), ...(smtp === null || to === null ? [] : ['email' as const]),
  ];
}
