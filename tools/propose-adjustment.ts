import { z } from 'zod';
import { listAccounts } from '../db/stores/accounts.ts';
import { HoldingAdjustment } from '../desk/actions/types.ts';
import { comesBefore, openingFits, planLateAdjustment } from '../desk/execution/late-adjustment.ts';
import { formatCount, formatCounted, formatDay } from '../desk/format.ts';
import { lowestTerms, ratioWords, type ShareRatio, shareRatio } from '../desk/market/share-ratio.ts';
import type { TradingDate } from '../desk/time.ts';
import { adjustedSeries } from './adjusted-series.ts';
import { DateText, dateNamed, readingMoment } from './as-of.ts';
import { defineTool, type ToolContext, ToolError } from './define.ts';
import { lateAdjustmentFacts, lateAdjustments } from './late-adjustments.ts';
import { accountNamed, positionNamed, proposerOf, symbolNamed } from './order-terms.ts';
import { shortened, plainWords } from './outside-text.ts';
import { ProposalOutput, proposalOutput } from './proposal-output.ts';

const Kind = z.enum(['SPLIT', 'BONUS', 'DIVIDEND']);
const Term = z.int().min(1).max(1000);
const words = (kind: z.infer<typeof Kind>, factor: number): string => { const ratio = kind === 'DIVIDEND' ? null : shareRatio(factor); return ratio ? ratioWords(kind, ratio) : kind.toLowerCase(); };

const Waiting = z.object({ account: z.string(), symbol: z.string(), exDate: z.string(), exDateText: z.string(), kind: Kind, what: z.string(), subject: z.string(), possible: z.boolean(), held: z.number().describe('shares held on the ex-date'), becomes: z.number().nullable(), soldSince: z.number().describe('of those after it, sold since at prices of the new shares'), refused: z.string().nullable().describe('why it cannot be worked in') });
const WaitingOutput = z.object({ count: z.int(), items: z.array(Waiting).describe('oldest first, the order in which they are worked in') });

/** Splits, bonuses and dividends of shares held that were known too late to be worked in, with what each would change or why it cannot be. */
export const notWorkedIn = defineTool({
  name: 'not_worked_in', purpose: 'Splits, bonuses and dividends of what is held that came too late to be worked in by themselves, and what working them in would change', effect: 'read', permission: 'account:read',
  input: z.object({ account: z.string().optional(), symbol: z.string().min(1).optional() }), output: WaitingOutput,
  async run(context, input) {
    const { market, database: { orm } } = context.services;
    const accounts = input.account === undefined ? await listAccounts(orm, context.caller.viewableAccountIds) : [await accountNamed(context, input.account)];
    const symbol = input.symbol === undefined ? null : symbolNamed(context, input.symbol).symbol;
    const late = (await lateAdjustments(orm, { market, accountIds: accounts.map(({ id }) => id) })).filter((each) => symbol === null || each.symbol === symbol);
    const items: z.input<typeof Waiting>[] = [];
    for (const each of late.sort((a, b) => (comesBefore(a, b) ? -1 : comesBefore(b, a) ? 1 : 0))) {
      const facts = await lateAdjustmentFacts(orm, { market, ...each });
      const plan = facts && planLateAdjustment(facts, { of: each.kind, basis: 'PUBLISHED', ...(shareRatio(each.factor) ?? { newShares: 1, oldShares: 1 }) });
      const refused = !plan ? 'there is no such account any more' : 'refused' in plan ? plan.refused : null;
      items.push({
        account: accounts.find(({ id }) => id === each.accountId)?.name ?? '', symbol: each.symbol, exDate: each.exDate, exDateText: formatDay(each.exDate, market.today()), kind: each.kind, what: words(each.kind, each.factor), subject: shortened(plainWords(each.subject), 160),
        possible: refused === null, held: facts?.quantityThen ?? 0, becomes: plan && !('refused' in plan) ? plan.quantityAfter : null, soldSince: facts?.since.sold ?? 0, refused,
      });
    }
    return { count: items.length, items };
  },
});

type Asked = { accountId: string; account: string; symbol: string; exDate: TradingDate; kind: z.infer<typeof Kind>; subject: string; newShares: number; oldShares: number; basis: 'PUBLISHED' | 'GIVEN' };

