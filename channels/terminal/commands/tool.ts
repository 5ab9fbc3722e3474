import { z } from 'zod';
import type { Tool } from '../../../tools/define.ts';
import { tools } from '../../../tools/registry.ts';
import { runTool } from '../../../tools/run.ts';
import { readArguments } from '../arguments.ts';
import { type Command, CommandRefusal } from '../command.ts';
import { callerFor } from '../person.ts';

const described = (tool: Tool): Record<string, unknown> => ({
  name: tool.name, purpose: tool.purpose, effect: tool.effect, permission: tool.permission,
  input: z.toJSONSchema(tool.input, { io: 'input', unrepresentable: 'any' }), output: z.toJSONSchema(tool.output, { io: 'input', unrepresentable: 'any' }),
});
const toolNamed = (name: string | undefined): Tool => {
  const tool = name === undefined ? undefined : tools.get(name);
  if (!tool) throw new CommandRefusal(name === undefined ? 'name a tool; `parapet tool list` has them' : `there is no tool ${name}; \`parapet tool list\` has them`, name === undefined ? 2 : 1);
  return tool;
};
const parsedInput = (text: string): { value: unknown } | { error: string } => {
  try { return { value: JSON.parse(text) as unknown }; } catch (error) { return { error: `not JSON: ${error instanceof Error ? error.message : String(error)}` }; }
};
const usage = 'tool list|describe NAME|call NAME --json \'{…}\'|batch NAME [--as PERSON] [--as-of T]';

export const toolCommand: Command = {
  name: 'tool', usage, does: 'lists, describes and runs the desk’s tools',
  async run(call, desk) {
    // `--json` carries the input for `call` and is a plain flag elsewhere.
    const [verb, ...rest] = call.args;
    const valued = verb === 'call';
    const given = readArguments(rest, { json: { type: valued ? 'string' : 'boolean' }, as: { type: 'string' }, 'as-of': { type: 'string' } }, usage);
    const { streams } = call;
    if (verb === 'list') {
      const all = [...tools.values()];
      if (given.flag('json')) streams.out(JSON.stringify(all.map(described)));
      else for (const tool of all) streams.out(`${tool.name.padEnd(24)} ${tool.effect.padEnd(8)} ${tool.purpose}`);
      return 0;
    }
    if (verb === 'describe') { streams.out(JSON.stringify(described(toolNamed(given.words[0])), null, given.flag('json') ? 0 : 2)); return 0; }
    if (verb === 'call') {
      const tool = toolNamed(given.words[0]);
      const input = parsedInput(given.text('json') ?? '{}');
      const result = 'error' in input ? { ok: false as const, error: { code: 'INVALID_JSON', message: input.error } }
        : await runTool({ tool, services: desk.services, caller: await callerFor(desk, call, given.text('as'), given.text('as-of')), input: input.value });
      streams.out(JSON.stringify(result));
      return result.ok ? 0 : 1;
    }
    if (verb === 'batch') {
      const tool = toolNamed(given.words[0]);
      const caller = await callerFor(desk, call, given.text('as'), given.text('as-of'));
      for await (const line of streams.input) {
        if (line.trim() === '') continue;
        const input = parsedInput(line);
        try {
          streams.out(JSON.stringify('error' in input ? { ok: false, error: { code: 'INVALID_JSON', message: input.error } } : await runTool({ tool, services: desk.services, caller, input: input.value })));
        } catch (error) {
          // A bug in one line must not take the other lines with it.
          streams.err(String(error));
          streams.out(JSON.stringify({ ok: false, error: { code: 'INTERNAL', message: 'the tool failed on this line' } }));
        }
      }
      return 0;
    }
    throw new CommandRefusal(`Usage: parapet ${usage}`, 2);
  },
};
