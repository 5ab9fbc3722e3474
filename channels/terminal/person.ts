import { personById, personByName, personByToken, rightsOf } from '../../db/stores/people.ts';
import type { ToolCaller } from '../../tools/define.ts';
import { type CommandCall, type CommandDesk, CommandRefusal } from './command.ts';

/**
 * Who a command speaks for. The machine's owner may act as `owner`; acting as somebody else needs that person's token
 * (PARAPET_TOKEN), and a token that is given must be theirs.
 */
export async function personFor(desk: CommandDesk, call: CommandCall, name: string | undefined) {
  const { orm } = desk.database;
  const wanted = name === undefined ? await personById(orm, desk.owner.id) : await personByName(orm, name);
  if (!wanted) throw new CommandRefusal(`there is no person called “${name}”`);
  const holder = call.token === null ? null : await personByToken(orm, 'cli', call.token);
  if (call.token !== null && holder?.id !== wanted.id) throw new CommandRefusal(`the token in PARAPET_TOKEN is not one of ${wanted.name}`);
  if (wanted.role !== 'owner' && holder === null) throw new CommandRefusal(`acting as ${wanted.name} needs their token in PARAPET_TOKEN`);
  return wanted;
}

export async function callerFor(desk: CommandDesk, call: CommandCall, name: string | undefined, asOf?: string): Promise<ToolCaller> {
  const person = await personFor(desk, call, name);
  const viewable = (await rightsOf(desk.database.orm, person.id)).filter((row) => row.canView).map((row) => row.accountId);
  return { personId: person.id, role: person.role, channel: 'terminal', viewableAccountIds: viewable, ...(asOf ? { asOf } : {}) };
}
