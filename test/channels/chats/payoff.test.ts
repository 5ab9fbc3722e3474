import { describe, expect, it } from 'vitest';
import { chartPng } from '../../../channels/chats/chart-png.ts';
import { chartSvg } from '../../../channels/chats/chart-svg.ts';
import type { PriceChart } from '../../../channels/vocabulary.ts';

const condor: PriceChart = {
  symbol: 'NIFTY', bars: [], lines: [], pins: [],
  payoff: { title: 'NIFTY <condor>', points: [[23_000, -1500], [23_550, -1500], [23_600, 2250], [24_400, 2250], [24_450, -1500], [25_000, -1500]], breakEvens: [23_570, 24_430], spot: 24_010 },
};

describe('a payoff as a picture', () => {
  it('shows its title, its most and least, where it turns and where the price is now', () => {
    const svg = chartSvg(condor);
    for (const words of ['NIFTY &lt;condor&gt;', '₹2.3k', '−₹1.5k', '>23570<', '>24430<', '>now<']) expect(svg).toContain(words);
    expect(svg).not.toMatch(/NaN|Infinity/);
  });
  it('leaves out what lies beyond its range', () => {
    expect(chartSvg({ ...condor, payoff: { ...condor.payoff!, spot: 90_000, breakEvens: [] } })).not.toContain('>now<');
  });
  it('is a PNG for chats', async () => {
    expect((await chartPng(condor)).subarray(1, 4).toString('latin1')).toBe('PNG');
  });
});
