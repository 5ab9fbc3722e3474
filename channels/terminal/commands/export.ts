import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { runTool } from '../../../tools/run.ts';
import { tradeExport } from '../../../tools/trade-export.ts';
import { readArguments } from '../arguments.ts';
import { type Command, CommandRefusal } from '../command.ts';
import { callerFor } from '../person.ts';
import type { Tool } from '../../../tools/define.ts';

const kinds = { tradebook: 'tradebook', 'tax-lots': 'tax_lots' } as const;

export const exportCommand: Command = {
  name: 'export', usage: 'export tradebook|tax-lots [--account NAME] [--from DATE --to DATE] [--out FILE] [--json]', does: 'writes trades as CSV',
  async run(call, desk) {
    const [verb, ...rest] = call.args;
    const given = readArguments(rest, { account: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' }, out: { type: 'string' }, as: { type: 'string' }, json: { type: 'boolean' } }, this.usage);
    const [account, from, to, out] = [given.text('account'), given.text('from'), given.text('to'), given.text('out')];
    if (verb === undefined || !Object.hasOwn(kinds, verb) || (from === undefined) !== (to === undefined)) throw new CommandRefusal(`Usage: parapet ${this.usage}`, 2);
    const caller = await callerFor(desk, call, given.text('as'));
    const result = await runTool({ tool: tradeExport as unknown as Tool, services: desk.services, caller, input: { what: kinds[verb as keyof typeof kinds], ...(account === undefined ? {} : { account }), ...(from === undefined ? {} : { period: { from, to } }) } });
    if (!result.ok) throw new CommandRefusal(result.error.message);
    const { csv, rows, notes } = result.output as { csv: string; rows: number; notes: string[] };
    for (const note of notes) call.streams.err(note);
    if (out !== undefined) {
      const path = resolve(call.directory, out);
      try { writeFileSync(path, csv, { mode: 0o600, flag: 'wx' }); } catch (error) { throw new CommandRefusal(`${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`); }
      call.streams.out(given.flag('json') ? JSON.stringify({ file: path, rows }) : `${rows} rows in ${path}`);
    } else call.streams.out(given.flag('json') ? JSON.stringify(result.output) : csv.trimEnd());
    return 0;
  },
};
