import type { Instant, TradingDate } from '../time.ts';
import type { SymbolName } from './types.ts';

/** What institutions bought and sold, in crore rupees. A side that the source does not tell is null, never zero. */
export interface InstitutionalFlow {
  /** The day, the last day of a fortnight, or the first of the month or year that it sums up. */
  date: TradingDate;
  period: 'DAY' | 'FORTNIGHT' | 'MONTH';
  investor: 'FPI' | 'DII' | 'MF' | 'AIF';
  /** `CASH`: the exchanges' provisional figures of the cash market. The others are the depository's, by kind of security. */
  segment: 'CASH' | 'EQUITY' | 'DEBT' | 'HYBRID' | 'OTHER' | 'TOTAL';
  /** Empty: all sectors. */
  sector: string;
  buyCrore: number | null;
  sellCrore: number | null;
  netCrore: number;
  /** Assets held at the end of the period. */
  assetsCrore: number | null;
}

/** Contracts of one kind that one class of participants holds (or traded) on a day. */
export interface ParticipantPosition {
  date: TradingDate;
  measure: 'OPEN_INTEREST' | 'VOLUME';
  participant: 'CLIENT' | 'DII' | 'FII' | 'PRO' | 'TOTAL';
  instrument: 'FUTURE_INDEX' | 'FUTURE_STOCK' | 'OPTION_INDEX_CALL' | 'OPTION_INDEX_PUT' | 'OPTION_STOCK_CALL' | 'OPTION_STOCK_PUT' | 'ALL';
  longContracts: number;
  shortContracts: number;
}

/** A bulk or block deal, or a day's short selling, as the exchange lists it. Price per share in rupees; short selling has none. */
export interface Deal {
  date: TradingDate;
  kind: 'BULK' | 'BLOCK' | 'SHORT';
  symbol: SymbolName;
  company: string;
  client: string;
  side: 'BUY' | 'SELL';
  quantity: number;
  price: number | null;
  remarks: string;
  /** Equal deals of one day are told apart by their count: 1, 2, … */
  occurrence: number;
}

/** A disclosure under the insider trading rules. Shares; value in rupees; percentages like 1.5 for 1.5 %. */
export interface InsiderTrade {
  symbol: SymbolName;
  company: string;
  person: string;
  category: string;
  transaction: 'BUY' | 'SELL' | 'PLEDGE' | 'PLEDGE_REVOKE' | 'PLEDGE_INVOKE' | 'OTHER';
  mode: string;
  security: string;
  quantity: number;
  valueRupees: number | null;
  priorPercent: number | null;
  heldAfter: number | null;
  /** When the exchange put it out. */
  broadcastAt: Instant;
  /** The first and last day of the trade itself, where the disclosure says. */
  from: TradingDate | null;
  to: TradingDate | null;
  occurrence: number;
}

/** A scheme of a mutual fund under the name that its register gives it; `scheme` is AMFI’s number. */
export interface FundScheme { scheme: string; isin: string | null; name: string }
/** The net asset value of one mutual fund scheme, in rupees a unit. */
export interface FundNav extends FundScheme { date: TradingDate; nav: number }

/** One value of a dated series about a market: shares above their 200-day average, an interest rate. */
export interface SeriesPoint {
  series: string;
  /** What within the series: a sector, or empty. */
  key: string;
  date: TradingDate;
  value: number;
  unit: string;
}
