import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { contractCases } from '../../../agents/qa/contract-cases.ts';
import { listAccounts } from '../../../db/stores/accounts.ts';
import type { z } from 'zod';
import type { Tool } from '../../../tools/define.ts';
import { tools } from '../../../tools/registry.ts';
import { reviewSheet } from '../../../tools/review-sheet.ts';
import { runTool } from '../../../tools/run.ts';
import { postmanCollection } from '../../tools/postman.ts';
import { readArguments } from '../arguments.ts';
import { type Command, type CommandCall, type CommandDesk, CommandRefusal } from '../command.ts';
import { callerFor } from '../person.ts';

export const qaCommand: Command = {
  name: 'qa', usage: 'qa generate [--out DIR] [--json] | qa review [--week DATE] [--out FILE.csv] [--json]', does: 'writes contract cases and a Postman collection out of the tools’ definitions; writes the week’s sheet of decisions to review',
  async run(call, desk) {
    const [verb, ...rest] = call.args;
    if (verb === 'review') return review(call, desk, rest);
    if (verb !== 'generate') throw new CommandRefusal(`Usage: parapet ${this.usage}`, 2);
    const given = readArguments(rest, { out: { type: 'string' }, json: { type: 'boolean' } }, this.usage);
    const symbol = [...desk.services.market.symbols().values()].find((record) => record.kind === 'EQUITY')?.symbol ?? 'NIFTY';
    const account = (await listAccounts(desk.database.orm))[0]?.name ?? 'SIP';
    const cases = contractCases(tools.values(), { symbol, account, date: desk.market.today(), time: desk.market.now(), card: 1, uuid: '01890000-0000-7000-8000-000000000000' });
    const folder = resolve(call.directory, given.text('out') ?? 'qa');
    mkdirSync(folder, { recursive: true });
    const files = { cases: join(folder, 'contract-cases.jsonl'), postman: join(folder, 'postman-collection.json') };
    writeFileSync(files.cases, `${cases.map((each) => JSON.stringify(each)).join('\n')}\n`);
    writeFileSync(files.postman, JSON.stringify(postmanCollection(cases), null, 2));
    call.streams.out(given.flag('json') ? JSON.stringify({ cases: cases.length, tools: tools.size, files }) : `${cases.length} cases for ${tools.size} tools: ${files.cases}, ${files.postman}`);
    return 0;
  },
};

async function review(call: CommandCall, desk: CommandDesk, args: string[]): Promise<0> {
  const given = readArguments(args, { week: { type: 'string' }, out: { type: 'string' }, as: { type: 'string' }, json: { type: 'boolean' } }, qaCommand.usage);
  const [week, out] = [given.text('week'), given.text('out')];
  const result = await runTool({ tool: reviewSheet as unknown as Tool, services: desk.services, caller: await callerFor(desk, call, given.text('as')), input: week === undefined ? {} : { week } });
  if (!result.ok) throw new CommandRefusal(result.error.message);
  const { csv, shown } = result.output as z.output<(typeof reviewSheet)['output']>;
  if (out === undefined) { call.streams.out(given.flag('json') ? JSON.stringify(result.output) : csv.trimEnd()); return 0; }
  const path = resolve(call.directory, out);
  try { writeFileSync(path, csv, { mode: 0o600, flag: 'wx' }); } catch (error) { throw new CommandRefusal(`${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`); }
  call.streams.out(given.flag('json') ? JSON.stringify({ file: path, rows: shown }) : `${shown} decisions in ${path}`);
  return 0;
}
