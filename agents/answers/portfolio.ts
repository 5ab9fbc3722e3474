import type { z } from 'zod';
import { accounts } from '../../tools/accounts.ts';
import { exposure } from '../../tools/exposure.ts';
import { performance } from '../../tools/performance.ts';
import { portfolioState } from '../../tools/portfolio-state.ts';
import type { Draft, DraftPart } from '../define.ts';
import { notWorkedInNote } from './adjustments.ts';
import type { AnswerContext, AnswerTable } from './define.ts';
import { refusalDraft } from './proposal-draft.ts';
import { cells, choice, draft, figures, many, namedScope, otherAccounts, type Read, read, reasonsOf, scopeOf, signOf, table, words } from './wording.ts';

type State = z.output<(typeof portfolioState)['output']>;

const positionTable = (call: Read<State>, path = 'positions'): DraftPart => {
  const sign = signOf(call.output.currency);
  return table(call, path, 'Positions', [
    words('symbol', 'Symbol'), ...(call.output.accounts.length > 1 ? [words('account', 'Account')] : []), figures('quantity', 'Qty'), figures('averagePrice', 'Avg', sign), figures('last', 'Last', sign),
    figures('pnl', 'P&L', sign), figures('stop', 'Stop', sign), figures('riskLeft', 'Risk left', sign),
  ]);
};
const distanceTable = (call: Read<State>): DraftPart => {
  const sign = signOf(call.output.currency);
  return table(call, 'positions', 'Stops and targets', [words('symbol', 'Symbol'), ...(call.output.accounts.length > 1 ? [words('account', 'Account')] : []), figures('last', 'Last', sign), figures('stop', 'Stop', sign), figures('stopAwayPercent', 'To stop', '%'), figures('target', 'Target', sign), figures('targetAwayPercent', 'To target', '%')]);
};
const accountTable = (call: Read<State>): DraftPart => {
  const sign = signOf(call.output.currency);
  return table(call, 'table', 'Accounts', [words('account', 'Account'), figures('equity', 'Equity', sign), figures('deployed', 'Deployed', sign), figures('cash', 'Cash', sign), figures('deployable', 'To deploy', sign), figures('today', 'Today', sign), figures('positions', 'Positions')]);
};

const expectedTable = (call: Read<State>): DraftPart[] => (call.output.expected.length === 0 ? [] : [table(call, 'expected', 'Expected: shares of the parted company (an estimate)', [words('symbol', 'Parted from'), ...(call.output.accounts.length > 1 ? [words('account', 'Account')] : []), words('exDateText', 'Ex-date'), figures('quantity', 'Held then'), figures('worth', 'Worth', signOf(call.output.currency))])]);
/** What is owed of companies that were parted: in the equity, and nowhere else. */
function expectedWords(call: Read<State>): string {
  const cell = cells(call);
  const { expected } = call.output;
  if (expected.length === 0) return '';
  const of = expected.slice(0, 3).map((_, n) => `${cell(`expected.${n}.symbol`, 'text')} (ex ${cell(`expected.${n}.exDateText`, 'text')})`).join(', ');
  return `Expected: shares of the parted company, of ${of}: about ${cell('expectedMinor', 'money')}, an estimate. It counts in the equity until they are credited (“work in the ${cell('expected.0.symbol', 'text')} demerger 1:1 NAME”) and is neither cash nor free.`;
}

/** "Up ₹3,120 today (+0.6 %)." */
export function todayWords(call: Read<State>, of: { path: string; todayPnlMinor: number | null }): string {
  const cell = cells(call);
  const { path, todayPnlMinor } = of;
  if (todayPnlMinor === null) return ' What changed today is not known.';
  if (todayPnlMinor === 0) return ' Unchanged today.';
  return ` ${todayPnlMinor > 0 ? 'Up' : 'Down'} ${cell(`${path}.todayMoveMinor`, 'money')} today (${cell(`${path}.todayPercent`, 'signed_percent')}).`;
}

