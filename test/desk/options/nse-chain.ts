import type { ChainStrike, OptionChain, OptionQuote } from '../../../desk/options/chain.ts';
import { type TradingDate, at, epochMs, tradingDate } from '../../../desk/time.ts';
import { sharedJson } from '../market/shared.ts';

interface NseQuote { openInterest: number; changeinOpenInterest: number; totalTradedVolume: number; lastPrice: number; bidprice: number; askPrice: number; impliedVolatility: number }
interface NseRow { strikePrice: number; expiryDate: string; CE?: NseQuote; PE?: NseQuote }
interface NseChain { records: { timestamp: string; underlyingValue: number; expiryDates: string[]; data: NseRow[]; index?: unknown }; filtered: { CE: { totOI: number; totVol: number }; PE: { totOI: number; totVol: number } } }

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const date = (printed: string): TradingDate => {
  const [day, month, year] = printed.split('-');
  return tradingDate(`${year}-${String(MONTHS.indexOf(month!) + 1).padStart(2, '0')}-${day}`);
};
const quote = (given: NseQuote | undefined): OptionQuote | null => given === undefined ? null : {
  bid: given.bidprice, ask: given.askPrice, last: given.lastPrice, at: null, volume: given.totalTradedVolume, openInterest: given.openInterest, openInterestChange: given.changeinOpenInterest,
};

/** A captured page of the exchange as a chain; time by the calendar (365), expiry at the close. Only as much as the tests need. */
export function nseChain(file: string, { underlying, rate }: { underlying: string; rate: number }): { chain: OptionChain; printed: NseChain } {
  const printed = sharedJson(`data/04_fno/option_chain/${file}.json.gz`) as NseChain;
  const { timestamp, underlyingValue, expiryDates, data } = printed.records;
  const [day, time] = timestamp.split(' ');
  const asOf = at(date(day!), time!, 'Asia/Kolkata');
  const expiries = expiryDates.map((name) => {
    const expiry = date(name);
    const strikes: ChainStrike[] = data.filter(({ expiryDate }) => expiryDate === name).sort((a, b) => a.strikePrice - b.strikePrice)
      .map(({ strikePrice, CE, PE }) => ({ strike: strikePrice, call: quote(CE), put: quote(PE) }));
    return { expiry, timeYears: (epochMs(at(expiry, '15:30', 'Asia/Kolkata')) - epochMs(asOf)) / (365 * 86_400_000), strikes };
  });
  return { chain: { underlying, asOf, spot: underlyingValue, rate, expiries }, printed };
}
