import Big from 'big.js';
import type { ActionOf } from '../actions/types.ts';
import { type Decimal, type Minor, valueMinor } from '../decimal.ts';
import { formatCount, formatCounted, formatDay, formatMoney, formatPercent } from '../format.ts';
import { partedWorth } from '../market/measured-factors.ts';
import type { ShareRatio } from '../market/share-ratio.ts';
import type { TradingDate } from '../time.ts';
import { openCostMinor, type Position } from './position.ts';

/** All that decides whether the shares of a parted company can be credited, and with what cost. Quantities are signed, prices in rupees. */
export interface PartedFacts {
  symbol: string; exDate: TradingDate; accountName: string; broker: string; live: boolean;
  /** The demerger as it was published for this date; null: none is. */
  subject: string | null;
  /** What was done about it already, also where another source dates it a few days off. */
  settled: { into: string | null; quantity: number; exDate: TradingDate } | null;
  /** What was held at the ex-date's first moment; null where nobody can tell, with why. */
  heldThen: { quantity: number; costMinor: Minor } | null; thenUnknown: string;
  /** The position that went over the ex-date, as it stands. */
  held: { positionId: string; position: Position } | null;
  /** Sold from the ex-date on. */
  soldSince: number;
  /** Cash was paid for a fraction of a share since, which changed the cost. */
  fractionPaid: TradingDate | null;
  /** The first price after it over the last one before, and that one. */
  measured: { factor: number; cumPrice: number | null } | null;
  /** What counts in the equity until it is credited. */
  expectedMinor: Minor;
  /** The resulting company; null: not known here by that name. */
  into: { symbol: string; /** Null: has not traded yet. */ last: number | null; /** Its shares were split since the ex-date. */ splitOn: TradingDate | null; held: { positionId: string; position: Position } | null } | null;
}

/** `null` as `into`: none come. `partedPercent`: of the cost that goes over, as the company announced it; null: by the measured prices. */
export interface AskedShares { into: (ShareRatio & { symbol: string; partedPercent: Decimal | null }) | null }

/** What crediting makes of both positions. The cost only moves: what one has less the other has more, to the paisa. `fraction`: of a share, in `oldShares`, that the company pays in cash. */
export interface CreditPlan { quantityThen: number; expectedMinor: Minor; credit: { into: string; ratio: ShareRatio; quantity: number; fraction: number; costMinor: Minor; costBasis: 'GIVEN' | 'PRICES'; parent: Position; resulting: Position } | null }

/** A resulting company that trades at more than this of what the price lost was named, or counted, wrongly. */
const mostOfLoss = 3;
/** Of the price before: the night's own move may hide what was parted. */
const nightMove = 0.1;

/** Why nothing can be credited or ended rightly; null where it can. */
function whyNot(facts: PartedFacts): string | null {
  const { symbol, exDate, settled } = facts;
  if (facts.live || facts.broker !== 'paper') return `${facts.accountName} trades at ${facts.broker}, which counts its shares by itself; nothing is credited beside it`;
  if (facts.subject === null) return `no demerger of ${symbol} is published for ${formatDay(exDate)}`;
  if (settled) return settled.into === null ? `it is on record that no shares come of the ${symbol} demerger of ${formatDay(settled.exDate)}` : `${formatCount(settled.quantity)} ${settled.into} of the ${symbol} demerger of ${formatDay(settled.exDate)} are credited already`;
  return null;
}

function whyNotCredited(facts: PartedFacts, into: NonNullable<AskedShares['into']>): string | null {
  const { symbol, exDate, heldThen: then } = facts;
  if (facts.into === null) return `${into.symbol} is not listed here yet; it can be credited from its first day of trading on`;
  if (facts.into.symbol === symbol) return `${symbol} is the company that was parted, not the one that came of it`;
  if (facts.into.last === null) return `${into.symbol} has no price yet; it can be credited from its first day of trading on`;
  if (facts.into.splitOn !== null) return `${into.symbol} has split its shares on ${formatDay(facts.into.splitOn)}, after the demerger; the desk does not count through both`;
  if (then === null) return facts.thenUnknown;
  if (then.quantity < 0) return `${symbol} was sold short, and whoever is short owes the shares instead; close the short position`;
  if (then.quantity === 0) return `nothing of ${symbol} was held when it went ex on ${formatDay(exDate)}`;
  if (facts.soldSince > 0) return `${formatCounted(facts.soldSince, 'share')} of ${symbol} ${facts.soldSince === 1 ? 'was' : 'were'} sold since the ex-date at the whole cost; a part of that belongs to the parted company, so its cost cannot be told without changing the realised result`;
  if (facts.fractionPaid !== null) return `a fraction of a share of ${symbol} was paid out on ${formatDay(facts.fractionPaid)}, so that its cost of before cannot be split rightly`;
  if (facts.held === null) return `the ${symbol} of before ${formatDay(exDate)} is not held any more`;
  if (facts.into.held !== null && facts.into.held.position.quantity < 0) return `${into.symbol} is sold short in ${facts.accountName}; close that position first`;
  return null;
}