export function largestAndNext(call: Read<State>): string {
  const cell = cells(call);
  const { positions, nextEvents, eventsCovered } = call.output;
  const largest = positions.reduce<number | null>((best, position, index) => (position.weightPercent !== null && position.weightPercent > (best === null ? 0 : (positions[best]?.weightPercent ?? 0)) ? index : best), null);
  const sentences = largest === null ? [] : [`Largest: ${cell(`positions.${largest}.symbol`, 'text')} ${cell(`positions.${largest}.weightPercent`, 'percent')} of equity${call.output.accounts.length > 1 ? ` in ${cell(`positions.${largest}.account`, 'text')}` : ''}.`];
  const [event] = nextEvents;
  if (event) sentences.push(`Next event: ${cell('nextEvents.0.symbol', 'text')} ${event.kind === 'RESULTS' ? 'results' : event.kind.toLowerCase().replaceAll('_', ' ')} ${awayWords(call, 'nextEvents.0', event.tradingDaysAway)}${event.kind === 'RIGHTS' || event.kind === 'DEMERGER' ? ` (${cell('nextEvents.0.purpose', 'text')})` : ''}.`);
  else if (!eventsCovered) sentences.push('No results calendar covers these days, so nothing is known of coming events.');
  return sentences.join(' ');
}
const awayWords = (call: Read<State>, path: string, away: number | null): string => {
  const cell = cells(call);
  return away === null ? `on ${cell(`${path}.date`, 'date')}` : away === 0 ? 'today' : `in ${cell(`${path}.tradingDaysAway`, 'count')} trading ${many(away, 'day')}`;
};

/** Which position is furthest down or up, since it was bought or today, by money; a position without a price cannot be compared and is named. */
function furthest(call: Read<State>, { order, today }: { order: 'WORST' | 'BEST'; today: boolean }): Draft {
  const cell = cells(call);
  const { positions, accounts: held } = call.output;
  const where = held.length > 1 ? '' : ` in ${cell('accounts.0.name', 'text')}`;
  const known = positions.map(({ pnlMinor, todayPnlMinor }, index) => ({ pnlMinor: today ? todayPnlMinor : pnlMinor, index })).filter((each): each is { pnlMinor: number; index: number } => each.pnlMinor !== null).sort((a, b) => (order === 'WORST' ? a.pnlMinor - b.pnlMinor : b.pnlMinor - a.pnlMinor));
  if (positions.length === 0) return draft(`Nothing is held${where}.`, { choices: [choice('Worst trade that was closed', 'worst trade')] });
  const [first] = known;
  const unknown = positions.flatMap((position, index) => ((today ? position.todayPnlMinor : position.pnlMinor) === null ? [cell(`positions.${index}.symbol`, 'text')] : []));
  const reason = unknown.length > 0 ? ` Not known for ${unknown.join(', ')}: no price.` : '';
  if (!first) return draft(`What any position made or lost is not known.${reason}`);
  const told = (index: number): string => `${cell(`positions.${index}.symbol`, 'text')}${held.length > 1 ? ` in ${cell(`positions.${index}.account`, 'text')}` : ''}, ${today ? `${cell(`positions.${index}.todayPnlMinor`, 'signed_money')} today` : `${cell(`positions.${index}.pnlMinor`, 'signed_money')} (${cell(`positions.${index}.pnlPercent`, 'signed_percent')}) since it was bought`}`;
  const lead = order === 'WORST' ? (first.pnlMinor < 0 ? 'Losing most' : 'No position is losing; least ahead') : first.pnlMinor > 0 ? 'Making most' : 'No position is making money; least behind';
  return draft(`${lead}${where}: ${told(first.index)}.${known[1] && known[1].pnlMinor < 0 === (order === 'WORST') ? ` Next: ${told(known[1].index)}.` : ''}${reason}`, { parts: [positionTable(call)] });
}

