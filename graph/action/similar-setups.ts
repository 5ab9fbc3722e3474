import type { Executor } from '../../db/client.ts';
import { closedSetups } from '../../db/stores/positions.ts';
import type { Action } from '../../desk/actions/types.ts';
import { type GateSnapshot, known, missing } from '../../desk/gates/snapshot.ts';
import type { Instant } from '../../desk/time.ts';
import type { MarketView } from '../../tools/services.ts';

/** Older ones say little of today's market. */
const newest = 100;

/** How closed trades of this account went that had the entry's strategy, direction and sector. Lost: not above zero after charges. */
export async function similarSetupsFact(executor: Executor, { action, market, asOf }: { action: Action; market: MarketView; asOf: Instant }): Promise<GateSnapshot['similarSetups']> {
  if (action.kind !== 'enter') return missing('not an entry');
  const sectorOf = (symbol: string): string | null => market.symbols().get(symbol)?.sector ?? null;
  const sector = sectorOf(action.symbol);
  if (sector === null) return missing(`the sector of ${action.symbol} is not known`);
  const closed = await closedSetups(executor, { accountId: action.accountId, strategy: action.strategy, direction: action.side === 'BUY' ? 'LONG' : 'SHORT', to: asOf, limit: newest });
  const similar = closed.filter(({ symbol }) => sectorOf(symbol) === sector);
  return known({ count: similar.length, lost: similar.filter(({ netMinor }) => netMinor <= 0).length }, `closed ${action.strategy} trades in ${sector}`, asOf);
}
