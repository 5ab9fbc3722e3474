import type * as real from '../../../db/stores/controls.ts';
import { statement } from './store.ts';

// Nobody changes these in a simulated day: the limits are as configured, no switch is set, no tranche is out.
export const confirmedLimits: typeof real.confirmedLimits = (executor) => statement(executor, 'confirmedLimits', () => []);
export const killSwitches: typeof real.killSwitches = (executor) => statement(executor, 'killSwitches', () => []);
export const fundingReleases: typeof real.fundingReleases = (executor) => statement(executor, 'fundingReleases', () => []);
