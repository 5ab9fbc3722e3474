import type { z } from 'zod';
import { mandate, proposeMandateChange } from '../../tools/mandate.ts';
import { proposeDeposit, proposeTransfer, proposeWithdrawal } from '../../tools/propose-cash.ts';
import { cashFlows } from '../../tools/cash-flows.ts';
import { treasury } from '../../tools/treasury.ts';
import type { Draft } from '../define.ts';
import type { AnswerTable } from './define.ts';
import { proposed, refusalDraft } from './proposal-draft.ts';
import { accountFor, cells, choice, draft, figures, many, namedScope, type Read, read, reasonsOf, scopeOf, signOf, table, whichAccount, words } from './wording.ts';

/** The person's own amount as they would say it again. */
const said = (amountMinor: number): string => String(amountMinor / 100);
const noAccount = (): Draft => draft('You may propose on no account.');

/** Instalments and tranches that were let out, and what is due and was not. */
function paidDraft(call: Read<z.output<(typeof treasury)['output']>>, part: 'TRANCHE' | 'INSTALMENT' | undefined): Draft {
  const cell = cells(call);
  const { paid, dueCount, currency, fundingLines } = call.output;
  const of = (kind: 'TRANCHE' | 'INSTALMENT'): string[] => paid.flatMap((each, index) => (each.kind === kind ? [`${cell(`paid.${index}.on`, 'date')} ${cell(`paid.${index}.amountMinor`, 'money')} in ${cell(`paid.${index}.account`, 'text')} (${kind === 'TRANCHE' ? 'tranche' : 'instalment'} ${cell(`paid.${index}.number`, 'count')})`] : []));
  const [instalments, tranches] = [of('INSTALMENT'), of('TRANCHE')];
  // A tranche that is due may be used without anybody's yes.
  const out = fundingLines.flatMap((line, index) => (line.kind === 'TRANCHE' && line.shown === 'out' && !paid.some((each) => each.kind === 'TRANCHE' && each.account === line.account && each.number === line.number) ? [`${cell(`fundingLines.${index}.amountMinor`, 'money')} in ${cell(`fundingLines.${index}.account`, 'text')} (tranche ${cell(`fundingLines.${index}.number`, 'count')})`] : []));
  const due = dueCount > 0 ? ` ${cell('dueCount', 'count')} ${many(dueCount, 'is', 'are')} due and not paid yet, ${cell('dueMinor', 'money')}.` : '';
  const first = part === 'TRANCHE' ? '' : `${instalments.length === 0 ? 'No instalment has been paid so far' : `${cell('paidCount', 'count')} ${many(instalments.length, 'instalment')} paid so far, ${cell('paidMinor', 'money')}: ${instalments.length > 3 ? 'the last ' : ''}${instalments.slice(-3).join(', ')}`}.${due}`;
  const released = part === 'INSTALMENT' ? '' : `${tranches.length + out.length === 0 ? 'No tranche is out yet' : `Tranches out: ${[...tranches, ...out].join(', ')}`}.`;
  return draft([first, released].filter(Boolean).join(' '), { parts: paid.length > 0 ? [table(call, 'paid', 'Let out so far', [words('on', 'On'), words('account', 'Account'), words('kind', 'Kind'), figures('number', 'No.'), figures('amount', 'Amount', signOf(currency))])] : [] });
}