/**
 * Works in a split, bonus or dividend that came too late, or one whose ratio nobody published and the person says. Errors: `NOTHING_LATE`,
 * `WHICH_ONE`, `CANNOT_WORK_IN` (with the reason), `NO_EX_DATE`, `NO_POSITION`, `ACCOUNT_NEEDED`, `NO_SUCH_SYMBOL`.
 */
export const proposeAdjustment = defineTool({
  name: 'propose_adjustment', purpose: 'Propose to work in a split, bonus or dividend of a holding that came too late, or whose ratio nobody published', effect: 'propose', permission: 'propose', output: ProposalOutput,
  input: z.object({
    symbol: z.string().min(1), account: z.string().optional(), what: Kind.optional(), exDate: DateText.optional(),
    newShares: Term.optional().describe('shares after, for every `oldShares`; only where nobody published the ratio'), oldShares: Term.optional(),
  }),
  async run(context, input) {
    const { market, database: { orm } } = context.services;
    const { symbol } = symbolNamed(context, input.symbol);
    const asked = input.newShares === undefined || input.oldShares === undefined ? await lateOne(context, { ...input, symbol }) : await givenOne(context, { ...input, symbol, newShares: input.newShares, oldShares: input.oldShares });
    const facts = await lateAdjustmentFacts(orm, { market, ...asked });
    const plan = facts && planLateAdjustment(facts, { ...asked, of: asked.kind });
    if (!plan) throw new ToolError('CANNOT_WORK_IN', 'there is no such account any more', 'account');
    if ('refused' in plan) throw new ToolError('CANNOT_WORK_IN', `it cannot be worked in: ${plan.refused}`, 'symbol');
    const action = HoldingAdjustment.parse({
      kind: 'holding_adjustment', accountId: asked.accountId, symbol, exDate: asked.exDate, of: asked.kind, subject: asked.subject, ...plan.ratio, basis: asked.basis,
      quantityBefore: plan.quantityBefore, quantityAfter: plan.quantityAfter, cashMinor: plan.effect.cashMinor, stop: plan.bracket?.stop ?? null, target: plan.bracket?.target ?? null,
      ...(plan.soldSince === 0 ? {} : { soldSince: plan.soldSince, restatedMinor: plan.restatedMinor }),
    });
    const said = [
      asked.basis === 'GIVEN' ? 'The ratio is the one that was said; nobody published one, so it is on record as given.' : `Published: ${asked.subject}`,
      ...(plan.effect.costMinor !== 0 && facts.priceBefore !== null ? [`The fraction of a share is valued at the close before the ex-date, ${facts.priceBefore} in old shares.`] : []),
      ...(plan.soldSince === 0 ? [] : [`${formatCounted(plan.soldSince, 'share')} of ${symbol} ${plan.soldSince === 1 ? 'was' : 'were'} sold since, of the ${formatCount(plan.quantityAfter)} that were held after it, because it was not known. The others are credited, and the cost is spread over all of them.`]),
      ...laterWords(facts, plan),
      ...(facts.movedSince.stop || facts.movedSince.target ? ['What was moved since the ex-date is in new prices already and stays.'] : []),
    ];
    const risks = atOnce(market.quote(symbol)?.last ?? null, { quantity: plan.position?.quantity ?? 0, stop: plan.bracket?.stop ?? null });
    return proposalOutput(await context.services.propose({ action, proposer: proposerOf(context), threadId: context.caller.threadId ?? null, turn: context.caller.turn ?? null, thesis: said.map((text) => ({ text, evidenceId: null, evidenceKind: null })), risks }));
  },
});

/** The figures of a card are of the ex-date; what went ex since has made other shares of them. */
const laterWords = ({ quantityThen, since }: { quantityThen: number; since: { sold: number } }, { quantityBefore, position }: { quantityBefore: number; position: { quantity: number } | null }): string[] =>
  (since.sold > 0 || position === null || quantityThen === quantityBefore ? [] : [`What went ex later is worked in already: of today’s shares, ${formatCount(Math.abs(quantityThen))} become ${formatCount(Math.abs(position.quantity))}.`]);

/** A stop that the price has passed already sells as soon as it works. */
function atOnce(last: number | null, { quantity, stop }: { quantity: number; stop: string | null }): string[] {
  if (last === null || stop === null || quantity === 0 || (quantity > 0 ? last > Number(stop) : last < Number(stop))) return [];
  return [`The last price, ${last}, has passed the stop of ${stop}: it is met at once.`];
}

