import { sql } from 'drizzle-orm';
import type { PlaybookTerms } from '../../desk/playbooks/playbook.ts';
import type { Instant } from '../../desk/time.ts';
import type { Executor } from '../client.ts';
import { rows } from '../sql.ts';

export interface StoredPlaybook {
  id: string;
  version: number;
  terms: PlaybookTerms;
  summary: string;
  actionId: string | null;
  createdAt: Instant;
}

const columns = sql`playbook_id as id, version, terms, summary, action_id as "actionId", core.instant_text(created_at) as "createdAt"`;

/** Those in force, by id. */
export const activePlaybooks = (executor: Executor): Promise<StoredPlaybook[]> =>
  rows<StoredPlaybook & Record<string, unknown>>(executor, sql`select ${columns} from core.playbooks where active order by playbook_id`);

/** Puts a new version in force; the one before stays on record. Returns its number. */
export async function writePlaybook(
  tx: Executor,
  input: { id: string; playbookId: string; terms: PlaybookTerms; summary: string; actionId: string | null },
): Promise<number> {
  await tx.execute(sql`update core.playbooks set active = false where playbook_id = ${input.playbookId} and active`);
  const [row] = await rows<{ version: number }>(
    tx,
    sql`insert into core.playbooks (id, playbook_id, version, active, terms, summary, action_id, created_at)
    values (${input.id}, ${input.playbookId}, (select coalesce(max(version), 0) + 1 from core.playbooks where playbook_id = ${input.playbookId}), true, ${JSON.stringify(input.terms)}::jsonb, ${input.summary}, ${input.actionId}, core.wall_now()) returning version`,
  );
  return row?.version ?? 1;
}
