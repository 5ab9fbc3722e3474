import { z } from 'zod';
import { actionById, reportsOf, snapshotByDigest } from '../db/stores/actions.ts';
import { cardByNumber } from '../db/stores/cards.ts';
import { Action } from '../desk/actions/types.ts';
import { checkName, explainReport } from '../desk/gates/explain.ts';
import { largestPassingQuantity } from '../desk/gates/why-not-bigger.ts';
import { defineTool, type ToolContext, ToolError } from './define.ts';

async function cardNumbered(context: ToolContext, number: number) {
  const { orm } = context.services.database;
  const card = await cardByNumber(orm, number);
  const stored = card ? await actionById(orm, card.actionId) : null;
  if (!card || !stored || (stored.accountId !== null && !context.caller.viewableAccountIds.includes(stored.accountId))) throw new ToolError('NO_SUCH_CARD', `there is no card ${number} that you may see`, 'card');
  return { card, stored };
}

/** Checks an action that nobody proposed, or explains the verdict on a card. */
export const guardrails = defineTool({
  name: 'guardrails', purpose: 'Run the gates on a hypothetical action, or show and explain the verdict on a card', effect: 'read', permission: 'desk:read',
  input: z.object({ action: z.looseObject({ kind: z.string() }).optional(), card: z.int().positive().optional(), cardId: z.union([z.string(), z.number()]).optional().describe('the card’s number, too') }).refine((value) => [value.action, value.card, value.cardId].filter((each) => each !== undefined).length === 1, 'give an action, a card number or a card id'),
  output: z.looseObject({ verdict: z.enum(['PASS', 'BLOCK']), checks: z.array(z.looseObject({ id: z.string() })), counterfactuals: z.array(z.looseObject({ checkId: z.string() })), words: z.string(), card: z.int().optional(), asOf: z.string() }),
  async run(context, input) {
    const asOf = context.services.market.now();
    if (input.action) {
      const parsed = Action.safeParse(input.action);
      if (!parsed.success) { const issue = parsed.error.issues[0]; throw new ToolError('INVALID_ACTION', `${issue?.path.join('.') || 'the action'}: ${issue?.message ?? 'not understood'}`, `action.${issue?.path.join('.') ?? ''}`); }
      if ('accountId' in parsed.data && parsed.data.accountId !== undefined && !context.caller.viewableAccountIds.includes(parsed.data.accountId)) throw new ToolError('NO_SUCH_ACCOUNT', 'there is no such account that you may see', 'action.accountId');
      const report = await context.services.checkGates({ action: parsed.data, personId: context.caller.personId });
      return { ...report, words: explainReport(report), asOf } as never;
    }
    const number = input.card ?? (/^\d{1,9}$/.test(String(input.cardId)) ? Number(input.cardId) : null);
    if (number === null) throw new ToolError('NO_SUCH_CARD', `there is no card ${input.cardId} that you may see`, 'cardId');
    const { stored } = await cardNumbered(context, number);
    const report = (await reportsOf(context.services.database.orm, stored.id)).at(-1)?.report;
    if (!report) throw new ToolError('NO_VERDICT', `card ${number} has no verdict yet`, 'card');
    return { ...report, card: number, words: explainReport(report), asOf } as never;
  },
});

/** The binding limit of an entry, the largest quantity that passes, and what would bind next. */
export const whyNotBigger = defineTool({
  name: 'why_not_bigger', purpose: 'What limits the size of a card: the binding check, the largest quantity that passes, the next limit', effect: 'read', permission: 'desk:read',
  input: z.object({ card: z.int().positive() }),
  output: z.object({
    card: z.number(), symbol: z.string(), quantity: z.number(), largest: z.number(), step: z.number(), blockedBy: z.array(z.string()), asOf: z.string(),
    binding: z.object({ check: z.string(), measured: z.number().nullable(), limit: z.number().nullable(), unit: z.string(), failsBy: z.number().nullable() }).nullable(),
    next: z.object({ check: z.string(), quantity: z.number(), limit: z.number().nullable(), unit: z.string() }).nullable(),
  }),
  async run(context, input) {
    const { stored } = await cardNumbered(context, input.card);
    if (stored.action.kind !== 'enter') throw new ToolError('NO_SIZE', `card ${input.card} has no size that a limit binds`, 'card');
    const report = (await reportsOf(context.services.database.orm, stored.id)).at(-1);
    const snapshot = report ? (await snapshotByDigest(context.services.database.orm, report.snapshotDigest))?.snapshot : undefined;
    const found = snapshot ? largestPassingQuantity({ action: stored.action, snapshot }) : null;
    if (!snapshot || !found) throw new ToolError('NO_VERDICT', `card ${input.card} has no snapshot to look at`, 'card');
    return {
      card: input.card, symbol: stored.action.symbol, quantity: stored.action.quantity, largest: found.quantity, step: found.step, blockedBy: found.blockedBy.map(checkName), asOf: snapshot.marketTime,
      binding: found.binding ? { check: checkName(found.binding.checkId), measured: found.binding.measured, limit: found.binding.limit, unit: found.binding.unit, failsBy: found.binding.failsBy } : null,
      next: found.next ? { check: checkName(found.next.checkId), quantity: found.next.quantity, limit: found.next.limit, unit: found.next.unit } : null,
    };
  },
});
