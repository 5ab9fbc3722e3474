import { adx } from '../../desk/market/indicators/adx.ts';
import { atr } from '../../desk/market/indicators/atr.ts';
import { bollingerBands } from '../../desk/market/indicators/bollinger-bands.ts';
import { ema } from '../../desk/market/indicators/ema.ts';
import { rsi } from '../../desk/market/indicators/rsi.ts';

export const name = 'indicators';

/** Median speed of each indicator over one million bars, in millions of bars a second. */
export async function run(): Promise<{ metric: string; value: number; unit: string }[]> {
  const bars = 1_000_000;
  const close = new Float64Array(bars);
  const high = new Float64Array(bars);
  const low = new Float64Array(bars);
  let price = 1000;
  let state = 12345;
  for (let i = 0; i < bars; i++) {
    // A linear congruential walk: the same bars on every run, up and down moves that a processor cannot guess.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    price = Math.max(1, price * (1 + (state / 2 ** 32 - 0.5) * 0.02));
    close[i] = price;
    high[i] = price * 1.01;
    low[i] = price * 0.99;
  }
  const subjects: [string, () => unknown][] = [
    ['rsi', () => rsi(close)], ['atr', () => atr({ high, low, close })], ['bollinger', () => bollingerBands({ values: close })],
    ['ema', () => ema(close, 20)], ['adx', () => adx({ high, low, close })],
  ];
  return subjects.map(([metric, subject]) => {
    const seconds: number[] = [];
    for (let round = 0; round < 13; round++) {
      const start = performance.now();
      subject();
      seconds.push((performance.now() - start) / 1000);
    }
    // The first rounds are the compiler's.
    const median = seconds.slice(4).sort((a, b) => a - b)[4]!;
    return { metric, value: Math.round((bars / median / 1e6) * 10) / 10, unit: 'M bars/s' };
  });
}
