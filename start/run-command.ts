import { type Command, type CommandCall, type CommandDesk, CommandRefusal, type ExitCode } from '../channels/terminal/command.ts';
import { ConversationRefusal } from '../graph/conversation-service.ts';
import { describeError } from '../ops/describe-error.ts';

export const usageOf = (commands: readonly Command[]): string[] => ['Usage: npm run -s parapet -- COMMAND', ...commands.map((command) => `  ${command.usage}\n      ${command.does}`)];

/** Runs one command and turns what it throws into an exit code with one sentence on standard error. */
export async function runCommand({ args, call, desk, commands }: { args: string[]; call: Omit<CommandCall, 'args'>; desk: CommandDesk; commands: readonly Command[] }): Promise<ExitCode> {
  const [name, ...rest] = args;
  const command = commands.find((each) => each.name === name);
  if (!command) {
    for (const line of usageOf(commands)) call.streams.err(line);
    return 2;
  }
  try {
    return await command.run({ ...call, args: rest }, desk);
  } catch (error) {
    if (error instanceof CommandRefusal) { call.streams.err(error.message); return error.code; }
    if (error instanceof ConversationRefusal) { call.streams.err(error.message); return 1; }
    call.streams.err(describeError(error));
    return 1;
  }
}
