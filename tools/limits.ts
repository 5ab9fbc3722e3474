import { z } from 'zod';
import { listAccounts } from '../db/stores/accounts.ts';
import { killSwitches, type StoredSwitch } from '../db/stores/controls.ts';
import type { Minor } from '../desk/decimal.ts';
import { formatCount, formatPercent } from '../desk/format.ts';
import { asPercent } from '../desk/gates/figures.ts';
import { type AccountBook, accountBooks, sumKnown } from './book/account-book.ts';
import { type AccountExposure, exposureOf } from './book/exposure-lines.ts';
import { type GateLimits, gateLimitsOf, tighterOf } from './book/gate-limits.ts';
import { momentOf } from './book/moment.ts';
import { accountsInScope, commonCurrency } from './book/scope.ts';
import { defineTool } from './define.ts';

const Figure = z.number().nullable();
const Source = z.enum(['mandate', 'account', 'desk', 'funding plan']).describe('account: confirmed for this account alone');
const Limit = z.object({
  account: z.string(), limit: z.string(), of: z.string().nullable().describe('the symbol or sector that is closest to it'),
  unit: z.enum(['minor', '%', 'positions']), used: Figure, allowed: Figure, headroom: Figure, usedPercent: Figure.describe('how much of the limit is used'), source: Source,
  /** The same in whole currency where the unit is minor ones, for tables. */
  usedShown: Figure, allowedShown: Figure, headroomShown: Figure, unitShown: z.string(),
});
const Rule = z.object({ account: z.string(), rule: z.string(), value: z.string(), source: Source });
/** What may be lost in a day before the switch trips, and what has been. Minor units; null where it is not known. */
const DailyLoss = z.object({ scope: z.string(), thresholdPercent: z.number().nullable().describe('null: the switch counts money'), allowedMinor: Figure, lostMinor: Figure, leftMinor: Figure.describe('zero or less: reached') });
const Output = z.object({ asOf: z.string(), currency: z.enum(['INR', 'USD']), limits: z.array(Limit), closest: Limit.nullable(), rules: z.array(Rule), dailyLoss: z.array(DailyLoss).describe('of every armed daily loss switch in scope; the whole desk’s only for whoever sees all of it'), reasons: z.array(z.string()) });
type Limit = z.infer<typeof Limit>;

/** Every limit that has a measure, with what is used of it, the closest first in each account, and the rules that have none. Errors: `NO_SUCH_ACCOUNT`. */
export const limits = defineTool({
  name: 'limits', purpose: 'Every limit of the mandate and of the gates, as it holds for the account: what is used, what is allowed, what is left', effect: 'read', permission: 'account:read',
  input: z.object({ account: z.string().optional() }), output: Output,
  run: async (context, input) => {
    const { services } = context;
    const accounts = await accountsInScope(context, input.account);
    const moment = momentOf({ ...context, caller: withoutPast(context.caller) });
    const books = await accountBooks(services, { accounts, moment });
    const lines: Limit[] = [];
    for (const book of books) lines.push(...limitsOf(book, await exposureOf(services, book, moment), gateLimitsOf(services, book.account.id)).sort((a, b) => (b.usedPercent ?? -1) - (a.usedPercent ?? -1)));
    // Cash that a plan keeps back is not a limit that one comes close to.
    const known = lines.filter((line) => line.usedPercent !== null && line.source !== 'funding plan');
    const armed = (await killSwitches(services.database.orm)).filter(({ switchType, active }) => switchType === 'MAX_DAILY_LOSS' && active);
    const wholeDesk = input.account === undefined && (await listAccounts(services.database.orm)).length === accounts.length && commonCurrency(accounts) !== null;
    const dailyLoss = [
      ...books.flatMap((book) => armed.flatMap((rule) => (rule.accountId === book.account.id ? [dailyLossOf(rule, { scope: book.account.name, ...book })] : []))),
      ...(wholeDesk ? armed.flatMap((rule) => (rule.accountId === null ? [dailyLossOf(rule, { scope: 'the whole desk', todayPnlMinor: sumKnown(books.map((book) => book.todayPnlMinor)), equityMinor: sumKnown(books.map((book) => book.equityMinor)) })] : [])) : []),
    ];
    return {
      dailyLoss,
      asOf: moment.asOf, currency: commonCurrency(accounts) ?? 'INR', limits: lines,
      closest: known.toSorted((a, b) => (b.usedPercent ?? 0) - (a.usedPercent ?? 0))[0] ?? null,
      rules: books.flatMap((book) => rulesOf(book, gateLimitsOf(services, book.account.id))),
      reasons: books.flatMap((book) => [...book.missing, ...(book.mandate ? [] : [`${book.account.name} has no mandate: no entry passes the gates.`])]),
    };
  },
});
/** Limits are those of now; earlier ones are not kept, and today's would mislead beside an earlier book. */
const withoutPast = <C extends { asOf?: string }>({ asOf: _, ...caller }: C): Omit<C, 'asOf'> => caller;

