import { createTelegramChannel, type TelegramChannel, type TelegramInput } from '../../../channels/telegram/channel.ts';
import { commandOffers } from '../../../agents/grammar/offers.ts';
import { createLog } from '../../../ops/log.ts';
import { tools } from '../../../tools/registry.ts';
import { openTestDesk, type TestDesk, type TestDeskOptions, textOf } from '../../helpers/desk.ts';
import { TelegramServer } from '../../helpers/telegram-server.ts';
import { surroundings } from '../chats/surroundings.ts';

export interface TelegramDesk { desk: TestDesk; server: TelegramServer; channel: TelegramChannel; logged: string[]; another(more?: Partial<TelegramInput>): TelegramChannel; close(): Promise<void> }

export const ownerChat = 1111;

export function telegramChannel(desk: TestDesk, server: TelegramServer, logged: string[], more: Partial<TelegramInput> = {}): TelegramChannel {
  return createTelegramChannel({
    ...surroundings, database: desk.database, service: desk.conversation, token: server.token, apiRoot: server.root, offers: commandOffers(), zone: 'Asia/Kolkata', gapMs: { private: 0, group: 0 },
    isMarketTool: (name) => tools.get(name)?.permission === 'market:read', log: createLog({ level: 'warn', write: (line) => { logged.push(line); } }), ...more,
  });
}

/** A whole desk with its Telegram channel, talking to a local server that follows the Bot API. */
export async function openTelegramDesk(options: TestDeskOptions = {}): Promise<TelegramDesk> {
  const desk = await openTestDesk(options);
  const server = new TelegramServer();
  await server.listen();
  const logged: string[] = [];
  const channel = telegramChannel(desk, server, logged);
  await channel.start();
  return {
    desk, server, channel, logged, another: (more) => telegramChannel(desk, server, logged, more),
    async close() { await channel.stop(); await server.close(); await desk.close(); },
  };
}

/** The code that the desk shows to whoever says /link where they are signed in. */
export async function linkCode(desk: TestDesk): Promise<string> {
  const code = /\/link ([A-Z0-9]{8})/.exec(textOf(await desk.say('/link')))?.[1];
  if (!code) throw new Error('no code was shown');
  return code;
}
export async function linkOwner({ desk, server }: Pick<TelegramDesk, 'desk' | 'server'>, user = ownerChat): Promise<void> {
  server.message({ chat: user, from: user, text: `/link ${await linkCode(desk)}` });
  await server.until(() => server.texts(user).some((text) => text.startsWith('Linked.')), 'the link');
}
