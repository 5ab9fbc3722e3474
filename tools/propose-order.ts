import { z } from 'zod';
import { actionById } from '../db/stores/actions.ts';
import { cardByNumber, cardOfAction } from '../db/stores/cards.ts';
import { defineTool, type ToolContext, ToolError } from './define.ts';
import { entryOrdered, EntryOrder, OnlyIf, PriceText } from './entry-order.ts';
import { onTick, priceOf, proposerOf, symbolNamed } from './order-terms.ts';
import { ProposalOutput, proposalOutput } from './proposal-output.ts';

/** A typed order: what the person said stays as it is, the rest comes from the mandate's rules and is said. */
export const proposeOrder = defineTool({
  name: 'propose_order', purpose: 'Propose buying a symbol with a stop and target; gates run and a person confirms', effect: 'propose', permission: 'propose', input: EntryOrder, output: ProposalOutput,
  async run(context, input) {
    const { action, assumed } = await entryOrdered(context, input);
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
