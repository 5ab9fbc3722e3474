import type { Tool } from './define.ts';
import { indicator } from './indicator.ts';
import { control, proposeWatchlistEdit } from './control.ts';
import { findIdea } from './find-idea.ts';
import { guardrails, whyNotBigger } from './guardrails.ts';
import { proposeCancel, proposeCloseAll, proposeExit, proposeModify } from './propose-exit.ts';
import { amendProposal, proposeAgain, proposeOrder } from './propose-order.ts';
import { riskMetrics } from './risk-metrics.ts';

/** Every tool of the desk. Adding one is a file and a line here. */
const all = [
  indicator, riskMetrics,
  proposeOrder, amendProposal, proposeAgain, proposeExit, proposeModify, proposeCancel, proposeCloseAll, control, proposeWatchlistEdit, findIdea, guardrails, whyNotBigger,
] as unknown as Tool[];
export const tools: ReadonlyMap<string, Tool> = new Map(all.map((tool) => [tool.name, tool]));
