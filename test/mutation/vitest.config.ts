import { defineConfig } from 'vitest/config';

/** What mutants are tried against: the pure rules' own tests, with nothing of a database. */
export default defineConfig({ test: { include: ['test/desk/{actions,audit,gates,treasury}/**/*.test.ts'], pool: 'threads', maxWorkers: 1, testTimeout: 20_000 } });
