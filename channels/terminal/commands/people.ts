import { randomBytes } from 'node:crypto';
import { listAccounts } from '../../../db/stores/accounts.ts';
import { listApiKeys, listPeople, personByName, rightsOf, storeToken } from '../../../db/stores/people.ts';
import { uuidv7 } from '../../../db/uuid.ts';
import { Action } from '../../../desk/actions/types.ts';
import { sha256 } from '../../../desk/canonical.ts';
import { decimalToMinor, decimal } from '../../../desk/decimal.ts';
import { readArguments } from '../arguments.ts';
import { proposalOutput } from '../../../tools/proposal-output.ts';
import { type Command, type CommandCall, type CommandDesk, CommandRefusal, type ExitCode } from '../command.ts';
import { tellProposal } from '../proposed.ts';

async function propose(call: CommandCall, desk: CommandDesk, given: Action, { json, more }: { json: boolean; more?: Record<string, unknown> }): Promise<ExitCode> {
  const read = Action.safeParse(given);
  if (!read.success) throw new CommandRefusal(`${read.error.issues[0]?.path.join('.') ?? 'it'}: ${read.error.issues[0]?.message ?? 'cannot be read'}`, 2);
  const outcome = await desk.services.propose({ action: read.data, proposer: { kind: 'person', personId: desk.owner.id, channel: 'terminal' }, threadId: null, turn: null });
  const failed = outcome.state === 'blocked' || outcome.state === 'failed';
  return tellProposal(call, proposalOutput(outcome), { json, ...(more && !failed ? { more } : {}) });
}

export const userCommand: Command = {
  name: 'user', usage: 'user list | add NAME --role owner|trader|viewer | rights NAME --account NAME [--view] [--propose] [--confirm] | link NAME --channel CHANNEL --id ID | unlink NAME --channel CHANNEL | token NAME [--label TEXT] | key NAME --label TEXT | keys | revoke KEY_ID [--json]', does: 'people, their rights, links, tokens and API keys',
  async run(call, desk) {
    const [verb, ...rest] = call.args;
    const given = readArguments(rest, { role: { type: 'string' }, account: { type: 'string' }, view: { type: 'boolean' }, propose: { type: 'boolean' }, confirm: { type: 'boolean' }, channel: { type: 'string' }, id: { type: 'string' }, label: { type: 'string' }, json: { type: 'boolean' } }, this.usage);
    const { orm } = desk.database;
    const [name] = given.words;
    const json = given.flag('json');
    if (verb === 'list') {
      const people = await Promise.all((await listPeople(orm)).map(async (person) => ({ name: person.name, role: person.role, rights: await rightsOf(orm, person.id) })));
      if (json) call.streams.out(JSON.stringify(people));
      else for (const person of people) call.streams.out(`${person.name.padEnd(20)} ${person.role}`);
      return 0;
    }
    if (verb === 'keys') {
      const keys = await listApiKeys(orm);
      if (json) call.streams.out(JSON.stringify(keys));
      else for (const key of keys) call.streams.out(`${key.id} ${key.personName.padEnd(16)} ${key.label.padEnd(20)} ${key.revokedAt === null ? 'works' : 'revoked'}`);
      return 0;
    }
    if (name === undefined) throw new CommandRefusal(`Usage: parapet ${this.usage}`, 2);
    if (verb === 'revoke') return propose(call, desk, { kind: 'api_key_revoke', keyId: name }, { json });
    if (verb === 'add') {
      const role = given.text('role');
      if (role !== 'owner' && role !== 'trader' && role !== 'viewer') throw new CommandRefusal('--role is owner, trader or viewer', 2);
      return propose(call, desk, { kind: 'person_add', name, role }, { json });
    }
    const person = await personByName(orm, name);
    if (!person) throw new CommandRefusal(`there is no person called “${name}”`);
    if (verb === 'rights') {
      const account = (await listAccounts(orm)).find((each) => each.name.toLowerCase() === given.text('account')?.toLowerCase());
      if (!account) throw new CommandRefusal('--account names one of the accounts', 2);
      return propose(call, desk, { kind: 'rights_change', personId: person.id, accountId: account.id, canView: given.flag('view'), canPropose: given.flag('propose'), canConfirm: given.flag('confirm') }, { json });
    }
    if (verb === 'link') {
      const [channel, id] = [given.text('channel'), given.text('id')];
      if (!channel || !id) throw new CommandRefusal(`Usage: parapet ${this.usage}`, 2);
      return propose(call, desk, { kind: 'identity_link', personId: person.id, channel, externalId: id }, { json });
    }
    if (verb === 'unlink') {
      const channel = given.text('channel');
      if (!channel) throw new CommandRefusal(`Usage: parapet ${this.usage}`, 2);
      return propose(call, desk, { kind: 'identity_unlink', personId: person.id, channel }, { json });
    }
    if (verb === 'key') {
      const label = given.text('label');
      if (!label) throw new CommandRefusal(`Usage: parapet ${this.usage}`, 2);
      // The desk is told the hash alone: the key itself is seen here and nowhere else.
      const key = `pk_${randomBytes(24).toString('base64url')}`;
      const code = await propose(call, desk, { kind: 'api_key_create', personId: person.id, label, keyHash: sha256(key) }, { json, more: { key } });
      if (code !== 0) return code;
      if (!json) call.streams.out(key);
      call.streams.err('shown once; it works from the confirmation on');
      return 0;
    }
    if (verb === 'token') {
      // Whoever runs the command owns the machine; the token lets the person act from its command line, no more.
      const token = randomBytes(24).toString('base64url');
      await storeToken(orm, { id: uuidv7(Date.parse(desk.services.wallNow())), personId: person.id, kind: 'cli', token, label: given.text('label') ?? null, lifeSeconds: null });
      call.streams.out(json ? JSON.stringify({ token }) : token);
      call.streams.err('shown once; set it as PARAPET_TOKEN');
      return 0;
    }
    throw new CommandRefusal(`Usage: parapet ${this.usage}`, 2);
  },
};

