import { z } from 'zod';
import { type Account, listAccounts } from '../db/stores/accounts.ts';
import { expectedShares, partedSharesOf } from '../db/stores/parted-shares.ts';
import { openPositions } from '../db/stores/positions.ts';
import { corporateActions } from '../db/stores/reference.ts';
import { PartedShares } from '../desk/actions/types.ts';
import { type Decimal, decimal, valueMinor } from '../desk/decimal.ts';
import { isNear } from '../desk/execution/late-adjustment.ts';
import { type CreditPlan, type PartedFacts, planCredit } from '../desk/execution/parted-shares.ts';
import { openCostMinor } from '../desk/execution/position.ts';
import { formatCount, formatDay, formatMoneyExact, formatPercent } from '../desk/format.ts';
import { partedWorth } from '../desk/market/measured-factors.ts';
import { lowestTerms, type ShareRatio } from '../desk/market/share-ratio.ts';
import type { CorporateAction } from '../desk/market/types.ts';
import type { TradingDate } from '../desk/time.ts';
import { DateText, dateNamed } from './as-of.ts';
import { defineTool, type ToolContext, ToolError } from './define.ts';
import { accountNamed, proposerOf, symbolNamed } from './order-terms.ts';
import { plainWords, shortened } from './outside-text.ts';
import { partedFacts } from './parted-facts.ts';
import { ProposalOutput, proposalOutput } from './proposal-output.ts';

const Term = z.int().min(1).max(1_000_000);
const Percent = z.number().positive().lt(100);

/**
 * Credits the shares of a company that a demerger parted from a holding, with a part of its cost; or, with `none`, ends what was expected.
 * Errors: `NO_DEMERGER`, `ACCOUNT_NEEDED`, `RATIO_NEEDED`, `NOT_LISTED`, `COST_SPLIT`, `CANNOT_CREDIT` (with the reason), `NO_SUCH_SYMBOL`.
 */
export const proposePartedShares = defineTool({
  name: 'propose_parted_shares', purpose: 'Propose to credit the shares of a parted company after a demerger of a holding, with their part of the cost, or that none come', effect: 'propose', permission: 'propose', output: ProposalOutput,
  input: z.object({
    symbol: z.string().min(1).describe('the company that was parted'), account: z.string().optional(), exDate: DateText.optional(), into: z.string().min(1).optional().describe('the resulting company'),
    quantity: Term.optional().describe('shares of it that came'), newShares: Term.optional().describe('or its ratio: shares of it for every `oldShares` held'), oldShares: Term.optional(),
    keptPercent: Percent.optional().describe('the split of the cost as the company announced it: what stays with the parent'), partedPercent: Percent.optional().describe('and what goes over'), none: z.boolean().optional().describe('true: no shares come'),
  }),
  async run(context, input) {
    const { market, database: { orm } } = context.services;
    const { symbol } = symbolNamed(context, input.symbol);
    const into = input.none === true ? null : resultingCompany(context, input.into);
    const { account, demerger } = await demergerOf(context, { ...input, symbol });
    const of = { accountId: account.id, symbol, exDate: demerger.exDate };
    const facts = await partedFacts(orm, { market, ...of, into });
    if (!facts) throw new ToolError('CANNOT_CREDIT', 'there is no such account any more', 'account');
    const partedPercent = into === null ? null : costPart(input);
    const ratio = into === null ? { newShares: 1, oldShares: 1 } : ratioOf(facts, input);
    const plan = planCredit(facts, { into: into === null ? null : { symbol: into, ...ratio, partedPercent } });
    if ('refused' in plan) throw new ToolError('CANNOT_CREDIT', `it cannot be credited: ${plan.refused}`, 'symbol');
    const { credit } = plan;
    const action = PartedShares.parse({
      kind: 'parted_shares', ...of, subject: shortened(plainWords(demerger.subject), 160) || 'Demerger', into, ...ratio, quantityThen: plan.quantityThen, quantity: credit?.quantity ?? 0,
      costMinor: credit?.costMinor ?? 0, costBasis: credit?.costBasis ?? null, partedPercent, expectedMinor: plan.expectedMinor,
    });
    return proposalOutput(await context.services.propose({ action, proposer: proposerOf(context), threadId: context.caller.threadId ?? null, turn: context.caller.turn ?? null, thesis: told(facts, plan).map((text) => ({ text, evidenceId: null, evidenceKind: null })), risks: tooLittle(facts, plan) }));
  },
});

/** Far less than the price lost: perhaps a ratio that was turned round. */
function tooLittle({ symbol, measured, into }: PartedFacts, { credit, quantityThen }: CreditPlan): string[] {
  if (!credit || measured === null || into === null || into.last === null) return [];
  const [worth, lost] = [valueMinor(into.last, credit.quantity), partedWorth({ ...measured, quantity: quantityThen })];
  return worth * 3 >= lost ? [] : [`${formatCount(credit.quantity)} ${credit.into} are worth ${formatMoneyExact(worth, 'INR')}, and the price of ${symbol} lost ${formatMoneyExact(lost, 'INR')} by the demerger: the ratio may be another.`];
}

