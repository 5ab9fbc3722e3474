import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { copyOf, type Crossing, makeBases, type Point, removeHome, runChild, type Scenario } from './crash-home.ts';
import { verdictOn } from './crash-verdict.ts';

/** Points of each scenario that the suite dies at, spread evenly; `npm run crash` dies at all of them. */
const points: readonly [Scenario, number][] = [['entry', 12], ['flatten', 8], ['structure', 4], ['late_adjustment', 2]];
const template = inject('databaseTemplate');
const serverUrl = template.kind === 'server' ? template.url : null;
let bases: Awaited<ReturnType<typeof makeBases>>;
const traces = new Map<Scenario, Crossing[]>();

beforeAll(async () => {
  bases = await makeBases(serverUrl);
  for (const [scenario] of points) {
    const home = await copyOf(bases.of(scenario));
    traces.set(scenario, (await runChild(home, scenario, null)).crossings);
    await removeHome(home, serverUrl);
  }
}, 300_000);
afterAll(async () => { await bases.remove(); });

describe('a desk that is killed between the press and the stored fills', () => {
  it('crosses the seam to the database many times on the way, and never writes a file', () => {
    for (const crossings of traces.values()) {
      expect(crossings.length).toBeGreaterThan(50);
      expect(crossings.filter(({ what }) => what.startsWith('file '))).toEqual([]);
    }
  });

  for (const [scenario, count] of points) {
    it.each(Array.from({ length: count }, (_, i) => [(i + 0.5) / count, i % 2 === 0 ? 'before' as const : 'after' as const] as const))(`carries the ${scenario} on exactly once after a restart (%d of the way, %s the crossing)`, { timeout: 180_000 }, async (share, when) => {
      const point: Point = { scenario, when, among: 'all', at: Math.max(1, Math.ceil((traces.get(scenario)?.length ?? 0) * share * 0.95)) };
      const home = await copyOf(bases.of(scenario));
      try {
        expect((await runChild(home, scenario, point)).killed).toBe(true);
        expect(await verdictOn(home, scenario), `${when} ${traces.get(scenario)?.[point.at - 1]?.what}`).toEqual([]);
      } finally { await removeHome(home, serverUrl); }
    });
  }
});
