import type { SymbolRecord } from '../../desk/market/types.ts';
import { decimal } from '../../desk/decimal.ts';

/** The indices that the desk follows, with the names under which sources print them. */
export const INDICES: readonly SymbolRecord[] = [
  index('NIFTY', 'Nifty 50', ['NIFTY 50', 'NIFTY50', 'CNX NIFTY', 'S&P CNX NIFTY']),
  index('BANKNIFTY', 'Nifty Bank', ['NIFTY BANK', 'BANK NIFTY', 'CNX BANK']),
  index('INDIAVIX', 'India VIX', ['INDIA VIX', 'VIX']),
  index('FINNIFTY', 'Nifty Financial Services', ['NIFTY FINANCIAL SERVICES', 'NIFTY FIN SERVICE']),
  index('MIDCPNIFTY', 'Nifty Midcap Select', ['NIFTY MIDCAP SELECT', 'NIFTY MID SELECT']),
  index('NIFTYNXT50', 'Nifty Next 50', ['NIFTY NEXT 50', 'CNX NIFTY JUNIOR']),
];

function index(symbol: string, name: string, aliases: string[]): SymbolRecord {
  return { symbol, exchange: 'NSE', name, kind: 'INDEX', lotSize: 1, tickSize: decimal('0.05'), aliases };
}

/** The index that goes by `name` or is that symbol. */
export function indexNamed(name: string): SymbolRecord | undefined {
  const wanted = name.trim().toUpperCase();
  return INDICES.find((each) => each.symbol === wanted || each.aliases.includes(wanted));
}
