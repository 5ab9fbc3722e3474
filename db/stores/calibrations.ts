import { sql } from 'drizzle-orm';
import type { Calibration } from '../../desk/signals/calibration.ts';
import type { Instant } from '../../desk/time.ts';
import type { Executor } from '../client.ts';
import { array, rows } from '../sql.ts';

/** Stores versions of the calibration; one that is there stays as it is, and was known when it was first worked out. */
export async function writeCalibrations(tx: Executor, { calibrations, knownAt }: { calibrations: readonly Calibration[]; knownAt: Instant }): Promise<void> {
  if (calibrations.length === 0) return;
  const of = (pick: (calibration: Calibration) => string) => array(calibrations.map(pick), 'text');
  await tx.execute(sql`insert into core.calibrations (version, barriers, strategies, body, happened_at, known_at)
    select distinct on (version) version, barriers, strategies, body::jsonb, ${knownAt}::timestamptz, ${knownAt}::timestamptz
    from unnest(${of(({ version }) => version)}, ${of(({ barriers }) => JSON.stringify(barriers))}, ${of(({ strategies }) => strategies.join(' '))}, ${of((calibration) => JSON.stringify(calibration))}) as t(version, barriers, strategies, body)
    on conflict (version) do nothing`);
}

/** For each pair of barriers and set of strategies the latest version that was known at `asOf`, the one of most outcomes first. */
export const latestCalibrations = async (executor: Executor, asOf: Instant): Promise<(Calibration & { knownAt: Instant })[]> => (await rows<{ body: Calibration; known: Instant; count: number }>(executor, sql`
  select body, known, (body->>'count')::int as count from (
    select distinct on (barriers, strategies) body, version, core.instant_text(known_at) as known from core.calibrations where known_at <= ${asOf} order by barriers, strategies, known_at desc, version) latest
  order by count desc, version`)).map(({ body, known }) => ({ ...body, knownAt: known }));
