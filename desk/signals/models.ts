import type { SignalModel } from './define.ts';
import { breakout } from './models/breakout.ts';
import { eventDriven } from './models/event-driven.ts';
import { meanReversion } from './models/mean-reversion.ts';
import { momentum } from './models/momentum.ts';

/** Every rule that the desk trades by. `manual` in a mandate is a person's own idea and has none. */
export const signalModels: readonly SignalModel[] = Object.freeze([momentum, breakout, meanReversion, eventDriven]);
