import { describe, expect, it } from 'vitest';
import { loadConfiguration } from '../../ops/configuration.ts';
import { hardOrdersPerSecond, limitsFrom } from '../../start/limits.ts';

const limits = (environment: Record<string, string>) => {
  const loaded = loadConfiguration(environment);
  if (!loaded.ok) throw new Error(loaded.errors.join('; '));
  return limitsFrom(loaded.configuration);
};

describe('the limits of the configuration', () => {
  it('take warnings for refusals of the checks that are named', () => {
    expect(limits({ BLOCK_ON_WARNING: 'similar_setups, exposure_sector_known' }).blockOnWarning).toEqual(['similar_setups', 'exposure_sector_known']);
    expect(limits({})).not.toHaveProperty('blockOnWarning');
  });

  it.each(['similar_setup', 'similar_setups,nonsense', 'constructor'])('stop the start at a name that no check has: %s', (names) => {
    expect(() => limits({ BLOCK_ON_WARNING: names })).toThrow(/^BLOCK_ON_WARNING: there is no check /);
  });

  it('never let more than nine orders a second through, whatever is configured', () => {
    expect(limits({ ORDERS_PER_SECOND: '100' }).ordersPerSecond).toBe(hardOrdersPerSecond);
    expect(hardOrdersPerSecond).toBe(9);
  });
});
