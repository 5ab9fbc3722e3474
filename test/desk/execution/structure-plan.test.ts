import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { legPatienceSeconds, type LegOnRecord, nextStructureStep, type UnwindOnRecord } from '../../../desk/execution/structure-plan.ts';

const condor = ['BUY', 'BUY', 'SELL', 'SELL'] as const;
const leg = (name: string, sells: boolean, more: Partial<LegOnRecord> = {}): LegOnRecord => ({ name, turn: sells ? 2 : 0, opens: true, sells, quantity: 75, sent: 'NO', working: false, filled: 0, ageSeconds: null, ...more });

/** What the market does with an order each time somebody looks. */
type Fate = 'fills' | 'half' | 'rejected' | 'sleeps' | 'silent';
const fates = fc.array(fc.constantFrom<Fate>('fills', 'fills', 'fills', 'half', 'rejected', 'sleeps', 'silent'), { minLength: 60, maxLength: 60 });

/** Plays a structure against a market that does as it is told, and says what was ever held. */
function play(order: readonly ('BUY' | 'SELL')[], market: readonly Fate[]) {
  const legs = order.map((side, i) => leg(`leg-${i + 1}`, side === 'SELL'));
  const unwinds: UnwindOnRecord[] = legs.map(({ name }) => ({ of: name, sent: 'NO', working: false, filled: 0 }));
  const sends = new Map<string, number>();
  const seen: { long: number; short: number }[] = [];
  const look = (): void => {
    const net = (each: LegOnRecord): number => each.filled - (unwinds.find(({ of }) => of === each.name)?.filled ?? 0);
    seen.push({ long: legs.filter(({ sells }) => !sells).reduce((sum, each) => sum + net(each), 0), short: legs.filter(({ sells }) => sells).reduce((sum, each) => sum + net(each), 0) });
  };
  let at = 0;
  for (let round = 0; round < 400; round++) {
    const next = nextStructureStep(legs, unwinds);
    if (next.step === 'end') return { next, legs, unwinds, sends, seen };
    if (next.step === 'send') for (const name of next.legs) { sends.set(name, (sends.get(name) ?? 0) + 1); Object.assign(legs.find((each) => each.name === name)!, { sent: 'ASKING', ageSeconds: 0 }); }
    if (next.step === 'unwind') for (const { of, quantity } of next.legs) { sends.set(`unwind ${of}`, (sends.get(`unwind ${of}`) ?? 0) + 1); Object.assign(unwinds.find((each) => each.of === of)!, { sent: 'ASKING', wanted: quantity }); }
    if (next.step === 'cancel') for (const name of next.legs) Object.assign(legs.find((each) => each.name === name)!, { working: false });
    const tell = (each: LegOnRecord | UnwindOnRecord, quantity: number): void => {
      if (each.sent !== 'ASKING' && !each.working) return;
      const fate = market[at++ % market.length]!;
      if (fate === 'silent') return;
      if (each.sent === 'ASKING' && fate === 'rejected') { Object.assign(each, { sent: 'REFUSED' }); return; }
      Object.assign(each, { sent: 'YES', working: true });
      if (fate === 'fills') Object.assign(each, { filled: quantity, working: false });
      if (fate === 'half') Object.assign(each, { filled: Math.min(quantity, each.filled + Math.ceil(quantity / 2)), working: each.filled + Math.ceil(quantity / 2) < quantity });
    };
    for (const each of legs) { tell(each, each.quantity); if (each.ageSeconds !== null) each.ageSeconds += 45; look(); }
    for (const each of unwinds) { tell(each, (each as UnwindOnRecord & { wanted?: number }).wanted ?? 0); look(); }
  }
  throw new Error('came to no end');
}

describe('carrying a structure out', () => {
  it('never holds a short beyond its cover, never sends a leg twice, and ends whole or with nothing, unless a leg cannot be taken back', () => {
    fc.assert(fc.property(fates, fc.shuffledSubarray([...condor], { minLength: 4, maxLength: 4 }), (market, order) => {
      const { next, legs, unwinds, sends, seen } = play(order, market.includes('fills') ? market : [...market, 'fills']);
      for (const { long, short } of seen) expect(short).toBeLessThanOrEqual(long);
      for (const times of sends.values()) expect(times).toBe(1);
      const left = legs.map(({ name, filled }) => filled - unwinds.find(({ of }) => of === name)!.filled);
      if (next.outcome === 'WHOLE') expect(left).toEqual([75, 75, 75, 75]);
      else if (next.outcome !== 'STUCK') expect(left).toEqual([0, 0, 0, 0]);
      else expect(next.stuck.length).toBeGreaterThan(0);
    }), { numRuns: 500 });
  });

  it('sells nothing before all that protects it has filled', () => {
    const bought = [leg('a', false, { sent: 'YES', filled: 75 }), leg('b', false, { sent: 'YES', filled: 74, working: true, ageSeconds: 1 })];
    expect(nextStructureStep([...bought, leg('c', true)], [])).toEqual({ step: 'wait' });
    expect(nextStructureStep([bought[0]!, { ...bought[1]!, filled: 75, working: false }, leg('c', true)], [])).toEqual({ step: 'send', legs: ['c'] });
  });
  it('gives a leg its time and no more', () => {
    const waiting = (ageSeconds: number) => nextStructureStep([leg('a', false, { sent: 'YES', working: true, ageSeconds })], [{ of: 'a', sent: 'NO', working: false, filled: 0 }]);
    expect(waiting(legPatienceSeconds)).toEqual({ step: 'wait' });
    expect(waiting(legPatienceSeconds + 1)).toEqual({ step: 'cancel', legs: ['a'] });
  });
  it('keeps what protects a short that cannot be bought back', () => {
    const legs = [leg('a', false, { sent: 'YES', filled: 75 }), leg('b', true, { sent: 'YES', filled: 75 }), leg('c', true, { sent: 'REFUSED' })];
    const unwinds: UnwindOnRecord[] = [{ of: 'a', sent: 'NO', working: false, filled: 0 }, { of: 'b', sent: 'REFUSED', working: false, filled: 0 }, { of: 'c', sent: 'NO', working: false, filled: 0 }];
    expect(nextStructureStep(legs, unwinds)).toEqual({ step: 'end', outcome: 'STUCK', stuck: ['b'] });
  });
  it('leaves what a closing structure has closed, and says that it is not all', () => {
    const closing = [leg('a', false, { opens: false, turn: 1, sent: 'YES', filled: 75 }), leg('b', true, { opens: false, turn: 3, sent: 'REFUSED' })];
    expect(nextStructureStep(closing, [])).toEqual({ step: 'end', outcome: 'PARTLY_CLOSED', stuck: [] });
  });
});
