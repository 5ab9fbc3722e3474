import { commandOffers } from '../../../agents/grammar/offers.ts';
import type { ChatChannel } from '../../../channels/chats/channel.ts';
import { createDiscordChannel, type DiscordInput } from '../../../channels/discord/channel.ts';
import { createLog } from '../../../ops/log.ts';
import { tools } from '../../../tools/registry.ts';
import { openTestDesk, type TestDesk, type TestDeskOptions, textOf } from '../../helpers/desk.ts';
import { DiscordServer } from '../../helpers/discord-server.ts';
import { surroundings } from '../chats/surroundings.ts';

export const ownerUser = '10001';
export interface DiscordDesk { desk: TestDesk; server: DiscordServer; channel: ChatChannel; logged: string[]; another(more?: Partial<DiscordInput>): ChatChannel; close(): Promise<void> }

export function discordChannel(desk: TestDesk, server: DiscordServer, logged: string[], more: Partial<DiscordInput> = {}): ChatChannel {
  return createDiscordChannel({
    ...surroundings, database: desk.database, service: desk.conversation, token: server.token, applicationId: server.applicationId, apiRoot: server.root, gapMs: 0, offers: commandOffers(), zone: 'Asia/Kolkata',
    symbols: () => desk.market.symbols().values(), isMarketTool: (name) => tools.get(name)?.permission === 'market:read', log: createLog({ level: 'warn', write: (line) => { logged.push(line); } }), ...more,
  });
}
/** A whole desk with its Discord channel, talking to a local server that speaks the gateway and REST. */
export async function openDiscordDesk(options: TestDeskOptions = {}): Promise<DiscordDesk> {
  const desk = await openTestDesk(options);
  const server = new DiscordServer();
  await server.listen();
  const logged: string[] = [];
  const channel = discordChannel(desk, server, logged);
  await channel.start();
  return { desk, server, channel, logged, another: (more) => discordChannel(desk, server, logged, more), async close() { await channel.stop(); await server.close(); await desk.close(); } };
}
export async function linkOwner({ desk, server }: Pick<DiscordDesk, 'desk' | 'server'>, user = ownerUser): Promise<void> {
  const code = /\/link ([A-Z0-9]{8})/.exec(textOf(await desk.say('/link')))?.[1] ?? '';
  const asked = server.command({ user, name: 'link', options: { code } });
  await server.until(() => server.answers(asked).some(({ text }) => text.startsWith('Linked.')), 'the link');
}
