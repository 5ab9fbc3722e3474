/** `bsm`: Black–Scholes–Merton on a spot price. `black76`: Black on a forward or future. */
export type PricingModel = 'bsm' | 'black76';
export type OptionType = 'call' | 'put';

/** A European option and its market. Rates are continuously compounded, a year, as fractions; volatility too. */
export interface OptionTerms {
  model: PricingModel;
  type: OptionType;
  /** Spot for `bsm`, forward for `black76`. */
  underlying: number;
  strike: number;
  timeYears: number;
  rate: number;
  /** Continuous; for `bsm` only. */
  dividendYield?: number;
  volatility: number;
}

/**
 * Price and derivatives. Delta and gamma are for the spot (`bsm`) or the forward (`black76`), the other held fixed; vega, vanna, vomma
 * and rho for a change of 1.00 (divide by 100 for a point); theta for the passing of a year of the model's clock, and of one calendar
 * day of it (a 365th).
 */
export interface OptionValue {
  price: number;
  delta: number; gamma: number;
  vega: number;
  thetaPerYear: number; thetaPerDay: number;
  rho: number;
  vanna: number; vomma: number;
}

/** Many options of one model, a row each. `isCall` is 1 for a call, 0 for a put; `dividendYield` is not read for `black76`. */
export interface OptionColumns {
  model: PricingModel;
  isCall: Uint8Array;
  underlying: Float64Array;
  strike: Float64Array;
  timeYears: Float64Array;
  rate: Float64Array;
  dividendYield: Float64Array;
  volatility: Float64Array;
}

/** Units as in `OptionValue`; theta is per year. */
export interface ValueColumns {
  price: Float64Array;
  delta: Float64Array; gamma: Float64Array;
  vega: Float64Array;
  thetaPerYear: Float64Array;
  rho: Float64Array;
  vanna: Float64Array; vomma: Float64Array;
}

export const optionColumns = (model: PricingModel, length: number): OptionColumns => ({
  model, isCall: new Uint8Array(length), underlying: new Float64Array(length), strike: new Float64Array(length), timeYears: new Float64Array(length),
  rate: new Float64Array(length), dividendYield: new Float64Array(length), volatility: new Float64Array(length),
});

export const valueColumns = (length: number): ValueColumns => ({
  price: new Float64Array(length), delta: new Float64Array(length), gamma: new Float64Array(length), vega: new Float64Array(length),
  thetaPerYear: new Float64Array(length), rho: new Float64Array(length), vanna: new Float64Array(length), vomma: new Float64Array(length),
});

/** Writes one option into a row. */
export function setRow(columns: OptionColumns, row: number, terms: Omit<OptionTerms, 'model' | 'volatility'> & { volatility?: number }): void {
  columns.isCall[row] = terms.type === 'call' ? 1 : 0;
  columns.underlying[row] = terms.underlying;
  columns.strike[row] = terms.strike;
  columns.timeYears[row] = terms.timeYears;
  columns.rate[row] = terms.rate;
  columns.dividendYield[row] = terms.dividendYield ?? 0;
  columns.volatility[row] = terms.volatility ?? Number.NaN;
}
