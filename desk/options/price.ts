import { priceMany } from './price-many.ts';
import { type OptionTerms, type OptionValue, optionColumns, setRow, valueColumns } from './terms.ts';

const CALENDAR_DAYS = 365;
/** Scratch rows: filled, priced and read out within one call. */
const scratch = { bsm: optionColumns('bsm', 1), black76: optionColumns('black76', 1), values: valueColumns(1) };

/** Price and greeks of one European option; the same arithmetic as `priceMany`. */
export function priceOption(terms: OptionTerms): OptionValue {
  const columns = scratch[terms.model];
  setRow(columns, 0, terms);
  const { price, delta, gamma, vega, thetaPerYear, rho, vanna, vomma } = priceMany(columns, scratch.values);
  return {
    price: price[0]!, delta: delta[0]!, gamma: gamma[0]!, vega: vega[0]!, thetaPerYear: thetaPerYear[0]!, thetaPerDay: thetaPerYear[0]! / CALENDAR_DAYS,
    rho: rho[0]!, vanna: vanna[0]!, vomma: vomma[0]!,
  };
}
