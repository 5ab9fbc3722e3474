import type { IntradayBar } from '../../desk/market/types.ts';
import { type Clock, type Instant, msBetween, plusMs } from '../../desk/time.ts';
import type { StreamSource, StreamTalk, Tick } from './stream-define.ts';
import { createMinuteKeeper, createTickFilter } from './tick-filter.ts';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
/** Silence in which something should have come, and how long an opening may take. */
const SILENT_MS = 60_000;
const OPENING_MS = 20_000;
const STEADY_MS = 30_000;
/** So many messages in a row that cannot be read, and the connection is begun anew. */
const UNREADABLE_IN_A_ROW = 20;
/** Ended minutes that wait to be stored; the oldest go first when nobody takes them. */
const MOST_MINUTES = 50_000;
const LOOK_MS = 1_000;

/** Before the n-th attempt in a row: a second, doubled up to a minute, less up to half of it by chance so that streams that fell together do not rise together. */
export const streamWaitMs = (failuresInARow: number, unit: number): number => Math.round(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failuresInARow - 1, 10)) * (1 - unit / 2));

export interface StreamHealth {
  state: 'CONNECTING' | 'LIVE' | 'WAITING' | 'STOPPED';
  lastHeardAt: Instant | null; lastTickAt: Instant | null; notBefore: Instant | null;
  connections: number; failuresInARow: number; ticks: number; duplicates: number; late: number; unreadable: number; minutesDropped: number;
  lastFault: string | null;
}
export interface LiveStream {
  readonly name: string;
  start(): void;
  stop(): void;
  health(): StreamHealth;
  latest(symbol: string): Tick | null;
  /** Minutes that ended since the last call. */
  takeMinutes(): IntradayBar[];
  /** Not live, or silent for a minute in which something should have come. */
  stale(now: Instant): boolean;
}

/** Keeps one stream connected: opens, subscribes, reads, and begins anew after a fault, with longer and longer waits, for as long as it takes. */
export function createStream({ source, wallNow, unit, onFault = () => undefined }: { source: StreamSource; wallNow: Clock; /** Chance in [0, 1), for the waits. */ unit: () => number; /** A connection ended, or none came about; it is tried again at `notBefore`. */ onFault?: (fault: { reason: string; notBefore: Instant }) => void }): LiveStream {
  const health: StreamHealth = { state: 'STOPPED', lastHeardAt: null, lastTickAt: null, notBefore: null, connections: 0, failuresInARow: 0, ticks: 0, duplicates: 0, late: 0, unreadable: 0, minutesDropped: 0, lastFault: null };
  const filter = createTickFilter();
  const keeper = createMinuteKeeper();
  let minutes: IntradayBar[] = [];
  /** The connection that counts; what an older one still says is not heard. */
  let current: { socket: WebSocket | null; talk: StreamTalk; since: Instant; liveSince: Instant | null; unreadable: number } | null = null;
  let retry: NodeJS.Timeout | null = null;
  let look: NodeJS.Timeout | null = null;
  let ended = true;

  function fail(connection: typeof current, reason: string): void {
    if (ended || connection === null || connection !== current) return;
    current = null;
    try { connection.socket?.close(); } catch { /* it is gone already */ }
    health.failuresInARow += 1;
    health.lastFault = reason;
    health.state = 'WAITING';
    const wait = streamWaitMs(health.failuresInARow, unit());
    health.notBefore = plusMs(wallNow(), wait);
    onFault({ reason, notBefore: health.notBefore });
    retry = setTimeout(connect, wait);
    retry.unref();
  }

  function connect(): void {
    const connection: NonNullable<typeof current> = { socket: null, talk: source.talk(), since: wallNow(), liveSince: null, unreadable: 0 };
    current = connection;
    health.state = 'CONNECTING';
    health.notBefore = null;
    source.address().then((address) => {
      if (ended || connection !== current) return;
      const socket = new WebSocket(address);
      socket.binaryType = 'arraybuffer';
      connection.socket = socket;
      socket.onopen = () => { if (connection === current) for (const message of connection.talk.open()) socket.send(message as string); };
      socket.onmessage = ({ data }) => { if (connection === current) hear(connection, typeof data === 'string' ? data : new Uint8Array(data as ArrayBuffer)); };
      socket.onerror = () => fail(connection, 'The connection failed.');
      socket.onclose = ({ code, reason }) => fail(connection, `The other side closed the connection (${code}${reason ? `: ${reason.slice(0, 120)}` : ''}).`);
    }).catch((error: unknown) => fail(connection, error instanceof Error ? error.message.slice(0, 200) : String(error)));
  }

  function hear(connection: NonNullable<typeof current>, message: string | Uint8Array): void {
    const heard = connection.talk.hear(message);
    health.lastHeardAt = wallNow();
    if (heard.unreadable !== undefined) {
      health.unreadable += 1;
      connection.unreadable += 1;
      health.lastFault = heard.unreadable;
      if (connection.unreadable >= UNREADABLE_IN_A_ROW) fail(connection, `${UNREADABLE_IN_A_ROW} messages in a row cannot be read: ${heard.unreadable}`);
      return;
    }
    connection.unreadable = 0;
    if (heard.fault !== undefined) { fail(connection, heard.fault); return; }
    if (heard.ready === true && health.state !== 'LIVE') { health.state = 'LIVE'; health.connections += 1; health.lastFault = null; connection.liveSince = health.lastHeardAt; }
    for (const each of heard.send ?? []) connection.socket?.send(each as string);
    for (const tick of heard.ticks ?? []) {
      const verdict = filter.take(tick);
      if (verdict === 'fresh') { health.ticks += 1; health.lastTickAt = health.lastHeardAt; } else if (verdict === 'late') health.late += 1; else health.duplicates += 1;
    }
    for (const bar of heard.minutes ?? []) {
      const whole = keeper.take(bar);
      if (whole) minutes.push(whole);
    }
    if (minutes.length > MOST_MINUTES) { health.minutesDropped += minutes.length - MOST_MINUTES; minutes = minutes.slice(-MOST_MINUTES); }
  }

  const silentFor = (now: Instant): number => msBetween([health.lastHeardAt, current?.since ?? null].reduce<Instant>((latest, at) => (at !== null && at > latest ? at : latest), current?.since ?? now), now);
  function watch(): void {
    const now = wallNow();
    if (!current) return;
    // One that falls again at once has not come back: its waits go on growing.
    if (current.liveSince !== null && msBetween(current.liveSince, now) > STEADY_MS) health.failuresInARow = 0;
    if (health.state === 'CONNECTING' && msBetween(current.since, now) > OPENING_MS) fail(current, 'The subscription was not answered in time.');
    else if (health.state === 'LIVE' && source.expects(now) && silentFor(now) > SILENT_MS) fail(current, `Nothing came for ${Math.round(silentFor(now) / 1000)} seconds.`);
  }

  return {
    name: source.name,
    start() {
      if (!ended) return;
      ended = false;
      connect();
      look = setInterval(watch, LOOK_MS);
      look.unref();
    },
    stop() {
      ended = true;
      health.state = 'STOPPED';
      if (retry) clearTimeout(retry);
      if (look) clearInterval(look);
      const socket = current?.socket;
      current = null;
      try { socket?.close(); } catch { /* it is gone already */ }
    },
    health: () => ({ ...health }),
    latest: filter.latest,
    takeMinutes() { const taken = minutes; minutes = []; return taken; },
    stale: (now) => health.state !== 'LIVE' || (source.expects(now) && silentFor(now) > SILENT_MS),
  };
}
