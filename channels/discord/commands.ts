import type { CommandOffer } from '../conversation-service.ts';

type Option = 'symbol' | 'account' | 'card' | 'quantity' | 'price' | 'stop' | 'target' | 'reason' | 'words' | 'channel' | 'code' | 'structure' | 'text';
interface Shape { name: string; options: readonly [option: Option, required: boolean][]; /** About the market alone: the answer may be seen by everybody in a server's channel. */ open?: true }

const symbol: [Option, boolean] = ['symbol', true];
const account: [Option, boolean] = ['account', false];
const card: [Option, boolean] = ['card', true];

/** The desk's commands as Discord offers them; everything else is said with `/ask`, or in a direct message. */
const shapes: readonly Shape[] = [
  { name: 'ask', options: [['text', true]] }, { name: 'edit', options: [['text', true]] }, { name: 'retry', options: [] },
  { name: 'link', options: [['code', false]] }, { name: 'unlink', options: [['channel', true]] },
  { name: 'accounts', options: [] }, { name: 'positions', options: [account] }, { name: 'pnl', options: [['symbol', false], account] }, { name: 'orders', options: [['symbol', false], account] },
  { name: 'treasury', options: [] }, { name: 'risk', options: [account] }, { name: 'report', options: [account] },
  { name: 'idea', options: [['symbol', false], account] }, { name: 'cards', options: [account] }, { name: 'card', options: [card] }, { name: 'why', options: [card] }, { name: 'audit', options: [['card', false]] },
  { name: 'approve', options: [card] }, { name: 'reject', options: [card, ['reason', false]] },
  { name: 'buy', options: [['quantity', true], symbol, ['price', false], ['stop', false], ['target', false], account] },
  { name: 'sell', options: [['quantity', true], symbol, ['price', false], account] }, { name: 'exit', options: [symbol, account] }, { name: 'flatten', options: [account] },
  { name: 'pause', options: [account, ['reason', false]] }, { name: 'resume', options: [account] }, { name: 'kill', options: [['reason', true], account] },
  { name: 'watch', options: [symbol] },
  { name: 'quote', options: [symbol], open: true }, { name: 'chart', options: [symbol], open: true }, { name: 'news', options: [['symbol', false], ['words', false]], open: true },
  { name: 'movers', options: [], open: true }, { name: 'hours', options: [], open: true }, { name: 'chain', options: [symbol], open: true }, { name: 'strategy', options: [symbol, ['structure', false]], open: true },
  { name: 'intake', options: [account] }, { name: 'evals', options: [] }, { name: 'alerts', options: [] }, { name: 'ack', options: [] }, { name: 'settings', options: [] }, { name: 'help', options: [['words', false]] },
];
const optionWords: Record<Option, string> = {
  symbol: 'Symbol or company', account: 'Account; without it the one in force', card: 'Number of the card', quantity: 'Shares, or a part like “half” or “all”', price: 'Limit price', stop: 'Stop price', target: 'Target price', reason: 'Why',
  words: 'Words to look for', channel: 'telegram or discord', code: 'The code that the desk showed; without it you get one', structure: 'Like “iron condor”', text: 'What you want to know or do',
};
const own: Record<string, string> = { ask: 'Say anything to the desk' };
const suggested: ReadonlySet<Option> = new Set(['symbol', 'account', 'card']);

/** What Discord keeps of a command, as far as the desk sets it. */
export interface DiscordCommand { name: string; description: string; type: 1; contexts: number[]; integration_types: number[]; options: { type: 3; name: string; description: string; required: boolean; autocomplete: boolean; max_length: number }[] }

/** Names, descriptions and options as Discord takes them: in servers and in direct messages, with every option as text. */
export const discordCommands = (offers: readonly CommandOffer[]): DiscordCommand[] => shapes.map(({ name, options }) => ({
  name, type: 1, contexts: [0, 1], integration_types: [0],
  description: (own[name] ?? offers.find(({ command }) => command === `/${name}`)?.title ?? name).slice(0, 100),
  options: options.map(([option, required]) => ({ type: 3, name: option, description: optionWords[option], required, autocomplete: suggested.has(option), max_length: option === 'text' || option === 'reason' || option === 'words' ? 1000 : 100 })),
}));

/** Whether two sets of commands say the same, whatever else Discord stores with them. */
export function sameCommands(there: readonly unknown[], wanted: readonly DiscordCommand[]): boolean {
  const plain = (command: Partial<DiscordCommand>): string => JSON.stringify([
    command.name, command.description, command.type ?? 1, [...(command.contexts ?? [])].sort(), [...(command.integration_types ?? [])].sort(),
    (command.options ?? []).map((option) => [option.name, option.description, option.type, option.required ?? false, option.autocomplete ?? false, option.max_length ?? null]),
  ]);
  const sorted = (commands: readonly unknown[]): string[] => commands.map((command) => plain(command as Partial<DiscordCommand>)).sort();
  return JSON.stringify(sorted(there)) === JSON.stringify(sorted(wanted));
}

export const isOpenCommand = (name: string): boolean => shapes.find((shape) => shape.name === name)?.open === true;

/** The line that a command says to the desk. What people type into an option is one line of words, never another command. */
export function lineOf(name: string, given: Readonly<Record<string, string>>): string {
  const clean = (option: Option): string => (given[option] ?? '').replaceAll(/\s+/g, ' ').trim();
  if (name === 'ask') return clean('text').slice(0, 4000);
  const shape = shapes.find((each) => each.name === name);
  const words = (shape?.options ?? []).map(([option]) => {
    const value = clean(option);
    if (value === '') return '';
    return option === 'price' ? `@${value.replace(/^@/, '')}` : option === 'stop' || option === 'target' ? `${option} ${value}` : value;
  });
  // The account stands before the reason, which runs to the end.
  if (name === 'kill') words.reverse();
  return [`/${name}`, ...words.filter(Boolean)].join(' ');
}
