import { sql } from 'drizzle-orm';
import type { Instant } from '../../desk/time.ts';
import type { Executor } from '../client.ts';
import { rows } from '../sql.ts';

export type FeedbackVerdict = 'GOOD' | 'BAD';
export const mostNoteCharacters = 500;

/** The person's last message in a thread that the desk has answered, before `turn`; what only said how an answer was is passed over. Null: there is none. */
export const lastAnswered = async (executor: Executor, { threadId, personId, turn }: { threadId: string; personId: string; turn: string }): Promise<{ turn: string; said: string } | null> => (await rows<{ turn: string; said: string }>(executor, sql`
  select m.turn, m.event::jsonb->>'text' as said from core.messages m
  where m.thread_id = ${threadId} and m.author = 'person' and m.person_id = ${personId} and m.turn <> ${turn} and m.event::jsonb->>'type' = 'said'
    and not exists (select from core.feedback f where f.said_in = m.turn)
    and exists (select from core.messages a where a.thread_id = m.thread_id and a.turn = m.turn and a.author = 'desk' and a.event::jsonb->>'type' in ('reply', 'card', 'table', 'error'))
  order by m.sequence desc limit 1`))[0] ?? null;

/** Once for each turn that says it, however often that is stored. */
export const writeFeedback = (tx: Executor, input: { id: string; threadId: string; turn: string; personId: string; verdict: FeedbackVerdict; note: string | null; saidIn: string }) => tx.execute(sql`
  insert into core.feedback (id, thread_id, turn, person_id, verdict, note, said_in, at)
  values (${input.id}, ${input.threadId}, ${input.turn}, ${input.personId}, ${input.verdict}, ${input.note}, ${input.saidIn}, core.wall_now()) on conflict (said_in) do nothing`);

/** An answer that somebody found good or wrong, with what it answered and what it asked of the tools: a case for the evals, once somebody has written what is right. */
export interface EvalCandidate { id: string; at: Instant; channel: string; person: string; verdict: FeedbackVerdict; note: string | null; said: string; replied: string; agent: string | null; tools: string[] }

/** The newest word of each person on each answer, newest first. */
export const evalCandidates = (executor: Executor, limit: number): Promise<EvalCandidate[]> => rows<EvalCandidate & Record<string, unknown>>(executor, sql`
  select f.id, core.instant_text(f.at) as at, t.channel, p.name as person, f.verdict, f.note,
    (select m.event::jsonb->>'text' from core.messages m where m.thread_id = f.thread_id and m.turn = f.turn and m.author = 'person' order by m.sequence limit 1) as said,
    coalesce((select string_agg(coalesce(m.event::jsonb->>'text', m.event::jsonb->'card'->>'headline', m.event::jsonb->>'title', m.event::jsonb->>'message'), E'\\n' order by m.sequence) from core.messages m
      where m.thread_id = f.thread_id and m.turn = f.turn and m.author = 'desk' and m.event::jsonb->>'type' in ('reply', 'card', 'table', 'error')), '') as replied,
    (select a.agent from core.agent_messages a where a.turn = f.turn order by a.at desc limit 1) as agent,
    coalesce((select jsonb_agg(c->>'name') from (select a.payload from core.agent_messages a where a.turn = f.turn order by a.at desc limit 1) a, jsonb_array_elements(a.payload::jsonb->'calls') c), '[]'::jsonb) as tools
  from (select distinct on (turn, person_id) * from core.feedback order by turn, person_id, at desc, id desc) f
    join core.threads t on t.id = f.thread_id join core.people p on p.id = f.person_id
  order by f.at desc, f.id desc limit ${limit}`);
