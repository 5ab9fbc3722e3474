import { format } from 'node:util';

type Work = () => unknown;
type Body = (...values: never[]) => unknown;
export interface Suite { parent: Suite | null; name: string; before: Work[]; beforeEach: Work[]; afterEach: Work[]; after: Work[] }
export interface CollectedTest { id: string; file: string; name: string; suite: Suite; work: Work }

const newSuite = (parent: Suite | null, name: string): Suite => ({ parent, name, before: [], beforeEach: [], afterEach: [], after: [] });
const ids = new Set<string>();
let current: { file: string; suite: Suite } | null = null;
/** In the order in which they are written. */
export const collected: CollectedTest[] = [];

/** Test files are loaded one after another; what they say in the meantime belongs to this one. */
export function beginFile(file: string): void { current = { file, suite: newSuite(null, '') }; }
const here = (): { file: string; suite: Suite } => { if (!current) throw new Error('a test outside of a file'); return current; };

/** From the outermost to the one itself. */
export function suitesOf(suite: Suite): Suite[] { return suite.parent ? [...suitesOf(suite.parent), suite] : [suite]; }

function add(name: string, work: Work): void {
  const { file, suite } = here();
  const full = [...suitesOf(suite).map((each) => each.name).filter((each) => each !== ''), name].join(' > ');
  let id = `${file}: ${full}`;
  for (let again = 2; ids.has(id); again += 1) id = `${file}: ${full} (${again})`;
  ids.add(id);
  collected.push({ id, file, name: full, suite, work });
}
function within(name: string, body: Work): void {
  const outside = here();
  current = { file: outside.file, suite: newSuite(outside.suite, name) };
  try { body(); } finally { current = outside; }
}

/** `it(name, work)` and `it(name, options, work)`; options are time limits, which are Stryker's here. */
const lastOf = (rest: readonly unknown[]): Body => { const found = rest.find((each) => typeof each === 'function'); if (!found) throw new Error('a test without a body'); return found as Body; };
const titled = (title: string, values: readonly unknown[], index: number): string =>
  title.includes('%') ? format(title.replaceAll('%#', String(index)), ...values.slice(0, title.match(/%[sdifjoO]/g)?.length ?? 0)) : `${title} ${index}`;

function named(register: (name: string, work: Work) => void) {
  const one = (name: string, ...rest: unknown[]): void => { const body = lastOf(rest) as Work; register(name, () => body()); };
  const each = (table: readonly unknown[]) => (title: string, ...rest: unknown[]): void => {
    const body = lastOf(rest);
    for (const [index, row] of table.entries()) {
      const values = (Array.isArray(row) ? row : [row]) as never[];
      register(titled(title, values, index), () => body(...values));
    }
  };
  const never = (): void => undefined;
  return Object.assign(one, { each, skipIf: (condition: unknown) => (condition ? Object.assign(never, { each: () => never }) : Object.assign(one, { each })), runIf: (condition: unknown) => (condition ? Object.assign(one, { each }) : Object.assign(never, { each: () => never })) });
}

/** What test files import of vitest; `expect` is its own. */
export { expect } from 'vitest';
export const it = named(add);
export const test = it;
export const describe = named(within);
export const beforeAll = (work: Work): void => { here().suite.before.push(work); };
export const beforeEach = (work: Work): void => { here().suite.beforeEach.push(work); };
export const afterEach = (work: Work): void => { here().suite.afterEach.push(work); };
export const afterAll = (work: Work): void => { here().suite.after.push(work); };
