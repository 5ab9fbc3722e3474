import { impliedColumns, impliedVolatilityMany } from '../../desk/options/implied-volatility.ts';
import { priceMany } from '../../desk/options/price-many.ts';
import { type OptionColumns, type PricingModel, optionColumns, setRow, valueColumns } from '../../desk/options/terms.ts';

export const name = 'options';

const ROUNDS = 25;
/** Median milliseconds of a call, the first rounds (the compiler's) left out. */
function medianMs(subject: () => unknown): number {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    subject();
    times.push(performance.now() - start);
  }
  return times.slice(4).sort((a, b) => a - b)[Math.floor((ROUNDS - 4) / 2)]!;
}

/** Options with everything different in each row, the same on every run. */
function randomOptions(model: PricingModel, count: number): OptionColumns {
  const columns = optionColumns(model, count);
  let state = 12345;
  const unit = () => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return state / 2 ** 32; };
  for (let row = 0; row < count; row++) {
    setRow(columns, row, {
      type: unit() < 0.5 ? 'call' : 'put', underlying: 100, strike: 60 + 80 * unit(), timeYears: 0.02 + 2 * unit(), rate: 0.05 * unit(), dividendYield: 0.03 * unit(), volatility: 0.1 + 0.5 * unit(),
    });
  }
  return columns;
}

/** One thread: prices with seven greeks, implied volatilities, and both over a chain of 35 strikes. */
export async function run(): Promise<{ metric: string; value: number; unit: string }[]> {
  const count = 200_000;
  const figures: { metric: string; value: number; unit: string }[] = [];
  for (const model of ['bsm', 'black76'] as const) {
    const options = randomOptions(model, count);
    const values = valueColumns(count);
    figures.push({ metric: `${model}, price and 7 greeks`, value: count / medianMs(() => priceMany(options, values)) / 1000, unit: 'M/s' });
    const implied = impliedColumns(count);
    figures.push({ metric: `${model}, implied volatility`, value: count / medianMs(() => impliedVolatilityMany(options, values.price, implied)) / 1000, unit: 'M/s' });
  }

  const strikes = 35;
  const chain = optionColumns('black76', 2 * strikes);
  for (let row = 0; row < 2 * strikes; row++) {
    const strike = 24_000 + 50 * ((row >> 1) - 17);
    setRow(chain, row, { type: row & 1 ? 'put' : 'call', underlying: 24_037, strike, timeYears: 0.02, rate: 0.065, volatility: 0.12 + ((strike - 24_000) / 24_000) ** 2 });
  }
  const values = valueColumns(2 * strikes);
  const prices = priceMany(chain, values).price.slice();
  const implied = impliedColumns(2 * strikes);
  const solved = { ...chain, volatility: implied.volatility };
  const repeats = 400;
  const chainMs = medianMs(() => {
    for (let i = 0; i < repeats; i++) { impliedVolatilityMany(chain, prices, implied); priceMany(solved, values); }
  }) / repeats;
  figures.push({ metric: 'chain of 70 options, implied volatility and 7 greeks', value: chainMs, unit: 'ms' });
  return figures;
}
