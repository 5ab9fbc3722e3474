import type { Tool } from './define.ts';
import { indicator } from './indicator.ts';
import { riskMetrics } from './risk-metrics.ts';

/** Every tool of the desk. Adding one is a file and a line here. */
const all = [indicator, riskMetrics] as unknown as Tool[];
export const tools: ReadonlyMap<string, Tool> = new Map(all.map((tool) => [tool.name, tool]));
