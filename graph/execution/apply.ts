import type { ActionKind } from '../../desk/actions/types.ts';
import { accountChanges } from './changes/accounts.ts';
import { cashChanges } from './changes/cash.ts';
import type { Change, Changes } from './changes/define.ts';
import { ruleAndPeopleChanges } from './changes/rules-and-people.ts';
import { safetyChanges } from './changes/safety.ts';

/** The kinds that are carried out in the desk's own state; orders go through the broker, and `effects` outside the database. */
const table: Changes = { ...safetyChanges, ...accountChanges, ...cashChanges, ...ruleAndPeopleChanges };
export const appliedKinds = Object.keys(table) as ActionKind[];

/** @throws CannotChange when what it is about is not as it was; the transaction is to be given up then. */
export function applyAction(input: Omit<Parameters<Change<ActionKind>>[0], 'action'>): Promise<string> {
  const change = table[input.stored.action.kind] as Change<ActionKind> | undefined;
  if (!change) throw new Error(`nothing carries out ${input.stored.action.kind}`);
  return change({ ...input, action: input.stored.action });
}
