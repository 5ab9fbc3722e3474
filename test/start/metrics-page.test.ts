import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMetrics } from '../../ops/metrics.ts';
import { metricsPage } from '../../start/metrics-page.ts';
import { type BookDesk, openBookDesk } from '../tools/fixtures.ts';

let desk: BookDesk;
beforeAll(async () => { desk = await openBookDesk(); });
afterAll(() => desk.close());

/** Value of a line by its name and labels, in whatever order. */
const figureOf = (page: string, name: string, labels: Record<string, string> = {}): number | undefined => {
  const line = page.split('\n').find((each) => (each.startsWith(`${name}{`) || each.startsWith(`${name} `)) && Object.entries(labels).every(([key, value]) => each.includes(`${key}="${value}"`)));
  return line === undefined ? undefined : Number(line.split(' ').at(-1));
};

describe('the page of figures', () => {
  it('counts what the desk did since it was first read, once each', async () => {
    let now = 0;
    const page = metricsPage({ database: desk.database, metrics: createMetrics({ process: false }), nowMs: () => now });
    expect(figureOf(await page(), 'audit_entries')).toBeGreaterThan(0);
    await desk.buy({ symbol: desk.shares[0] ?? '', quantity: 3, account: 'LumpSum' });
    await desk.say('withdraw 5000000 from SIP');
    now += 60_000;
    const after = await page();
    expect(figureOf(after, 'confirmations_total', { channel: 'test', outcome: 'confirmed' })).toBe(1);
    expect(figureOf(after, 'orders_placed_total', { account: 'LumpSum', symbol: desk.shares[0] ?? '', status: 'FILLED' })).toBe(1);
    expect(figureOf(after, 'guardrail_checks_total', { check: 'liquidity', result: 'pass' })).toBeGreaterThan(0);
    expect(figureOf(after, 'blocked_cards_total', { account: 'SIP' })).toBe(1);
    expect(figureOf(after, 'guardrail_pass_ratio', { account: 'LumpSum' })).toBe(1);
    expect(figureOf(after, 'positions_open', { account: 'LumpSum' })).toBe(1);
    expect(figureOf(after, 'channel_messages_total', { channel: 'test', direction: 'in' })).toBeGreaterThanOrEqual(2);
    now += 60_000;
    expect(figureOf(await page(), 'confirmations_total', { channel: 'test', outcome: 'confirmed' })).toBe(1);
  });
  it('reads the database no more than every five seconds', async () => {
    let now = 0;
    const page = metricsPage({ database: desk.database, metrics: createMetrics({ process: true }), nowMs: () => now });
    const first = await page();
    await desk.say('withdraw 5000000 from SIP');
    now += 4000;
    expect(await page()).toBe(first);
    now += 2000;
    expect(figureOf(await page(), 'audit_entries')).toBeGreaterThan(figureOf(first, 'audit_entries') ?? 0);
    expect(figureOf(first, 'process_resident_memory_bytes')).toBeGreaterThan(0);
  });
});
