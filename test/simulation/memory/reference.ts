import type * as real from '../../../db/stores/reference.ts';
import { statement } from './store.ts';

export const corporateActions: typeof real.corporateActions = (executor, { symbols, asOf }) => statement(executor, 'corporateActions', (store) => [...store.tables.corporateActions.values()].filter(({ symbol, knownAt }) => knownAt <= asOf && (symbols === undefined || symbols.includes(symbol))));
export const coverageOf: typeof real.coverageOf = (executor) => statement(executor, 'coverageOf', () => []);
export const rulesInForce: typeof real.rulesInForce = (executor) => statement(executor, 'rulesInForce', () => new Map());
export const writeCorporateActions: typeof real.writeCorporateActions = (executor, facts) => statement(executor, 'writeCorporateActions', (store) => {
  let accepted = 0;
  for (const { source: _source, ...action } of facts) {
    const key = [action.symbol, action.exDate, action.kind, action.basis].join('/');
    if (store.tables.corporateActions.has(key)) continue;
    store.put('corporateActions', key, action);
    accepted += 1;
  }
  return { accepted, updated: 0, duplicate: facts.length - accepted };
});
