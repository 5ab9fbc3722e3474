import { analyst } from './analyst.ts';
import type { Agent } from './define.ts';
import { intake } from './intake.ts';
import { judge } from './judge.ts';
import { portfolio } from './portfolio.ts';
import { qa } from './qa.ts';
import { research } from './research.ts';
import { risk } from './risk.ts';

/** Every agent of the desk besides the supervisor. Adding one is a file and a line here. */
export const agents = [research, analyst, portfolio, risk, qa, intake, judge] as unknown as readonly Agent[];
/** The ones that the supervisor asks in a conversation: they look things up themselves. The others work on what a stage of the desk gives them. */
export const specialists = [research, analyst, portfolio, risk, qa] as unknown as readonly Agent[];