export const treasuryAnswers: AnswerTable = {
  async treasury(context) {
    const call = await read(context, treasury, scopeOf(context));
    if (!call.ok) return refusalDraft(call);
    const cell = cells(call);
    const { totals, currency, accounts, reasons } = call.output;
    const sign = signOf(currency);
    const several = accounts.length > 1;
    const where = several ? `${cell('totals.accounts', 'count')} accounts` : cell('accounts.0.account', 'text');
    const kept = [
      totals.bufferMinor ? `${cell('totals.bufferMinor', 'money')} buffer` : '', totals.heldBackMinor ? `${cell('totals.heldBackMinor', 'money')} in tranches that are not out yet` : '', totals.reservedMinor ? `${cell('totals.reservedMinor', 'money')} for entries on their way` : '',
    ].filter(Boolean).join(', ');
    const free = totals.deployableMinor === null ? 'how much of it is free is not known' : `${cell('totals.deployableMinor', 'money')} to deploy`;
    const first = totals.cashMinor === null ? `The cash in ${where} is not known.` : `${cell('totals.cashMinor', 'money')} cash in ${where}, ${free}.${kept && totals.deployableMinor !== null ? ` Kept back: ${kept}.` : ''}`;
    const put = totals.depositedMinor === null || totals.equityMinor === null ? '' : ` Put in ${cell('totals.depositedMinor', 'money')}, worth ${cell('totals.equityMinor', 'money')} now.`;
    return draft(`${first}${put}${reasonsOf(call, 'reasons', reasons.length)}`, {
      parts: [table(call, 'table', 'Treasury', [words('account', 'Account'), figures('cash', 'Cash', sign), figures('deployable', 'To deploy', sign), figures('keptBack', 'Kept back', sign), figures('invested', 'Invested', sign), figures('deposited', 'Put in', sign), figures('equity', 'Equity', sign)])],
      choices: [choice('Funding plan', 'funding plan')],
    });
  },

  async cash_flows(context) {
    const { direction, period, by } = context.intent;
    const call = await read(context, cashFlows, { ...namedScope(context), ...(direction ? { direction } : {}), ...(period ? { period } : {}) });
    if (!call.ok) return refusalDraft(call);
    const cell = cells(call);
    const { inMinor, inCount, outMinor, outCount, openingMinor, netMinor, lines, currency, accounts } = call.output;
    const where = `${cell('period.label', 'text')}${accounts.length === 1 ? ` in ${cell('accounts.0', 'text')}` : ''}`;
    const opening = openingMinor ? `, ${cell('openingMinor', 'money')} of it opening balances` : '';
    const put = inCount === 0 ? `Nothing was put in ${where}` : `Put in ${cell('inMinor', 'money')} in ${cell('inCount', 'count')} ${many(inCount, 'part')} ${where}${opening}`;
    const taken = outCount === 0 ? 'nothing was taken out' : `taken out ${cell('outMinor', 'money')} in ${cell('outCount', 'count')} ${many(outCount, 'part')}`;
    if (by === 'account' && accounts.length > 1) {
      const key = direction === 'OUT' ? 'out' : direction === 'IN' ? 'in' : 'net';
      const each = call.output.byAccount.map((_, index) => `${cell(`byAccount.${index}.account`, 'text')} ${cell(`byAccount.${index}.${key}Minor`, key === 'net' ? 'signed_money' : 'money')}`).join(', ');
      const sign = signOf(currency);
      return draft(`${direction === 'OUT' ? 'Taken out' : direction === 'IN' ? 'Put in' : 'Put in less taken out'} ${cell('period.label', 'text')}: ${each}. Together ${inMinor === null ? 'there is no sum, for the currencies differ' : cell(key === 'out' ? 'outMinor' : key === 'in' ? 'inMinor' : 'netMinor', key === 'net' ? 'signed_money' : 'money')}${opening && direction !== 'OUT' ? `${opening}` : ''}.`, { parts: [table(call, 'byAccount', 'By account', [words('account', 'Account'), figures('in', 'In', sign), figures('out', 'Out', sign), figures('net', 'Net', sign)])], choices: [choice('Each movement', direction === 'OUT' ? 'withdrawals' : 'deposits')] });
    }
    const last = lines[0] ? ` Last: ${cell('lines.0.amountMinor', 'signed_money')}, ${cell('lines.0.what', 'text')} in ${cell('lines.0.account', 'text')}, ${cell('lines.0.when', 'text')}.` : '';
    const first = inMinor === null || outMinor === null ? 'The accounts are in different currencies, so there is no sum.' : direction === 'OUT' ? `${outCount === 0 ? 'Nothing was taken out' : `Taken out ${cell('outMinor', 'money')} in ${cell('outCount', 'count')} ${many(outCount, 'part')}`} ${where}.` : direction === 'IN' ? `${put}.` : `${put}; ${taken}; net ${cell('netMinor', 'signed_money')}.`;
    return draft(`${first}${netMinor === null ? '' : last}`, { parts: lines.length > 0 ? [table(call, 'lines', 'Money in and out', [words('when', 'When'), words('account', 'Account'), words('what', 'What'), figures('amount', 'Amount', signOf(currency))])] : [], choices: [choice('Treasury', '/treasury')] });
  },

  async funding_plan(context) {
    const call = await read(context, treasury, namedScope(context));
    if (!call.ok) return refusalDraft(call);
    const cell = cells(call);
    const { funding, fundingLines, currency } = call.output;
    if (funding.length === 0) return draft('There is no funding plan.', { choices: [choice('Treasury', '/treasury')] });
    const sign = signOf(currency);
    const planTable = table(call, 'fundingLines', 'Funding plan', [words('account', 'Account'), words('kind', 'Kind'), figures('number', 'No.'), figures('amount', 'Amount', sign), words('dueDate', 'Date'), words('shown', 'State'), words('waitsFor', 'Waits for')]);
    const { number } = context.intent;
    if (number !== undefined) {
      const lines = fundingLines.flatMap((line, index) => (line.number === number ? [index] : []));
      if (lines.length === 0) return draft(`No funding plan has a part with the number {{said:${number}}}.`, { parts: [planTable] });
      return draft(lines.map((index) => {
        const line = fundingLines[index];
        const at = `fundingLines.${index}`;
        const name = `${line?.kind === 'TRANCHE' ? 'Tranche' : 'Instalment'} ${cell(`${at}.number`, 'count')} of ${cell(`${at}.account`, 'text')}, ${cell(`${at}.amountMinor`, 'money')}`;
        if (line?.state !== 'waits') return `${name}, is out: ${cell(`${at}.shown`, 'text')}.`;
        return line.dueDate === null ? `${name}, has no day: it waits for ${cell(`${at}.waitsFor`, 'text')}.` : `${name}, is due on ${cell(`${at}.dueDate`, 'date')}.`;
      }).join(' '), { parts: [planTable] });
    }
    const { part, count, done } = context.intent;
    if (done) return paidDraft(call, part);
    if (count !== undefined) {
      const { coming } = call.output;
      if (coming.length === 0) return draft('No further instalment is planned.', { parts: [planTable] });
      const several = new Set(coming.map(({ account }) => account)).size > 1;
      const shown = coming.slice(0, count);
      return draft(`Next ${many(shown.length, 'instalment')}: ${shown.map((_, index) => `${cell(`coming.${index}.dueDate`, 'date')} ${cell(`coming.${index}.amountMinor`, 'money')}${several ? ` in ${cell(`coming.${index}.account`, 'text')}` : ''}`).join(', ')}${several ? '' : ` in ${cell('coming.0.account', 'text')}`}.${shown.length < count ? ' No more are planned that far.' : ''}`, { parts: [planTable] });
    }
    if (part !== undefined && !fundingLines.some(({ kind: of }) => of === part)) return draft(`No ${part.toLowerCase()} is planned.`, { parts: [planTable] });
    const dated = fundingLines.map((line, index) => ({ line, index })).filter(({ line }) => line.state === 'waits' && (part === undefined || line.kind === part)).sort((a, b) => ((a.line.dueDate ?? '9999') < (b.line.dueDate ?? '9999') ? -1 : 1));
    const [next] = dated;
    const kind = (index: number): string => (fundingLines[index]?.kind === 'TRANCHE' ? 'tranche' : 'instalment');
    const of = (index: number): string => `${kind(index)} ${cell(`fundingLines.${index}.number`, 'count')} of ${cell(`fundingLines.${index}.account`, 'text')}`;
    const first = !next ? part === 'INSTALMENT' ? 'No further instalment is planned.' : 'Nothing more is to come: every tranche is out.' : next.line.dueDate === null ? `Next: ${cell(`fundingLines.${next.index}.amountMinor`, 'money')}, ${of(next.index)}, waits for ${cell(`fundingLines.${next.index}.waitsFor`, 'text')}.` : `Next: ${cell(`fundingLines.${next.index}.amountMinor`, 'money')} on ${cell(`fundingLines.${next.index}.dueDate`, 'date')}, ${of(next.index)}.`;
    const allowances = funding.flatMap((plan, index) => (plan.allowance ? [` ${cell(`funding.${index}.account`, 'text')}: ${cell(`funding.${index}.allowance.availableMinor`, 'money')} of the running instalment is not deployed yet.`] : [])).join('');
    const left = part === 'TRANCHE' ? '' : funding.flatMap((plan, index) => (plan.comingCount > 0 ? [` ${cell(`funding.${index}.comingCount`, 'count')} ${many(plan.comingCount, 'instalment', 'instalments')} of ${cell(`funding.${index}.account`, 'text')} ${many(plan.comingCount, 'is', 'are')} still to come.`] : [])).join('');
    return draft(`${first}${allowances}${left}`, {
      parts: [planTable],
    });
  },

  async transfer(context) {
    const { amountMinor, from, to } = context.intent;
    const others = context.accounts.filter((account) => account.canPropose && account.name.toLowerCase() !== to.toLowerCase());
    const [only] = others;
    if (!only) return noAccount();
    if (from === undefined && others.length > 1) return draft('From which account?', { choices: others.map(({ name }) => choice(name, `transfer ${said(amountMinor)} from ${name} to ${to}`)) });
    return proposed(context, await read(context, proposeTransfer, { from: from ?? only.name, to, amountMinor }));
  },
  async deposit(context) {
    const { amountMinor } = context.intent;
    const ask = whichAccount(context, (account) => `deposit ${said(amountMinor)} to ${account}`);
    const account = accountFor(context);
    return ask ?? (account === undefined ? noAccount() : proposed(context, await read(context, proposeDeposit, { account, amountMinor })));
  },
  async withdraw(context) {
    const { amountMinor } = context.intent;
    const ask = whichAccount(context, (account) => `withdraw ${said(amountMinor)} from ${account}`);
    const account = accountFor(context);
    return ask ?? (account === undefined ? noAccount() : proposed(context, await read(context, proposeWithdrawal, { account, amountMinor })));
  },

  async mandate_show(context) {
    if (!context.account && context.accounts.length > 1) {
      const lines: string[] = [];
      for (const { accountId } of context.accounts) {
        const call = await read(context, mandate, { account: accountId });
        lines.push(call.ok ? `${cells(call)('account', 'text')}: ${cells(call)('summary', 'text')}` : refusalDraft(call).text);
      }
      return draft(`${lines.length === 0 ? 'There is no account.' : lines.join('\n')}`, { choices: context.accounts.map(({ name }) => choice(`Mandate of ${name}`, `show the ${name} mandate`)) });
    }
    const call = await read(context, mandate, scopeOf(context));
    if (!call.ok) return refusalDraft(call);
    const cell = cells(call);
    const assumed = call.output.assumptions.length;
    return draft(`${cell('account', 'text')}, version ${cell('version', 'count')}: ${cell('summary', 'text')}${assumed > 0 ? `\nAssumed:${reasonsOf(call, 'assumptions', assumed)}` : ''}`, {
      parts: [table(call, 'lines', 'Mandate', [words('setting', 'Rule'), words('value', 'Set to')])], choices: [choice('Limits and what is used', '/limits')],
    });
  },

  async mandate_change(context) {
    const { setting, value } = context.intent;
    const able = context.accounts.filter((account) => account.canPropose);
    const account = accountFor(context);
    if (account === undefined) return noAccount();
    if (!context.account && able.length > 1) return draft(`In which account? Say it again with its name; there ${many(able.length, 'is', 'are')} ${able.map(({ name }) => name).join(', ')}.`, { choices: able.map(({ name }) => choice(`Switch to ${name}`, `switch to ${name}`)) });
    return proposed(context, await read(context, proposeMandateChange, { account, setting, value }));
  },
};
