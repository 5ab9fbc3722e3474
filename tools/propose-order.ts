import { z } from 'zod';
import { actionById } from '../db/stores/actions.ts';
import { cardByNumber, cardOfAction } from '../db/stores/cards.ts';
import type { ActionOf } from '../desk/actions/types.ts';
import { decimal } from '../desk/decimal.ts';
import { defineTool, type ToolContext, ToolError } from './define.ts';
import { accountNamed, bracketByRule, mandateOf, onTick, priceOf, proposerOf, symbolNamed } from './order-terms.ts';
import { ProposalOutput, proposalOutput } from './proposal-output.ts';

const PriceText = z.union([z.string(), z.number()]);
const OnlyIf = z.object({ comparison: z.enum(['ABOVE', 'BELOW']), price: PriceText });
const Input = z.object({
  symbol: z.string().min(1), side: z.enum(['BUY', 'SELL']).default('BUY'), account: z.string().optional(),
  quantity: z.int().positive().optional(), /** Money to spend instead of a quantity. */ amountMinor: z.int().positive().optional(),
  limitPrice: PriceText.optional(), stop: PriceText.optional(), target: PriceText.optional(), onlyIf: OnlyIf.optional(), horizonDays: z.int().positive().max(400).optional(),
});

/** A typed order: what the person said stays as it is, the rest comes from the mandate's rules and is said. */
export const proposeOrder = defineTool({
  name: 'propose_order', purpose: 'Propose buying a symbol with a stop and target; gates run and a person confirms', effect: 'propose', permission: 'propose', input: Input, output: ProposalOutput,
  async run(context, input) {
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
    const outcome = await context.services.propose({ action, proposer: proposerOf(context), threadId: context.caller.threadId ?? null, turn: context.caller.turn ?? null, thesis: [{ text: 'Ordered by you.', evidenceId: null, evidenceKind: null }], strategy: 'manual' });
    return proposalOutput(outcome, assumed);
  },
});

const Amendment = z.object({
  actionId: z.uuid(), quantity: z.int().positive().optional(), scale: z.number().positive().optional(), limitPrice: PriceText.optional(), stop: PriceText.optional(), target: PriceText.optional(), onlyIf: OnlyIf.nullable().optional(),
});
/** "make it 50": the earlier proposal is closed and a new one put, with what was said changed and all else as it was. */
export const amendProposal = defineTool({
  name: 'amend_proposal', purpose: 'Replace a waiting or refused proposal by one with another quantity, price, stop or target', effect: 'propose', permission: 'propose', input: Amendment, output: ProposalOutput,
  async run(context, input) {
    const { orm } = context.services.database;
    const before = await actionById(orm, input.actionId);
    if (!before || (before.accountId !== null && !context.caller.viewableAccountIds.includes(before.accountId))) throw new ToolError('NO_SUCH_PROPOSAL', 'there is no such proposal');
    if (!['awaiting_confirmation', 'blocked', 'expired', 'rejected'].includes(before.state)) throw new ToolError('TOO_LATE', `that proposal is ${before.state.replaceAll('_', ' ')} and cannot be changed`);
    const { action } = before;
    if (action.kind !== 'enter' && action.kind !== 'reduce') throw new ToolError('NOT_AMENDABLE', `a proposal to ${action.kind.replaceAll('_', ' ')} has nothing to change; propose it anew`);
    const record = symbolNamed(context, action.symbol);
    const quantity = input.quantity ?? (input.scale === undefined ? action.quantity : Math.max(record.lotSize, Math.floor((action.quantity * input.scale) / record.lotSize) * record.lotSize));
    const card = await cardOfAction(orm, before.id);
    const common = { proposer: proposerOf(context), threadId: context.caller.threadId ?? null, turn: context.caller.turn ?? null, revises: before.id, ...(card ? { thesis: card.thesis, risks: card.risks, ...(card.signalId ? { signalId: card.signalId } : {}), ...(card.confidence === null ? {} : { confidence: card.confidence }), ...(card.edgePercent === null ? {} : { edgePercent: card.edgePercent }) } : {}) };
    const limit = input.limitPrice === undefined ? {} : { orderType: 'LIMIT' as const, limitPrice: onTick(input.limitPrice, record) };
    if (action.kind === 'reduce') return proposalOutput(await context.services.propose({ ...common, action: { ...action, quantity, ...limit } }));
    const { onlyIf: condition, ...rest } = action;
    const onlyIf = input.onlyIf === undefined ? condition : input.onlyIf === null ? undefined : { comparison: input.onlyIf.comparison, price: onTick(input.onlyIf.price, record) };
    return proposalOutput(await context.services.propose({
      ...common, action: {
        ...rest, quantity, ...limit, ...(onlyIf ? { onlyIf } : {}),
        bracket: { ...action.bracket, ...(input.stop === undefined ? {} : { stop: onTick(input.stop, record) }), ...(input.target === undefined ? {} : { target: onTick(input.target, record) }) },
      },
    }));
  },
});

/** The same entry again, checked at today's price: after an expiry or a drift. */
export const proposeAgain = defineTool({
  name: 'propose_again', purpose: 'Check an expired, drifted or refused entry again at the present price and propose what passes', effect: 'propose', permission: 'propose',
  input: z.object({ card: z.int().positive() }), output: ProposalOutput,
  run: (context, { card }) => again(context, card),
});
async function again(context: ToolContext, number: number): Promise<z.input<typeof ProposalOutput>> {
  const { orm } = context.services.database;
  const card = await cardByNumber(orm, number);
  const before = card ? await actionById(orm, card.actionId) : null;
  if (!card || !before || before.action.kind !== 'enter' || (before.accountId !== null && !context.caller.viewableAccountIds.includes(before.accountId))) throw new ToolError('NO_SUCH_CARD', `there is no entry with card number ${number}`, 'card');
  const { action } = before;
  const record = symbolNamed(context, action.symbol);
  const last = priceOf(context, record.symbol);
  const shift = action.limitPrice === undefined ? null : last - Number(action.limitPrice);
  const tick = Number(record.tickSize);
  const moved = (price: string): ReturnType<typeof onTick> => onTick((Math.round((Number(price) + (shift ?? 0)) / tick) * tick).toFixed(2), record);
  const outcome = await context.services.propose({
    action: { ...action, ...(action.limitPrice === undefined ? {} : { limitPrice: moved(action.limitPrice) }), bracket: { ...action.bracket, stop: moved(action.bracket.stop), ...(action.bracket.target ? { target: moved(action.bracket.target) } : {}) } },
    proposer: proposerOf(context), threadId: context.caller.threadId ?? null, turn: context.caller.turn ?? null, revises: before.id, thesis: card.thesis, risks: card.risks, ...(card.signalId ? { signalId: card.signalId } : {}),
  });
  return proposalOutput(outcome, shift === null ? [] : [`prices moved by ${shift.toFixed(2)} with the market`]);
}
