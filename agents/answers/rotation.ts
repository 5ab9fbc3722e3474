import { proposeExit } from '../../tools/propose-exit.ts';
import { rotation, type RotationAnswer } from '../../tools/rotation.ts';
import type { Draft } from '../define.ts';
import type { AnswerContext, AnswerTable } from './define.ts';
import { proposed, refusalDraft } from './proposal-draft.ts';
import { sentences } from './references.ts';
import { cells, choice, draft, figures, many, type Read, read, scopeOf, signOf, table, words } from './wording.ts';

/** "Expected of TCS +₹410 less ₹120 still expected of INFY, charges ₹96, spread ₹4 and tax ₹30: +₹160." */
function sumOf(call: Read<RotationAnswer>, index: number): string {
  const cell = cells(call);
  const pair = call.output.pairs[index];
  const at = `pairs.${index}`;
  const costs = [`charges ${cell(`${at}.chargesMinor`, 'money')}`, ...(pair?.spreadMinor == null ? [] : [`spread ${cell(`${at}.spreadMinor`, 'money')}`]), ...(pair?.taxMinor == null ? [] : [`tax ${cell(`${at}.taxMinor`, 'money')}`])];
  const given = pair && pair.givenUpMinor !== 0 ? `${cell(`${at}.givenUpMinor`, 'signed_money')} still expected of ${cell(`${at}.sell.symbol`, 'text')}, ` : '';
  return `${cell(`${at}.expectedMinor`, 'signed_money')} expected of ${cell(`${at}.buy.symbol`, 'text')}, less ${given}${costs.slice(0, -1).join(', ')}${costs.length > 1 ? ' and ' : ''}${costs.at(-1)}, leaves ${cell(`${at}.gainMinor`, 'signed_money')}`;
}
function pairOf(call: Read<RotationAnswer>, index: number): string {
  const cell = cells(call);
  const at = `pairs.${index}`;
  return `sell ${cell(`${at}.sell.quantity`, 'quantity')} ${cell(`${at}.sell.symbol`, 'text')} (${cell(`${at}.sell.valueMinor`, 'money')}, ${cell(`${at}.sell.basis`, 'text')}) and buy ${cell(`${at}.buy.quantity`, 'quantity')} ${cell(`${at}.buy.symbol`, 'text')} (${cell(`${at}.buy.valueMinor`, 'money')}, ${cell(`${at}.buy.edgePercent`, 'signed_percent')} expected from ${cell(`${at}.buy.comparables`, 'count')} similar set-ups) in ${cell(`${at}.account`, 'text')}`;
}

async function rotate(context: AnswerContext<'rotation'>): Promise<Draft> {
  const call = await read(context, rotation, scopeOf(context));
  if (!call.ok) return refusalDraft(call);
  const cell = cells(call);
  const { pairs, worth, holdings, closed, currency } = call.output;
  context.remember({ lastRotation: pairs.map(({ account, sell, buy }) => ({ account, sell: sell.symbol, buy: { symbol: buy.symbol, quantity: buy.quantity, limitPrice: buy.limitPrice, stop: buy.stop, target: buy.target } })).slice(0, 5) });
  const stopped = closed.map((_, index) => `In ${cell(`closed.${index}.account`, 'text')} nothing new may be entered: ${cell(`closed.${index}.reason`, 'text')}.`);
  const others = [choice('Sector exposure', 'sector exposure'), choice('Find me a trade', 'find me a trade')];
  if (pairs.length === 0) return draft(sentences(holdings === 0 ? 'No share is held, so there is nothing to rotate.' : `Nothing to rotate into: ${cell('reason', 'text')}.`, ...stopped), { choices: others });
  const sign = signOf(currency);
  const lead = worth > 0
    ? `${cell('worth', 'count')} ${many(worth, 'pair is', 'pairs are')} worth the cost. First: ${pairOf(call, 0)}. ${sumOf(call, 0)}; the bar is ${cell('pairs.0.barMinor', 'money')}.`
    : `Nothing is worth its cost. The best pair would be to ${pairOf(call, 0)}: ${sumOf(call, 0)}; it would have to reach ${cell('pairs.0.barMinor', 'money')} (${cell('barPercent', 'percent')} of what is sold).`;
  const notes = pairs[0]?.notes.map((_, index) => cell(`pairs.0.notes.${index}`, 'text')) ?? [];
  return draft(sentences(lead, pairs[0]?.sell.concern && `Of ${cell('pairs.0.sell.symbol', 'text')}: ${cell('pairs.0.sell.concern', 'text')}.`, ...notes, ...stopped, `${cell('basis', 'text')}.`), {
    parts: [table(call, 'pairs', 'Pairs', [figures('number', 'No.'), words('account', 'Account'), words('pairText', 'Sell → buy'), figures('expected', 'Expected', sign), figures('givenUp', 'Given up', sign), figures('charges', 'Charges', sign), figures('spread', 'Spread', sign), figures('tax', 'Tax', sign), figures('gain', 'Gain', sign)])],
    choices: worth > 0 ? [choice('Do the first', 'do the first'), choice('Why this one', `/why ${pairs[0]?.buy.symbol}`)] : others,
  });
}

/** The exit is proposed; the entry waits until the cash is there, as an order of its own. */
async function take(context: AnswerContext<'rotation_take'>): Promise<Draft> {
  const list = context.memory.lastRotation ?? [];
  const { number, step } = context.intent;
  const pair = list[number - 1];
  if (!pair) return draft(list.length === 0 ? 'Of which rotation? None was shown; ask “should I rotate anything”.' : `There is no pair {{said:${number}}}.`, { choices: [choice('Should I rotate anything', 'should I rotate anything')] });
  const { symbol, quantity, limitPrice, stop, target } = pair.buy;
  const entry = `buy ${quantity} ${symbol} at ${limitPrice} stop ${stop}${target === null ? '' : ` target ${target}`} in ${pair.account}`;
  if (step === 'ENTRY') return draft(`The entry of that pair is an order of its own; say it, or press it, once the exit is filled.`, { choices: [choice(`Buy ${symbol}`, entry)] });
  const exited = await proposed(context, await read(context, proposeExit, { symbol: pair.sell, account: pair.account }));
  return { ...exited, choices: [...(exited.choices ?? []), choice(`Then buy ${symbol}`, entry)] };
}

export const rotationAnswers: AnswerTable = { rotation: rotate, rotation_take: take };
