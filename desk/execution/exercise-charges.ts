import Big from 'big.js';
import type { Decimal, Minor } from '../decimal.ts';
import type { Exchange } from '../market/types.ts';
import { tradingDate, type TradingDate } from '../time.ts';

/** What an option that is exercised costs who holds it, while it held. */
interface ExerciseRate {
  /** Percent of the base, an exact decimal. */
  rate: string;
  base: 'SETTLEMENT_PRICE' | 'INTRINSIC_VALUE';
  validFrom: TradingDate;
  source: string;
}

/** Securities transaction tax where an option ends in the money, paid by the holder; latest first. Nothing else is levied, and brokers differ. */
export const exerciseRates: readonly ExerciseRate[] = [
  { rate: '0.15', base: 'INTRINSIC_VALUE', validFrom: tradingDate('2026-04-01'), source: 'Finance Act 2026' },
  { rate: '0.125', base: 'INTRINSIC_VALUE', validFrom: tradingDate('2019-09-01'), source: 'Finance (No. 2) Act 2019, amending section 99 of the Finance (No. 2) Act 2004: from the settlement price to the intrinsic value' },
  { rate: '0.125', base: 'SETTLEMENT_PRICE', validFrom: tradingDate('2008-06-01'), source: 'Finance Act 2008' },
];

/**
 * Tax on what is exercised, in minor units to the nearest rupee (half up), as contract notes round it. 0 for an option that ends
 * worthless, for who is short of it, and outside India. Null: no rate is known for the day.
 */
export function exerciseTaxMinor({ exchange, date, quantity, settlementPrice, worth }: {
  exchange: Exchange;
  date: TradingDate;
  /** Units of the underlying, signed: negative when short. */
  quantity: number;
  settlementPrice: number;
  /** Intrinsic value of one unit at expiry. */
  worth: Decimal;
}): Minor | null {
  if (exchange === 'US' || quantity <= 0 || !new Big(worth).gt(0)) return 0;
  const row = exerciseRates.find(({ validFrom }) => validFrom <= date);
  if (!row) return null;
  const base = row.base === 'INTRINSIC_VALUE' ? new Big(worth) : new Big(settlementPrice);
  return Number(base.times(quantity).times(row.rate).div(100).round(0, Big.roundHalfUp)) * 100;
}
