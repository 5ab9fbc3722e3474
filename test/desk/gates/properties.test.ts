import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../desk/canonical.ts';
import { decimal } from '../../../desk/decimal.ts';
import { tradingDate } from '../../../desk/time.ts';
import { checks } from '../../../desk/gates/checks.ts';
import type { CheckResult } from '../../../desk/gates/define.ts';
import { setsOf, withSets } from '../../../desk/gates/option-payoff.ts';
import { largestPassingQuantity } from '../../../desk/gates/why-not-bigger.ts';
import { anySnapshot, entryOnDesk } from './arbitrary.ts';
import { blockedBy, enterAction, fact, instrument, judge, lineOf, passingSnapshot, quote, structureAction, structureSnapshot, tradingDays, withInstrument, withLimits } from './fixtures.ts';

const growing = checks.filter(({ growsWithQuantity, appliesTo }) => growsWithQuantity === true && appliesTo.includes('enter')).map(({ id }) => id);
const blocks = ({ severity, passed }: CheckResult): boolean => severity === 'BLOCK' && !passed;

describe('a verdict', () => {
  it('is the same to the byte for the same snapshot and action', () => {
    fc.assert(fc.property(entryOnDesk, ({ snapshot, action }) => {
      const again = JSON.parse(JSON.stringify(snapshot)) as typeof snapshot;
      expect(canonicalJson(judge(action, again))).toBe(canonicalJson(judge(action, snapshot)));
    }), { numRuns: 200 });
  });

  it('leaves snapshot and action as they were', () => {
    fc.assert(fc.property(entryOnDesk, ({ snapshot, action }) => {
      const before = canonicalJson({ snapshot, action });
      judge(action, snapshot);
      expect(canonicalJson({ snapshot, action })).toBe(before);
    }), { numRuns: 100 });
  });

  it('blocks exactly when a line blocks', () => {
    fc.assert(fc.property(entryOnDesk, ({ snapshot, action }) => {
      const report = judge(action, snapshot);
      expect(report.verdict).toBe(blockedBy(report).length > 0 ? 'BLOCK' : 'PASS');
      if (report.verdict === 'PASS') expect(report.counterfactuals).toEqual([]);
    }), { numRuns: 200 });
  });

  it('never gets better by asking for more', () => {
    fc.assert(fc.property(entryOnDesk, fc.integer({ min: 1, max: 400 }), ({ snapshot, action }, fewerLots) => {
      const lot = snapshot.instruments.INFY?.lotSize ?? 1;
      const smaller = { ...action, quantity: Math.min(action.quantity, fewerLots * lot) };
      const [large, small] = [judge(action, snapshot), judge(smaller, snapshot)];
      for (const line of large.checks) if (!blocks(line)) expect(blocks(lineOf(small, line.id)), line.id).toBe(false);
    }), { numRuns: 500 });
  });
});

