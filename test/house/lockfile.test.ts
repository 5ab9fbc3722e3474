import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface LockedPackage { version?: string; resolved?: string; integrity?: string; link?: boolean; optionalDependencies?: Record<string, string>; peerOptional?: boolean }
const text = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const locked = (JSON.parse(text('package-lock.json')) as { packages: Record<string, LockedPackage> }).packages;
const packages = Object.entries(locked).filter(([path]) => path !== '');

describe('the lockfile', () => {
  it('holds no download address, so that any registry serves it', () => {
    expect(packages.length).toBeGreaterThan(100);
    expect(packages.filter(([, each]) => each.resolved !== undefined).map(([path]) => path)).toEqual([]);
  });

  it('has the version and the checksum of every package', () => {
    expect(packages.filter(([, each]) => !each.version || !each.integrity).map(([path]) => path)).toEqual([]);
  });

  it('names every platform’s package of every tool, without which a clean install is refused', () => {
    const names = new Set(packages.map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)));
    const lacking = packages.flatMap(([path, { optionalDependencies = {} }]) => Object.keys(optionalDependencies).filter((name) => !names.has(name)).map((name) => `${path} lacks ${name}`));
    expect(lacking).toEqual([]);
  });

  it('belongs to a package.json that names exact versions', () => {
    const { dependencies, devDependencies } = JSON.parse(text('package.json')) as { dependencies: Record<string, string>; devDependencies: Record<string, string> };
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version));
    expect(loose).toEqual([]);
  });
});
