import { rmSync } from 'node:fs';
import { type Database, openEmbedded, openServer } from '../db/client.ts';
import { prepareDatabase } from '../db/prepare.ts';
import { countActions } from '../db/stores/actions.ts';
import { barDates } from '../db/stores/bars.ts';
import { readWorld } from '../db/stores/world.ts';
import type { Instant, TradingDate } from '../desk/time.ts';
import type { Configuration } from '../ops/configuration.ts';
import { type Home, openHome } from '../ops/home.ts';
import { acquireLock, type Lock } from '../ops/lock-file.ts';
import { backupBeforeMigration } from './backup.ts';
import type { WorldChoice } from './open-desk.ts';

/** One clear line for a start that cannot be. */
export class StartRefused extends Error {}

export interface OpenedHome { home: Home; database: Database; lock: Lock | null; /** What was copied before a migration, for people; null when nothing had to be. */ backup: string | null }

/** Takes the home for this process: its lock, then its database, copied first where it is about to be migrated. `fresh` empties an embedded home first. */
export async function takeHome({ configuration, fresh, now, searchPath, onLost }: { configuration: Configuration; fresh: boolean; now: Instant; searchPath: string; onLost: () => void }): Promise<OpenedHome> {
  const opened = openHome(configuration.PARAPET_HOME);
  if (!opened.ok) throw new StartRefused(opened.error);
  const { home } = opened;
  const locked = acquireLock({ path: home.lockFile, onLost });
  if (!locked.ok) throw new StartRefused(locked.error);
  try {
    if (fresh) {
      if (configuration.DATABASE_URL !== null) throw new StartRefused('--fresh empties an embedded home only; give a server database of its own a new name in DATABASE_URL');
      rmSync(home.database, { recursive: true, force: true });
    }
    const url = configuration.DATABASE_URL;
    const embedded = url === null ? await openEmbedded({ directory: home.database }) : null;
    const database = embedded ?? openServer({ url: url ?? '', ...(configuration.DATABASE_APP_URL === null ? {} : { appUrl: configuration.DATABASE_APP_URL }) });
    const backup = await backupBeforeMigration({ database, dump: embedded ? () => embedded.dump() : null, url, folder: home.backups, now, searchPath }).catch(async (error: unknown) => { await database.close(); throw error; });
    return { home, database, lock: locked.lock, backup };
  } catch (error) {
    locked.lock.release();
    throw error;
  }
}

export interface WorldOptions { simSeed: number | null; asOf: Instant | TradingDate | null; speed: number; frozen: boolean; configuration: Configuration }

/**
 * Which world a home opens in: the one that it holds; else imported history where there is some (from `asOf`, or its last
 * day); else the simulator.
 */
export async function chooseWorld(database: Database, options: WorldOptions): Promise<WorldChoice> {
  await prepareDatabase(database);
  const held = await readWorld(database.orm);
  const sim = (seed: number): WorldChoice => ({ kind: 'sim', seed, sessionWallMinutes: options.configuration.SIM_SESSION_MINUTES, sessions: 'open' });
  if (held?.kind === 'sim') return sim(options.simSeed ?? held.seed ?? 1);
  const dates = await barDates(database.orm);
  const last = dates.at(-1)?.date;
  if (held?.kind === 'replay' || (last && options.simSeed === null)) {
    const asOf = options.asOf ?? held?.marketNow ?? last;
    if (asOf === undefined) throw new StartRefused('there is no imported history to replay; import some first');
    return { kind: 'replay', asOf, speed: options.speed, frozen: options.frozen, reposition: options.asOf !== null && (await countActions(database.orm)) === 0 };
  }
  if (options.asOf !== null && options.simSeed === null) throw new StartRefused('--as-of needs imported history: parapet import DIR first, or give --data DIR');
  return sim(options.simSeed ?? 1);
}
