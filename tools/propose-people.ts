import { z } from 'zod';
import { listApiKeys, listPeople, personByName, type PersonRow, rightsOf } from '../db/stores/people.ts';
import { listAccounts } from '../db/stores/accounts.ts';
import { activeLinks } from '../db/stores/identities.ts';
import type { Action } from '../desk/actions/types.ts';
import { dateIn, type Instant } from '../desk/time.ts';
import { localTime } from './book/local-time.ts';
import { defineTool, type ToolContext, ToolError } from './define.ts';
import { accountNamed, proposerOf } from './order-terms.ts';
import { ProposalOutput, proposalOutput } from './proposal-output.ts';

/** A key in a conversation would stay in its history. */
export const whereKeysAreMade = 'A key is made where you alone see it, once: on the web desk under Settings, People, or in the terminal with “parapet user key NAME --label LABEL”. It works after your yes.';

async function personNamed(context: ToolContext, name: string): Promise<PersonRow> {
  const found = await personByName(context.services.database.orm, name);
  if (!found) throw new ToolError('NO_SUCH_PERSON', `There is nobody called ${name}.`, 'person');
  return found;
}

/** Who may do what, from where. A person says it; no agent does. Errors: `NO_SUCH_PERSON`, `NO_SUCH_ACCOUNT`, `ACCOUNT_NEEDED`, `CHANNEL_NEEDED`, `NO_SUCH_KEY`, `HASH_NEEDED`, `LABEL_TAKEN`, `NOT_FOR_AGENTS`. */
export const proposePerson = defineTool({
  name: 'propose_person', purpose: 'Propose to add a person, change their rights on an account, take away a channel link, make an API key or revoke one', effect: 'propose', permission: 'admin', output: ProposalOutput,
  input: z.object({
    change: z.enum(['add', 'rights', 'unlink', 'make_key', 'revoke_key']), person: z.string().trim().min(1).max(60), role: z.enum(['owner', 'trader', 'viewer']).optional(), account: z.string().optional(),
    canView: z.boolean().optional(), canPropose: z.boolean().optional(), canConfirm: z.boolean().optional(), channel: z.string().max(40).optional(), label: z.string().trim().min(1).max(60).optional().describe('of the key'), keyHash: z.string().regex(/^[0-9a-f]{64}$/).optional().describe('SHA-256 of a new key; the desk is never told the key itself'),
  }),
  async run(context, input) {
    const { services, caller } = context;
    if (caller.agent) throw new ToolError('NOT_FOR_AGENTS', 'Rights are said by a person, in words that the desk knows exactly.');
    return proposalOutput(await services.propose({ action: await actionFor(), proposer: proposerOf(context), threadId: caller.threadId ?? null, turn: caller.turn ?? null }));

    async function actionFor(): Promise<Action> {
      if (input.change === 'add') return { kind: 'person_add', name: input.person, role: input.role ?? 'viewer' };
      const person = await personNamed(context, input.person);
      if (input.change === 'unlink') {
        if (input.channel === undefined) throw new ToolError('CHANNEL_NEEDED', `On which channel is ${person.name} to be unlinked?`, 'channel');
        return { kind: 'identity_unlink', personId: person.id, channel: input.channel };
      }
      if (input.change === 'make_key') {
        if (input.keyHash === undefined || input.label === undefined) throw new ToolError('HASH_NEEDED', whereKeysAreMade, 'keyHash');
        const { label, keyHash } = input;
        // Revoking goes by the label.
        if ((await listApiKeys(services.database.orm)).some((each) => each.personId === person.id && each.revokedAt === null && each.label.toLowerCase() === label.toLowerCase())) throw new ToolError('LABEL_TAKEN', `${person.name} has a key “${label}” that works; take another label, or revoke that one first.`, 'label');
        return { kind: 'api_key_create', personId: person.id, label, keyHash };
      }
      if (input.change === 'revoke_key') {
        const key = (await listApiKeys(services.database.orm)).find((each) => each.personId === person.id && each.revokedAt === null && (input.label === undefined || each.label.toLowerCase() === input.label.toLowerCase()));
        if (!key) throw new ToolError('NO_SUCH_KEY', `${person.name} has no such key that works.`, 'label');
        return { kind: 'api_key_revoke', keyId: key.id };
      }
      const account = await accountNamed(context, input.account);
      const now = (await rightsOf(services.database.orm, person.id)).find((row) => row.accountId === account.id);
      const confirm = input.canConfirm ?? now?.canConfirm ?? false;
      const propose = input.canPropose ?? now?.canPropose ?? false;
      // Whoever may say yes or propose also sees what about.
      return { kind: 'rights_change', personId: person.id, accountId: account.id, canView: input.canView ?? (confirm || propose || (now?.canView ?? false)), canPropose: propose, canConfirm: confirm };
    }
  },
});

