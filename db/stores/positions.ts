import { sql } from 'drizzle-orm';
import type { TrailRule } from '../../desk/actions/types.ts';
import type { Decimal, Minor } from '../../desk/decimal.ts';
import type { Instant } from '../../desk/time.ts';
import type { Executor } from '../client.ts';
import { array, rows } from '../sql.ts';

export interface StoredPosition {
  id: string; accountId: string; actionId: string; cardId: string | null; symbol: string; exchange: string; quantity: number; averagePrice: Decimal; costMinor: Minor;
  basisQuantity: number; basisCostMinor: Minor; bestPrice: Decimal | null;
  stopLoss: Decimal | null; takeProfit: Decimal | null; trailing: TrailRule | null; realisedMinor: Minor; feesMinor: Minor; openedAt: Instant; closedAt: Instant | null;
}
const columns = sql`id, account_id as "accountId", action_id as "actionId", card_id as "cardId", symbol, exchange, quantity, trim_scale(average_price)::text as "averagePrice", cost_minor::float8 as "costMinor", basis_quantity as "basisQuantity", basis_cost_minor::float8 as "basisCostMinor", trim_scale(best_price)::text as "bestPrice",
  trim_scale(stop_loss)::text as "stopLoss", trim_scale(take_profit)::text as "takeProfit", "trailing", realised_minor::float8 as "realisedMinor", fees_minor::float8 as "feesMinor", core.instant_text(opened_at) as "openedAt", core.instant_text(closed_at) as "closedAt"`;
type Row = StoredPosition & Record<string, unknown>;

export const openPositions = (executor: Executor, accountIds: readonly string[]): Promise<StoredPosition[]> =>
  rows<Row>(executor, sql`select ${columns} from core.positions where account_id = any(${array(accountIds, 'uuid')}) and closed_at is null order by opened_at, id`);
export const closedPositions = (executor: Executor, input: { accountIds: readonly string[]; from?: Instant; to?: Instant; limit: number }): Promise<StoredPosition[]> =>
  rows<Row>(executor, sql`select ${columns} from core.positions where account_id = any(${array(input.accountIds, 'uuid')}) and closed_at is not null ${input.from ? sql`and closed_at >= ${input.from}` : sql``} ${input.to ? sql`and closed_at <= ${input.to}` : sql``} order by closed_at desc limit ${input.limit}`);
/** Positions of one account that cards of this strategy and direction opened and that were closed by `to`, newest first, with their result after charges. */
export const closedSetups = (executor: Executor, input: { accountId: string; strategy: string; direction: 'LONG' | 'SHORT'; to: Instant; limit: number }): Promise<{ symbol: string; netMinor: number }[]> =>
  rows(executor, sql`select p.symbol, (p.realised_minor - p.fees_minor)::float8 as "netMinor" from core.positions p join core.trade_cards c on c.action_id = p.action_id
    where p.account_id = ${input.accountId} and p.closed_at is not null and p.closed_at <= ${input.to} and c.strategy = ${input.strategy} and c.direction = ${input.direction} order by p.closed_at desc limit ${input.limit}`);
export const positionById = async (executor: Executor, id: string): Promise<StoredPosition | null> => (await rows<Row>(executor, sql`select ${columns} from core.positions where id = ${id}`))[0] ?? null;
export const openPositionIn = async (executor: Executor, accountId: string, symbol: string): Promise<StoredPosition | null> =>
  (await rows<Row>(executor, sql`select ${columns} from core.positions where account_id = ${accountId} and symbol = ${symbol} and closed_at is null for update`))[0] ?? null;

export async function savePosition(tx: Executor, position: StoredPosition): Promise<void> {
  await tx.execute(sql`insert into core.positions (id, account_id, action_id, card_id, symbol, exchange, quantity, average_price, cost_minor, basis_quantity, basis_cost_minor, best_price, stop_loss, take_profit, "trailing", realised_minor, fees_minor, opened_at, closed_at, updated_at)
    values (${position.id}, ${position.accountId}, ${position.actionId}, ${position.cardId}, ${position.symbol}, ${position.exchange}, ${position.quantity}, ${position.averagePrice}, ${position.costMinor}, ${position.basisQuantity}, ${position.basisCostMinor}, ${position.bestPrice}, ${position.stopLoss}, ${position.takeProfit},
      ${position.trailing ? JSON.stringify(position.trailing) : null}::jsonb, ${position.realisedMinor}, ${position.feesMinor}, ${position.openedAt}, ${position.closedAt}, core.wall_now())
    on conflict (id) do update set quantity = excluded.quantity, average_price = excluded.average_price, cost_minor = excluded.cost_minor, basis_quantity = excluded.basis_quantity, basis_cost_minor = excluded.basis_cost_minor, best_price = excluded.best_price, stop_loss = excluded.stop_loss, take_profit = excluded.take_profit, "trailing" = excluded."trailing",
      realised_minor = excluded.realised_minor, fees_minor = excluded.fees_minor, closed_at = excluded.closed_at, updated_at = excluded.updated_at`);
}
/** Only what a person or the trail sets: quantity and cost are the fills' alone, which may come in between. */
export const savePositionBracket = (tx: Executor, input: Pick<StoredPosition, 'id' | 'stopLoss' | 'takeProfit' | 'trailing'>) => tx.execute(sql`
  update core.positions set stop_loss = ${input.stopLoss}, take_profit = ${input.takeProfit}, "trailing" = ${input.trailing ? JSON.stringify(input.trailing) : null}::jsonb, updated_at = core.wall_now() where id = ${input.id} and closed_at is null`);
export const saveBestPrice = (tx: Executor, input: { id: string; bestPrice: Decimal }) => tx.execute(sql`update core.positions set best_price = ${input.bestPrice}, updated_at = core.wall_now() where id = ${input.id} and closed_at is null`);

export const fillCursor = async (executor: Executor, accountId: string): Promise<string | null> =>
  (await rows<{ id: string }>(executor, sql`select broker_fill_id as id from core.fill_cursors where account_id = ${accountId}`))[0]?.id ?? null;
export const saveFillCursor = (tx: Executor, input: { accountId: string; brokerFillId: string }) =>
  tx.execute(sql`insert into core.fill_cursors (account_id, broker_fill_id) values (${input.accountId}, ${input.brokerFillId}) on conflict (account_id) do update set broker_fill_id = excluded.broker_fill_id`);
/** The position that an entry opened, open or closed. */
export const positionOpenedBy = async (executor: Executor, actionId: string): Promise<StoredPosition | null> =>
  (await rows<Row>(executor, sql`select ${columns} from core.positions where action_id = ${actionId} order by opened_at limit 1`))[0] ?? null;