function told({ symbol, measured, held }: PartedFacts, { credit, expectedMinor }: CreditPlan): string[] {
  if (!credit) return [`What counts in the equity as expected goes: ${formatMoneyExact(Math.abs(expectedMinor), 'INR')}, which the account then shows as lost today.`];
  const whole = held ? openCostMinor(held.position) : 0;
  return [
    `The cost stays ${formatMoneyExact(whole, 'INR')} in all: ${symbol} keeps ${formatMoneyExact(whole - credit.costMinor, 'INR')}. Nothing is realised.`,
    ...(credit.costBasis === 'PRICES' && measured ? [`The price of ${symbol} lost ${formatPercent(100 * (1 - measured.factor), 2)} at its first trade after the demerger; by that the cost is split, which is an estimate for prices. The company announces another split for tax: say it, as in “cost split 95.32/4.68”.`] : []),
    ...(credit.fraction === 0 ? [] : [`${credit.fraction} of ${credit.ratio.oldShares} parts of a share are left over; the company pays those in cash, and that is not booked here.`]),
    ...(expectedMinor === 0 ? [] : [`${formatMoneyExact(expectedMinor, 'INR')} that was expected in the equity until now gives way to the shares at their price.`]),
    credit.resulting.quantity === credit.quantity ? `Without a stop of its own: say “set the stop of ${credit.into} to …” once it is credited.` : `${credit.into} is held already; what is credited joins it, behind its stop where it has one.`,
  ];
}

function resultingCompany(context: ToolContext, named: string | undefined): string {
  if (named === undefined) throw new ToolError('NOT_LISTED', 'say the company whose shares came, as in “credit 10 JIOFIN from the RELIANCE demerger”', 'into');
  try { return symbolNamed(context, named).symbol; } catch (error) {
    if (!(error instanceof ToolError) || error.code !== 'NO_SUCH_SYMBOL') throw error;
    throw new ToolError('NOT_LISTED', `${shortened(plainWords(named), 40)} is not listed here on ${formatDay(context.services.market.today())}; it can be credited from its first day of trading on`, 'into');
  }
}

/** The part of the cost that goes over, where a person says it: both parts make a hundred. */
function costPart({ keptPercent, partedPercent }: { keptPercent?: number | undefined; partedPercent?: number | undefined }): Decimal | null {
  if (partedPercent === undefined && keptPercent === undefined) return null;
  const parted = partedPercent ?? 100 - (keptPercent ?? 0);
  if (keptPercent !== undefined && Math.abs(keptPercent + parted - 100) > 0.011) throw new ToolError('COST_SPLIT', `a cost split of ${formatCount(keptPercent)} and ${formatCount(parted)} does not make 100`, 'partedPercent');
  return decimal(parted.toFixed(6).replace(/\.?0+$/, ''));
}

/** As said, or as many as came for what was held then. Where both are said they have to agree. */
function ratioOf({ heldThen: then }: PartedFacts, { quantity, newShares, oldShares }: { quantity?: number | undefined; newShares?: number | undefined; oldShares?: number | undefined }): ShareRatio {
  const said = newShares === undefined || oldShares === undefined ? null : lowestTerms({ newShares, oldShares });
  if (quantity === undefined && said === null) throw new ToolError('RATIO_NEEDED', 'say how many shares came or the ratio, as in “work in the RELIANCE demerger 1:1 JIOFIN”', 'newShares');
  if (!then || then.quantity <= 0) return said ?? { newShares: quantity ?? 1, oldShares: 1 };
  if (said !== null && quantity !== undefined && Math.floor((then.quantity * said.newShares) / said.oldShares) !== quantity) throw new ToolError('RATIO_NEEDED', `${said.newShares} for ${said.oldShares} on ${formatCount(then.quantity)} held gives ${formatCount(Math.floor((then.quantity * said.newShares) / said.oldShares))}, not ${formatCount(quantity)}`, 'quantity');
  return said ?? lowestTerms({ newShares: quantity ?? 1, oldShares: then.quantity });
}

/** The demerger that is meant: of the account and day that were said; of several the latest that is not settled. */
async function demergerOf(context: ToolContext, { symbol, account, exDate }: { symbol: string; account?: string | undefined; exDate?: string | undefined }): Promise<{ account: Account; demerger: CorporateAction }> {
  const { market, database: { orm } } = context.services;
  const accounts = account === undefined ? await listAccounts(orm, context.caller.viewableAccountIds) : [await accountNamed(context, account)];
  const ids = accounts.map(({ id }) => id);
  const on: TradingDate | null = exDate === undefined ? null : dateNamed(exDate, 'exDate');
  const published = (await corporateActions(orm, { symbols: [symbol], asOf: market.now() })).filter((each) => each.kind === 'DEMERGER' && each.basis === 'published' && each.exDate <= market.today() && (on === null || each.exDate === on)).sort((a, b) => (a.exDate < b.exDate ? 1 : -1));
  if (!published[0]) throw new ToolError('NO_DEMERGER', `no demerger of ${symbol} ${on === null ? 'that has gone ex is' : `of ${formatDay(on)} is`} published here`, 'symbol');
  const [expected, settled, held] = [await expectedShares(orm, { accountIds: ids }), await partedSharesOf(orm, { accountIds: ids, symbol }), await openPositions(orm, ids)];
  for (const demerger of published) {
    const owed = accounts.filter(({ id }) => expected.some((each) => each.accountId === id && each.symbol === symbol && isNear(each.exDate, demerger.exDate)));
    const done = accounts.filter(({ id }) => settled.some((each) => each.accountId === id && isNear(each.exDate, demerger.exDate)));
    const among = owed.length > 0 ? owed : accounts.filter(({ id }) => !done.some((each) => each.id === id) && held.some((each) => each.accountId === id && each.symbol === symbol && each.openedAt.slice(0, 10) < demerger.exDate));
    if (among.length > 1) throw new ToolError('ACCOUNT_NEEDED', `${symbol} was held over its demerger in ${among.map(({ name }) => name).join(' and ')}; which one?`, 'account');
    const [one] = among.length > 0 ? among : done;
    if (one) return { account: one, demerger };
  }
  throw new ToolError('NO_DEMERGER', `nothing of ${symbol} was held when it went ex its demerger on ${formatDay(published[0].exDate)}`, 'symbol');
}
