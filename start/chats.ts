import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { commandOffers } from '../agents/grammar/offers.ts';
import type { ChatChannel, ChatSurroundings } from '../channels/chats/channel.ts';
import { createDiscordChannel } from '../channels/discord/channel.ts';
import { createTelegramChannel, type TelegramChannel } from '../channels/telegram/channel.ts';
import type { Configuration } from '../ops/configuration.ts';
import { describeError } from '../ops/describe-error.ts';
import type { Log } from '../ops/log.ts';
import { tools } from '../tools/registry.ts';
import type { Desk } from './open-desk.ts';

const webhookPath = '/telegram/webhook';
const againSeconds = 30;

export interface Chats {
  telegram: TelegramChannel | null;
  channels: readonly ChatChannel[];
  /** Connects each channel; one line each for whoever starts the desk. One that cannot be reached is tried again by itself. */
  start(say: (line: string) => void): Promise<void>;
  stop(): Promise<void>;
}

/** The chat channels whose token is set. */
export function openChats({ desk, configuration, log }: { desk: Desk; configuration: Configuration; log: Log }): Chats {
  const surroundings: ChatSurroundings = {
    nowMs: () => performance.now(), pause: async (ms) => { await pause(ms, undefined, { ref: false }); },
    setTimer: (work, ms) => { const timer = setTimeout(work, ms); return () => clearTimeout(timer); },
    newUuid: randomUUID, newButtonId: () => randomBytes(12).toString('base64url'),
  };
  const common = { ...surroundings, database: desk.database, service: desk.conversation, offers: commandOffers(), zone: desk.market.zone, isMarketTool: (name: string) => tools.get(name)?.permission === 'market:read', log };
  const { TELEGRAM_BOT_TOKEN: telegramToken, TELEGRAM_API_URL: apiRoot, TELEGRAM_WEBHOOK_SECRET: secret, PUBLIC_URL: publicUrl } = configuration;
  const telegram = telegramToken === null ? null : createTelegramChannel({
    ...common, token: telegramToken, ...(apiRoot === null ? {} : { apiRoot }),
    ...(secret === null || publicUrl === null ? {} : { webhook: { url: new URL(webhookPath, publicUrl).toString(), path: webhookPath, secret } }),
  });
  const { DISCORD_BOT_TOKEN: discordToken, DISCORD_APPLICATION_ID: applicationId, DISCORD_API_URL: discordApi } = configuration;
  const discord = discordToken === null || applicationId === null ? null : createDiscordChannel({
    ...common, token: discordToken, applicationId, symbols: () => desk.market.symbols().values(), ...(discordApi === null ? {} : { apiRoot: discordApi }),
  });
  const channels: ChatChannel[] = [telegram, discord].filter((channel) => channel !== null);
  let stopped = false;
  const untilStarted = async (channel: ChatChannel): Promise<void> => {
    while (!stopped) {
      await surroundings.pause(againSeconds * 1000);
      if (stopped) return;
      try { await channel.start(); log.info(`${channel.bot} is connected`); return; } catch (error) { log.warn(`${channel.bot} could not be started`, { error: describeError(error) }); }
    }
  };
  return {
    telegram, channels,
    async start(say) {
      for (const channel of channels) {
        try { say(`${channel.bot}: ${await channel.start()}`); } catch (error) {
          say(`${channel.bot}: ${error instanceof Error ? error.message : String(error)}; tried again every ${againSeconds} seconds`);
          void untilStarted(channel);
        }
      }
    },
    async stop() {
      stopped = true;
      await Promise.all(channels.map((channel) => channel.stop()));
    },
  };
}