describe('what the gate suggests', () => {
  it.each(growing)('%s: the suggested quantity passes it and one lot more does not', (id) => {
    let seen = 0;
    fc.assert(fc.property(entryOnDesk, ({ snapshot, action }) => {
      // Large enough that every limit is in reach.
      const asked = { ...action, quantity: action.quantity * 500 };
      const lot = snapshot.instruments.INFY?.lotSize ?? 1;
      const report = judge(asked, snapshot);
      if (!blocks(lineOf(report, id))) return;
      const answer = report.counterfactuals.find(({ checkId }) => checkId === id)?.nearest;
      const at = (quantity: number): boolean => blocks(lineOf(judge({ ...asked, quantity }, snapshot), id));
      if (answer?.change === 'quantity') {
        seen += 1;
        expect(answer.quantity % lot).toBe(0);
        expect(at(answer.quantity)).toBe(false);
        expect(at(answer.quantity + lot)).toBe(true);
      } else expect(at(lot)).toBe(true);
    }), { numRuns: 150 });
    expect(seen).toBeGreaterThan(5);
  });

  it('as the largest that passes every check does pass every check, and one lot more does not', () => {
    let seen = 0;
    fc.assert(fc.property(entryOnDesk, ({ snapshot, action }) => {
      const asked = { ...action, quantity: action.quantity * 50 };
      const answer = judge(asked, snapshot).counterfactuals.find(({ checkId }) => checkId === 'every_check')?.nearest;
      if (answer?.change !== 'quantity') return;
      seen += 1;
      const lot = snapshot.instruments.INFY?.lotSize ?? 1;
      expect(judge({ ...asked, quantity: answer.quantity }, snapshot).verdict).toBe('PASS');
      expect(judge({ ...asked, quantity: answer.quantity + lot }, snapshot).verdict).toBe('BLOCK');
      expect(largestPassingQuantity({ action: asked, snapshot })?.quantity).toBe(answer.quantity);
    }), { numRuns: 500 });
    expect(seen).toBeGreaterThan(20);
  });

  it('for "why not bigger" binds where it says and fails by what it says', () => {
    fc.assert(fc.property(entryOnDesk, ({ snapshot, action }) => {
      const answer = largestPassingQuantity({ action, snapshot });
      if (!answer?.binding || answer.quantity === 0) return;
      const beyond = judge({ ...action, quantity: answer.quantity + answer.step }, snapshot);
      const line = lineOf(beyond, answer.binding.checkId);
      expect(blocks(line)).toBe(true);
      expect(answer.binding.failsBy).toBe(line.headroom === null ? null : -line.headroom);
      if (answer.next) {
        expect(answer.next.quantity).toBeGreaterThanOrEqual(answer.quantity);
        expect(blocks(lineOf(judge({ ...action, quantity: answer.next.quantity + answer.step }, snapshot), answer.next.checkId))).toBe(true);
      }
    }), { numRuns: 200 });
  });

  it('in sets of an option structure passes, and one set more does not', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 100_000, max: 5_000_000 }), fc.integer({ min: 100_000, max: 50_000_000 }), (sets, optionsMaxRiskMinor, deployableMinor) => {
      const asked = withSets(structureAction(), sets);
      const snapshot = withLimits({ optionsMaxRiskMinor }, structureSnapshot({ balances: fact({ cashMinor: deployableMinor, reservedMinor: 0, deployableMinor, equityMinor: 50_000_000 }) }));
      for (const { checkId, nearest } of judge(asked, snapshot).counterfactuals) {
        if (nearest.change !== 'quantity' || checkId === 'every_check') continue;
        expect(blocks(lineOf(judge(withSets(asked, nearest.quantity), snapshot), checkId))).toBe(false);
        expect(blocks(lineOf(judge(withSets(asked, nearest.quantity + 1), snapshot), checkId))).toBe(true);
        expect(nearest.quantity).toBeLessThan(setsOf(asked));
      }
    }), { numRuns: 100 });
  });

  it.each(['fat_finger', 'price_band'])('%s: the suggested price passes it and one tick beyond does not', (id) => {
    fc.assert(fc.property(fc.integer({ min: 2_000, max: 60_000 }), fc.integer({ min: -19, max: 60 }), (ticks, awayPercent) => {
      const last = ticks / 20;
      const snapshot = withInstrument({ quote: fact(quote(last)), priceBand: fact({ low: Math.round(last * 19) / 20, high: Math.round(last * 21) / 20 }) });
      const at = (price: number) => enterAction({ limitPrice: decimal(price.toFixed(2)), bracket: { stop: '0.05' } });
      const asked = Math.round(last * (1 + awayPercent / 100) * 20) / 20;
      const answer = judge(at(asked), snapshot).counterfactuals.find(({ checkId }) => checkId === id)?.nearest;
      if (answer?.change !== 'price') return;
      const beyond = Number(answer.price) + (asked > last ? 0.05 : -0.05);
      expect(blocks(lineOf(judge(at(Number(answer.price)), snapshot), id))).toBe(false);
      expect(blocks(lineOf(judge(at(beyond), snapshot), id))).toBe(true);
    }), { numRuns: 300 });
  });

  it('as the earliest day passes on that day and on no day before', () => {
    const day = fc.integer({ min: -1, max: 4 });
    fc.assert(fc.property(fc.array(day, { minLength: 1, maxLength: 3 }), fc.integer({ min: 0, max: 2 }), (aways, blackout) => {
      const on = (ahead: number) => withLimits({ eventBlackoutDays: blackout }, {
        ...passingSnapshot({ marketDate: tradingDays[ahead]!, instruments: { INFY: instrument('INFY', { scheduledEvents: { covered: true, coverageNote: '', events: aways.map((away) => ({ date: tradingDays[Math.max(0, away)]!, kind: 'AGM', purpose: 'meeting', tradingDaysAway: away - ahead })) } }) } }),
      });
      const answer = judge(enterAction(), on(0)).counterfactuals.find(({ checkId }) => checkId === 'event_window')?.nearest;
      if (answer?.change !== 'earliest') return;
      const ahead = tradingDays.indexOf(tradingDate(answer.date));
      for (let before = 0; before < ahead; before += 1) expect(blocks(lineOf(judge(enterAction(), on(before)), 'event_window'))).toBe(true);
      expect(blocks(lineOf(judge(enterAction(), on(ahead)), 'event_window'))).toBe(false);
    }), { numRuns: 200 });
  });
});

describe('facts that are missing', () => {
  const facts = ['person', 'account', 'balances', 'mandate', 'session', 'positions', 'openOrders', 'correlatedWith', 'orderRate', 'brokerReachable', 'estimatedChargesMinor'] as const;
  it.each(facts)('never pass in silence: %s', (name) => {
    fc.assert(fc.property(anySnapshot, (snapshot) => {
      const report = judge(enterAction(), { ...snapshot, [name]: { known: false, reason: 'not read' } });
      expect(report.checks.some(({ code, severity }) => code === 'MISSING' && severity !== 'INFO')).toBe(true);
    }), { numRuns: 30 });
  });
  it.each(facts.filter((name) => name !== 'correlatedWith'))('block an entry: %s', (name) => {
    expect(judge(enterAction(), { ...passingSnapshot(), [name]: { known: false, reason: 'not read' } }).verdict).toBe('BLOCK');
  });
  it.each(['quote', 'averageDailyVolume20'] as const)('block an entry: %s', (name) => {
    expect(judge(enterAction(), withInstrument({ [name]: { known: false, reason: 'not read' } })).verdict).toBe('BLOCK');
  });
  it.each(['sector', 'priceBand', 'regime', 'banned'] as const)('are told but do not block: %s', (name) => {
    const report = judge(enterAction(), withInstrument({ [name]: { known: false, reason: 'not read' } }));
    expect(report.verdict).toBe('PASS');
    expect(report.checks.some(({ severity, code }) => severity === 'WARN' && code === 'MISSING')).toBe(true);
  });
});
