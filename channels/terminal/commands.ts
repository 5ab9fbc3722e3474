import { alertCommand } from './commands/alert.ts';
import { auditCommand } from './commands/audit.ts';
import { chatCommand } from './commands/chat.ts';
import { actionCommand, cycleCommand, killCommand, replayCommand, resumeCommand } from './commands/desk.ts';
import { evalsCommand } from './commands/evals.ts';
import { exportCommand } from './commands/export.ts';
import { feedsCommand } from './commands/feeds.ts';
import { importCommand, quarantineCommand } from './commands/import.ts';
import { indexCommand } from './commands/index-events.ts';
import { mcpCommand } from './commands/mcp.ts';
import { accountCommand, userCommand } from './commands/people.ts';
import { preflightCommand } from './commands/preflight.ts';
import { qaCommand } from './commands/qa.ts';
import { reportCommand } from './commands/report.ts';
import { toolCommand } from './commands/tool.ts';
import type { Command } from './command.ts';

/** Every command of `parapet`, in the order in which help shows them. */
export const commands: readonly Command[] = [
  chatCommand, toolCommand, importCommand, indexCommand, quarantineCommand, exportCommand, reportCommand, feedsCommand, cycleCommand, actionCommand, replayCommand, auditCommand, killCommand, resumeCommand, alertCommand, preflightCommand, userCommand, accountCommand, mcpCommand, qaCommand, evalsCommand,
];
