import { z } from 'zod';
import { accountById } from '../db/stores/accounts.ts';
import { actionById } from '../db/stores/actions.ts';
import { auditEntries, type AuditEntry, latestAudit } from '../db/stores/audit.ts';
import { listPeople } from '../db/stores/people.ts';
import { defineTool, type ToolContext } from './define.ts';
import { maySee } from './story/find-trade.ts';
import { storyLine } from './story/lines.ts';

const Entry = z.object({ sequence: z.int(), at: z.string().describe('wall clock'), kind: z.string(), subject: z.string(), actor: z.string(), text: z.string(), ref: z.string() });

/** Audit entries, oldest first: the latest, or those after a sequence, for following along. What concerns accounts that the caller may not see is left out. */
export const auditLog = defineTool({
  name: 'audit_log', purpose: 'The latest audit entries, or those after a sequence', effect: 'read', permission: 'audit:read',
  input: z.object({ after: z.int().nonnegative().optional(), limit: z.int().min(1).max(200).default(20) }),
  output: z.object({ asOf: z.string(), entries: z.array(Entry), last: z.int().describe('the sequence to go on from'), count: z.int() }),
  run: async (context, input) => {
    const { database: { orm }, market } = context.services;
    const found = input.after === undefined ? (await latestAudit(orm, input.limit)).reverse() : await auditEntries(orm, { after: input.after, limit: input.limit });
    const people = await listPeople(orm);
    const person = (id: string): string => (id === context.caller.personId ? 'you' : (people.find((each) => each.id === id)?.name ?? id));
    const entries: z.infer<typeof Entry>[] = [];
    for (const entry of found) {
      if (!(await visible(context, entry))) continue;
      const line = storyLine(entry.kind, JSON.parse(entry.payload) as Record<string, unknown>, entry, { person, channel: () => null, currency: 'INR' });
      entries.push({ sequence: entry.sequence, at: entry.at, kind: entry.kind, subject: entry.subject, actor: person(entry.actor), text: line?.text ?? entry.kind.replaceAll(/[._]/g, ' '), ref: `audit:${entry.sequence}` });
    }
    return { asOf: market.now(), entries, last: found.at(-1)?.sequence ?? input.after ?? 0, count: entries.length };
  },
});

const uuid = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;
async function visible(context: ToolContext, { subject }: AuditEntry): Promise<boolean> {
  const { database: { orm } } = context.services;
  if (!uuid.test(subject)) return context.caller.role === 'owner';
  const stored = await actionById(orm, subject);
  if (stored) return maySee(context, stored);
  return (await accountById(orm, subject)) ? context.caller.viewableAccountIds.includes(subject) : context.caller.role === 'owner';
}