/** The threshold in percent is of the equity that the day began with. */
function dailyLossOf({ threshold, thresholdType }: StoredSwitch, { scope, todayPnlMinor, equityMinor }: { scope: string } & Pick<AccountBook, 'todayPnlMinor' | 'equityMinor'>): z.infer<typeof DailyLoss> {
  const percent = thresholdType === 'PERCENTAGE';
  const began = equityMinor === null || todayPnlMinor === null ? null : equityMinor - todayPnlMinor;
  const allowedMinor = percent ? (began === null ? null : Math.floor((began * threshold) / 100)) : threshold;
  const lostMinor = todayPnlMinor === null ? null : Math.max(0, -todayPnlMinor);
  return { scope, thresholdPercent: percent ? threshold : null, allowedMinor, lostMinor, leftMinor: allowedMinor === null || lostMinor === null ? null : allowedMinor - lostMinor };
}

function limitsOf(book: AccountBook, exposure: AccountExposure, { limits: gates, sourceOf }: GateLimits): Limit[] {
  const { mandate, account } = book;
  const line = (limit: string, unit: Limit['unit'], source: Limit['source'], { used, allowed, of = null }: { used: number | null; allowed: number | null; of?: string | null }): Limit => {
    const headroom = used === null || allowed === null ? null : allowed - used;
    const shown = (value: number | null): number | null => (value === null ? null : unit === 'minor' ? value / 100 : Number(value.toFixed(2)));
    return {
      account: account.name, limit, of, unit, source, used, allowed, headroom, usedPercent: used === null || allowed === null || allowed <= 0 ? null : (used * 100) / allowed,
      usedShown: shown(used), allowedShown: shown(allowed), headroomShown: shown(headroom), unitShown: unit === 'minor' ? account.baseCurrency : unit,
    };
  };
  const [sector] = exposure.sectors;
  const [symbol] = exposure.symbols;
  const riskiest = book.holdings.toSorted((a, b) => (b.riskLeftMinor ?? 0) - (a.riskLeftMinor ?? 0))[0];
  const terms = mandate?.terms;
  const sectorLimit = tighterOf(terms?.maxSectorExposurePercent, asPercent(gates.maxSectorExposure), sourceOf('maxSectorExposure'));
  const nameLimit = tighterOf(terms?.maxPositionPercent, gates.maxSingleNamePercent, sourceOf('maxSingleNamePercent'));
  const free: Minor | null = book.cashMinor === null || book.deployableMinor === null ? null : book.cashMinor - book.deployableMinor;
  return [
    ...(terms ? [
      line('risk per trade', 'minor', 'mandate', { used: riskiest ? riskiest.riskLeftMinor : 0, of: riskiest?.symbol ?? null, allowed: book.tradableEquityMinor === null ? null : Math.floor((book.tradableEquityMinor * terms.riskPerTradePercent) / 100) }),
      line('number of positions', 'positions', 'mandate', { used: exposure.symbols.length + exposure.unpriced.length, allowed: terms.maxPositions }),
    ] : []),
    ...(nameLimit ? [line('one position', '%', nameLimit.source, { used: symbol ? symbol.percent : zeroOf(book), of: symbol?.name ?? null, allowed: nameLimit.percent })] : []),
    ...(sectorLimit ? [line('one sector', '%', sectorLimit.source, { used: sector ? sector.percent : zeroOf(book), of: sector?.name ?? null, allowed: sectorLimit.percent })] : []),
    ...(gates.maxGrossPercent === undefined ? [] : [line('all positions together', '%', sourceOf('maxGrossPercent'), { used: exposure.symbols.length === 0 ? zeroOf(book) : exposure.grossPercent, allowed: gates.maxGrossPercent })]),
    line('cash that is not free', 'minor', 'funding plan', { used: free, allowed: book.cashMinor }),
  ];
}
/** Nothing held is a true zero; an equity that is not known is not. */
const zeroOf = (book: AccountBook): number | null => (book.tradableEquityMinor === null ? null : 0);

function rulesOf({ account, mandate }: AccountBook, { limits: gates, sourceOf }: GateLimits): z.infer<typeof Rule>[] {
  const terms = mandate?.terms;
  const rule = (name: string, value: string, source: z.infer<typeof Source>): z.infer<typeof Rule> => ({ account: account.name, rule: name, value, source });
  const days = (count: number, kind = 'trading day'): string => `${formatCount(count)} ${kind}${count === 1 ? '' : 's'}`;
  return [
    ...(terms ? [
      rule('no entry before results', days(Math.max(terms.earningsBlackoutDays, gates.eventBlackoutDays)), terms.earningsBlackoutDays >= gates.eventBlackoutDays ? 'mandate' : sourceOf('eventBlackoutDays')),
      rule('horizon', `${formatCount(terms.horizonMinDays)} to ${days(terms.horizonMaxDays, 'day')}`, 'mandate'),
      rule('least average daily volume', `${formatCount(terms.liquidityFloorAdv)} shares`, 'mandate'),
      rule('banned', [...terms.bannedSectors, ...terms.bannedSymbols].join(', ') || 'nothing', 'mandate'), rule('strategies', terms.allowedStrategies.map((name) => name.replaceAll('_', ' ')).join(', '), 'mandate'),
    ] : []),
    rule('one order, of average daily volume', formatPercent(gates.advMaxRatio * 100), sourceOf('advMaxRatio')), rule('oldest event behind an event-driven entry', `${formatCount(gates.catalystFreshnessHours)} hours`, sourceOf('catalystFreshnessHours')),
    rule('options', gates.optionsTradingEnabled ? 'allowed' : 'off', 'desk'), rule('live trading', gates.liveTrading ? 'allowed' : 'off', 'desk'),
  ];
}
