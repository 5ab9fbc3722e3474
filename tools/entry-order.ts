import { z } from 'zod';
import type { ActionOf } from '../desk/actions/types.ts';
import { decimal } from '../desk/decimal.ts';
import { type ToolContext, ToolError } from './define.ts';
import { accountNamed, bracketByRule, mandateOf, onTick, priceOf, symbolNamed } from './order-terms.ts';

export const PriceText = z.union([z.string(), z.number()]);
export const OnlyIf = z.object({ comparison: z.enum(['ABOVE', 'BELOW']), price: PriceText });
export const EntryOrder = z.object({
  symbol: z.string().min(1), side: z.enum(['BUY', 'SELL']).default('BUY'), account: z.string().optional(),
  quantity: z.int().positive().optional(), /** Money to spend instead of a quantity. */ amountMinor: z.int().positive().optional(),
  limitPrice: PriceText.optional(), stop: PriceText.optional(), target: PriceText.optional(), onlyIf: OnlyIf.optional(), horizonDays: z.int().positive().max(400).optional(),
});

/** A typed order as an action: what the person said stays as it is; the rest comes from the mandate's rules and is said in `assumed`. */
export async function entryOrdered(context: ToolContext, input: z.output<typeof EntryOrder>): Promise<{ action: ActionOf<'enter'>; assumed: string[] }> {
  const account = await accountNamed(context, input.account);
  const record = symbolNamed(context, input.symbol);
  if (record.kind === 'INDEX') throw new ToolError('NOT_TRADABLE', `${record.symbol} is an index and cannot be bought as such`, 'symbol');
  const terms = await mandateOf(context, account);
  const assumed: string[] = [];
  const last = priceOf(context, record.symbol);
  const entry = input.limitPrice === undefined ? last : Number(onTick(input.limitPrice, record));
  const rule = input.stop === undefined || input.target === undefined ? await bracketByRule(context, { record, side: input.side, entry, terms }) : null;
  if (input.stop === undefined) assumed.push(`stop ${rule?.stop} by ${terms.slMultiplier} × ATR`);
  if (input.target === undefined) assumed.push(`target ${rule?.target} by ${terms.tpMultiplier} × ATR`);
  const stop = input.stop === undefined ? rule?.stop : onTick(input.stop, record);
  const target = input.target === undefined ? rule?.target : onTick(input.target, record);
  if (stop === undefined) throw new ToolError('NO_STOP', 'say where the stop should be', 'stop');
  const quantity = input.quantity ?? Math.floor((input.amountMinor ?? 0) / (entry * 100) / record.lotSize) * record.lotSize;
  if (quantity < 1) throw new ToolError('NO_QUANTITY', input.amountMinor === undefined ? 'say how many shares, or for how much money' : `that buys less than one share of ${record.symbol} at ${entry}`, 'quantity');
  const action: ActionOf<'enter'> = {
    kind: 'enter', accountId: account.id, symbol: record.symbol, exchange: record.exchange, side: input.side, quantity, orderType: input.limitPrice === undefined ? 'MARKET' : 'LIMIT',
    ...(input.limitPrice === undefined ? {} : { limitPrice: decimal(input.limitPrice) }), product: 'DELIVERY', bracket: { stop, ...(target === undefined ? {} : { target }) },
    strategy: 'manual', horizonDays: input.horizonDays ?? Math.min(terms.horizonMaxDays, Math.max(terms.horizonMinDays, 10)),
    ...(input.onlyIf ? { onlyIf: { comparison: input.onlyIf.comparison, price: onTick(input.onlyIf.price, record) } } : {}),
  };
  return { action, assumed };
}
