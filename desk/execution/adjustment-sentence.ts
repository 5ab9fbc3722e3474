import type { Decimal, Minor } from '../decimal.ts';
import { formatCount, formatMoneyExact, formatPercent } from '../format.ts';
import { ratioWords, type ShareRatio } from '../market/share-ratio.ts';
import type { CorporateAction } from '../market/types.ts';
import type { TradingDate } from '../time.ts';

export interface AdjustedHolding extends ShareRatio {
  priceFactor: number | null; partedMinor: Minor; restatedMinor: Minor; /** Before it was worked in. */ soldSince: number; symbol: string; exDate: TradingDate; kind: CorporateAction['kind']; quantityBefore: number; quantityAfter: number; cashMinor: Minor;
  stopBefore: Decimal | null; stopAfter: Decimal | null; targetBefore: Decimal | null; targetAfter: Decimal | null;
}

const price = (value: string): string => formatCount(Number(value));
const from = (what: string, before: string | null, after: string | null): string[] => (before === null || after === null ? [] : [`${what} ${price(before)} → ${price(after)}`]);

/** `ITC demerger: its first price was 5.4 % below the last one before, which is taken for what was parted from it (an estimate); stop 450 → 425.75.` */
function priceSentence({ kind, symbol, priceFactor, partedMinor, exDate, quantityBefore, stopBefore, stopAfter, targetBefore, targetAfter }: AdjustedHolding, what: string): string {
  const lower = formatPercent(100 * (1 - (priceFactor ?? 1)));
  if (priceFactor === 1) return `${what}, ex ${exDate}: its price is not lower by it, so stop and target stay.`;
  const told = kind === 'RIGHTS' ? `the right takes ${lower} out of the price by its terms` : `its first price was ${lower} below the last one before, which is taken for what was parted from it (an estimate)`;
  if (quantityBefore === 0) return `${what}: ${told}; orders of before the ex-date ${exDate} were cancelled; nothing was held.`;
  const rest = kind === 'RIGHTS' ? 'The right itself is not counted: whoever wants the new shares has to apply for them at the broker.' : partedMinor === 0 ? 'The shares of the parted company are not counted yet, and the cost is not split.' : `The shares of the parted company are expected: ${formatMoneyExact(Math.abs(partedMinor), 'INR')} by that estimate count ${partedMinor < 0 ? 'against' : 'in'} the equity until they are credited, as in “work in the ${symbol} demerger 1:1 NAME”; the cost is split then.`;
  return `${[`${what}: ${told}`, ...from('stop', stopBefore, stopAfter), ...from('target', targetBefore, targetAfter)].join('; ')}. Orders of before the ex-date ${exDate} were cancelled. ${rest}`;
}

/** `RELIANCE 1:1 bonus: you now hold 200, before 100; stop 1,450 → 725; target 1,600 → 800.` Null where nothing was held and no order stood. */
export function adjustmentSentence(a: AdjustedHolding): string | null {
  const { symbol, kind, quantityBefore, quantityAfter } = a;
  if (kind === 'DIVIDEND') return a.cashMinor === 0 ? null : `${symbol} dividend on ${formatCount(Math.abs(quantityBefore))} ${quantityBefore < 0 ? 'sold short' : 'held'}: ${formatMoneyExact(Math.abs(a.cashMinor), 'INR')} ${a.cashMinor < 0 ? 'paid' : 'booked'} on the ex-date ${a.exDate}.`;
  const what = `${symbol} ${ratioWords(kind, a)}`;
  if (a.priceFactor !== null) return priceSentence(a, what);
  if (quantityBefore === 0) return `${what}: orders of before the ex-date ${a.exDate} were cancelled; nothing was held.`;
  const sold = a.soldSince;
  const held = `you now ${quantityBefore < 0 ? 'are short' : 'hold'} ${formatCount(Math.abs(quantityAfter - sold))}, before ${formatCount(Math.abs(quantityBefore))}${sold === 0 ? '' : `, of ${formatCount(quantityAfter)} after it ${formatCount(sold)} ${sold === 1 ? 'was' : 'were'} sold already`}`;
  const restated = a.restatedMinor === 0 ? [] : [`the realised result is restated by ${a.restatedMinor < 0 ? '−' : '+'}${formatMoneyExact(Math.abs(a.restatedMinor), 'INR')}`];
  const fraction = a.cashMinor === 0 ? [] : [`the fraction of a share ${a.cashMinor < 0 ? 'cost' : 'brought'} ${formatMoneyExact(Math.abs(a.cashMinor), 'INR')}`];
  return `${[`${what}: ${held}`, ...from('stop', a.stopBefore, a.stopAfter), ...from('target', a.targetBefore, a.targetAfter), ...fraction, ...restated].join('; ')}. Orders of before the ex-date ${a.exDate} were cancelled.`;
}
