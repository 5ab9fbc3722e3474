import type * as real from '../../../db/stores/risk-snapshots.ts';
import { statement } from './store.ts';

// Nothing measures the risk in a simulated day.
export const latestRiskSnapshots: typeof real.latestRiskSnapshots = (executor) => statement(executor, 'latestRiskSnapshots', () => new Map());
export const portfolioSnapshots: typeof real.portfolioSnapshots = (executor) => statement(executor, 'portfolioSnapshots', () => []);
