import type { OptionTerms } from '../../../desk/options/terms.ts';
import { sharedJson } from '../market/shared.ts';

/** One row of the 120-digit reference values; `S` and `q` of a spot, `F` of a forward. */
export interface ReferenceRow {
  group?: string; type: 'call' | 'put'; S?: number; F?: number; K: number; T: number; r: number; q?: number; sigma: number;
  price: number; delta: number; gamma: number; vega: number; theta: number; rho: number; vanna: number; vomma: number;
  iv_of_double_price: number; iv_rel_cond: number; iv_determinable: boolean;
}
export const referenceRows = (file: string): ReferenceRow[] => (sharedJson(`refs/${file}`) as { rows: ReferenceRow[] }).rows;

export const termsOf = ({ type, S, F, K, T, r, q, sigma }: Pick<ReferenceRow, 'type' | 'S' | 'F' | 'K' | 'T' | 'r' | 'q' | 'sigma'>): OptionTerms => ({
  model: F === undefined ? 'bsm' : 'black76', type, underlying: (F ?? S)!, strike: K, timeYears: T, rate: r, dividendYield: q ?? 0, volatility: sigma,
});
