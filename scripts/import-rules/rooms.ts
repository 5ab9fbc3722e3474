/** Who may import whom, as data. A room is a top folder; `start` holds the parts of main.ts and cli.ts; `root` is what lies beside the folders. */
export type Room = 'desk' | 'db' | 'feeds' | 'brokers' | 'ops' | 'tools' | 'agents' | 'graph' | 'channels' | 'page' | 'jobs' | 'evals' | 'scripts' | 'test' | 'start' | 'root';

/** `values`: anything; `pure`: types, and values from the desk's pure libraries; `types`: types only. Absent: nothing. */
export type Reach = 'values' | 'pure' | 'types';

/**
 * The parts of the desk that feeds, brokers, the database and operations may call and not only name:
 * definitions of time, money and the exchange's rules, without judgement (docs/decisions/pure-libraries-of-the-desk.md).
 */
export const PURE_LIBRARIES: Partial<Record<Room, readonly RegExp[]>> = {
  feeds: [/^desk\/(time|decimal|canonical)\.ts$/, /^desk\/(market|execution|options)\//],
  brokers: [/^desk\/(time|decimal|canonical)\.ts$/, /^desk\/(market|execution|options)\//],
  db: [/^desk\/(time|decimal|canonical)\.ts$/, /^desk\/actions\/(digest|types)\.ts$/],
  ops: [/^desk\/(time|decimal|canonical)\.ts$/],
};

const everything: Partial<Record<Room, Reach>> = {
  desk: 'values', db: 'values', feeds: 'values', brokers: 'values', ops: 'values', tools: 'values', agents: 'values', graph: 'values', channels: 'values', jobs: 'values', evals: 'values',
};

export const MAY_IMPORT: Record<Room, Partial<Record<Room, Reach>>> = {
  desk: { desk: 'values' },
  // The stores take and give what feeds and brokers define, so they know its shape.
  db: { db: 'values', desk: 'pure', feeds: 'types', brokers: 'types', ops: 'values' },
  feeds: { feeds: 'values', desk: 'pure', ops: 'values' },
  brokers: { brokers: 'values', desk: 'pure', ops: 'values' },
  ops: { ops: 'values', desk: 'pure' },
  tools: { tools: 'values', desk: 'values', db: 'values', feeds: 'values', brokers: 'values', ops: 'values' },
  agents: { agents: 'values', tools: 'values', desk: 'values', db: 'values', feeds: 'values', brokers: 'values', ops: 'values' },
  graph: { graph: 'values', agents: 'values', tools: 'values', desk: 'values', db: 'values', feeds: 'values', brokers: 'values', ops: 'values' },
  channels: { channels: 'values', graph: 'values', agents: 'values', tools: 'values', desk: 'values', db: 'values', feeds: 'values', brokers: 'values', ops: 'values' },
  // What runs in the browser knows the server by its types alone.
  page: { page: 'values', channels: 'types', graph: 'types', agents: 'types', tools: 'types', desk: 'types' },
  jobs: everything,
  start: { ...everything, start: 'values' },
  root: { ...everything, start: 'values', root: 'values' },
  evals: { ...everything, start: 'values', test: 'values' },
  scripts: { ...everything, start: 'values', scripts: 'values', test: 'values' },
  test: { ...everything, start: 'values', root: 'values', page: 'values', scripts: 'values', test: 'values' },
};

/** Packages that the desk may use: pure ones, and hashing. */
export const DESK_PACKAGES = ['zod', 'node:crypto', 'big.js'];
/** From node:crypto the desk takes what gives the same answer for the same input. */
export const DESK_CRYPTO = ['createHash', 'hash', 'createHmac', 'timingSafeEqual', 'sign', 'verify', 'createPublicKey', 'createPrivateKey', 'KeyObject'];

/** Whoever imports one of these for more than its types can write SQL: `db` alone, and what may do anything. */
export const DATABASE_PACKAGES = /^(pg|drizzle-orm|@electric-sql\/.+)(\/|$)/;
export const MAY_USE_SQL: readonly Room[] = ['db', 'test'];

/** What a room may reach of the world around it, without being handed it. */
export type Ambient = 'wall clock' | 'stopwatch' | 'randomness' | 'timer' | 'network' | 'environment' | 'process';
const worker: readonly Ambient[] = ['wall clock', 'stopwatch', 'randomness', 'timer', 'network', 'environment', 'process'];
export const MAY_REACH: Record<Room, readonly Ambient[]> = {
  desk: [],
  tools: ['stopwatch', 'process'], agents: ['stopwatch', 'process'], graph: ['stopwatch', 'process'],
  db: ['stopwatch', 'timer', 'process'],
  feeds: ['stopwatch', 'timer', 'network', 'process'],
  brokers: ['stopwatch', 'timer', 'network', 'process'],
  channels: ['stopwatch', 'timer', 'network', 'process'],
  jobs: ['stopwatch', 'timer', 'process'],
  start: ['stopwatch', 'timer', 'network', 'process'],
  root: ['stopwatch', 'timer', 'network', 'environment', 'process'],
  ops: ['wall clock', 'stopwatch', 'timer', 'network', 'environment', 'process'],
  page: ['wall clock', 'stopwatch', 'randomness', 'timer', 'network'],
  evals: worker, scripts: worker, test: worker,
};

/** The capability to send orders: named where it is made, handed on and held, nowhere else. */
export const BROKER_CAPABILITY = 'BrokerSubmits';
export const MAY_NAME_CAPABILITY = [/^main\.ts$/, /^start\//, /^brokers\//, /^graph\/execut(or|ion)[^/]*(\/|$)/, /^test\//];

export function roomOf(path: string): Room | null {
  if (path.startsWith('channels/web/app/')) return 'page';
  const [top, rest] = path.split('/', 2);
  if (rest === undefined) return 'root';
  return top !== undefined && top !== 'root' && top !== 'page' && top in MAY_IMPORT ? (top as Room) : null;
}