/** Both positions after the credit, or why it cannot be right. */
export function planCredit(facts: PartedFacts, asked: AskedShares): CreditPlan | { refused: string } {
  const reason = whyNot(facts);
  if (reason !== null) return { refused: reason };
  const quantityThen = facts.heldThen?.quantity ?? 0;
  if (asked.into === null) return facts.expectedMinor === 0 ? { refused: `nothing is expected of the ${facts.symbol} demerger in ${facts.accountName}` } : { quantityThen, expectedMinor: facts.expectedMinor, credit: null };
  const { into } = asked;
  const cannot = whyNotCredited(facts, into);
  const { heldThen: then, held } = facts;
  if (cannot !== null || !then || !held || !facts.into) return { refused: cannot ?? facts.thenUnknown };
  const numerator = then.quantity * into.newShares;
  if (!Number.isSafeInteger(numerator)) return { refused: 'the quantity is too large to count exactly' };
  const quantity = Math.floor(numerator / into.oldShares);
  const fraction = numerator - quantity * into.oldShares;
  if (quantity === 0) return { refused: `${formatCounted(then.quantity, 'share')} of ${facts.symbol} give less than one of ${into.symbol}, which the company pays in cash` };
  const unlikely = whyUnlikely(facts, { into: into.symbol, last: facts.into.last ?? 0, quantity, quantityThen: then.quantity });
  if (unlikely !== null) return { refused: unlikely };
  const part = partOf(facts, into.partedPercent);
  if (typeof part === 'string') return { refused: part };
  const [whole, costMinor] = [openCostMinor(held.position), Number(part.times(then.costMinor).round(0, Big.roundHalfUp).toFixed())];
  if (costMinor < 1 || costMinor >= whole) return { refused: `of a cost of ${formatMoney(whole, 'INR')} that leaves nothing on one side` };
  const before = facts.into.held?.position ?? { quantity: 0, basis: { quantity: 0, costMinor: 0 }, realisedMinor: 0, chargesMinor: 0 };
  const all = before.quantity + quantity;
  return {
    quantityThen: then.quantity, expectedMinor: facts.expectedMinor,
    credit: {
      into: into.symbol, ratio: { newShares: into.newShares, oldShares: into.oldShares }, quantity, fraction, costMinor, costBasis: into.partedPercent === null ? 'PRICES' : 'GIVEN',
      parent: { ...held.position, basis: { quantity: held.position.quantity, costMinor: whole - costMinor } },
      resulting: { ...before, quantity: all, basis: { quantity: all, costMinor: openCostMinor(before) + costMinor } },
    },
  };
}

/** The part of the cost that goes over, between 0 and 1; or why there is none. */
function partOf({ measured, symbol }: PartedFacts, partedPercent: Decimal | null): Big | string {
  const part = partedPercent === null ? new Big(measured === null ? 0 : 1 - measured.factor) : new Big(partedPercent).div(100);
  if (part.gt(0) && part.lt(1)) return part;
  return partedPercent === null ? `the prices of ${symbol} do not show what was parted; say how the company lets the cost be split, as in “cost split 95.32/4.68”` : `a cost split of ${formatPercent(Number(partedPercent), 2)} leaves nothing on one side`;
}

function whyUnlikely({ measured, symbol }: PartedFacts, { into, last, quantity, quantityThen }: { into: string; last: number; quantity: number; quantityThen: number }): string | null {
  if (measured === null || measured.cumPrice === null) return null;
  const [worth, lost] = [valueMinor(last, quantity), partedWorth({ ...measured, quantity: quantityThen })];
  if (worth <= mostOfLoss * lost + nightMove * valueMinor(measured.cumPrice, quantityThen)) return null;
  return `${formatCount(quantity)} ${into} are worth ${formatMoney(worth, 'INR')}, and the price of the ${formatCount(quantityThen)} ${symbol} lost ${formatMoney(lost, 'INR')} by the demerger; check the company and the ratio`;
}

/** Whether an action asks for exactly what the plan makes. */
export const isAsCredited = (action: ActionOf<'parted_shares'>, { quantityThen, expectedMinor, credit }: CreditPlan): boolean =>
  action.quantityThen === quantityThen && action.expectedMinor === expectedMinor && action.into === (credit?.into ?? null) && action.quantity === (credit?.quantity ?? 0) && action.costMinor === (credit?.costMinor ?? 0) && action.costBasis === (credit?.costBasis ?? null);
/** What an action asks for, for the plan. */
export const askedBy = ({ into, newShares, oldShares, partedPercent }: ActionOf<'parted_shares'>): AskedShares => ({ into: into === null ? null : { symbol: into, newShares, oldShares, partedPercent } });
