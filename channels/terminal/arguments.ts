import { parseArgs } from 'node:util';
import { CommandRefusal } from './command.ts';

type Options = Record<string, { type: 'string' | 'boolean' }>;
export interface Parsed { words: string[]; text: (name: string) => string | undefined; flag: (name: string) => boolean }

/** Words and options of a command line. An unknown option is a usage error with one sentence. */
export function readArguments(args: string[], options: Options, usage: string): Parsed {
  try {
    const { positionals, values } = parseArgs({ args, options, allowPositionals: true, strict: true });
    return {
      words: positionals, flag: (name) => values[name] === true,
      text: (name) => { const value = values[name]; return typeof value === 'string' ? value : undefined; },
    };
  } catch (error) {
    throw new CommandRefusal(`${error instanceof Error ? error.message.split('.')[0] : String(error)}. Usage: parapet ${usage}`, 2);
  }
}
