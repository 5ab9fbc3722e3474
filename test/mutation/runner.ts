/**
 * A test runner for Stryker that loads the pure rules' tests once and then runs those that cover a mutant in the same process:
 * milliseconds a mutant where starting vitest anew takes seconds. Test files are what they are; `vitest`, as they import it, is
 * `registry.ts`, with vitest's own `expect`. Only for tests of modules that keep nothing between two calls: a test that kills a
 * mutant must pass again without it, or the mutant counts as an error and not as killed.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { beginFile, collected, type CollectedTest, type Suite, suitesOf } from './registry.ts';

/** Of Stryker's own instrumentation: which mutant is on, and what was reached by which test. */
interface Instruments { activeMutant?: string | undefined; currentTestId?: string | undefined; hitCount?: number | undefined; hitLimit?: number | undefined; mutantCoverage?: Coverage }
interface Coverage { static: Record<string, number>; perTest: Record<string, Record<string, number>> }
interface MutantRun { activeMutant: { id: string }; testFilter?: string[]; hitLimit?: number; mutantActivation: 'runtime' | 'static' }

const shared = globalThis as { __stryker__?: Instruments };
shared.__stryker__ ??= {};
const instruments = shared.__stryker__;
const [success, failure] = [0, 1];
/** With `MUTATION_TESTS` the tests of one folder only: quicker, and what another folder's tests would notice counts as a survivor. */
const pattern = process.env.MUTATION_TESTS ?? 'test/desk/{actions,audit,gates,treasury}/**/*.test.ts';
/** How long each test took without a mutant, for the processes that did not see it themselves. */
const timesFile = 'test-times.json';
/** What happens in `beforeAll` is reached by every test of its suite. */
const hooks = '(hooks)';

const registry = new URL('./registry.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) => (specifier === 'vitest' && context.parentURL !== registry ? { url: registry, shortCircuit: true } : next(specifier, context)),
});

async function prepare(suites: readonly Suite[], ready: Set<Suite>): Promise<void> {
  for (const suite of suites) {
    if (ready.has(suite)) continue;
    ready.add(suite);
    for (const work of suite.before) await work();
  }
}
/** What went wrong; null where all is well. */
async function run({ suite, work, id }: CollectedTest, ready: Set<Suite>): Promise<Error | null> {
  const suites = suitesOf(suite);
  try {
    instruments.currentTestId = hooks;
    await prepare(suites, ready);
    instruments.currentTestId = id;
    for (const each of suites) for (const before of each.beforeEach) await before();
    await work();
    for (const each of suites.toReversed()) for (const after of each.afterEach) await after();
    return null;
  } catch (error) { return error instanceof Error ? error : new Error(String(error)); } finally { instruments.currentTestId = undefined; }
}

class InProcessRunner {
  #times = new Map<string, number>();

  capabilities() { return { reloadEnvironment: false }; }

  async init(): Promise<void> {
    // A counterexample is enough; nobody reads the smallest one.
    fc.configureGlobal({ endOnFailure: true, seed: 1 });
    for (const file of globSync(pattern).sort()) { beginFile(file); await import(pathToFileURL(resolve(file)).href); }
  }

  async dryRun() {
    const ready = new Set<Suite>();
    const tests = [];
    for (const each of collected) {
      const startedAt = performance.now();
      const error = await run(each, ready);
      const timeSpentMs = performance.now() - startedAt;
      this.#times.set(each.id, timeSpentMs);
      const common = { id: each.id, name: each.name, fileName: resolve(each.file), timeSpentMs };
      tests.push(error ? { ...common, status: failure, failureMessage: error.message } : { ...common, status: success });
    }
    writeFileSync(timesFile, JSON.stringify([...this.#times]));
    return { status: 'complete', tests, mutantCoverage: this.#coverage() };
  }

  #coverage(): Coverage | undefined {
    const coverage = instruments.mutantCoverage;
    const inHooks = coverage?.perTest[hooks];
    if (!coverage || !inHooks) return coverage;
    delete coverage.perTest[hooks];
    for (const { id, suite } of collected) if (suitesOf(suite).some(({ before }) => before.length > 0)) coverage.perTest[id] = { ...inHooks, ...coverage.perTest[id] };
    return coverage;
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, mutantActivation }: MutantRun) {
    if (mutantActivation === 'static') instruments.activeMutant = activeMutant.id;
    const wanted = new Set(testFilter);
    const tests = this.#quickestFirst(collected.filter(({ id }) => testFilter === undefined || wanted.has(id)));
    const ready = new Set<Suite>();
    instruments.hitCount = hitLimit === undefined ? undefined : 0;
    instruments.hitLimit = hitLimit;
    for (const [index, test] of tests.entries()) {
      instruments.activeMutant = activeMutant.id;
      const error = await run(test, ready);
      instruments.activeMutant = undefined;
      if (hitLimit !== undefined && (instruments.hitCount ?? 0) > hitLimit) return { status: 'timeout', reason: `reached ${hitLimit} times` };
      if (!error) continue;
      instruments.hitCount = undefined;
      const without = mutantActivation === 'static' ? null : await run(test, new Set());
      return without ? { status: 'error', errorMessage: `“${test.id}” fails without the mutant, too: ${without.message}` } : { status: 'killed', killedBy: [test.id], failureMessage: error.message, nrOfTests: index + 1 };
    }
    return { status: 'survived', nrOfTests: tests.length };
  }

  #quickestFirst(tests: CollectedTest[]): CollectedTest[] {
    if (this.#times.size === 0) { try { this.#times = new Map(JSON.parse(readFileSync(join(process.cwd(), timesFile), 'utf8')) as [string, number][]); } catch { return tests; } }
    return tests.toSorted((a, b) => (this.#times.get(a.id) ?? 0) - (this.#times.get(b.id) ?? 0));
  }

  async dispose(): Promise<void> { await Promise.resolve(); }
}

/** What Stryker looks for in a plugin. */
export const strykerPlugins = [{ kind: 'TestRunner', name: 'in-process', injectableClass: InProcessRunner }];
