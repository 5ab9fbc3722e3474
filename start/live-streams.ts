import { randomInt } from 'node:crypto';
import type { Database } from '../db/client.ts';
import { dateIn, type Instant, timeIn } from '../desk/time.ts';
import { alpacaStream } from '../feeds/live/alpaca-stream.ts';
import type { StreamSource } from '../feeds/live/stream-define.ts';
import { upstoxStream } from '../feeds/live/upstox-stream.ts';
import { createLiveStreams, type LiveStreams } from '../graph/feeds/live-streams.ts';
import type { Configuration } from '../ops/configuration.ts';
import { describeError } from '../ops/describe-error.ts';
import type { Log } from '../ops/log.ts';
import type { Market } from './market.ts';

const flushEveryMs = 5_000;

/** Is the regular session of the New York exchanges on? Their holidays are not in any calendar here, so on one silence looks like a fault. */
function newYorkTrades(now: Instant): boolean {
  const day = new Date(`${dateIn(now, 'America/New_York')}T00:00:00Z`).getUTCDay();
  const time = timeIn(now, 'America/New_York');
  return day >= 1 && day <= 5 && time >= '09:30' && time < '16:00';
}

/** The streams that are switched on and whose settings are given; none otherwise. */
export function openLiveStreams({ database, market, wallNow, configuration }: { database: Database; market: Market; wallNow(): Instant; configuration: Configuration }): LiveStreams {
  const enabled = configuration.LIVE_FEEDS ?? [];
  const on = (name: string): boolean => enabled.includes('all') || enabled.includes(name);
  const { UPSTOX_ACCESS_TOKEN: token, ALPACA_KEY_ID: keyId, ALPACA_SECRET_KEY: secretKey } = configuration;
  const sources: StreamSource[] = [];
  const indianTrades = (now: Instant): boolean => {
    const session = market.calendar().session(dateIn(now, market.zone));
    return session !== null && now >= session.open && now < session.close;
  };
  if (on('upstox_stream') && token !== null && (configuration.STREAM_SYMBOLS ?? []).length > 0) {
    const symbols = (configuration.STREAM_SYMBOLS ?? []).flatMap((symbol) => market.symbols().get(symbol) ?? []);
    sources.push(upstoxStream({ token, symbols, expects: indianTrades }));
  }
  if (on('alpaca_stream') && keyId !== null && secretKey !== null && (configuration.US_SYMBOLS ?? []).length > 0) sources.push(alpacaStream({ keyId, secretKey, symbols: configuration.US_SYMBOLS ?? [], expects: newYorkTrades }));
  return createLiveStreams({ database, wallNow, sources, unit: () => randomInt(1_000) / 1_000 });
}

/** Streams beside the desk's own work, and stores what came now and then. Returns how to stop. */
export function keepStreaming(streams: LiveStreams, log: Log): () => Promise<void> {
  streams.start();
  const timer = setInterval(() => {
    streams.flush().catch((error: unknown) => log.error('what a stream told could not be stored', { error: describeError(error) }));
  }, flushEveryMs);
  return async () => {
    clearInterval(timer);
    await streams.stop().catch((error: unknown) => log.error('what a stream told could not be stored', { error: describeError(error) }));
  };
}
