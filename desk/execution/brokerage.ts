import Big from 'big.js';
import type { Decimal, Minor } from '../decimal.ts';
import type { ChargeSegment, ChargeVenue } from './charge-rates.ts';

/** What the broker itself takes from one order. `percent`: a part of turnover, at most `capMinor`. */
export type BrokerageTerms =
  | { kind: 'none' }
  | { kind: 'flat'; amountMinor: Minor }
  | { kind: 'percent'; percent: Decimal; capMinor: Minor | null };

/** A broker's price list: terms by segment, and the depository debit for each symbol sold from delivery on a day, before GST. */
export interface BrokerageSchedule {
  name: string;
  terms: Record<ChargeSegment, BrokerageTerms>;
  depositoryDebitMinor: Minor;
}

const threeHundredthsCapped: BrokerageTerms = { kind: 'percent', percent: '0.03' as Decimal, capMinor: 2000 };

/** The common Indian discount plan: delivery free, else 0.03 % or 20 rupees an order, options 20 flat, 13 a depository debit. */
export const discountSchedule: BrokerageSchedule = {
  name: 'discount',
  terms: {
    EQUITY_DELIVERY: { kind: 'none' },
    EQUITY_INTRADAY: threeHundredthsCapped,
    FUTURES: threeHundredthsCapped,
    OPTIONS: { kind: 'flat', amountMinor: 2000 },
  },
  depositoryDebitMinor: 1300,
};

const none: BrokerageTerms = { kind: 'none' };
/** US brokers without commission pass on the regulators' fees only. */
const commissionFreeSchedule: BrokerageSchedule = {
  name: 'commission-free',
  terms: { EQUITY_DELIVERY: none, EQUITY_INTRADAY: none, FUTURES: none, OPTIONS: none },
  depositoryDebitMinor: 0,
};

export const defaultSchedule: Record<ChargeVenue, BrokerageSchedule> = {
  NSE: discountSchedule,
  BSE: discountSchedule,
  US: commissionFreeSchedule,
};

/** Brokerage on the turnover of one order so far, unrounded minor units. */
export function brokerageOn(terms: BrokerageTerms, turnover: Big): Big {
  if (terms.kind === 'none') return new Big(0);
  if (terms.kind === 'flat') return new Big(terms.amountMinor);
  const share = turnover.times(terms.percent);
  return terms.capMinor !== null && share.gt(terms.capMinor) ? new Big(terms.capMinor) : share;
}