const Rights = z.object({ account: z.string(), sees: z.boolean(), proposes: z.boolean(), confirms: z.boolean() });
const may = ({ sees, proposes, confirms }: z.infer<typeof Rights>): string => [sees ? 'sees' : '', proposes ? 'proposes' : '', confirms ? 'confirms' : ''].filter(Boolean).join(', ') || 'nothing';

/** Everybody who may use the desk, what they may do where, on which channels they are known, and the API keys that act for them. */
export const people = defineTool({
  name: 'people', purpose: 'Who may use the desk, in which role, with which rights on which account, linked on which channels, with which API keys', effect: 'read', permission: 'admin', input: z.object({ account: z.string().optional().describe('who may do what on this one'), right: z.enum(['PROPOSE', 'CONFIRM', 'VIEW']).optional().describe('only those who have it, on some account or on the one named') }),
  output: z.object({
    asOf: z.string(), count: z.int(), account: z.string().nullable(), able: z.array(z.object({ name: z.string(), role: z.string(), account: z.string(), may: z.string() })).describe('who has the right that was asked for; empty where none was'), people: z.array(z.object({ name: z.string(), role: z.enum(['owner', 'trader', 'viewer']), rights: z.string(), byAccount: z.array(Rights) })),
    links: z.array(z.object({ person: z.string(), channel: z.string(), linkedText: z.string() })),
    keys: z.array(z.object({ label: z.string(), person: z.string(), works: z.boolean(), madeText: z.string(), endedText: z.string().nullable() })),
  }),
  run: async (context, { account, right }) => {
    const { services: { database: { orm }, market, wallNow } } = context;
    const only = account === undefined ? null : (await accountNamed(context, account)).name;
    const names = new Map((await listAccounts(orm)).map(({ id, name }) => [id, name]));
    const words = (at: Instant): string => localTime(at, { today: dateIn(wallNow(), market.zone), zone: market.zone });
    const found = await Promise.all((await listPeople(orm)).map(async (person) => {
      const byAccount = (await rightsOf(orm, person.id)).flatMap((row) => { const account = names.get(row.accountId); return account === undefined ? [] : [{ account, sees: row.canView, proposes: row.canPropose, confirms: row.canConfirm }]; })
        .sort((a, b) => a.account.localeCompare(b.account));
      return { name: person.name, role: person.role, byAccount, rights: byAccount.map((row) => `${row.account}: ${may(row)}`).join('; ') || 'none' };
    }));
    const has = (row: z.infer<typeof Rights>): boolean => (right === 'PROPOSE' ? row.proposes : right === 'CONFIRM' ? row.confirms : row.sees);
    const able = right === undefined && only === null ? [] : found.flatMap((person) => person.byAccount.filter((row) => (only === null || row.account === only) && has(row)).map((row) => ({ name: person.name, role: person.role, account: row.account, may: may(row) })));
    return {
      asOf: market.now(), count: found.length, account: only, able, people: found,
      links: (await activeLinks(orm)).map(({ person, channel, linkedAt }) => ({ person, channel, linkedText: words(linkedAt) })),
      keys: (await listApiKeys(orm)).map(({ label, personName, createdAt, revokedAt }) => ({ label, person: personName, works: revokedAt === null, madeText: words(createdAt), endedText: revokedAt === null ? null : words(revokedAt) })),
    };
  },
});
