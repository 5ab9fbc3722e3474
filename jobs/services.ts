import type { LimitFacts, SwitchFacts } from '../desk/gates/snapshot.ts';
import type { ToolServices } from '../tools/services.ts';

/** What jobs work with: reads, proposals, and telling people. They carry nothing out themselves. */
export interface JobServices extends Pick<ToolServices, 'database' | 'market' | 'wallNow' | 'propose' | 'runCycle' | 'feedHealth'> {
  limits(): LimitFacts;
  killFile(): SwitchFacts['killFile'];
  /** Orders a second that the desk sends at most. */
  ordersPerSecond: number;
  autoClawBack: boolean;
}
/** The desk's own proposal, by one of its rules. */
export const byRule = (rule: string) => ({ proposer: { kind: 'desk' as const, rule }, threadId: null, turn: null });
