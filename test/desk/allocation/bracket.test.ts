import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barriersOf, LEAST_REWARD_RISK, placeBracket } from '../../../desk/allocation/bracket.ts';
import { decimal } from '../../../desk/decimal.ts';

const place = (more: Partial<Parameters<typeof placeBracket>[0]> = {}) =>
  placeBracket({ last: 384.32, bid: 384.3, ask: 384.35, atr14: 6.66, tickSize: decimal('0.05'), barriers: { stopAtr: 2, targetAtr: 4, trail: { distanceAtr: 2, activateAtr: 2 } }, ...more });

describe('barriers of a mandate', () => {
  it('are its multipliers, the trail at the stop’s distance', () => {
    expect(barriersOf({ slMultiplier: 2, tpMultiplier: 3, trailingStopEnabled: true })).toEqual({ stopAtr: 2, targetAtr: 3, trail: { distanceAtr: 2, activateAtr: 2 } });
    expect(barriersOf({ slMultiplier: 2, tpMultiplier: 3, trailingStopEnabled: false }).trail).toBeNull();
  });
  it('stay between one and five true ranges, with the target at least one and a half stops away', () => {
    expect(barriersOf({ slMultiplier: 0.2, tpMultiplier: 0.3, trailingStopEnabled: false })).toMatchObject({ stopAtr: 1, targetAtr: 1.5 });
    expect(barriersOf({ slMultiplier: 9, tpMultiplier: 3, trailingStopEnabled: false })).toMatchObject({ stopAtr: 5, targetAtr: 7.5 });
  });
});

describe('a placed bracket', () => {
  it('enters at the last price rounded up, with the stop below it rounded down and the target rounded up', () => {
    expect(place()).toEqual({ entry: '384.35', stopDistance: 13.35, rewardRisk: expect.closeTo(1.996, 2), bracket: { stop: '371', target: '411', trail: { distance: '13.35', activateAt: '397.7' } } });
  });
  it('is refused where the stop would lie below zero or inside the spread', () => {
    expect(place({ last: 10, bid: 9.95, ask: 10, atr14: 6 })).toEqual({ reason: 'a stop 2 average true ranges below 10 would lie below zero' });
    expect(place({ atr14: 0.01 })).toEqual({ reason: 'a stop 2 average true ranges away would lie within the spread' });
    expect(place({ atr14: 1, bid: 382, ask: 385 })).toHaveProperty('reason');
  });
  it('lies on the tick, on its own sides of the entry, and never promises less than one and a half times what it risks', () => {
    const ticks = fc.constantFrom('0.01', '0.05', '0.5', '1');
    fc.assert(fc.property(fc.double({ min: 5, max: 90_000, noNaN: true }), fc.double({ min: 0.001, max: 0.12, noNaN: true }), ticks, fc.double({ min: 1, max: 5, noNaN: true }), fc.double({ min: 1.5, max: 6, noNaN: true }), (last, atrPart, tick, stopAtr, reward) => {
      const placed = place({ last, bid: last, ask: last, atr14: last * atrPart, tickSize: decimal(tick), barriers: { stopAtr, targetAtr: stopAtr * reward, trail: { distanceAtr: stopAtr, activateAtr: stopAtr } } });
      if ('reason' in placed) return;
      const { entry, bracket: { stop, target, trail }, rewardRisk } = placed;
      for (const price of [entry, stop, target!, trail!.distance, trail!.activateAt]) expect(Math.abs(Number(price) / Number(tick) - Math.round(Number(price) / Number(tick)))).toBeLessThan(1e-6);
      expect(Number(stop)).toBeLessThan(Number(entry));
      expect(Number(entry)).toBeGreaterThanOrEqual(last - 1e-8);
      expect(Number(entry) - last).toBeLessThanOrEqual(Number(tick) + 1e-8);
      expect(rewardRisk).toBeGreaterThanOrEqual(LEAST_REWARD_RISK - 1e-9);
    }));
  });
});
