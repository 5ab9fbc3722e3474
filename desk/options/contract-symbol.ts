import type { Decimal } from '../decimal.ts';
import type { Exchange, SymbolName } from '../market/types.ts';
import { type TradingDate, tradingDate } from '../time.ts';
import type { OptionType } from './terms.ts';

/** What an option is an option on. */
export interface Contract { underlying: SymbolName; expiry: TradingDate; strike: number; type: OptionType }

/** How an exchange trades a contract that it lists. Quantities in units of the underlying. */
export interface ListedContract { exchange: Exchange; lotSize: number; tickSize: Decimal; freezeQuantity: number | null; settles: 'CASH' | 'PHYSICAL' }

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const SHAPE = /^(.+)-(\d{2})([A-Z]{3})(\d{2})-(\d+(?:\.\d+)?)-(CE|PE)$/;

/**
 * The desk's own name of a contract, `NIFTY-07AUG25-24600-CE`: exchanges and brokers each have another one, weekly and monthly ones
 * differ, and none can be read without a calendar.
 */
export function contractSymbol({ underlying, expiry, strike, type }: Contract): SymbolName {
  const [year, month, day] = expiry.split('-') as [string, string, string];
  return `${underlying}-${day}${MONTHS[Number(month) - 1]}${year.slice(2)}-${strike}-${type === 'call' ? 'CE' : 'PE'}`;
}

/** The contract that a name stands for; null when it is the name of something else. */
export function readContract(symbol: SymbolName): Contract | null {
  const match = SHAPE.exec(symbol);
  if (!match) return null;
  const [, underlying, day, month, year, strike, right] = match as unknown as [string, string, string, string, string, string, string];
  const index = MONTHS.indexOf(month);
  if (index < 0) return null;
  try {
    return { underlying, expiry: tradingDate(`20${year}-${String(index + 1).padStart(2, '0')}-${day}`), strike: Number(strike), type: right === 'CE' ? 'call' : 'put' };
  } catch {
    return null;
  }
}