/** The smallest or largest position by what it is worth, or the one whose price is nearest to its stop or target; what cannot be compared is named. */
function outermost(call: Read<State>, order: 'SMALLEST' | 'LARGEST' | 'NEAR_STOP' | 'NEAR_TARGET'): Draft {
  const cell = cells(call);
  const { positions, accounts: held } = call.output;
  const where = held.length > 1 ? '' : ` in ${cell('accounts.0.name', 'text')}`;
  if (positions.length === 0) return draft(`Nothing is held${where}.`);
  const bySize = order === 'SMALLEST' || order === 'LARGEST';
  const at = order === 'NEAR_STOP' ? 'stop' : 'target';
  const measured = positions.map(({ valueMinor, stopAwayPercent, targetAwayPercent }): number | null => {
    if (bySize) return valueMinor === null ? null : order === 'LARGEST' ? -Math.abs(valueMinor) : Math.abs(valueMinor);
    const away = order === 'NEAR_STOP' ? stopAwayPercent : targetAwayPercent;
    return away === null ? null : Math.abs(away);
  });
  const known = measured.flatMap((value, index) => (value === null ? [] : [{ value, index }])).sort((a, b) => a.value - b.value);
  const unknown = positions.flatMap((_, index) => (measured[index] === null ? [cell(`positions.${index}.symbol`, 'text')] : []));
  const reason = unknown.length > 0 ? ` Not known for ${unknown.join(', ')}: no price${bySize ? '' : ` or no ${at}`}.` : '';
  const [first] = known;
  if (!first) return draft(`${bySize ? 'What any position is worth is not known.' : `No position’s distance from its ${at} is known.`}${reason}`, { parts: [positionTable(call)] });
  if (!bySize) return draft(`Nearest to its ${at}${where}: ${distanceOf(call, first.index)}${reason}`, { parts: [distanceTable(call)] });
  const path = `positions.${first.index}`;
  const weight = positions[first.index]?.weightPercent == null ? '' : `, ${cell(`${path}.weightPercent`, 'percent')} of equity`;
  return draft(`${order === 'SMALLEST' ? 'Smallest' : 'Largest'}${where}: ${cell(`${path}.symbol`, 'text')}${held.length > 1 ? ` in ${cell(`${path}.account`, 'text')}` : ''}, worth ${cell(`${path}.valueMinor`, 'money')}${weight}.${reason}`, { parts: [positionTable(call)], choices: [choice('All positions', '/positions')] });
}

/** What is lost at the stop, and, without one, all that it is worth: a stop can be gapped through. */
function worstCaseOf(call: Read<State>, index: number): string {
  const cell = cells(call);
  const position = call.output.positions[index];
  const at = `positions.${index}`;
  const of = `${cell(`${at}.quantity`, 'quantity')} ${cell(`${at}.symbol`, 'text')} in ${cell(`${at}.account`, 'text')}`;
  const value = position?.valueMinor === null || position === undefined ? 'What it is worth now is not known' : position.quantity > 0 ? `Without a fill at the stop it can lose all it is worth, ${cell(`${at}.valueMinor`, 'money')}` : 'A short position has no bound';
  if (position?.stop === null || position === undefined) return `${of}: there is no stop. ${value}.`;
  if (position.riskLeftMinor === null) return `${of}: stop ${cell(`${at}.stop`, 'price')}; what is lost there is not known without a price. ${value}.`;
  return `${of}: ${cell(`${at}.riskLeftMinor`, 'money')} from here if the stop at ${cell(`${at}.stop`, 'price')} is hit. ${value}.`;
}

/** How far the last price is from stop and target, in percent of it. */
function distanceOf(call: Read<State>, index: number): string {
  const cell = cells(call);
  const position = call.output.positions[index];
  const at = `positions.${index}`;
  const of = `${cell(`${at}.quantity`, 'quantity')} ${cell(`${at}.symbol`, 'text')} in ${cell(`${at}.account`, 'text')}`;
  if (position?.last === null || position === undefined) return `${of}: no price is known now, so the distance to the stop is not.`;
  const stop = position.stop === null ? 'there is no stop' : position.stopAwayPercent === null ? `stop ${cell(`${at}.stop`, 'price')}` : `the stop ${cell(`${at}.stop`, 'price')} is ${cell(`${at}.stopAwayPercent`, 'signed_percent')} away`;
  const target = position.target === null ? '' : `, the target ${cell(`${at}.target`, 'price')} ${cell(`${at}.targetAwayPercent`, 'signed_percent')}`;
  return `${of}, last ${cell(`${at}.last`, 'price')}: ${stop}${target}.`;
}

