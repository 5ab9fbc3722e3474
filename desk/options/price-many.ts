import { discountedGap, logMoneyness } from './log-moneyness.ts';
import { NORMAL_DENSITY_AT_ZERO, millsRatio } from './normal.ts';
import { type OptionColumns, type ValueColumns, valueColumns } from './terms.ts';

/** Half the total deviation under which Mills' ratios are expanded about the middle instead of subtracted. */
const NARROW = 0.02;
/** Deviations out of the money beyond which the density, and all that hangs on it, is zero in a double. */
const OUT_OF_SIGHT = 40;

/**
 * Price and greeks of the options in rows `from` to `to`, into `values`.
 *
 * The option on the side that is out of the money is priced, and its twin by parity. With P the smaller and Q the larger of the
 * discounted underlying and strike, y = ln(Q/P)/s, t = s/2, s = σ√T, a = y − t, b = y + t:
 *   value = P·N(−a) − Q·N(−b) = P·n(a)·[M(a) − M(b)],  since P·n(a) = Q·n(b),
 * with Mills' ratio M. One exponential serves price and greeks, and nothing cancels far from the money. For small s the difference
 * is taken from its Taylor series about y (M′ = yM − 1, M⁽ⁿ⁺¹⁾ = yM⁽ⁿ⁾ + nM⁽ⁿ⁻¹⁾), so that nothing cancels there either.
 *
 * Without time or volatility the price is the discounted intrinsic value. At its kink delta is the mean of both sides, and a
 * derivative that does not exist is given as 0. An input out of range (a NaN, a negative time or volatility) gives NaN.
 * Formulas for the greeks: Haug, The Complete Guide to Option Pricing Formulas (2007), chapter 2.
 */
export function priceMany(options: OptionColumns, values: ValueColumns = valueColumns(options.strike.length), from = 0, to = options.strike.length): ValueColumns {
  const { isCall, underlying, strike, timeYears, rate, dividendYield, volatility } = options;
  const onForward = options.model === 'black76';
  for (let row = from; row < to; row++) {
    const time = timeYears[row]!;
    const interest = rate[row]!;
    const carried = onForward ? interest : dividendYield[row]!;
    const sigma = volatility[row]! >= 0 ? volatility[row]! : Number.NaN;
    const rootTime = Math.sqrt(time);
    const s = sigma * rootTime;
    const carryDiscount = Math.exp(-carried * time);
    const strikeDiscount = onForward ? carryDiscount : Math.exp(-interest * time);
    const asset = underlying[row]! * carryDiscount;
    const cash = strike[row]! * strikeDiscount;
    const x = logMoneyness(underlying[row]!, strike[row]!) + (interest - carried) * time;
    const callIsOut = x <= 0;
    const smaller = callIsOut ? asset : cash;
    const larger = callIsOut ? cash : asset;
    const distance = callIsOut ? -x : x;

    const t = 0.5 * s;
    const y = distance / s;
    const a = y - t;
    const b = y + t;
    // N(−a), N(a) and N(−b); the value out of the money; and P·n(a), the density of all the greeks.
    let nearTail: number;
    let nearBody: number;
    let farTail: number;
    let outValue: number;
    let density: number;
    const still = s === 0 || a > OUT_OF_SIGHT;
    if (still) {
      const onTheKink = distance === 0;
      nearTail = farTail = onTheKink ? 0.5 : 0;
      nearBody = 1 - nearTail;
      outValue = 0;
      density = onTheKink ? smaller * NORMAL_DENSITY_AT_ZERO : 0;
    } else {
      const bell = NORMAL_DENSITY_AT_ZERO * Math.exp(-0.5 * a * a);
      density = smaller * bell;
      if (t < NARROW) {
        const m0 = millsRatio(y);
        const m1 = y * m0 - 1;
        const m2 = y * m1 + m0;
        const m3 = y * m2 + 2 * m1;
        const m4 = y * m3 + 3 * m2;
        const m5 = y * m4 + 4 * m3;
        const m6 = y * m5 + 5 * m4;
        const m7 = y * m6 + 6 * m5;
        const square = t * t;
        const odd = t * (m1 + (square / 6) * (m3 + (square / 20) * (m5 + (square / 42) * m7)));
        const even = m0 + (square / 2) * (m2 + (square / 12) * (m4 + (square / 30) * m6));
        nearTail = bell * (even - odd);
        nearBody = 1 - nearTail;
        farTail = (density / larger) * (even + odd);
        outValue = -2 * density * odd;
      } else {
        const far = millsRatio(b);
        farTail = (density / larger) * far;
        if (a >= 0) {
          const near = millsRatio(a);
          nearTail = bell * near;
          nearBody = 1 - nearTail;
          outValue = density * (near - far);
        } else {
          const near = millsRatio(-a);
          nearBody = bell * near;
          nearTail = 1 - nearBody;
          outValue = smaller - density * (near + far);
        }
      }
    }

    // Probabilities on the option's own side: with the asset as measure (delta) and with cash (exercise).
    const call = isCall[row] === 1;
    const out = call === callIsOut;
    const onAsset = callIsOut ? (call ? nearTail : nearBody) : call ? 1 - farTail : farTail;
    const onCash = callIsOut ? (call ? farTail : 1 - farTail) : call ? nearBody : nearTail;
    const sign = call ? 1 : -1;
    const price = out ? outValue : outValue + discountedGap(larger, smaller, distance);
    const d1 = callIsOut ? -a : b;
    const d2 = callIsOut ? -b : a;
    const vega = density * rootTime;
    values.price[row] = price;
    // Adding zero turns −0 into 0.
    values.delta[row] = sign * carryDiscount * onAsset + 0;
    values.vega[row] = vega;
    const exercised = sign * cash * onCash + 0;
    const decay = still ? 0 : (0.5 * density * sigma) / rootTime;
    values.thetaPerYear[row] = sign * carried * asset * onAsset - interest * exercised - decay;
    values.rho[row] = onForward ? -time * price : time * exercised;
    const spot = underlying[row]!;
    values.gamma[row] = still ? 0 : density / (spot * spot * s);
    values.vanna[row] = still ? 0 : (-density * d2) / (spot * sigma);
    values.vomma[row] = still ? 0 : (vega * d1 * d2) / sigma;
  }
  return values;
}
