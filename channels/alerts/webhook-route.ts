import type { Alert } from '../../db/stores/alerts.ts';
import type { Zone } from '../../desk/time.ts';
import { escapeMarkdown } from '../discord/markup.ts';
import { type AlertRoute, DeliveryFailure } from './route.ts';
import { bodyOf, headingOf } from './words.ts';

const sendSeconds = 15;
const colours = { CRITICAL: 0xc2410c, WARNING: 0xd97706, INFO: 0x1d4ed8 } as const;
const discordEmbeds = 10;

/** Discord's webhooks are known by their path, whatever host stands before them. */
const isDiscord = (url: string): boolean => /\/api\/(v\d+\/)?webhooks\/\d+\//.test(new URL(url).pathname);
export const webhookRouteName = (url: string): 'discord_webhook' | 'webhook' => (isDiscord(url) ? 'discord_webhook' : 'webhook');

function discordBody({ alerts, round, digest, zone }: { alerts: readonly Alert[]; round: number; digest: boolean; zone: Zone }): object {
  const heading = headingOf({ alerts, round, digest });
  const embeds = alerts.slice(0, discordEmbeds).map((alert) => ({ title: alert.title.slice(0, 256), description: escapeMarkdown(alert.body).slice(0, 4000), color: colours[alert.severity], timestamp: alert.lastAt }));
  const rest = bodyOf({ alerts: alerts.slice(discordEmbeds), digest: true, zone });
  return { content: escapeMarkdown([heading, ...rest].join('\n')).slice(0, 2000), embeds, allowed_mentions: { parse: [] } };
}

/** Posts alerts to a Discord webhook in its own form, or to any other address as plain JSON with a bearer token. */
export function webhookRoute({ url, token, zone }: { url: string; token: string | null; zone: Zone }): AlertRoute {
  const discord = isDiscord(url);
  return {
    name: webhookRouteName(url),
    async deliver({ alerts, round, digest }) {
      const body = discord ? discordBody({ alerts, round, digest, zone }) : { heading: headingOf({ alerts, round, digest }), round, digest, alerts: alerts.map(({ id, kind, severity, title, body: text, count, firstAt, lastAt }) => ({ id, kind, severity, title, body: text, count, firstAt, lastAt })) };
      let response: Response;
      try {
        response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) }, body: JSON.stringify(body), signal: AbortSignal.timeout(sendSeconds * 1000), redirect: 'error' });
      } catch (error) { throw new DeliveryFailure(`no answer: ${error instanceof Error ? error.message : String(error)}`, { again: true }); }
      const text = (await response.text()).slice(0, 200);
      if (response.ok) return;
      const named = Number(response.headers.get('retry-after'));
      throw new DeliveryFailure(`${response.status} ${text}`, { again: response.status === 429 || response.status >= 500, seconds: Number.isFinite(named) && named > 0 ? named : null });
    },
  };
}
