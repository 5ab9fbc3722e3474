import { notWorkedIn, proposeAdjustment } from '../../tools/propose-adjustment.ts';
import { proposePartedShares } from '../../tools/propose-parted-shares.ts';
import type { Intent } from '../grammar/intents.ts';
import type { Draft } from '../define.ts';
import type { AnswerContext, AnswerSetting, AnswerTable } from './define.ts';
import { proposed, refusalDraft } from './proposal-draft.ts';
import { cells, choice, draft, figures, many, namedScope, read, table, words } from './wording.ts';

type Ratio = NonNullable<Extract<Intent, { kind: 'work_in' }>['ratio']>;

/** "1:5 split" and "5 for 1" are one: more shares than before, and fewer where shares are merged. A bonus gives the first number for the second held. */
function sharesOf(what: string | undefined, { first, second }: Ratio): { newShares: number; oldShares: number } {
  const [most, least] = [Math.max(first, second), Math.min(first, second)];
  if (what === 'BONUS') return { newShares: first + second, oldShares: second };
  return what === 'MERGER' ? { newShares: least, oldShares: most } : { newShares: most, oldShares: least };
}

async function workIn(context: AnswerContext<'work_in'>): Promise<Draft> {
  const { symbol, what, ratio, date, account } = context.intent;
  const kind = what === 'MERGER' ? 'SPLIT' as const : what;
  return proposed(context, await read(context, proposeAdjustment, { symbol, ...(account === undefined || account === '*' ? {} : { account }), ...(kind === undefined ? {} : { what: kind }), ...(date === undefined ? {} : { exDate: date }), ...(ratio === undefined ? {} : sharesOf(what, ratio)) }));
}

/** "1:1 JIOFIN": of the resulting company for those held. */
async function parted(context: AnswerContext<'parted_shares'>): Promise<Draft> {
  const { symbol, into, quantity, ratio, costSplit, none, date, account } = context.intent;
  return proposed(context, await read(context, proposePartedShares, {
    symbol, ...(into === undefined ? {} : { into }), ...(account === undefined || account === '*' ? {} : { account }), ...(date === undefined ? {} : { exDate: date }), ...(quantity === undefined ? {} : { quantity }), ...(ratio === undefined ? {} : { newShares: ratio.first, oldShares: ratio.second }),
    ...(costSplit === undefined ? {} : { ...(costSplit.kept === undefined ? {} : { keptPercent: costSplit.kept }), partedPercent: costSplit.parted }), ...(none ? { none } : {}),
  }));
}

async function waiting(context: AnswerContext<'not_worked_in'>): Promise<Draft> {
  const call = await read(context, notWorkedIn, namedScope(context));
  if (!call.ok) return refusalDraft(call);
  const { count, items } = call.output;
  if (count === 0) return draft('Nothing that went ex while it was held waits to be worked in.');
  const cell = cells(call);
  const told = items.map(({ possible, becomes, held, kind, soldSince }, n) => {
    const at = `items.${n}`;
    const of = `${cell(`${at}.symbol`, 'text')} in ${cell(`${at}.account`, 'text')}: ${cell(`${at}.what`, 'text')}, ex ${cell(`${at}.exDateText`, 'text')}`;
    if (!possible) return `${of}; it cannot be worked in: ${cell(`${at}.refused`, 'text')}.`;
    return becomes === null || kind === 'DIVIDEND' ? `${of}, on ${cell(`${at}.held`, 'quantity')} shares.` : held === 0 ? `${of}; only orders of before are there.` : `${of}; ${cell(`${at}.held`, 'quantity')} shares would become ${cell(`${at}.becomes`, 'quantity')}${soldSince === 0 ? '' : `, of which ${cell(`${at}.soldSince`, 'quantity')} ${soldSince === 1 ? 'is' : 'are'} sold already`}.`;
  });
  const offers = [...new Map(items.filter(({ possible }) => possible).map(({ symbol, account }) => [`${symbol}/${account}`, choice(`Work in ${symbol}`, `work in ${symbol} in ${account}`)])).values()];
  return draft(`${cell('count', 'count')} ${many(count, 'change of what is held is', 'changes of what is held are')} not worked in. ${told.slice(0, 4).join(' ')}`, {
    parts: count > 1 ? [table(call, 'items', 'Not worked in', [words('symbol', 'Symbol'), words('account', 'Account'), words('exDate', 'Ex-date'), words('what', 'What'), figures('held', 'Held')])] : [], choices: offers,
  });
}

/** What is said beside holdings of which a split, bonus or dividend is not worked in: their shares, cost and stop are of before. */
export async function notWorkedInNote(context: AnswerSetting, input: { account?: string; symbol?: string }): Promise<{ text: string; choices: Draft['choices'] }> {
  const call = await read(context, notWorkedIn, input);
  if (!call.ok || call.output.count === 0) return { text: '', choices: [] };
  const cell = cells(call);
  const named = call.output.items.slice(0, 3).map((_, n) => `${cell(`items.${n}.symbol`, 'text')} ${cell(`items.${n}.what`, 'text')}, ex ${cell(`items.${n}.exDateText`, 'text')}`);
  return { text: `Not worked in, so shares, cost and stop are of before: ${named.join('; ')}.`, choices: [choice('What is not worked in', '/late')] };
}

export const adjustmentAnswers: AnswerTable = { work_in: workIn, parted_shares: parted, not_worked_in: waiting };
