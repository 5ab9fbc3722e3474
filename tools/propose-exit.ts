import { z } from 'zod';
import { listOrders, openStatuses } from '../db/stores/execution.ts';
import { defineTool, ToolError } from './define.ts';
import { accountNamed, onTick, positionNamed, proposerOf, symbolNamed } from './order-terms.ts';
import { ProposalOutput, proposalOutput } from './proposal-output.ts';

const PriceText = z.union([z.string(), z.number()]);
const where = (context: { caller: { threadId?: string; turn?: string } }) => ({ threadId: context.caller.threadId ?? null, turn: context.caller.turn ?? null });

/** Leaves a position whole or in part. Exits are never blocked by the limits that block entries. */
export const proposeExit = defineTool({
  name: 'propose_exit', purpose: 'Propose selling all or part of a position that is held', effect: 'propose', permission: 'propose', output: ProposalOutput,
  input: z.object({ symbol: z.string().min(1), account: z.string().optional(), quantity: z.int().positive().optional(), fraction: z.number().positive().lt(1).optional(), amountMinor: z.int().positive().optional(), limitPrice: PriceText.optional() }),
  async run(context, input) {
    const record = symbolNamed(context, input.symbol);
    const { account, position } = await positionNamed(context, { symbol: record.symbol, account: input.account });
    const held = Math.abs(position.quantity);
    const last = context.services.market.quote(record.symbol)?.last ?? Number(position.averagePrice);
    const wanted = input.quantity ?? (input.fraction === undefined ? (input.amountMinor === undefined ? held : Math.floor(input.amountMinor / (last * 100))) : Math.floor((held * input.fraction) / record.lotSize) * record.lotSize);
    if (wanted < 1) throw new ToolError('NO_QUANTITY', `that is less than one share of ${record.symbol}`, 'quantity');
    if (wanted > held) throw new ToolError('MORE_THAN_HELD', `you hold ${held} ${record.symbol} in ${account.name}, not ${wanted}`, 'quantity');
    const order = { accountId: account.id, symbol: record.symbol, exchange: record.exchange, positionId: position.id, orderType: input.limitPrice === undefined ? 'MARKET' as const : 'LIMIT' as const, ...(input.limitPrice === undefined ? {} : { limitPrice: onTick(input.limitPrice, record) }) };
    const action = wanted === held ? { kind: 'exit' as const, ...order } : { kind: 'reduce' as const, ...order, quantity: wanted };
    return proposalOutput(await context.services.propose({ action, proposer: proposerOf(context), ...where(context) }));
  },
});

/** Moves a position's stop, target or trail. */
export const proposeModify = defineTool({
  name: 'propose_modify', purpose: 'Propose moving the stop, target or trail of a position', effect: 'propose', permission: 'propose', output: ProposalOutput,
  input: z.object({ symbol: z.string().min(1), account: z.string().optional(), stop: z.union([PriceText, z.literal('ENTRY')]).optional(), target: PriceText.optional(), trailDistance: PriceText.optional(), trailPercent: z.number().positive().max(50).optional() }),
  async run(context, input) {
    const record = symbolNamed(context, input.symbol);
    const { account, position } = await positionNamed(context, { symbol: record.symbol, account: input.account });
    const tick = Number(record.tickSize);
    const stop = input.stop === undefined ? undefined : input.stop === 'ENTRY' ? onTick((Math.round(Number(position.averagePrice) / tick) * tick).toFixed(2), record) : onTick(input.stop, record);
    const last = context.services.market.quote(record.symbol)?.last ?? Number(position.averagePrice);
    const byPercent = input.trailPercent === undefined ? undefined : (Math.max(1, Math.round((last * input.trailPercent) / 100 / tick)) * tick).toFixed(2);
    const distance = input.trailDistance ?? byPercent;
    const action = {
      kind: 'modify' as const, accountId: account.id, positionId: position.id, ...(stop === undefined ? {} : { stop }), ...(input.target === undefined ? {} : { target: onTick(input.target, record) }),
      ...(distance === undefined ? {} : { trail: { distance: onTick(distance, record) } }),
    };
    if (stop === undefined && input.target === undefined && distance === undefined) throw new ToolError('NOTHING_TO_MOVE', 'say which of stop, target or trail to move, and where to', 'stop');
    return proposalOutput(await context.services.propose({ action, proposer: proposerOf(context), ...where(context) }));
  },
});

/** Cancels an open order; entries at once on a person's word, protective orders only with a confirmation. */
export const proposeCancel = defineTool({
  name: 'propose_cancel', purpose: 'Cancel an open order, by its id or its symbol', effect: 'propose', permission: 'propose', output: z.object({ proposals: z.array(ProposalOutput) }),
  input: z.object({ order: z.string().optional(), symbol: z.string().optional(), account: z.string().optional(), all: z.boolean().optional() }),
  async run(context, input) {
    const { orm } = context.services.database;
    const ids = input.account === undefined ? context.caller.viewableAccountIds : [(await accountNamed(context, input.account)).id];
    const symbol = input.symbol === undefined ? undefined : symbolNamed(context, input.symbol).symbol;
    const open = (await listOrders(orm, { accountIds: ids, statuses: openStatuses, limit: 200 })).filter((order) => (input.order === undefined ? order.category === 'ENTRY' : order.id === input.order || order.clientOrderId === input.order) && (symbol === undefined || order.symbol === symbol));
    if (open.length === 0) throw new ToolError('NO_OPEN_ORDER', `there is no open order${symbol ? ` in ${symbol}` : ''} to cancel`, 'order');
    if (open.length > 1 && !input.all && input.order === undefined && symbol === undefined) throw new ToolError('WHICH_ORDER', `${open.length} orders are open (${open.map((order) => order.symbol).join(', ')}); which one?`, 'order');
    const proposals = [];
    for (const order of open) proposals.push(proposalOutput(await context.services.propose({ action: { kind: 'cancel', accountId: order.accountId, orderId: order.id }, proposer: proposerOf(context), ...where(context) })));
    return { proposals };
  },
});

/** Flattens an account: one action, one confirmation. */
export const proposeCloseAll = defineTool({
  name: 'propose_close_all', purpose: 'Propose leaving every position of an account, and halting its entries if asked', effect: 'propose', permission: 'propose', output: ProposalOutput,
  input: z.object({ account: z.string().optional(), haltEntries: z.boolean().default(false) }),
  async run(context, input) {
    const account = await accountNamed(context, input.account);
    return proposalOutput(await context.services.propose({ action: { kind: 'close_all', accountId: account.id, haltEntries: input.haltEntries }, proposer: proposerOf(context), ...where(context) }));
  },
});
