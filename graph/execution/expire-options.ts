import { appendAudit } from '../../db/stores/audit.ts';
import { dailyBars } from '../../db/stores/bars.ts';
import { setCardStatus } from '../../db/stores/cards.ts';
import { postTransaction } from '../../db/stores/ledger.ts';
import { openPositionIn, openPositions, savePosition } from '../../db/stores/positions.ts';
import { uuidv7 } from '../../db/uuid.ts';
import { decimal } from '../../desk/decimal.ts';
import { exerciseTaxMinor } from '../../desk/execution/exercise-charges.ts';
import { applyFill, openCostMinor } from '../../desk/execution/position.ts';
import type { Exchange } from '../../desk/market/types.ts';
import { type Contract, readContract } from '../../desk/options/contract-symbol.ts';
import { expiryMoment } from '../../desk/options/stored-chain.ts';
import { postingsForExpiry } from '../../desk/treasury/postings.ts';
import { withBookLock } from './bracket-sync.ts';
import { asPosition } from './fills.ts';
import type { ExecutionServices } from './services.ts';

/**
 * What has expired ends at what it is worth at its underlying's close: paid to who holds it, by who is short of it, once, less the tax on exercise. Paper settles
 * the difference in cash, options on shares too, which an exchange settles in shares. Where the close is not known it waits.
 */
export async function settleExpired(services: ExecutionServices, accountId: string): Promise<void> {
  const expired = (await openPositions(services.database.orm, [accountId])).flatMap((position) => {
    const contract = readContract(position.symbol);
    return contract && expiryMoment(position.exchange as 'NSE' | 'BSE' | 'US', contract.expiry) <= services.market.now() ? [{ position, contract }] : [];
  });
  for (const { position, contract } of expired) {
    const close = await closeOf(services, contract);
    if (close !== null) await withBookLock(services, accountId, () => settleOne(services, { accountId, symbol: position.symbol, contract, close }));
  }
}

/** The underlying's close of the contract's last day. */
async function closeOf({ database, market }: ExecutionServices, { underlying, expiry }: Contract): Promise<number | null> {
  const [bar] = await dailyBars(database.orm, { symbol: underlying, from: expiry, to: expiry, asOf: market.now() });
  return bar?.close ?? null;
}

async function settleOne(services: ExecutionServices, { accountId, symbol, contract, close }: { accountId: string; symbol: string; contract: Contract; close: number }): Promise<void> {
  const { type, strike } = contract;
  const worth = Math.max(0, type === 'call' ? close - strike : strike - close).toFixed(2);
  const closed = await services.database.transaction(async (tx) => {
    const stored = await openPositionIn(tx, accountId, symbol);
    if (!stored || stored.quantity === 0) return null;
    const taxMinor = exerciseTaxMinor({ exchange: stored.exchange as Exchange, date: contract.expiry, quantity: stored.quantity, settlementPrice: close, worth: decimal(worth) });
    const { position, effect } = applyFill(asPosition(stored), { side: stored.quantity > 0 ? 'SELL' : 'BUY', quantity: Math.abs(stored.quantity), price: decimal(worth), chargesMinor: taxMinor ?? 0 });
    const now = services.market.now();
    const happenedAt = expiryMoment(stored.exchange as 'NSE' | 'BSE' | 'US', contract.expiry);
    await savePosition(tx, { ...stored, quantity: 0, costMinor: openCostMinor(position), basisQuantity: position.basis.quantity, basisCostMinor: position.basis.costMinor, realisedMinor: position.realisedMinor, feesMinor: position.chargesMinor, closedAt: happenedAt });
    const posting = postingsForExpiry({ accountId, effect, expiry: `option-expiry:${symbol}:${stored.id}`, reason: `${symbol} expired worth ${worth}${taxMinor === null ? '; the tax on exercise is not known for that day' : taxMinor > 0 ? `, tax on exercise ${(taxMinor / 100).toFixed(2)}` : ''}` });
    if (posting) await postTransaction(tx, { id: uuidv7(Date.parse(services.wallNow())), kind: posting.kind, reason: posting.reason, cause: posting.cause, happenedAt, knownAt: now, postings: posting.postings });
    await appendAudit(tx, { kind: 'option.expired', subject: stored.actionId, actor: 'desk', payload: { symbol, quantity: stored.quantity, close, worth, realisedMinor: effect.realisedMinor, taxMinor } });
    await setCardStatus(tx, { actionId: stored.actionId, status: 'CLOSED' });
    return stored.actionId;
  });
  if (closed !== null) services.changed(closed);
}
