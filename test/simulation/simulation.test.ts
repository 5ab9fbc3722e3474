import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { plants } from './plants.ts';

const simulate = fileURLToPath(new URL('./simulate.ts', import.meta.url));
async function run(...args: string[]): Promise<{ code: number | null; out: string }> {
  const child = spawn(process.execPath, [simulate, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => { out += chunk.toString(); });
  child.stderr.on('data', (chunk: Buffer) => { out += chunk.toString(); });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out };
}

describe('the simulated desk', () => {
  it('breaks no invariant in a hundred days of crashes, lost messages and hostile proposals', { timeout: 300_000 }, async () => {
    const { code, out } = await run('--seeds', '100');
    expect(out).toMatch(/100 seeds .*; 0 broken/);
    expect(code).toBe(0);
  });

  it('happens again exactly as it did, by its seed', { timeout: 120_000 }, async () => {
    const [first, second] = [await run('--seed', '7'), await run('--seed', '7')];
    expect(first.out.split('\n').length).toBeGreaterThan(30);
    expect(second.out.replace(/in [\d.]+ s/, '')).toBe(first.out.replace(/in [\d.]+ s/, ''));
  });

  it('finds a fault that is planted in it, and says how to see it again', { timeout: 300_000 }, async () => {
    const { code, out } = await run('--seeds', '500', '--plant', 'double send');
    expect(code).toBe(1);
    const replay = /replay: npm run simulate -- --seed (\d+) --plant 'double send'/.exec(out);
    expect((await run('--seed', replay?.[1] ?? '', '--plant', 'double send')).out).toContain('I2');
    expect((await run('--seed', replay?.[1] ?? '')).out).toContain('; 0 broken');
  });

  it('has at least a dozen faults to be found, by names of their own', () => {
    expect(new Set(plants.map(({ name }) => name)).size).toBe(plants.length);
    expect(plants.length).toBeGreaterThanOrEqual(12);
  });
});
