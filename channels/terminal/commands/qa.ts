import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { contractCases } from '../../../agents/qa/contract-cases.ts';
import { listAccounts } from '../../../db/stores/accounts.ts';
import { tools } from '../../../tools/registry.ts';
import { postmanCollection } from '../../tools/postman.ts';
import { readArguments } from '../arguments.ts';
import { type Command, CommandRefusal } from '../command.ts';

export const qaCommand: Command = {
  name: 'qa', usage: 'qa generate [--out DIR] [--json]', does: 'writes contract cases and a Postman collection out of the tools’ definitions',
  async run(call, desk) {
    const [verb, ...rest] = call.args;
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
