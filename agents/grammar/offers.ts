import { slashCommands } from './slash-commands.ts';

const starters: ReadonlySet<string> = new Set(['positions', 'idea', 'movers', 'help']);

/** Slash commands as they are offered while typing; the starters also on an empty page. */
export const commandOffers = (): { command: string; title: string; example: string; starter: boolean }[] =>
  slashCommands.map(({ name, example, help }) => ({ command: `/${name}`, title: help, example, starter: starters.has(name) }));
