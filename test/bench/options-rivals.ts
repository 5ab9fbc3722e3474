import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { OptionColumns } from '../../desk/options/terms.ts';

const run = promisify(execFile);

/** What somebody else's code does in the same run over the same options: how many a second, and how far off at worst, relative, where that was looked at. */
export interface Rival { name: string; pricesPerSecond: number; greeks: number; pricesOff: number | null; impliedPerSecond: number; impliedOff: number }
export type Rivals = { rivals: Rival[]; missing: string[] };

const PACKAGES = ['@uqee/black-scholes@1.0.7', 'black-scholes@1.1.0', 'greeks@1.0.0', 'implied-volatility@1.0.0'];
const DIVIDEND_FREE = 'packages that know no dividends are asked for options without any';

interface Row { type: 'call' | 'put'; underlying: number; strike: number; time: number; rate: number; sigma: number; price: number }
/** @param prices exact ones, for how far off a rival is. */
const rowsOf = ({ underlying, strike, timeYears, rate, volatility, isCall }: OptionColumns, prices: Float64Array, count: number): Row[] =>
  Array.from({ length: count }, (_, i) => ({ type: isCall[i] === 1 ? 'call' : 'put', underlying: underlying[i]!, strike: strike[i]!, time: timeYears[i]!, rate: rate[i]!, sigma: volatility[i]!, price: prices[i]! }));

/** Thousands a second, the median of five rounds after one that warms up. */
function perSecond(rows: readonly Row[], subject: (row: Row) => number): { rate: number; results: number[] } {
  const rates: number[] = [];
  let results: number[] = [];
  for (let round = 0; round < 6; round += 1) {
    const started = performance.now();
    results = rows.map(subject);
    rates.push((1000 * rows.length) / (performance.now() - started));
  }
  return { rate: rates.slice(1).sort((a, b) => a - b)[2]!, results };
}
const worst = (results: readonly number[], expected: readonly number[], least: number): number =>
  results.reduce((most, value, i) => (expected[i]! < least ? most : Math.max(most, Number.isFinite(value) ? Math.abs(value / expected[i]! - 1) : Number.POSITIVE_INFINITY)), 0);

interface Packages {
  uqee: new (args?: object) => { option(row: object): { price: number }; sigma(row: object): number };
  scholes: { blackScholes(s: number, k: number, t: number, v: number, r: number, type: string): number };
  greeks: Record<'getDelta' | 'getVega' | 'getGamma' | 'getTheta' | 'getRho', (s: number, k: number, t: number, v: number, r: number, type?: string) => number>;
  implied: { getImpliedVolatility(price: number, s: number, k: number, t: number, r: number, type: string): number };
}

