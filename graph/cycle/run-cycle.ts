import type { CycleSummary } from '../../tools/services.ts';
export function createCycleRunner(_services: unknown): { run(request: unknown): Promise<CycleSummary> } {
  return { run: () => Promise.reject(new Error('the cycle is being built')) };
}
