import { randomInt } from 'node:crypto';
import type { Database } from '../db/client.ts';
import { createModelPath } from '../graph/turn/model-path.ts';
import type { ModelPath } from '../graph/turn/model-turn.ts';
import { wallClock } from '../ops/clock.ts';
import type { Configuration } from '../ops/configuration.ts';
import type { Log } from '../ops/log.ts';
import { tools } from '../tools/registry.ts';

const steps = 2 ** 32;

/** The model's part in turns, where a provider is configured; without one every agent is its twin. */
export function modelPathFrom({ configuration, log }: { configuration: Configuration; database: Database; log: Log }): ModelPath | null {
  return createModelPath({
    configuration, tools,
    surroundings: { nowMs: () => performance.now(), wallNow: wallClock(), setTimer: (callback, milliseconds) => { const timer = setTimeout(callback, milliseconds); return () => clearTimeout(timer); }, random: () => randomInt(steps) / steps },
    onMiss: (agent, reason) => log.warn('a model’s answer was not used as it came', { agent, reason }),
    onFault: (error) => log.error('something failed while a model was answering', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  });
}
