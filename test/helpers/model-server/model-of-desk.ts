import { memoryUseStore } from '../../../agents/model/usage.ts';
import type { MissReason } from '../../../agents/model/miss.ts';
import type { ModelSurroundings } from '../../../agents/model/surroundings.ts';
import { instant } from '../../../desk/time.ts';
import { createModelPath, type ModelPathParts } from '../../../graph/turn/model-path.ts';
import type { ModelPath } from '../../../graph/turn/model-turn.ts';
import { type Configuration, loadConfiguration } from '../../../ops/configuration.ts';
import { tools } from '../../../tools/registry.ts';

export const realSurroundings: ModelSurroundings = {
  nowMs: () => performance.now(),
  wallNow: () => instant(Date.now()),
  setTimer: (callback, milliseconds) => { const timer = setTimeout(callback, milliseconds); return () => clearTimeout(timer); },
  random: () => 0.5,
};

export function modelConfiguration(url: string, environment: Record<string, string> = {}): Configuration {
  const loaded = loadConfiguration({ OPENAI_API_KEY: 'test-key', OPENAI_BASE_URL: url, OPENAI_MODEL: 'scripted', LLM_TIMEOUT_SECONDS: '1', ...environment });
  if (!loaded.ok) throw new Error(loaded.errors.join('; '));
  return loaded.configuration;
}

export interface ModelOfDesk { path: ModelPath; misses: { agent: string; reason: MissReason }[]; faults: unknown[]; uses: ReturnType<typeof memoryUseStore>['uses'] }

/** The desk's model path against a scripted server, with what it counted. */
export function modelOfDesk(url: string, environment: Record<string, string> = {}, more: Partial<ModelPathParts> = {}): ModelOfDesk {
  const misses: ModelOfDesk['misses'] = [];
  const faults: unknown[] = [];
  const useStore = memoryUseStore();
  const path = createModelPath({
    configuration: modelConfiguration(url, environment), tools, surroundings: realSurroundings, useStore,
    onMiss: (agent, reason) => { misses.push({ agent, reason }); }, onFault: (error) => { faults.push(error); }, ...more,
  });
  if (!path) throw new Error('no model is configured');
  return { path, misses, faults, uses: useStore.uses };
}
