import { impliedColumns, impliedVolatilityMany } from '../../desk/options/implied-volatility.ts';
import { priceMany } from '../../desk/options/price-many.ts';
import { priceOption } from '../../desk/options/price.ts';
import { readExpiry } from '../../desk/options/read-expiry.ts';
import { searchStructures } from '../../desk/options/structures/search.ts';
import { type OptionColumns, type PricingModel, optionColumns, setRow, valueColumns } from '../../desk/options/terms.ts';
import { instant, tradingDate } from '../../desk/time.ts';
import { npmRivals, numpyRival } from './options-rivals.ts';

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

/** One thread: prices with seven greeks, implied volatilities, both over a chain of 35 strikes, and the search of 100 strikes for structures. */
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

  const expiry = hundredStrikes();
  const limits = { maxWidth: 500, minProbability: 0.3, minRewardOverRisk: 0.1, keep: 20 };
  figures.push({ metric: '100 strikes, all verticals and condors up to 10 strikes wide, ranked', value: medianMs(() => searchStructures(expiry, limits)), unit: 'ms' });
  figures.push(...(await againstOthers()));
  return figures;
}

/** Ours and theirs over the same kind of options, in the same run: what each does a second, and how many times that we do. */
async function againstOthers(): Promise<{ metric: string; value: number; unit: string }[]> {
  const count = 200_000;
  const options = randomOptions('bsm', count);
  options.dividendYield.fill(0);
  const values = valueColumns(count);
  const implied = impliedColumns(count);
  const told = await npmRivals(options, priceMany(options, values).price.slice());
  const numpy = await numpyRival(count);
  const ours = { prices: (1000 * count) / medianMs(() => priceMany(options, values)), implied: (1000 * count) / medianMs(() => impliedVolatilityMany(options, values.price, implied)) };
  for (const reason of [...told.missing, ...numpy.missing]) console.error(`options: ${reason}`);
  return [...told.rivals, ...numpy.rivals].flatMap(({ name: rival, pricesPerSecond, greeks, pricesOff, impliedPerSecond, impliedOff }) => [
    { metric: `${rival}: price and ${greeks} greeks${pricesOff === null ? '' : ` (off by ${pricesOff.toExponential(0)} at worst)`}`, value: pricesPerSecond / 1e6, unit: 'M/s' },
    { metric: `ours, price and 7 greeks, over ${rival}`, value: ours.prices / pricesPerSecond, unit: 'times' },
    { metric: `${rival}: implied volatility (off by ${impliedOff.toExponential(0)} at worst)`, value: impliedPerSecond / 1e6, unit: 'M/s' },
    { metric: `ours, implied volatility, over ${rival}`, value: ours.implied / impliedPerSecond, unit: 'times' },
  ]);
}

function hundredStrikes() {
  const strikes = Array.from({ length: 100 }, (_, i) => {
    const strike = 21_500 + 50 * i;
    const quoted = (type: 'call' | 'put') => {
      const { price } = priceOption({ model: 'black76', type, underlying: 24_050, strike, timeYears: 0.05, rate: 0.06, volatility: 0.13 - 0.2 * Math.log(strike / 24_050) });
      return { bid: price * 0.998, ask: price * 1.002, last: null, at: null, volume: null, openInterest: null, openInterestChange: null };
    };
    return { strike, call: quoted('call'), put: quoted('put') };
  });
  const asOf = instant('2025-08-05T08:30:00.000Z');
  return readExpiry({ expiry: tradingDate('2025-08-21'), timeYears: 0.05, strikes }, { asOf, rate: 0.06, staleAfterMs: 60_000 });
}