/** The npm packages for the same, fetched into a folder of their own; none where npm cannot be reached. `columns` without dividends. */
export async function npmRivals(columns: OptionColumns, prices: Float64Array): Promise<Rivals> {
  const folder = await mkdtemp(join(tmpdir(), 'parapet-rivals-'));
  try {
    try {
      await run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', folder, ...PACKAGES], { cwd: folder, timeout: 60_000 });
    } catch (error) {
      return { rivals: [], missing: [`npm packages: ${String(error).split('\n')[0]}`] };
    }
    const load = createRequire(join(folder, 'index.js'));
    const { uqee, scholes, greeks, implied }: Packages = { uqee: (load('@uqee/black-scholes') as { BlackScholes: Packages['uqee'] }).BlackScholes, scholes: load('black-scholes') as Packages['scholes'], greeks: load('greeks') as Packages['greeks'], implied: load('implied-volatility') as Packages['implied'] };
    const rows = rowsOf(columns, prices, 20_000);
    const exact = rows.map(({ price }) => price);
    // Far from the money a price says little of its volatility, for anybody.
    const telling = rows.filter(({ underlying, strike, time }) => Math.abs(Math.log(strike / underlying)) < 0.2 && time > 0.1);
    const sigmas = telling.map(({ sigma }) => sigma);
    const fast = new uqee();
    const fastPrices = perSecond(rows, (row) => fast.option(row).price);
    const fastVolatility = perSecond(telling.slice(0, 4000), (row) => fast.sigma(row));
    const plain = perSecond(rows, ({ underlying: s, strike: k, time: t, sigma: v, rate: r, type }) => {
      const price = scholes.blackScholes(s, k, t, v, r, type);
      for (const name of ['getDelta', 'getGamma', 'getVega', 'getTheta', 'getRho'] as const) if (!(name === 'getGamma' ? greeks.getGamma(s, k, t, v, r) : greeks[name](s, k, t, v, r, type)) && price < 0) throw new Error('a greek is missing');
      return price;
    });
    const bisected = perSecond(telling.slice(0, 200), ({ price, underlying: s, strike: k, time: t, rate: r, type }) => implied.getImpliedVolatility(price, s, k, t, r, type));
    return {
      missing: [DIVIDEND_FREE],
      rivals: [
        { name: '@uqee/black-scholes', pricesPerSecond: fastPrices.rate, greeks: 5, pricesOff: worst(fastPrices.results, exact, 0.01), impliedPerSecond: fastVolatility.rate, impliedOff: worst(fastVolatility.results, sigmas, 0) },
        { name: 'black-scholes + greeks + implied-volatility', pricesPerSecond: plain.rate, greeks: 5, pricesOff: worst(plain.results, exact, 0.01), impliedPerSecond: bisected.rate, impliedOff: worst(bisected.results, sigmas, 0) },
      ],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Black–Scholes–Merton with seven greeks and a Newton search, all of it vectorised, as one would write it. Reads nothing; the options are made as here. */
const NUMPY = `
import json, sys, time
import numpy as np
from scipy.special import ndtr
n = int(sys.argv[1]); g = np.random.default_rng(12345)
S = np.full(n, 100.0); K = 60 + 80 * g.random(n); T = 0.02 + 2 * g.random(n); r = 0.05 * g.random(n); q = np.zeros(n); v = 0.1 + 0.5 * g.random(n); w = np.where(g.random(n) < 0.5, 1.0, -1.0)
def value(v):
    s = np.sqrt(T); dq = np.exp(-q * T); dr = np.exp(-r * T); d1 = (np.log(S / K) + (r - q + 0.5 * v * v) * T) / (v * s); d2 = d1 - v * s
    n1 = ndtr(w * d1); n2 = ndtr(w * d2); pdf = np.exp(-0.5 * d1 * d1) / np.sqrt(2 * np.pi)
    vega = S * dq * pdf * s
    return (w * (S * dq * n1 - K * dr * n2), w * dq * n1, dq * pdf / (S * v * s), vega, -S * dq * pdf * v / (2 * s) + w * (q * S * dq * n1 - r * K * dr * n2), w * K * T * dr * n2, -dq * pdf * d2 / v, vega * d1 * d2 / v)
def implied(price):
    s = np.full(n, 0.3)
    for _ in range(60):
        p, _, _, vega, *_ = value(s)
        step = (p - price) / np.maximum(vega, 1e-12)
        s = np.clip(s - np.clip(step, -0.2, 0.2), 1e-3, 5)
        if np.max(np.abs(p - price)) < 1e-11: break
    return s
def per_second(f):
    rates = []
    for _ in range(8):
        t = time.perf_counter(); out = f(); rates.append(n / (time.perf_counter() - t))
    return sorted(rates[2:])[3], out
prices, out = per_second(lambda: value(v))
volatilities, found = per_second(lambda: implied(out[0]))
print(json.dumps({'prices': prices, 'implied': volatilities, 'off': float(np.max(np.abs(found / v - 1)[out[3] > 1e-6]))}))
`;

/** The same in numpy and scipy, where python3 has them. */
export async function numpyRival(count: number): Promise<Rivals> {
  try {
    const { stdout } = await run('python3', ['-c', NUMPY, String(count)], { timeout: 120_000, env: { ...process.env, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1' } });
    const told = JSON.parse(stdout) as { prices: number; implied: number; off: number };
    return { rivals: [{ name: 'numpy and scipy', pricesPerSecond: told.prices, greeks: 7, pricesOff: null, impliedPerSecond: told.implied, impliedOff: told.off }], missing: [] };
  } catch (error) {
    return { rivals: [], missing: [`numpy and scipy: ${String(error).split('\n').find((line) => line.trim() !== '') ?? 'they did not run'}`] };
  }
}
