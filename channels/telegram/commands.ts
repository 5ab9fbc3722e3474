import type { CommandOffer } from '../conversation-service.ts';

/** What the bot's menu offers, in its order; everything else can still be said. */
const menu = [
  'start', 'link', 'accounts', 'positions', 'pnl', 'idea', 'cards', 'card', 'why', 'approve', 'reject', 'orders', 'flatten', 'pause', 'resume', 'kill', 'report', 'watch', 'news', 'chain', 'strategy', 'risk', 'treasury', 'audit',
  'intake', 'evals', 'settings', 'alerts', 'ack', 'unlink', 'retry', 'help',
];
const own: Record<string, string> = { start: 'Begin, or link this chat with a code' };

/** Names and one-line descriptions (at most 256 characters) as Telegram takes them. */
export const telegramMenu = (offers: readonly CommandOffer[]): { command: string; description: string }[] => menu.flatMap((command) => {
  const description = own[command] ?? offers.find((offer) => offer.command === `/${command}`)?.title;
  return description ? [{ command, description: description.slice(0, 256) }] : [];
});
