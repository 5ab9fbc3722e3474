import { actionDigest } from '../../desk/actions/digest.ts';
import type { Action } from '../../desk/actions/types.ts';
import { evaluateGates } from '../../desk/gates/evaluate.ts';
import type { GateSnapshot, PositionFacts } from '../../desk/gates/snapshot.ts';
import { largestPassingQuantity } from '../../desk/gates/why-not-bigger.ts';
import { enterAction, exitAction, fact, holding, instrument, openOrder, passingSnapshot, position } from '../desk/gates/fixtures.ts';

export const name = 'gates';

/** A full account: twelve positions, six entries waiting, eight symbols in the cluster. */
function busy(): GateSnapshot {
  const symbols = Array.from({ length: 18 }, (_, index) => `SYM${index}`);
  const held = symbols.slice(0, 12).map((symbol, index): PositionFacts => position({ positionId: `p${index}`, symbol, sector: `Sector ${index % 6}`, quantity: 10 }));
  return passingSnapshot({
    positions: fact(held), openOrders: fact(symbols.slice(12).map((symbol, index) => openOrder({ orderId: `o${index}`, symbol, price: 1_500 }))), correlatedWith: fact(symbols.slice(0, 8)),
    instruments: { INFY: instrument('INFY'), ...Object.fromEntries(symbols.map((symbol) => [symbol, instrument(symbol)])) },
    recentActions: Array.from({ length: 20 }, (_, index) => ({ actionId: `a${index}`, digest: String(index).padStart(64, '0'), state: 'done', secondsAgo: index })),
  });
}

interface Figure { metric: string; value: number; unit: string }
function measure(label: string, action: Action, snapshot: GateSnapshot): Figure[] {
  const input = { action, actionDigest: actionDigest(action), snapshot, snapshotDigest: '0'.repeat(64) };
  for (let warm = 0; warm < 5_000; warm += 1) evaluateGates(input);
  const samples = new Float64Array(40_000);
  const start = performance.now();
  for (let index = 0; index < samples.length; index += 1) {
    const before = performance.now();
    evaluateGates(input);
    samples[index] = performance.now() - before;
  }
  const seconds = (performance.now() - start) / 1000;
  samples.sort();
  return [
    { metric: `${label}: verdicts`, value: Math.round(samples.length / seconds), unit: '/s' },
    { metric: `${label}: p50`, value: (samples[samples.length >> 1] ?? Number.NaN) * 1000, unit: 'µs' },
    { metric: `${label}: p99`, value: (samples[Math.floor(samples.length * 0.99)] ?? Number.NaN) * 1000, unit: 'µs' },
  ];
}

function measureWhyNotBigger(snapshot: GateSnapshot): Figure {
  const action = enterAction();
  for (let warm = 0; warm < 50; warm += 1) largestPassingQuantity({ action, snapshot });
  const start = performance.now();
  const runs = 200;
  for (let index = 0; index < runs; index += 1) largestPassingQuantity({ action, snapshot });
  return { metric: 'why not bigger', value: (performance.now() - start) / runs, unit: 'ms' };
}

/** Verdicts of the whole table on one core, formatted messages included. */
export async function run(): Promise<Figure[]> {
  return [
    ...measure('entry on a small account', enterAction(), passingSnapshot()),
    ...measure('entry on a full account', enterAction({ quantity: 5 }), busy()),
    ...measure('entry blocked, with counterfactuals', enterAction({ quantity: 5_000 }), busy()),
    ...measure('exit', exitAction(), holding()),
    measureWhyNotBigger(busy()),
  ];
}