/** What trades in a share made that is not held any more. */
async function madeBefore(context: AnswerContext<'position'>, symbol: string): Promise<string> {
  const call = await read(context, performance, { ...namedScope(context), symbol });
  if (!call.ok || call.output.trades.closed === 0 || call.output.pnlMinor === null) return '';
  const cell = cells(call);
  return ` ${cell('trades.closed', 'count')} closed ${many(call.output.trades.closed, 'trade')} in it made ${cell('pnlMinor', 'signed_money')} after charges.`;
}

/** What everything that is held cost, what it is worth and the difference. */
async function costDraft(context: AnswerContext<'holdings'>): Promise<Draft> {
  const call = await read(context, portfolioState, namedScope(context));
  if (!call.ok) return refusalDraft(call);
  const cell = cells(call);
  const { totals, accounts: held, missing } = call.output;
  const where = held.length > 1 ? ` in ${cell('totals.accounts', 'count')} accounts` : ` in ${cell('accounts.0.name', 'text')}`;
  if (totals.positions === 0) return draft(`Nothing is held${where}.`);
  const worth = totals.deployedMinor === null || totals.pnlMinor === null ? 'what it is worth is not known' : `worth ${cell('totals.deployedMinor', 'money')} now: ${cell('totals.pnlMinor', 'signed_money')} unrealised, before charges`;
  const sign = signOf(call.output.currency);
  return draft(`What is held${where} cost ${totals.costMinor === null ? 'an amount that is not known' : cell('totals.costMinor', 'money')}, ${worth}.${reasonsOf(call, 'missing', missing.length)}`, {
    parts: [table(call, 'positions', 'Cost and value', [words('symbol', 'Symbol'), ...(held.length > 1 ? [words('account', 'Account')] : []), figures('quantity', 'Qty'), figures('averagePrice', 'Avg', sign), figures('cost', 'Cost', sign), figures('last', 'Last', sign), figures('value', 'Value', sign), figures('pnl', 'P&L', sign)])],
  });
}

/** An account that happens to be in force must not read as all there is. */
async function heldElsewhere(context: AnswerContext<'holdings'>): Promise<boolean> {
  if (!context.account || otherAccounts(context, '').length === 0) return false;
  const all = await read(context, portfolioState, {});
  return all.ok && all.output.positions.some((position) => position.accountId !== context.account?.accountId);
}

