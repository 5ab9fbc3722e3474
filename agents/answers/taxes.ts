import type { z } from 'zod';
import { capitalGains } from '../../tools/capital-gains.ts';
import type { Draft } from '../define.ts';
import type { AnswerTable } from './define.ts';
import { refusalDraft } from './proposal-draft.ts';
import { cells, choice, draft, figures, many, namedScope, type Read, read, signOf, table, words } from './wording.ts';

type Gains = Read<z.output<(typeof capitalGains)['output']>>;
const keys = { SHORT: 'short', LONG: 'long', SAME_DAY: 'sameDay' } as const;
const names = { SHORT: 'Short-term', LONG: 'Long-term', SAME_DAY: 'Same-day' } as const;

/** "in SIP" where it is one of several, "in 3 accounts together" where it is all of them. */
const whereOf = (call: Gains, all: number): string => (all < 2 ? '' : call.output.accounts.length === 1 ? ` in ${cells(call)('accounts.0', 'text')}` : ' in all accounts');
const ofSymbol = ({ output: { symbol } }: Gains): string => (symbol === null ? '' : ` on ${symbol}`);
const lotTable = (call: Gains) => table(call, 'open', 'Lots held', [words('symbol', 'Symbol'), words('account', 'Account'), figures('quantity', 'Qty'), words('openedOn', 'Bought'), figures('price', 'Price', signOf(call.output.currency)), figures('gain', 'Gain', signOf(call.output.currency)), words('termText', 'Now'), words('longFrom', 'Long-term from')]);
const soldTable = (call: Gains) => table(call, 'closed', 'Lots sold', [words('symbol', 'Symbol'), words('account', 'Account'), figures('quantity', 'Qty'), words('openedOn', 'Bought'), words('closedOn', 'Sold'), figures('holdingDays', 'Days'), words('termText', 'Term'), figures('cost', 'Cost', signOf(call.output.currency)), figures('proceeds', 'Proceeds', signOf(call.output.currency)), figures('gain', 'Gain', signOf(call.output.currency))]);

/** What is free of tax, what was the same day's, and options: named where there was any. */
function besides(call: Gains): string {
  const cell = cells(call);
  const { sameDay, options } = call.output;
  return [sameDay.count > 0 ? ` Sold the day it was bought: ${cell('sameDay.gainMinor', 'signed_money')}, business income by the person’s own rate.` : '', options.count > 0 ? ` Options: ${cell('options.gainMinor', 'signed_money')}, business income too.` : ''].join('');
}
function taxWords(call: Gains): string {
  const cell = cells(call);
  const { tax } = call.output;
  if (!tax.known) return ` The tax is not known: ${cell('tax.reason', 'text')}.`;
  const on = [tax.taxedShortMinor > 0 ? `${cell('tax.taxedShortMinor', 'money')} short-term` : '', tax.taxedLongMinor > 0 ? `${cell('tax.taxedLongMinor', 'money')} long-term` : ''].filter(Boolean).join(' and ');
  const free = tax.freeMinor > 0 ? `; ${cell('tax.freeMinor', 'money')} of long-term gains is free of tax` : '';
  return tax.minor === 0 ? ` No tax is owed on it${free}.` : ` Tax on it: ${cell('tax.minor', 'money')} with cess, on ${on}${free}.`;
}
const note = 'First in, first out. Gains are after charges; for the tax STT is not deducted. Losses are set off within the year, none is carried over, no surcharge. Not tax advice.';

/** Gains by how long what was sold was held, the tax on them, and the lots held. */
export const taxAnswers: AnswerTable = {
  async capital_gains(context) {
    const { term, tax, symbol, period } = context.intent;
    const call = await read(context, capitalGains, { ...namedScope(context), ...(symbol === undefined ? {} : { symbol }), ...(period ? { period } : {}) });
    if (!call.ok) return refusalDraft(call);
    const cell = cells(call);
    const { short, long, sameDay, closed, options } = call.output;
    const label = `${ofSymbol(call)} ${cell('period.label', 'text')}${whereOf(call, context.accounts.length)}`;
    const parts = closed.length > 0 ? [soldTable(call)] : [];
    const choices = [choice('Lots held', '/lots')];
    if (short.count + long.count + sameDay.count + options.count === 0) return draft(`Nothing was sold${label}, so there is no gain and no tax on it.`, { choices, note });
    const group = (of: 'SHORT' | 'LONG' | 'SAME_DAY'): string => { const { count, gainMinor } = call.output[keys[of]]; return `${gainMinor < 0 ? 'loss' : 'gain'} ${cell(`${keys[of]}.gainMinor`, 'signed_money')} (${cell(`${keys[of]}.count`, 'count')} ${many(count, 'lot')})`; };
    const none = (of: 'SHORT' | 'LONG' | 'SAME_DAY'): boolean => call.output[keys[of]].count === 0;
    if (term !== undefined && !tax) return draft(none(term) ? `Nothing ${names[term].toLowerCase()} was sold${label}: no ${names[term].toLowerCase()} gain or loss.` : `${names[term]} ${group(term)}${label}.`, { parts, choices: [choice('The tax on it', 'tax owed so far'), ...choices], note });
    const gains = `short-term ${none('SHORT') ? 'nothing' : group('SHORT')}, long-term ${none('LONG') ? 'nothing' : group('LONG')}`;
    if (tax) return draft(`${taxFirst(call, label)} Sold: ${gains}.${besides(call)}`, { parts, choices, note });
    return draft(`Capital gains${label}: ${gains}, together ${cell('totalMinor', 'signed_money')}.${taxWords(call)}${besides(call)}`, { parts, choices, note });
  },

  async tax_lots(context) {
    const { term, turning, symbol, period, order } = context.intent;
    const call = await read(context, capitalGains, { ...namedScope(context), ...(symbol === undefined ? {} : { symbol }), ...(turning && period ? { turning: { from: period.from, to: period.to } } : {}) });
    if (!call.ok) return refusalDraft(call);
    const at = order === 'NEWEST' ? call.output.open.length - 1 : 0;
    if (order !== undefined && call.output.open[at]) return draft(`${order === 'OLDEST' ? 'Oldest' : 'Newest'} lot held: ${lotLine(call, at)}${call.output.open[at].gainMinor === null ? '' : `, ${cells(call)(`open.${at}.gainMinor`, 'signed_money')} so far`}; ${call.output.open[at].term === 'LONG' ? 'long-term' : call.output.open[at].longFrom === null ? 'short-term' : `long-term from ${cells(call)(`open.${at}.longFrom`, 'date')}`}.`, { parts: [lotTable(call)], choices: [choice('What was sold', '/gains')] });
    return lotsDraft(call, { term, turning: turning === true, period: period?.label, accounts: context.accounts.length });
  },
};

