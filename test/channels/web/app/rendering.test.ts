import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byUrgency, gateBar, gateSummary, headroomWords } from '../../../../channels/web/app/card/gate-bar.ts';
import { splitHeadline, splitWorstLoss } from '../../../../channels/web/app/card/headline.ts';
import { apart, ladderOf } from '../../../../channels/web/app/card/ladder.ts';
import { priceRange } from '../../../../channels/web/app/chat/price-range.ts';
import {
  columnDecimals,
  formatMeasure,
  formatMoney,
  formatNumber,
  formatPercent,
  sentenceCase,
} from '../../../../channels/web/app/format/number.ts';
import { readPlainText, safeAddress, withoutHiding } from '../../../../channels/web/app/format/plain-text.ts';
import { calendarDay, clockOrDay, clockTime, duration, zoneOffsetSeconds } from '../../../../channels/web/app/format/time.ts';
import { morning, proposal } from '../story-cards.ts';

describe('numbers', () => {
  it('groups rupees the Indian way and dollars the other', () => {
    expect(formatMoney(1_234_500)).toBe('₹12,34,500');
    expect(formatMoney(1_234_500, { currency: 'USD' })).toBe('$1,234,500');
    expect(formatMoney(1_234.5, { decimals: 2 })).toBe('₹1,234.50');
  });
  it('writes a true minus before the currency and never a minus zero', () => {
    expect(formatMoney(-1_240)).toBe('−₹1,240');
    expect(formatMoney(-0.3)).toBe('₹0');
    expect(formatNumber(-0.001, { decimals: 2, plus: true })).toBe('0.00');
    expect(formatPercent(0.63, { plus: true })).toBe('+0.63 %');
  });
  it('shows what is not known as unknown, never as zero', () => {
    for (const value of [null, Number.NaN, Number.POSITIVE_INFINITY])
      expect([formatNumber(value), formatMoney(value), formatPercent(value)]).toEqual(['—', '—', '—']);
  });
  it('lines a column up on the decimals that it needs', () => {
    expect(columnDecimals([40, 30, null, 'x'])).toBe(0);
    expect(columnDecimals([1_465.9, 430])).toBe(2);
    expect(columnDecimals([0.0625])).toBe(4);
  });
  it('gives a gate’s figure its unit', () => {
    expect([formatMeasure(22, 'percent'), formatMeasure(838, 'INR'), formatMeasure(62, 'shares'), formatMeasure(null, 'shares')]).toEqual([
      '22 %',
      '₹838',
      '62 shares',
      '—',
    ]);
    expect(sentenceCase('risk_per_trade')).toBe('Risk per trade');
  });
});

describe('times', () => {
  it('stand on the exchange’s wall, across the zone’s half hour and summer time', () => {
    expect(clockTime('2024-06-03T06:12:07.000Z', 'Asia/Kolkata', true)).toBe('11:42:07');
    expect(calendarDay('2024-06-02T19:00:00.000Z', 'Asia/Kolkata')).toBe('3 Jun 2024');
    expect(clockOrDay('2024-06-03T06:12:00.000Z', '2024-06-05T06:12:00.000Z', 'Asia/Kolkata')).toBe('Mon 3 Jun');
    expect([
      zoneOffsetSeconds('2024-06-03T06:12:00.000Z', 'Asia/Kolkata'),
      zoneOffsetSeconds('2024-06-03T06:12:00.000Z', 'America/New_York'),
      zoneOffsetSeconds('2024-01-03T06:12:00.000Z', 'America/New_York'),
    ]).toEqual([19_800, -14_400, -18_000]);
  });
  it('count down without going below nothing', () => {
    expect([duration(582_000), duration(41_200), duration(-5), duration(3_700_000)]).toEqual(['9 min 42 s', '42 s', '0 s', '1 h 1 min']);
  });
});

describe('text from the desk', () => {
  const kinds = (text: string): string[] =>
    readPlainText(text)
      .flatMap((paragraph) => (paragraph.kind === 'list' ? paragraph.items : paragraph.lines))
      .flat()
      .map(({ kind }) => kind);
  it('stays text, whatever is in it: only bold, lists and http links are made', () => {
    expect(kinds('<img src=x onerror=alert(1)> [a](javascript:alert(1)) javascript:alert(1)')).toEqual(['text']);
    expect(readPlainText('see https://user:pw@evil.example/x')).toEqual([
      { kind: 'paragraph', lines: [[{ kind: 'text', text: 'see https://user:pw@evil.example/x' }]] },
    ]);
    expect(readPlainText('see https://www.nseindia.com/a?b=1.')[0]).toEqual({
      kind: 'paragraph',
      lines: [
        [
          { kind: 'text', text: 'see ' },
          { kind: 'link', text: 'nseindia.com', href: 'https://www.nseindia.com/a?b=1' },
          { kind: 'text', text: '.' },
        ],
      ],
    });
    expect(readPlainText('- one\n- **two**')).toEqual([
      { kind: 'list', items: [[{ kind: 'text', text: 'one' }], [{ kind: 'strong', text: 'two' }]] },
    ]);
  });
  it('loses and adds no word', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom('**a**', '*', '**', 'http://', 'https://a.b/c', '\n', '\n\n', '- ', '<b>'))),
        (parts) => {
          const text = parts.join(' ');
          const shown = readPlainText(text)
            .flatMap((paragraph) => (paragraph.kind === 'list' ? paragraph.items : paragraph.lines))
            .flat()
            .map((piece) => (piece.kind === 'link' ? piece.href : piece.text))
            .join('')
            .replace(/[\s*•-]/g, '');
          const expected = withoutHiding(text).replace(/[\s*•-]/g, '');
          expect(shown).toBe(expected);
        },
      ),
    );
  });
  it('drops the controls that turn or hide what is read, and keeps what Indian scripts need', () => {
    expect(withoutHiding('pay \u202e001\u202c\u200b now\u0007')).toBe('pay 001 now');
    expect(withoutHiding('क्\u200dष')).toBe('क्\u200dष');
  });
  it('follows http addresses only', () => {
    for (const address of [
      'javascript:alert(1)',
      'data:text/html,x',
      'file:///etc/passwd',
      'ftp://a.b',
      'https://u@h.example',
      '//x',
      '',
      'no',
    ])
      expect(safeAddress(address), address).toBeNull();
    expect(safeAddress('https://nsearchives.nseindia.com/x')?.host).toBe('nsearchives.nseindia.com');
  });
});

