import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant, tradingDate } from '../../../desk/time.ts';
import type { FeedRecord } from '../../../feeds/define.ts';
import { mergeRecords, sameRecord } from '../../../feeds/importers/merge-records.ts';

const bar = fc.record({
  close: fc.integer({ min: 100, max: 103 }), deliveryQuantity: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
  source: fc.constantFrom('yahoo', 'nse-eod-panel', 'nse-udiff-bhavcopy', 'nse-sec-bhavdata-full'),
}).map(({ close, deliveryQuantity, source }): FeedRecord => ({
  type: 'daily_bar', knownAt: instant('2024-06-03T10:00:00Z'), source,
  bar: { symbol: 'TCS', date: tradingDate('2024-06-03'), open: 100, high: 103, low: 99, close, volume: 10, ...(deliveryQuantity === undefined ? {} : { deliveryQuantity }) },
}));
const event = fc.record({ symbols: fc.uniqueArray(fc.constantFrom('TCS', 'ITC', 'INFY')), knownAt: fc.constantFrom('2024-06-03T10:00:00Z', '2024-06-04T10:00:00Z'), sourceUrl: fc.option(fc.constant('https://example.com'), { nil: undefined }) })
  .map(({ symbols, knownAt, sourceUrl }): FeedRecord => ({ type: 'event', event: { source: 's', title: 't', body: '', eventType: 'OTHER', priority: 'LOW', symbols, unlinkedNames: [], happenedAt: instant('2024-06-03T09:00:00Z'), knownAt: instant(knownAt), ...(sourceUrl ? { sourceUrl } : {}) } }));

describe('merging two tellings of one fact', () => {
  it('changes nothing when the same record comes again', () => {
    fc.assert(fc.property(fc.oneof(fc.tuple(bar, bar), fc.tuple(event, event)), ([first, second]) => {
      const merged = mergeRecords(first, second);
      expect(sameRecord(mergeRecords(merged, second), merged)).toBe(true);
    }));
  });

  it('lets the more trusted source hold, whichever came first', () => {
    fc.assert(fc.property(bar, bar, (a, b) => {
      fc.pre(a.type === 'daily_bar' && b.type === 'daily_bar' && a.source !== b.source);
      expect(sameRecord(mergeRecords(a, b), mergeRecords(b, a))).toBe(true);
    }));
  });

  it('never makes an event known later or loses a symbol', () => {
    fc.assert(fc.property(event, event, (a, b) => {
      const merged = mergeRecords(a, b);
      if (merged.type !== 'event' || a.type !== 'event' || b.type !== 'event') throw new Error('not events');
      expect(merged.event.knownAt <= a.event.knownAt && merged.event.knownAt <= b.event.knownAt).toBe(true);
      expect(new Set(merged.event.symbols)).toEqual(new Set([...a.event.symbols, ...b.event.symbols]));
    }));
  });
});
