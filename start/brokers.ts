import { createPaperBroker, type PaperBroker } from '../brokers/paper/broker.ts';
import type { Database } from '../db/client.ts';
import { storedPriceStands } from '../desk/market/stored-price.ts';
import { createPaperBookStore } from '../db/stores/paper-book.ts';
import { isTicket } from '../graph/execution/ticket.ts';
import type { MarketView } from '../tools/services.ts';

/** The paper exchange over the desk's market. It takes nothing but the executor's tickets. */
export function openPaper(database: Database, market: MarketView, seed: number | string): PaperBroker {
  return createPaperBroker({
    store: createPaperBookStore(database), clock: () => market.now(), quote: (symbol) => market.quote(symbol), seed,
    instrument: (symbol) => {
      const contract = market.contract(symbol);
      if (contract) return { exchange: contract.exchange, kind: 'INDEX_OPTION' as const, tickSize: contract.tickSize, lotSize: contract.lotSize };
      const record = market.symbols().get(symbol);
      return record ? { exchange: record.exchange, kind: 'EQUITY' as const, tickSize: record.tickSize, lotSize: record.lotSize } : null;
    },
    sessionOpen: (_exchange, at) => {
      const session = market.calendar().session(market.today());
      return session !== null && at >= session.open && at < session.close;
    },
    stands: (quote, now) => storedPriceStands({ at: quote.at, now, calendar: market.calendar() }),
    verify: (cleared) => typeof cleared === 'object' && cleared !== null && isTicket(cleared),
    whenClosed: market.kind === 'replay' ? 'QUEUE' : 'REJECT',
  });
}
