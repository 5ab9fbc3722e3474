import type { Database } from '../../../db/client.ts';
import { listAccounts } from '../../../db/stores/accounts.ts';
import { rightsOf } from '../../../db/stores/people.ts';
import { firstStart } from '../../../start/first-start.ts';
import { writeBook } from '../../helpers/written-book.ts';
import { clock, day, openToolBench, type ToolBench, writeMadeMarket } from '../made-market.ts';

/** Trades with dates, prices and fees by hand, so that every answer can be worked out on paper. Entry at 10:00, exit at 14:00 of their days. */
export const bookedTrades = [
  { account: 'SIP', symbol: 'ALFATECH', strategy: 'momentum', qty: 20, entry: { d: '2024-08-20', price: 100, fee: 5 }, exit: null, confidence: 0.7 },
  { account: 'SIP', symbol: 'DELTAFIN', strategy: 'breakout', qty: 10, entry: { d: '2024-08-05', price: 1400, fee: 20 }, exit: { d: '2024-08-09', price: 1450, fee: 25 }, confidence: 0.6 },
  { account: 'LumpSum', symbol: 'DELTAFIN', strategy: 'momentum', qty: 50, entry: { d: '2024-07-10', price: 1380, fee: 60 }, exit: { d: '2024-07-24', price: 1350, fee: 60 }, confidence: 0.55 },
  { account: 'LumpSum', symbol: 'GAMAPAINT', strategy: 'momentum', qty: 30, entry: { d: '2024-08-12', price: 1100, fee: 40 }, exit: null, confidence: 0.8 },
  { account: 'LumpSum', symbol: 'BETAGRID', strategy: 'mean_reversion', qty: 100, entry: { d: '2024-08-21', price: 400, fee: 45 }, exit: null, confidence: 0.65 },
  { account: 'Tactical', symbol: 'GAMAPAINT', strategy: 'event_driven', qty: 15, entry: { d: '2024-08-16', price: 1090, fee: 18 }, exit: { d: '2024-08-23', price: 1150, fee: 19 }, confidence: 0.75 },
  { account: 'Tactical', symbol: 'EPSILON', strategy: 'event_driven', qty: 5, entry: { d: '2024-08-26', price: 1700, fee: 9 }, exit: { d: '2024-08-28', price: 1680, fee: 9 }, confidence: 0.5 },
] as const;
const otherCards = [{ account: 'SIP', symbol: 'ZETALABS', status: 'PENDING' }, { account: 'Tactical', symbol: 'BETAGRID', status: 'REJECTED' }, { account: 'LumpSum', symbol: 'EPSILON', status: 'EXPIRED' }] as const;
const otherOrders = [{ account: 'SIP', symbol: 'ZETALABS', side: 'BUY', qty: 7, price: 1900, status: 'REJECTED', message: 'margin', d: '2024-08-29' }, { account: 'LumpSum', symbol: 'GAMAPAINT', side: 'SELL', qty: 30, price: 1200, status: 'OPEN', message: null, d: '2024-08-29' }, { account: 'Tactical', symbol: 'BETAGRID', side: 'BUY', qty: 12, price: 390, status: 'CANCELLED', message: null, d: '2024-08-28' }] as const;

export interface QuestionWorld { bench: ToolBench; accountIds: Map<string, string>; personId: string }

/** The made market on Friday 30 August 2024 after the close, with that book. */
export async function openQuestionWorld(database: Database): Promise<QuestionWorld> {
  await writeMadeMarket(database);
  const now = clock('2024-08-30', '16:00');
  const owner = await firstStart(database, { wallNow: now, marketNow: clock('2024-07-01', '09:00'), today: day('2024-07-01') });
  const accountIds = new Map((await listAccounts(database.orm)).map(({ name, id }) => [name, id]));
  const idOf = (name: string): string => accountIds.get(name) ?? '';
  await writeBook(database, now, async (book) => {
    for (const { account, symbol, strategy, qty, confidence, entry, exit } of bookedTrades) {
      await book.trade({ accountId: idOf(account), symbol, strategy, qty, confidence, opened: { at: clock(entry.d, '10:00'), ...entry }, closed: exit ? { at: clock(exit.d, '14:00'), ...exit } : null });
    }
    for (const { account, symbol, status } of otherCards) await book.card({ accountId: idOf(account), symbol, status, strategy: 'breakout', qty: 1, price: 100, confidence: 0.4, at: clock('2024-08-29', '11:00') });
    for (const { account, d, ...order } of otherOrders) await book.order({ ...order, accountId: idOf(account), category: 'ENTRY', cardId: null, at: clock(d, '11:00') });
  });
  const bench = await openToolBench(database, { at: now });
  bench.caller = { personId: owner.id, role: 'owner', channel: 'test', viewableAccountIds: (await rightsOf(database.orm, owner.id)).map((row) => row.accountId) };
  return { bench, accountIds, personId: owner.id };
}
