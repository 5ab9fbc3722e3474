import { chmodSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { wallClock } from '../../ops/clock.ts';
import { openHome } from '../../ops/home.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const mode = (path: string): number => statSync(path).mode & 0o777;

describe('the home', () => {
  it('is made with its folders for its owner alone', () => {
    const result = openHome(join(temporaryDirectory(), 'a', 'home'));
    if (!result.ok) throw new Error(result.error);
    for (const folder of [result.home.root, result.home.keys, result.home.backups, result.home.reports, result.home.logs]) expect(mode(folder), folder).toBe(0o700);
    expect(result.warnings).toEqual([]);
  });

  it('opens again as it is, closes its keys again and warns when others can enter', () => {
    const path = join(temporaryDirectory(), 'home');
    const first = openHome(path);
    if (!first.ok) throw new Error(first.error);
    chmodSync(path, 0o755);
    chmodSync(first.home.keys, 0o755);
    const second = openHome(path);
    if (!second.ok) throw new Error(second.error);
    expect(second.home).toEqual(first.home);
    expect(second.warnings).toEqual([expect.stringContaining('chmod 700')]);
    expect(mode(second.home.keys)).toBe(0o700);
  });

  it('says in one line that a path cannot be used', () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'file'), '');
    expect(openHome(join(directory, 'file', 'home'))).toEqual({ ok: false, error: expect.stringMatching(/^PARAPET_HOME: .*cannot be used \(ENOTDIR\); give a directory/) });
    expect(openHome(join(directory, 'x'.repeat(120)))).toEqual({ ok: false, error: expect.stringContaining('too long') });
  });
});

describe('the wall clock', () => {
  it('gives the time that it reads', () => {
    expect(wallClock(() => Date.UTC(2024, 5, 3))()).toBe('2024-06-03T00:00:00.000Z');
  });

  it('stands still rather than going back when the machine is set back', () => {
    const readings = [1000, 5000, 2000, 6000];
    const clock = wallClock(() => readings.shift() ?? 0);
    expect([clock(), clock(), clock(), clock()].map((at) => Date.parse(at))).toEqual([1000, 5000, 5000, 6000]);
  });
});
