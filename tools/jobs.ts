import { z } from 'zod';
import { jobRows } from '../db/stores/jobs.ts';
import { dateIn, msBetween } from '../desk/time.ts';
import { localTime } from './book/local-time.ts';
import { defineTool } from './define.ts';

const Line = z.object({ job: z.string(), state: z.enum(['ok', 'failed', 'running', 'not yet']), lastText: z.string().nullable(), secondsAgo: z.int().nullable(), message: z.string().nullable(), runs: z.int(), failures: z.int() });

/** The scheduler's jobs as they ran last, on the wall clock. A desk that is not running runs none. */
export const jobs = defineTool({
  name: 'jobs', purpose: 'Which scheduled jobs ran, when, how they ended and what they said', effect: 'read', permission: 'desk:read', input: z.object({}),
  output: z.object({ asOf: z.string(), wallTime: z.string(), count: z.int(), failed: z.int(), latestText: z.string().nullable(), jobs: z.array(Line) }),
  run: async ({ services: { database, market, wallNow } }) => {
    const now = wallNow();
    const at = { today: dateIn(now, market.zone), zone: market.zone };
    const rows = await jobRows(database.orm);
    const lines = rows.map((row): z.infer<typeof Line> => ({
      job: row.name.replaceAll('_', ' '), state: row.heldBy !== null ? 'running' : row.lastFinishedAt === null ? 'not yet' : row.lastOk ? 'ok' : 'failed', lastText: row.lastFinishedAt === null ? null : localTime(row.lastFinishedAt, at),
      secondsAgo: row.lastFinishedAt === null ? null : Math.max(0, Math.round(msBetween(row.lastFinishedAt, now) / 1000)), message: row.lastMessage, runs: row.runs, failures: row.failures,
    }));
    const latest = rows.map(({ lastFinishedAt }) => lastFinishedAt).filter((each) => each !== null).sort().at(-1);
    return { asOf: market.now(), wallTime: now, count: lines.length, failed: lines.filter(({ state }) => state === 'failed').length, latestText: latest ? localTime(latest, at) : null, jobs: lines };
  },
});
