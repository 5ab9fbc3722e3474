import type { Database } from '../db/client.ts';
import type { ModelPath } from '../graph/conversation/desk-turns.ts';
import type { Configuration } from '../ops/configuration.ts';
import type { Log } from '../ops/log.ts';

/** The model's part in turns, where a key is set; without one every agent is its twin. */
export function modelPathFrom(_input: { configuration: Configuration; database: Database; log: Log }): ModelPath | null {
  return null;
}
