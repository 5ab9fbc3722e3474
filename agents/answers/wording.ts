import type { z } from 'zod';
import type { Tool } from '../../tools/define.ts';
import type { Draft, DraftPart, FigureFormat, TurnCall } from '../define.ts';
import type { Choice, Column } from '../vocabulary.ts';
import type { AnswerSetting } from './define.ts';

export type Read<O> = Extract<TurnCall<O>, { ok: true }>;

/** Calls a tool by its value, so that what goes in and comes out is typed. */
export const read = <I extends z.ZodType, O extends z.ZodType>({ tools }: AnswerSetting, tool: Tool<I, O>, input: z.input<I>): Promise<TurnCall<z.output<O>>> => tools.call<z.output<O>>(tool.name, withoutUndefined(input));
const withoutUndefined = (input: unknown): unknown => (typeof input === 'object' && input !== null ? Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) : input);

/** Writes references to cells of a call: `cell('totals.equityMinor', 'money')`. */
export const cells = ({ call }: { call: string }) => (path: string, format: FigureFormat): string => `{{${call}.${path}|${format}}}`;

type Align = 'left' | 'right';
const column = (align: Align) => (key: string, title: string, unit?: string): Column => ({ key, title, align, ...(unit === undefined ? {} : { unit }) });
export const words = column('left');
export const figures = column('right');
export const signOf = (currency: 'INR' | 'USD'): string => (currency === 'INR' ? '₹' : '$');
export const table = ({ call }: { call: string }, path: string, title: string, columns: Column[]): DraftPart => ({ type: 'table', title, columns, call, path });

/** The account that a read is about: the one meant, or all. */
export const scopeOf = ({ account }: AnswerSetting): { account?: string } => (account ? { account: account.accountId } : {});
/** The account that this very message named, or all: what waits, what is stopped and what was done must not be hidden by an account in force. */
export const namedScope = ({ account, intent }: Pick<AnswerSetting, 'account'> & { intent: object }): { account?: string } => ('account' in intent && intent.account !== undefined && account ? { account: account.accountId } : {});
/** Where an account is in force that this message did not name: the way to all of them. */
export const otherAccounts = ({ account, accounts, intent }: Pick<AnswerSetting, 'account' | 'accounts'> & { intent: { account?: string | undefined } }, command: string): Choice[] =>
  (account && accounts.length > 1 && intent.account === undefined ? [choice('All accounts', `${command} in all accounts`)] : []);
export const many = (count: number, one: string, several = `${one}s`): string => (count === 1 ? one : several);
/** Sentences that the tool gave for what is missing, by reference. */
export const reasonsOf = (call: { call: string }, path: string, count: number): string => Array.from({ length: count }, (_, index) => ` ${cells(call)(`${path}.${index}`, 'text')}`).join('');
export const draft = (text: string, { parts = [], choices = [], note }: { parts?: DraftPart[]; choices?: Choice[]; note?: string } = {}): Draft => ({ text, parts, ...(choices.length > 0 ? { choices } : {}), ...(note === undefined ? {} : { note }) });
export const choice = (label: string, command = label): Choice => ({ label, command });

/** Asks for the account where several could be meant; the choices say the whole command again. Null where it is clear. */
export function whichAccount(context: AnswerSetting, command: (account: string) => string): Draft | null {
  const able = context.accounts.filter((account) => account.canPropose);
  return context.account || able.length <= 1 ? null : draft('In which account?', { choices: able.map(({ name }) => choice(name, command(name))) });
}
/** The account to propose on, where it is clear. */
export const accountFor = (context: AnswerSetting): string | undefined => (context.account ?? context.accounts.find((account) => account.canPropose))?.name;
