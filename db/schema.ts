export * from './schema/accounts.ts';
export * from './schema/actions.ts';
export * from './schema/audit.ts';
export { core } from './schema/columns.ts';
export * from './schema/controls.ts';
export * from './schema/market.ts';
export * from './schema/options.ts';
export * from './schema/paper-broker.ts';
export * from './schema/people.ts';
