import type { Agent } from './define.ts';
import { judge } from './judge.ts';

/** Every agent of the desk besides the supervisor. Adding one is a file and a line here. */
const all = [judge] as unknown as Agent[];
export const agents: ReadonlyMap<string, Agent> = new Map(all.map((agent) => [agent.name, agent]));
/** The ones that can be asked in a conversation: they look things up themselves. The others work on what a stage of the desk gives them. */
export const specialists: readonly Agent[] = all.filter((agent) => agent.tools.length > 0);
