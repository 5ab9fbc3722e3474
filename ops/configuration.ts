import type { Setting } from './settings/setting.ts';
import { SETTINGS } from './settings/settings.ts';

/** Every setting by its name, read and checked. What is optional and unset is null. */
export type Configuration = { readonly [Name in keyof typeof SETTINGS]: (typeof SETTINGS)[Name] extends Setting<infer T> ? T : never };
export type ConfigurationResult =
  | { ok: true; configuration: Configuration }
  /** One line for each setting that cannot stand: its name, what was wrong, what is allowed. */
  | { ok: false; errors: string[] };

/** Settings that make no sense without another one. */
const TOGETHER: { when: (c: Configuration) => boolean; needs: (c: Configuration) => boolean; error: string }[] = [
  { when: (c) => c.LIVE_TRADING, needs: (c) => c.DATABASE_URL !== null, error: 'LIVE_TRADING: needs DATABASE_URL, since the embedded database may lose the last moments in a power cut' },
  { when: (c) => c.LIVE_TRADING, needs: (c) => c.DATABASE_APP_URL !== null, error: 'LIVE_TRADING: needs DATABASE_APP_URL, so that the desk does not run as the owner of its database' },
  { when: (c) => c.DATABASE_APP_URL !== null, needs: (c) => c.DATABASE_URL !== null, error: 'DATABASE_APP_URL: needs DATABASE_URL, the same server as its owner' },
  { when: (c) => c.DISCORD_BOT_TOKEN !== null, needs: (c) => c.DISCORD_APPLICATION_ID !== null, error: 'DISCORD_BOT_TOKEN: needs DISCORD_APPLICATION_ID' },
  { when: (c) => c.TELEGRAM_WEBHOOK_SECRET !== null, needs: (c) => c.PUBLIC_URL?.startsWith('https:') ?? false, error: 'TELEGRAM_WEBHOOK_SECRET: needs PUBLIC_URL with https, since Telegram calls nothing else' },
  { when: (c) => c.ALERT_EMAIL_TO !== null, needs: (c) => c.SMTP_URL !== null, error: 'ALERT_EMAIL_TO: needs SMTP_URL' },
  { when: (c) => c.BROKER === 'upstox', needs: (c) => c.UPSTOX_ACCESS_TOKEN !== null, error: 'BROKER: upstox needs UPSTOX_ACCESS_TOKEN' },
  { when: (c) => c.BROKER === 'alpaca', needs: (c) => c.ALPACA_KEY_ID !== null && c.ALPACA_SECRET_KEY !== null, error: 'BROKER: alpaca needs ALPACA_KEY_ID and ALPACA_SECRET_KEY' },
];

/** Reads the settings from `environment` (names to texts; an empty text counts as unset). Everything wrong is said at once. */
export function loadConfiguration(environment: Readonly<Record<string, string | undefined>>): ConfigurationResult {
  const errors: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, { reader, default: byDefault, secret }] of Object.entries(SETTINGS)) {
    const written = environment[name]?.trim();
    if (written === undefined || written === '') { values[name] = byDefault; continue; }
    const read = reader.schema.safeParse(written);
    if (read.success) values[name] = read.data;
    else errors.push(`${name}: ${secret ? 'its value' : JSON.stringify(written)} is not allowed; give ${reader.allowed}`);
  }
  if (errors.length > 0) return { ok: false, errors };
  const configuration = Object.freeze(values) as Configuration;
  for (const { when, needs, error } of TOGETHER) if (when(configuration) && !needs(configuration)) errors.push(error);
  return errors.length > 0 ? { ok: false, errors } : { ok: true, configuration };
}

/** The values that may appear nowhere: every secret that is set. */
export function secretsOf(configuration: Configuration): string[] {
  return Object.entries(SETTINGS).flatMap(([name, { secret }]) => {
    const value = configuration[name as keyof Configuration];
    return secret && typeof value === 'string' ? [value] : [];
  });
}
