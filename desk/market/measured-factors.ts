import { type Decimal, type Minor, valueMinor } from '../decimal.ts';
import type { CorporateAction, DailyBar } from './types.ts';

/** Sources date one action differently by a weekend at most, and a share may first trade a little after its ex-date. */
const longestToFirstTradeMs = 5 * 86_400_000;

/** New shares offered for old ones held, at a price in rupees. */
export interface RightsTerms { newShares: number; oldShares: number; issuePrice: number }

/** Terms of a rights issue as announced: the ratio from the subject (`Rights 1:15 @ Premium Rs 1247`), the issue price as read by the importer. Null where either is not told. */
export function rightsTerms({ kind, subject, amount }: Pick<CorporateAction, 'kind' | 'subject'> & { amount?: Decimal | null }): RightsTerms | null {
  const ratio = kind === 'RIGHTS' ? /(\d+)\s*:\s*(\d+)/.exec(subject) : null;
  const [newShares, oldShares, issuePrice] = [Number(ratio?.[1]), Number(ratio?.[2]), Number(amount ?? 0)];
  return newShares > 0 && oldShares > 0 && issuePrice > 0 ? { newShares, oldShares, issuePrice } : null;
}

/**
 * The theoretical ex-rights price over the last price with the rights: ((old × cum + new × issue price) ÷ (old + new)) ÷ cum. 1 where the
 * new shares cost as much as the old ones: the right to buy them is worth nothing then.
 * Source: Brealey, Myers & Allen, Principles of Corporate Finance, ch. “How Corporations Issue Securities”.
 */
export function rightsFactor({ newShares, oldShares, issuePrice }: RightsTerms, cumPrice: number): number {
  return Math.min(1, (oldShares * cumPrice + newShares * issuePrice) / ((oldShares + newShares) * cumPrice));
}

/** A demerger takes a part of the company out of the price: its opening over the last price with that part. Null where the price did not fall. */
export const demergerFactor = ({ opening, cumPrice }: { opening: number; cumPrice: number }): number | null => (opening > 0 && cumPrice > 0 && opening < cumPrice ? opening / cumPrice : null);

/** What a demerger took out of the price, on shares held (signed): an estimate of the parted company's worth. 0 where the last price before is not known. */
export const partedWorth = ({ factor, cumPrice, quantity }: { factor: number; cumPrice: number | null; quantity: number }): Minor => (cumPrice === null || factor >= 1 ? 0 : valueMinor(cumPrice * (1 - factor), quantity));

/**
 * Published actions of one symbol with the factors of rights and demergers, which no announcement states: of rights by the theoretical
 * ex-rights price, of a demerger by the ex-date's opening trade (found in a special pre-open session) over the close before, which is an
 * estimate: what the market moved overnight is in it. A factor that was published stays. `bars`: printed, ascending dates; only what
 * they hold is used, so that nothing of later days leaks, and before the ex-date's bar a demerger has no factor yet.
 */
export function withMeasuredFactors(actions: readonly CorporateAction[], bars: readonly DailyBar[]): CorporateAction[] {
  return actions.map((action) => {
    if (action.factor !== 1 || action.basis !== 'published' || (action.kind !== 'RIGHTS' && action.kind !== 'DEMERGER')) return action;
    const from = bars.findIndex(({ date }) => date >= action.exDate);
    const before = from < 0 ? bars.at(-1) : bars[from - 1];
    if (!before || before.symbol !== action.symbol) return action;
    const terms = rightsTerms(action);
    if (terms) return { ...action, factor: rightsFactor(terms, before.close), factorFrom: 'terms' };
    const first = bars[from];
    if (action.kind !== 'DEMERGER' || !first || Date.parse(first.date) - Date.parse(action.exDate) > longestToFirstTradeMs) return action;
    const factor = demergerFactor({ opening: first.open, cumPrice: before.close });
    return factor === null ? action : { ...action, factor, factorFrom: 'opening' };
  });
}
