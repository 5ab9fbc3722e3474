import type * as real from '../../../db/stores/reference.ts';
import { statement } from './store.ts';

export const corporateActions: typeof real.corporateActions = (executor) => statement(executor, 'corporateActions', () => []);
export const coverageOf: typeof real.coverageOf = (executor) => statement(executor, 'coverageOf', () => []);
export const rulesInForce: typeof real.rulesInForce = (executor) => statement(executor, 'rulesInForce', () => new Map());
