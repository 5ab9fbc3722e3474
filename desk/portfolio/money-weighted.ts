import type { TradingDate } from '../time.ts';

/** Money that a person puts in (negative) or gets out (positive); the account's worth today counts as got out today. */
export interface CashFlow { date: TradingDate; amount: number }

export type MoneyWeighted =
  | { ok: true; /** A year, as a fraction. */ annualRate: number; /** Over the whole time from the first flow to the last. */ totalReturn: number }
  | { ok: false; code: 'NO_SIGN_CHANGE' | 'NO_TIME_BETWEEN' | 'NO_RATE_FOUND' }
  /** The flows turn more than once and several rates fit, so that none is the answer. */
  | { ok: false; code: 'SEVERAL_RATES'; annualRates: number[] };

/** Whole-time growth is searched from e^−40 to e^40 in steps of e^0.1; a double root inside one step is not seen. */
const SEARCH = { reach: 40, step: 0.1 } as const;

/**
 * Money-weighted annual return: the rate at which the flows are worth nothing together, years of 365 days (as spreadsheets' XIRR).
 * The search runs over the logarithm of growth and bisects every change of sign, so it needs no guess and cannot diverge.
 * Where the flows change sign once there is exactly one rate (Descartes).
 * @throws RangeError for an amount that is not finite.
 */
export function moneyWeightedReturn(flows: readonly CashFlow[]): MoneyWeighted {
  for (const { amount, date } of flows) if (!Number.isFinite(amount)) throw new RangeError(`not an amount on ${date}: ${amount}`);
  const real = flows.filter(({ amount }) => amount !== 0).toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  if (!real.some(({ amount }) => amount < 0) || !real.some(({ amount }) => amount > 0)) return { ok: false, code: 'NO_SIGN_CHANGE' };
  const first = Date.parse(real[0]!.date);
  const span = Date.parse(real.at(-1)!.date) - first;
  if (span === 0) return { ok: false, code: 'NO_TIME_BETWEEN' };

  const terms = real.map(({ date, amount }) => ({ amount, time: (Date.parse(date) - first) / span }));
  /** Worth at growth e^x over the whole span; scaled by e^max(x, 0) it neither over- nor underflows. */
  const worth = (x: number) => terms.reduce((sum, { amount, time }) => sum + amount * Math.exp(x > 0 ? -x * time : x * (1 - time)), 0);

  const roots: number[] = [];
  const steps = Math.round((2 * SEARCH.reach) / SEARCH.step);
  let left = -SEARCH.reach;
  let leftWorth = worth(left);
  for (let i = 1; i <= steps; i++) {
    const right = -SEARCH.reach + i * SEARCH.step;
    const rightWorth = worth(right);
    if (leftWorth === 0) roots.push(left);
    else if (rightWorth !== 0 && Math.sign(leftWorth) !== Math.sign(rightWorth)) roots.push(bisect(worth, left, right));
    [left, leftWorth] = [right, rightWorth];
  }
  const years = span / (365 * 86_400_000);
  const [root, ...others] = roots;
  if (root === undefined) return { ok: false, code: 'NO_RATE_FOUND' };
  if (others.length > 0) return { ok: false, code: 'SEVERAL_RATES', annualRates: roots.map((x) => Math.expm1(x / years)) };
  return { ok: true, annualRate: Math.expm1(root / years), totalReturn: Math.expm1(root) };
}

function bisect(f: (x: number) => number, from: number, to: number): number {
  let [low, high] = [from, to];
  const sign = Math.sign(f(low));
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (Math.sign(f(middle)) === sign) low = middle; else high = middle;
  }
  return (low + high) / 2;
}
