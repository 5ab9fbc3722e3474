import { defineConfig } from 'vitest/config';

/**
 * Two projects: `suite` (everything but the browser) and `e2e` (the browser). The suite runs on the embedded database;
 * with `--mode server` on the server that TEST_DATABASE_URL names. Tests and their set-up ask for nothing but that variable:
 * it is there in the server lane and nowhere else.
 */
export default defineConfig(({ mode }) => {
  if (mode !== 'server') delete process.env.TEST_DATABASE_URL;
  else if (!process.env.TEST_DATABASE_URL) {
    throw new Error('TEST_DATABASE_URL is not set: name a PostgreSQL 15+ server with pgvector, or run scripts/postgres-lane.sh npm run test:postgres');
  }
  return {
    test: {
      // Two cores are what the smallest machine has; an embedded database takes about 600 MB in each worker. Processes, not threads:
      // a worker thread that ended while its WebAssembly was at work once took the whole run with it (segmentation fault), in no less time.
      pool: 'forks',
      maxWorkers: 2,
      // Whole desks are opened before many tests; a busy machine takes its time, and nothing here is about time.
      testTimeout: 120_000,
      hookTimeout: 240_000,
      coverage: {
        provider: 'v8',
        include: ['desk', 'db', 'feeds', 'brokers', 'tools', 'agents', 'graph', 'channels', 'jobs', 'ops'].map((room) => `${room}/**/*.ts`),
        exclude: ['channels/web/app/**', '**/*.d.ts'],
        reporter: ['text-summary', 'json-summary'],
        reportOnFailure: true,
        thresholds: { statements: 85 },
      },
      projects: [
        {
          extends: true,
          test: {
            name: 'suite',
            include: ['test/**/*.test.ts'],
            // The crash points kill processes for minutes: `npm run crash`, or this variable, runs them.
            exclude: ['test/e2e/**', 'test/bench/**', ...(process.env.PARAPET_CRASH ? [] : ['test/faults/crash.test.ts'])],
            globalSetup: ['test/helpers/global-setup.ts'],
          },
        },
        {
          extends: true,
          test: {
            name: 'e2e',
            include: ['test/e2e/**/*.test.ts'],
            // One desk and one browser at a time.
            fileParallelism: false,
            testTimeout: 120_000,
            hookTimeout: 120_000,
          },
        },
      ],
    },
  };
});
