import type { Exchange } from '../../market/types.ts';
import { type Decimal, decimal } from '../../decimal.ts';
import { tradingDate, type TradingDate } from '../../time.ts';
import { type Dated, heldOn } from './dated.ts';

/** Smallest price step by the price of the share (below `under`, null: above all others). */
type Steps = readonly { under: number | null; tick: Decimal }[];
const five: Steps = [{ under: null, tick: decimal('0.05') }];
const fiveOrOne: Steps = [{ under: 250, tick: decimal('0.01') }, { under: null, tick: decimal('0.05') }];
const table: Record<Exchange, readonly Dated<Steps>[]> = {
  NSE: [
    { validFrom: tradingDate('1994-11-03'), validTo: tradingDate('2024-06-09'), value: five, source: 'NSE capital market regulations: five paise' },
    { validFrom: tradingDate('2024-06-10'), validTo: null, value: fiveOrOne, source: 'NSE circular of 24 May 2024: one paisa below 250 rupees from 10 June 2024 (wider steps for dear shares came in 2025 and are in the symbol master)' },
  ],
  BSE: [{ validFrom: tradingDate('1995-03-14'), validTo: null, value: [{ under: 15, tick: decimal('0.01') }, { under: null, tick: decimal('0.05') }], source: 'BSE: one paisa up to 15 rupees, five above' }],
  US: [{ validFrom: tradingDate('2001-04-09'), validTo: null, value: [{ under: 1, tick: decimal('0.0001') }, { under: null, tick: decimal('0.01') }], source: 'SEC Regulation NMS rule 612' }],
};

/** For symbols whose master record says nothing; undefined where the table doesn't reach. */
export const defaultTick = (exchange: Exchange, price: number, on: TradingDate): Decimal | undefined =>
  heldOn(table[exchange], on)?.value.find(({ under }) => under === null || price < under)?.tick;
