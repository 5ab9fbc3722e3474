import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readUpstoxFrame } from '../../../feeds/live/upstox-frames.ts';
import { noSharedFiles, sharedFile } from '../importers/shared-files.ts';

describe.skipIf(noSharedFiles)('recorded Upstox frames (need ../shared/data)', () => {
  it('say what the recording\'s own decoding says', () => {
    const frames = readFileSync(sharedFile('10_api_samples/upstox/ws_v3_frames_icicibank_2025-03-19.hex'), 'utf8').trim().split('\n').map((line) => Buffer.from(line, 'hex'));
    type Decoded = { currentTs: string; feeds?: Record<string, { fullFeed: { marketFF: { ltpc: { ltp: number; cp: number }; marketLevel?: { bidAskQuote?: { bidQ: string; bidP: number; askQ: string; askP: number }[] }; marketOHLC: { ohlc: { interval: string; open: number; close: number; vol: string; ts: string }[] }; vtt: string } } }> };
    const decoded = readFileSync(sharedFile('10_api_samples/upstox/ws_v3_decoded_icicibank_2025-03-19.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Decoded);
    expect(frames).toHaveLength(decoded.length);
    let compared = 0;
    for (const [i, told] of decoded.entries()) {
      const facts = readUpstoxFrame(frames[i] as Buffer);
      if ('reason' in facts) throw new Error(facts.reason);
      expect(Date.parse(facts.at)).toBe(Number(told.currentTs));
      for (const [key, { fullFeed: { marketFF } }] of Object.entries(told.feeds ?? {})) {
        if (!marketFF.marketLevel?.bidAskQuote?.length) { expect(facts.quotes.some((each) => each.key === key)).toBe(false); continue; }
        const best = marketFF.marketLevel.bidAskQuote[0];
        const minute = marketFF.marketOHLC.ohlc.find(({ interval }) => interval === 'I1');
        expect(facts.quotes.find((each) => each.key === key)?.quote).toMatchObject({ last: marketFF.ltpc.ltp, previousClose: marketFF.ltpc.cp, bid: best?.bidP, ask: best?.askP, bidSize: Number(best?.bidQ), askSize: Number(best?.askQ), volume: Number(marketFF.vtt), spreadFrom: 'book' });
        expect(facts.minutes.find((each) => each.key === key)?.bar).toMatchObject({ open: minute?.open, close: minute?.close, volume: Number(minute?.vol), minutes: 1 });
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(3);
  });
});

describe('Upstox frames', () => {
  it('of any bytes give facts or a reason, never an exception', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => { expect(readUpstoxFrame(bytes)).toBeTypeOf('object'); }), { numRuns: 500 });
  });
});