/** The late one that is meant: of the account and day that were said, and of several the one that comes first. */
async function lateOne(context: ToolContext, { symbol, account, what, exDate }: { symbol: string; account?: string | undefined; what?: z.infer<typeof Kind> | undefined; exDate?: string | undefined }): Promise<Asked> {
  const { market, database: { orm } } = context.services;
  const accounts = account === undefined ? await listAccounts(orm, context.caller.viewableAccountIds) : [await accountNamed(context, account)];
  const on = exDate === undefined ? null : dateNamed(exDate, 'exDate');
  const waiting = (await lateAdjustments(orm, { market, accountIds: accounts.map(({ id }) => id) })).filter((each) => each.symbol === symbol && (what === undefined || each.kind === what) && (on === null || each.exDate === on));
  const [first] = waiting.sort((a, b) => (comesBefore(a, b) ? -1 : comesBefore(b, a) ? 1 : 0));
  if (!first) throw new ToolError('NOTHING_LATE', `nothing of ${symbol} that went ex while it was held waits to be worked in${on === null ? '' : ` from ${formatDay(on)}`}; where nobody published a ratio, say it, as in “work in ${symbol} split 5 for 1”`, 'symbol');
  const where = [...new Set(waiting.map(({ accountId }) => accountId))].map((id) => accounts.find((each) => each.id === id)?.name ?? '');
  if (where.length > 1) throw new ToolError('ACCOUNT_NEEDED', `${symbol} waits to be worked in in ${where.join(' and ')}; which one?`, 'account');
  const ratio = shareRatio(first.factor) ?? { newShares: 1, oldShares: 1 };
  return { accountId: first.accountId, account: where[0] ?? '', symbol, exDate: first.exDate, kind: first.kind, subject: first.subject.slice(0, 200), ...ratio, basis: 'PUBLISHED' };
}

/** A ratio that a person says. Without a day, the day is the one gap in the prices while it was held that this ratio explains. */
async function givenOne(context: ToolContext, input: { symbol: string; account?: string | undefined; what?: z.infer<typeof Kind> | undefined; exDate?: string | undefined; newShares: number; oldShares: number }): Promise<Asked> {
  const { account, position } = await positionNamed(context, { symbol: input.symbol, account: input.account });
  const kind = input.what === 'BONUS' ? 'BONUS' as const : 'SPLIT' as const;
  const ratio = lowestTerms({ newShares: input.newShares, oldShares: input.oldShares });
  const exDate = input.exDate === undefined ? await gapExplainedBy(context, { symbol: input.symbol, since: position.openedAt.slice(0, 10) as TradingDate, ratio }) : dateNamed(input.exDate, 'exDate');
  if (exDate > context.services.market.today()) throw new ToolError('NOT_YET', `${formatDay(exDate)} has not come; it can be worked in from then on`, 'exDate');
  return { accountId: account.id, account: account.name, symbol: input.symbol, exDate, kind, subject: `${ratioWords(kind, ratio)}, as said by a person`, ...ratio, basis: 'GIVEN' };
}
async function gapExplainedBy(context: ToolContext, { symbol, since, ratio }: { symbol: string; since: TradingDate; ratio: ShareRatio }): Promise<TradingDate> {
  const { market, database: { orm } } = context.services;
  const moment = readingMoment(context, undefined);
  const { printed, actions, breaks } = await adjustedSeries(orm, { symbol, from: since, moment, calendar: market.calendar() });
  const steps = new Set([...actions.filter(({ basis }) => basis === 'detected').map(({ exDate }) => exDate), ...breaks.map(({ date }) => date)]);
  const fitting = printed.filter((bar, n) => { const before = printed[n - 1]; return before !== undefined && steps.has(bar.date) && openingFits(bar.open / before.close, ratio); });
  const [only, more] = fitting;
  if (only && !more) return only.date;
  throw new ToolError('NO_EX_DATE', more ? `the prices of ${symbol} show such a step on ${fitting.map(({ date }) => formatDay(date)).join(' and ')}; say which ex-date it is` : `the prices of ${symbol} since ${formatDay(since)} show no step that this ratio explains; say the ex-date, as in “ex 5 March”`, 'exDate');
}
