import { wordTable } from '../../desk/market/word-table.ts';

/** What people call shares of the US whose bars may be stored; whatever is not here goes by its symbol. */
export const foreignNames: Readonly<Record<string, string>> = wordTable({ apple: 'AAPL', google: 'GOOG', alphabet: 'GOOG', 's&p 500 etf': 'SPY', 'spdr s&p 500': 'SPY' });