describe('a card', () => {
  it('leads with the action and sets the loss apart', () => {
    const card = proposal({ actionId: 'a', cardNumber: 1, confirmationId: 'c', expiresAt: '', marketTime: '' });
    expect(splitHeadline(card.headline)).toEqual({
      action: 'BUY 62 COALINDIA at ≤ ₹384.50',
      terms: 'stop ₹371.20 · target ₹411.10 · horizon 5 days',
    });
    expect(splitWorstLoss(card.worstLoss)).toEqual({
      before: 'Most you can lose: ',
      sum: '₹838',
      after: ' (0.17 % of equity) incl. charges ₹13. Reward : risk 2.0.',
    });
    expect(splitWorstLoss('Unlimited.')).toBeNull();
  });
  it('places prices in order on the ladder, with labels that do not meet', () => {
    const price = fc.option(fc.double({ min: 0.05, max: 1e5, noNaN: true }));
    fc.assert(
      fc.property(fc.record({ entry: price, stop: price, target: price, last: price }), (prices) => {
        const ladder = ladderOf(prices);
        if (!ladder) return;
        const labels = ladder.rungs.map(({ labelAt }) => labelAt);
        for (const { at, labelAt } of ladder.rungs)
          expect(Math.min(at, labelAt) >= -1e-9 && Math.max(at, labelAt) <= 100 + 1e-9).toBe(true);
        for (let index = 1; index < labels.length; index += 1)
          expect((labels[index] ?? 0) - (labels[index - 1] ?? 0)).toBeGreaterThanOrEqual(30 - 1e-6);
        expect(ladder.rungs.map((rung) => rung.price)).toEqual(ladder.rungs.map((rung) => rung.price).toSorted((a, b) => a - b));
      }),
    );
  });
  it('draws no ladder from one price, and mirrors a short', () => {
    expect(ladderOf({ entry: 100, stop: null, target: null, last: 99 })).toBeNull();
    const short = ladderOf({ entry: 100, stop: 110, target: 80, last: 100 });
    expect(short?.rungs.map(({ name }) => name)).toEqual(['target', 'entry', 'stop']);
    expect(short?.risk?.from).toBeCloseTo(66.67, 1);
    expect(apart([0, 1, 2], 30)).toEqual([0, 30, 60]);
  });
  it('puts what stands in the way first and says the room in words that fit', () => {
    const { gates } = proposal({ actionId: 'a', cardNumber: 1, confirmationId: 'c', expiresAt: '', marketTime: '' });
    expect(
      byUrgency(gates.checks)
        .slice(0, 2)
        .map(({ id }) => id),
    ).toEqual(['spread', 'risk_per_trade']);
    expect(byUrgency(gates.checks)).toHaveLength(gates.checks.length);
    expect(gateSummary({ passed: 13, warnings: 2, blocks: 1 })).toBe('13 passed, 2 warnings, 1 blocked');
    expect(headroomWords({ severity: 'BLOCK', passed: false, headroom: -16, unit: 'percent' })).toBe('over by 16 %');
    expect(headroomWords({ severity: 'BLOCK', passed: false, headroom: 400, unit: 'shares' })).toBe('short by 400 shares');
    expect(headroomWords({ severity: 'INFO', passed: true, headroom: 12, unit: 'INR' })).toBe('room ₹12');
    expect(headroomWords({ severity: 'INFO', passed: true, headroom: null, unit: '' })).toBeNull();
  });
  it('draws a gate’s bar within its box and none where there is nothing to compare', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, min: -1e12, max: 1e12 }),
        fc.double({ noNaN: true, min: -1e12, max: 1e12 }),
        (measured, limit) => {
          const bar = gateBar({ measured, limit });
          if (bar) for (const value of [bar.fill, bar.limitAt]) expect(value >= 0 && value <= 100).toBe(true);
          if (bar && measured > 0 && limit > 0) expect(bar.fill > bar.limitAt).toBe(measured / limit > 1 && bar.fill !== bar.limitAt);
        },
      ),
    );
    expect([
      gateBar({ measured: null, limit: 1 }),
      gateBar({ measured: 1, limit: null }),
      gateBar({ measured: -1, limit: 1 }),
      gateBar({ measured: 0, limit: 0 }),
    ]).toEqual([null, null, null, null]);
  });
});

it('keeps the candles readable whatever the distance of a target', () => {
  const chart = morning();
  const low = Math.min(...chart.bars.map((bar) => bar.low));
  const high = Math.max(...chart.bars.map((bar) => bar.high));
  const range = priceRange({
    bars: chart.bars,
    lines: [
      { name: 'target', price: 9_999 },
      { name: 'stop', price: low - 1 },
    ],
  });
  expect(range).toEqual({ low: low - 1, high });
});