export const portfolioAnswers: AnswerTable = {
  async holdings(context) {
    const { order, measure } = context.intent;
    if (measure === 'cost') return costDraft(context);
    if (order !== undefined && order !== 'WORST' && order !== 'BEST') {
      // An account that happens to be in force must not hide the one that is meant.
      const all = await read(context, portfolioState, namedScope(context));
      return all.ok ? outermost(all, order) : refusalDraft(all);
    }
    const call = await read(context, portfolioState, scopeOf(context));
    if (!call.ok) return refusalDraft(call);
    const cell = cells(call);
    if (order !== undefined) return context.intent.date !== undefined && context.intent.date !== context.askedOn ? draft('Of a single day, only today’s move of each position is known here. Profit by symbol over any time is there.', { choices: [choice('Profit by symbol', 'P&L by symbol this month')] }) : furthest(call, { order, today: context.intent.date !== undefined });
    const { totals, accounts: held, missing, pendingActions } = call.output;
    const several = held.length > 1;
    const where = several ? `${cell('totals.accounts', 'count')} accounts` : cell('accounts.0.name', 'text');
    const waiting = pendingActions.filter((action) => action.state === 'awaiting_confirmation').length;
    const choices = [...(waiting > 0 ? [choice('What waits for me', '/cards')] : []), ...otherAccounts(context, 'holdings')];
    const elsewhere = choices.length > 0 && (await heldElsewhere(context)) ? ' Other accounts hold positions too.' : '';
    if (totals.positions === 0) {
      const text = `Nothing is held in ${several ? `your ${where}` : where}. ${cell('totals.cashMinor', 'money')} in cash, ${totals.deployableMinor === null ? 'how much of it is free is not known' : `${cell('totals.deployableMinor', 'money')} of it to deploy`}.${totals.todayPnlMinor ? todayWords(call, { path: 'totals', todayPnlMinor: totals.todayPnlMinor }) : ''}${elsewhere}${reasonsOf(call, 'missing', missing.length)}`;
      return draft([text, expectedWords(call)].filter(Boolean).join('\n'), { parts: [...expectedTable(call), ...(several ? [accountTable(call)] : [])], choices: [choice('Find me a trade', 'find me a trade'), ...choices] });
    }
    const deployed = totals.deployedMinor === null || totals.equityMinor === null ? 'what they are worth is not known' : `${cell('totals.deployedMinor', 'money')} of ${cell('totals.equityMinor', 'money')} deployed`;
    const first = `${cell('totals.positions', 'count')} ${many(totals.positions, 'position')}, ${deployed} in ${where}.${todayWords(call, { path: 'totals', todayPnlMinor: totals.todayPnlMinor })}${elsewhere}${reasonsOf(call, 'missing', missing.length)}`;
    const late = await notWorkedInNote(context, scopeOf(context));
    return draft([first, largestAndNext(call), expectedWords(call), late.text].filter(Boolean).join('\n'), { parts: [positionTable(call), ...expectedTable(call), ...(several ? [accountTable(call)] : [])], choices: [...(late.choices ?? []), ...choices] });
  },

  async position(context) {
    const { symbol, account } = context.intent;
    // An account that happens to be in force must not hide what is held in another; one that was named is meant.
    const call = await read(context, portfolioState, account === undefined || account === '*' ? {} : scopeOf(context));
    if (!call.ok) return refusalDraft(call);
    const cell = cells(call);
    const indices = call.output.positions.flatMap((position, index) => (position.symbol === symbol ? [index] : []));
    if (indices.length === 0) {
      const where = call.output.accounts.length === 1 ? ` in ${cell('accounts.0.name', 'text')}` : '';
      const made = context.intent.measure === 'profit' ? await madeBefore(context, symbol) : '';
      return draft(`You hold no ${symbol}${where}.${made}`, { choices: [choice(`${symbol} orders`), choice(`Idea in ${symbol}`, `idea in ${symbol}`)] });
    }
    if (context.intent.measure === 'worstCase') return draft(indices.map((index) => worstCaseOf(call, index)).join('\n'), { choices: [choice(`Its position`, `my ${symbol} position`), choice('Of the whole book', 'worst case loss')] });
    if (context.intent.measure === 'distance') return draft(indices.map((index) => distanceOf(call, index)).join('\n'), { choices: [choice('Its position', `my ${symbol} position`)] });
    const lines = indices.map((index) => {
      const position = call.output.positions[index];
      const at = `positions.${index}`;
      const worth = position?.last === null || !position ? 'no price is known now' : `${position.lastFrom === null ? 'last' : `no trade known, ${cell(`${at}.lastFrom`, 'text')}`} ${cell(`${at}.last`, 'price')}: ${cell(`${at}.pnlMinor`, 'signed_money')} (${cell(`${at}.pnlPercent`, 'signed_percent')})`;
      const today = position?.todayPnlMinor === undefined ? '' : position.todayPnlMinor === null ? ', what changed today is not known' : `, ${cell(`${at}.todayPnlMinor`, 'signed_money')} today`;
      const stop = position?.stop === null ? 'No stop.' : `Stop ${cell(`${at}.stop`, 'price')}${position?.target === null ? '' : `, target ${cell(`${at}.target`, 'price')}`}${position?.trail ? `, trails by ${cell(`${at}.trail`, 'price')}` : ''}.`;
      const risk = position?.riskLeftMinor === null || position?.riskLeftMinor === undefined ? '' : ` ${cell(`${at}.riskLeftMinor`, 'money')} left at risk.`;
      const weight = position?.weightPercent === null || position?.weightPercent === undefined ? '' : ` ${cell(`${at}.weightPercent`, 'percent')} of equity.`;
      return `${cell(`${at}.quantity`, 'quantity')} ${cell(`${at}.symbol`, 'text')} in ${cell(`${at}.account`, 'text')} at ${cell(`${at}.averagePrice`, 'price')}, ${worth}${today}. ${stop}${risk}${weight}`;
    });
    const event = call.output.nextEvents.findIndex((each) => each.symbol === symbol);
    const next = event < 0 ? '' : `\n${call.output.nextEvents[event]?.kind === 'RESULTS' ? 'Results' : 'Event'} ${awayWords(call, `nextEvents.${event}`, call.output.nextEvents[event]?.tradingDaysAway ?? null)}.`;
    const late = await notWorkedInNote(context, { symbol });
    return draft([`${lines.join('\n')}${next}`, late.text].filter(Boolean).join('\n'), { choices: [...(late.choices ?? []), choice('Its story', `audit of the ${symbol} trade`), choice(`Exit ${symbol}`, `exit ${symbol}`)] });
  },

  async cash(context) {
    const call = await read(context, portfolioState, scopeOf(context));
    if (!call.ok) return refusalDraft(call);
    const cell = cells(call);
    const { totals, missing, accounts: own } = call.output;
    const several = own.length > 1;
    const where = several ? `${cell('totals.accounts', 'count')} accounts` : cell('accounts.0.name', 'text');
    if (totals.cashMinor === null) return draft(`The cash in ${where} is not known.${reasonsOf(call, 'missing', missing.length)}`, { parts: several ? [accountTable(call)] : [] });
    if (context.intent.measure === 'reserved') return draft(totals.reservedMinor === null ? `How much is reserved in ${where} is not known.` : totals.reservedMinor === 0 ? `Nothing is reserved in ${where}: no entry is on its way.` : `${cell('totals.reservedMinor', 'money')} is reserved in ${where} for entries on their way, of ${cell('totals.cashMinor', 'money')} cash.`, { parts: several ? [accountTable(call)] : [], choices: [choice('Open orders', 'open orders')] });
    const free = totals.deployableMinor === null ? 'how much of it is free is not known' : `${cell('totals.deployableMinor', 'money')} of it free to deploy`;
    const reserved = totals.reservedMinor ? ` ${cell('totals.reservedMinor', 'money')} is spoken for by entries on their way.` : '';
    return draft(`${cell('totals.cashMinor', 'money')} cash in ${where}, ${free}.${reserved}${reasonsOf(call, 'missing', missing.length)}`, { parts: several ? [accountTable(call)] : [], choices: [choice('What keeps the rest', '/treasury'), ...otherAccounts(context, 'cash')] });
  },

  async exposure(context) {
    const { sector } = context.intent;
    const call = await read(context, exposure, { ...scopeOf(context), ...(sector === undefined ? {} : { sector }) });
    if (!call.ok) return refusalDraft(call);
    const cell = cells(call);
    const { sectors, symbols, total, reasons, currency, accounts: own } = call.output;
    const sign = signOf(currency);
    const columns = [words('name', 'Name'), ...(own.length > 1 ? [words('account', 'Account')] : []), figures('value', 'Value', sign), figures('percent', 'Of equity', '%'), figures('limitPercent', 'Limit', '%'), figures('headroom', 'Room', sign)];
    const where = own.length === 1 ? ` in ${cell('accounts.0.account', 'text')}` : '';
    if (sector !== undefined) {
      if (symbols.length === 0) return draft(`Nothing is held or on order in ${cell('sector', 'text')}${where}.${reasonsOf(call, 'reasons', reasons.length)}`);
      const limit = sectors[0] ? ` The limit is ${cell('sectors.0.limitPercent', 'percent')}.` : '';
      const share = total?.percent === null || total?.percent === undefined ? '' : `, ${cell('total.percent', 'percent')} of equity`;
      return draft(`${cell('total.valueMinor', 'money')} in ${cell('sector', 'text')}${share}${where}.${limit}${reasonsOf(call, 'reasons', reasons.length)}`, { parts: [table(call, 'symbols', 'Symbols', columns)] });
    }
    const [largest] = sectors.map((use, index) => ({ use, index })).sort((a, b) => (b.use.percent ?? 0) - (a.use.percent ?? 0));
    if (!largest) return draft(`Nothing is held or on order${where}, so there is no exposure.${reasonsOf(call, 'reasons', reasons.length)}`);
    const at = `sectors.${largest.index}`;
    const share = largest.use.percent === null ? 'its share of equity is not known' : `${cell(`${at}.percent`, 'percent')} of equity; the limit is ${cell(`${at}.limitPercent`, 'percent')}`;
    const room = largest.use.headroomMinor === null ? '' : largest.use.headroomMinor > 0 ? `, ${cell(`${at}.headroomMinor`, 'money')} more fits` : ', nothing more fits';
    return draft(`Largest sector${where}: ${cell(`${at}.name`, 'text')}${own.length > 1 ? ` in ${cell(`${at}.account`, 'text')}` : ''}, ${share}${room}.${reasonsOf(call, 'reasons', reasons.length)}`, { parts: [table(call, 'sectors', 'By sector', columns), table(call, 'symbols', 'By symbol', columns)] });
  },

  async accounts(context) {
    const call = await read(context, accounts, {});
    if (!call.ok) return refusalDraft(call);
    const cell = cells(call);
    const sign = signOf(call.output.currency);
    const using = context.account ? call.output.accounts.findIndex((account) => account.accountId === context.account?.accountId) : -1;
    const inForce = call.output.count > 1 ? (using >= 0 ? ` You are working in ${cell(`accounts.${using}.name`, 'text')}.` : ' None is in force: name one, or switch to it.') : '';
    return draft(`${cell('count', 'count')} ${many(call.output.count, 'account')}.${inForce}${reasonsOf(call, 'reasons', call.output.reasons.length)}`, {
      parts: [table(call, 'accounts', 'Accounts', [words('name', 'Account'), words('type', 'Type'), words('mode', 'Mode'), words('state', 'Entries'), figures('equity', 'Equity', sign), figures('cash', 'Cash', sign), figures('deployable', 'To deploy', sign), figures('positions', 'Positions')])],
      choices: call.output.accounts.slice(0, 5).map(({ name }) => choice(`Switch to ${name}`, `switch to ${name}`)),
    });
  },

  async switch_account(context) {
    const wanted = context.accounts.find((account) => account.name.toLowerCase() === context.intent.account.toLowerCase());
    if (!wanted) return draft('There is no such account.', { choices: context.accounts.map(({ name }) => choice(name, `switch to ${name}`)) });
    const call = await read(context, portfolioState, { account: wanted.accountId });
    if (!call.ok) return refusalDraft(call);
    context.remember({ lastAccount: wanted.name });
    const cell = cells(call);
    const { totals, missing } = call.output;
    const equity = totals.equityMinor === null ? 'equity not known' : `${cell('totals.equityMinor', 'money')} equity`;
    const free = totals.deployableMinor === null ? 'deployable cash not known' : `${cell('totals.deployableMinor', 'money')} to deploy`;
    return draft(`Working in ${cell('accounts.0.name', 'text')}: ${equity}, ${free}, ${cell('totals.positions', 'count')} ${many(totals.positions, 'position')}.${reasonsOf(call, 'missing', missing.length)}`, { choices: wanted.canPropose ? [] : [choice('What may I do', 'accounts')] });
  },
};