export const accountCommand: Command = {
  name: 'account', usage: 'account list | account add NAME --type SIP|LUMP_SUM|EVENT_TACTICAL --balance AMOUNT [--monthly AMOUNT] [--currency INR|USD] | account rename NAME --to NAME | account close NAME | account reset NAME --balance AMOUNT [--json]', does: 'accounts',
  async run(call, desk) {
    const [verb, ...rest] = call.args;
    const given = readArguments(rest, { json: { type: 'boolean' }, type: { type: 'string' }, balance: { type: 'string' }, monthly: { type: 'string' }, to: { type: 'string' }, currency: { type: 'string' } }, this.usage);
    if (verb === 'list') {
      const accounts = await listAccounts(desk.database.orm);
      if (given.flag('json')) call.streams.out(JSON.stringify(accounts));
      else for (const account of accounts) call.streams.out(`${account.name.padEnd(16)} ${account.type.padEnd(16)} ${account.status.padEnd(8)} ${account.mode} ${account.broker}`);
      return 0;
    }
    const [name] = given.words;
    const type = given.text('type');
    const minor = (option: string): number => { try { return decimalToMinor(decimal(given.text(option) ?? '0')); } catch { throw new CommandRefusal(`--${option} is an amount, not ${given.text(option)}`, 2); } };
    if (name !== undefined && (verb === 'rename' || verb === 'close' || verb === 'reset')) {
      const account = (await listAccounts(desk.database.orm)).find((each) => each.name.toLowerCase() === name.toLowerCase());
      if (!account) throw new CommandRefusal(`there is no account “${name}”`);
      const to = given.text('to');
      if (verb === 'rename' && !to) throw new CommandRefusal(`Usage: parapet ${this.usage}`, 2);
      return propose(call, desk, verb === 'rename' ? { kind: 'account_edit', accountId: account.id, name: to ?? '' } : verb === 'close' ? { kind: 'account_close', accountId: account.id } : { kind: 'account_reset', accountId: account.id, openingBalanceMinor: minor('balance') }, { json: given.flag('json') });
    }
    if (verb !== 'add' || name === undefined || (type !== 'SIP' && type !== 'LUMP_SUM' && type !== 'EVENT_TACTICAL')) throw new CommandRefusal(`Usage: parapet ${this.usage}`, 2);
    return propose(call, desk, { kind: 'account_open', name, type, baseCurrency: given.text('currency') === 'USD' ? 'USD' : 'INR', openingBalanceMinor: minor('balance'), ...(given.text('monthly') === undefined ? {} : { sipAmountMinor: minor('monthly') }) }, { json: given.flag('json') });
  },
};