/** "Tax owed this FY in all accounts: ₹12,345 with cess, on …". */
function taxFirst(call: Gains, label: string): string {
  const cell = cells(call);
  const { tax } = call.output;
  if (!tax.known) return `The tax${label} is not known: ${cell('tax.reason', 'text')}.`;
  const on = [tax.taxedShortMinor > 0 ? `${cell('tax.taxedShortMinor', 'money')} short-term` : '', tax.taxedLongMinor > 0 ? `${cell('tax.taxedLongMinor', 'money')} long-term` : ''].filter(Boolean).join(' and ');
  const free = tax.freeMinor > 0 ? ` ${cell('tax.freeMinor', 'money')} of long-term gains is free of tax.` : '';
  return tax.minor === 0 ? `No tax is owed on gains${label}.${free}` : `Tax owed on gains${label}: ${cell('tax.minor', 'money')} with cess, on ${on}.${free}`;
}

const lotLine = (call: Gains, index: number): string => { const cell = cells(call); return `${cell(`open.${index}.quantity`, 'quantity')} ${cell(`open.${index}.symbol`, 'text')} in ${cell(`open.${index}.account`, 'text')}, bought on ${cell(`open.${index}.openedOn`, 'date')}`; };

function lotsDraft(call: Gains, { term, turning, period, accounts }: { term?: 'SHORT' | 'LONG' | undefined; turning: boolean; period: string | undefined; accounts: number }): Draft {
  const cell = cells(call);
  const { open, openCount, shortCount, next, symbol } = call.output;
  const of = symbol === null ? '' : ` of ${symbol}`;
  const where = whereOf(call, accounts);
  const choices = [choice('What was sold', '/gains')];
  const line = (index: number): string => lotLine(call, index);
  const turns = (index: number): string => `${line(index)}: long-term from ${cell(`open.${index}.longFrom`, 'date')}`;
  if (openCount === 0) return draft(turning && period !== undefined ? `No lot${of} turns long-term {{said:${period}}}${where}.` : `No lot${of} is held${where}.`, { choices });
  if (turning) {
    if (period === undefined && next === null) return draft(`Every lot${of} that is held${where} is long-term by now.`, { parts: [lotTable(call)], choices });
    const shown = period === undefined ? open.map((_, index) => index).slice(next?.at ?? 0, (next?.at ?? 0) + 3) : open.map((_, index) => index).slice(0, 5);
    return draft(`${period === undefined ? `Next${of}${where}` : `${cell('openCount', 'count')} ${many(openCount, 'lot turns', 'lots turn')} long-term${of} {{said:${period}}}${where}`}: ${shown.map(turns).join('; ')}.`, { parts: [lotTable(call)], choices, note: 'Long-term after more than twelve months (Income-tax Act, section 2(42A)).' });
  }
  if (term !== undefined) {
    const indices = open.flatMap((lot, index) => (lot.term === term ? [index] : []));
    const told = indices.slice(0, 5).map(line).join('; ');
    return draft(indices.length === 0 ? `No lot${of} that is held${where} is ${term === 'LONG' ? 'long-term yet' : 'short-term any more'}.${next !== null && term === 'LONG' ? ` Next: ${turns(next.at)}.` : ''}` : `${term === 'LONG' ? cell('longCount', 'count') : cell('shortCount', 'count')} ${many(indices.length, 'lot')}${of}${where} ${many(indices.length, 'is', 'are')} ${term === 'LONG' ? 'long-term' : 'short-term'}: ${told}.`, { parts: [lotTable(call)], choices });
  }
  return draft(`${cell('openCount', 'count')} ${many(openCount, 'lot')}${of} held${where}, ${cell('longCount', 'count')} long-term${shortCount > 0 && next !== null ? `; next to turn long-term: ${turns(next.at)}` : ''}.`, { parts: [lotTable(call)], choices });
}
