import { randomInt } from 'node:crypto';
import type { Cassette } from '../channels/terminal/command.ts';
import { providersFor } from '../agents/model/providers.ts';
import { createModelPath } from '../graph/turn/model-path.ts';
import type { ModelPath } from '../graph/turn/model-turn.ts';
import { instant } from '../desk/time.ts';
import { type Configuration, loadConfiguration } from '../ops/configuration.ts';
import { tools } from '../tools/registry.ts';
import { CassetteRefusal } from './cassette/format.ts';
import { playFrom } from './cassette/play.ts';
import { recordTo } from './cassette/record.ts';

/** A model for the suites that take one. `says`: what it is, before; `told`: afterwards, for the run's record. */
export interface ModelOfEvals { path: ModelPath; says: string; told(): string }

const named = (configuration: Configuration): string => providersFor('Supervisor', configuration)[0]?.model ?? 'no model';
const oldAfterDays = 30;
const steps = 2 ** 32;

/** A model whose answers are recorded or played; null without a cassette. `settings`: of the models, for recording. @throws CassetteRefusal */
export function openModelOfEvals({ cassette, settings, onMissing }: { cassette: Cassette | null; settings: Record<string, string>; onMissing: (sentence: string) => void }): ModelOfEvals | null {
  if (cassette === null) return null;
  const nowMs = (): number => Date.now();
  const configured = (given: Record<string, string>): Configuration => {
    const loaded = loadConfiguration(given);
    if (!loaded.ok) throw new CassetteRefusal(`The models’ settings do not hold: ${loaded.errors.join('; ')}.`);
    return loaded.configuration;
  };
  const pathOf = (configuration: Configuration, through: typeof fetch): ModelPath => {
    const path = createModelPath({
      configuration, tools, onMiss: () => undefined, onFault: (error) => { process.stderr.write(`${String(error)}\n`); },
      surroundings: { nowMs: () => performance.now(), wallNow: () => instant(Date.now()), setTimer: (callback, milliseconds) => { const timer = setTimeout(callback, milliseconds); return () => clearTimeout(timer); }, random: () => randomInt(steps) / steps, fetch: through },
    });
    if (!path) throw new CassetteRefusal('No model is configured: set OPENAI_API_KEY, or an agent’s own key, to record.');
    return path;
  };
  if (cassette.use === 'play') {
    const tape = playFrom({ file: cassette.file, nowMs, onMissing });
    const { recordedAt, settings: recorded } = tape.header;
    const days = Math.floor((nowMs() - Date.parse(recordedAt)) / 86_400_000);
    const configuration = configured(recorded);
    const model = named(configuration);
    return {
      path: pathOf(configuration, tape.fetch), told: () => `replay of ${tape.played()} answers of ${model}, recorded ${recordedAt.slice(0, 10)}`,
      says: `a replay of what ${model} answered on ${recordedAt.slice(0, 10)}: it measures the desk, not the model${days > oldAfterDays ? `; it is ${days} days old, record it again` : ''}`,
    };
  }
  const configuration = configured(settings);
  pathOf(configuration, fetch);
  const tape = recordTo({ file: cassette.file, configuration, nowMs });
  const model = named(configuration);
  return { path: pathOf(configuration, tape.fetch), says: `answers of ${model} are recorded to ${cassette.file}`, told: () => `${model}, ${tape.recorded()} answers recorded` };
}
