import { lift } from './adjuncts.ts';
import { ask, type Understanding, type Utterance } from './context.ts';
import { finish } from './finish.ts';
import type { Intent, IntentKind } from './intents.ts';
import { matchPattern, parsePattern, type PatternNode } from './pattern.ts';
import { readSentence } from './sentence.ts';
import { settle } from './settle.ts';
import { slashCommands, type SlashCommand } from './slash-commands.ts';
import { matchable } from './slots.ts';
import { isOneSlipAway } from './spelling.ts';
import { macros } from './table/macros.ts';

interface Compiled { command: SlashCommand; forms: (PatternNode | null)[] }
const byName = new Map<string, Compiled>();
for (const command of slashCommands) {
  const compiled = { command, forms: command.forms.map((form) => (form === '' ? null : parsePattern(form, macros))) };
  for (const name of [command.name, ...(command.aliases ?? [])]) byName.set(name, compiled);
}

/** Reads `/command arguments`. What does not fit is answered with how it is written; nothing is guessed. */
export function readSlash(text: string, utterance: Utterance): Understanding {
  const [, name = '', rest = ''] = /^\/([A-Za-z_]+)(?:@\w+)?\s*([\s\S]*)$/.exec(text) ?? [];
  const compiled = byName.get(name.toLowerCase().replaceAll('_', ''));
  if (!compiled) return unknownCommand(name);
  const { command, forms } = compiled;
  if (rest.includes('\n')) return badUsage(command);
  const sentence = readSentence({ ...utterance, text: rest });
  const takes = command.takes ?? [];
  const lifts = [{ account: false, period: false }, { account: true, period: false }, { account: false, period: true }, { account: true, period: true }];
  const prefix = `/${command.name} `;
  for (const what of lifts) {
    if ((what.account && !takes.includes('account')) || (what.period && !takes.includes('period') && !takes.includes('date'))) continue;
    const { terms, ...lifted } = lift(sentence.terms, what);
    for (const form of forms) {
      const match = form ? matchPattern(form, matchable(terms, { sentence, context: utterance.context }), { from: 0, whole: true }) : terms.length === 0 ? { captures: {} } : null;
      if (!match) continue;
      const { kind, with: given, fills, ahead } = command;
      const entry = { kind, takes, ...(given ? { with: given } : {}), ...(fills ? { fills } : {}), ...(ahead ? { ahead } : {}) };
      const edits = kind === 'watchlist_edit' ? { add: [], remove: [], ...match.captures } : match.captures;
      const reading = settle({ entry, captures: edits, lifted, original: rest, context: utterance.context, marketDate: utterance.marketDate });
      if (!reading) continue;
      if ('asks' in reading) return prefixed(reading.asks, prefix);
      const finished = finish(reading.intent, utterance.context);
      if ('asks' in finished) return finished.asks;
      const assumed = [...reading.assumed, ...finished.assumed];
      return { kind: 'intent', intent: finished.intent, confidence: 'exact', explicit: assumed.length === 0, assumed };
    }
  }
  return badUsage(command);
}

/** Choices of a question about an argument repeat the argument only; the command goes in front. */
const prefixed = (asked: Understanding, prefix: string): Understanding =>
  (asked.kind === 'ask' ? { ...asked, choices: asked.choices.map((choice) => ({ ...choice, command: prefix + choice.command })) } : asked);
const badUsage = ({ usage, example }: SlashCommand): Understanding => ask(`Write it as ${usage}, for example: ${example}.`);

function unknownCommand(name: string): Understanding {
  const near = [...byName.keys()].filter((known) => isOneSlipAway(known, name.toLowerCase()) || (name.length >= 3 && known.startsWith(name.toLowerCase())));
  const found = near.slice(0, 3).map((known) => byName.get(known)?.command).filter((command) => command !== undefined);
  if (found.length === 0) return ask(`There is no command /${name}. /help lists them.`, [{ label: '/help', command: '/help' }]);
  return ask(`There is no command /${name}. Near it: ${found.map(({ usage, help }) => `${usage} (${help.toLowerCase()})`).join('; ')}.`, found.filter(({ forms }) => forms.includes('')).map((command) => ({ label: `/${command.name}`, command: `/${command.name}` })));
}

const commandOf = new Map<IntentKind, SlashCommand>(slashCommands.toReversed().map((command) => [command.kind, command]));
/** The slash form that says the same as an intent, for buttons; null when no command says it all. */
export function slashFor(intent: Intent): string | null {
  const command = commandOf.get(intent.kind);
  if (!command) return null;
  const parts = ['symbol', 'underlying', 'card', 'indicator', 'sector', 'account'].flatMap((slot) => { const value = (intent as Record<string, unknown>)[slot]; return value === undefined || value === '*' ? [] : [String(value)]; });
  const label = 'period' in intent && intent.period ? [intent.period.label] : [];
  return [`/${command.name}`, ...parts, ...label].join(' ');
}
