import { z } from 'zod';
import { corporateActions as storedActions, coverageOf } from '../db/stores/reference.ts';
import { formatDay } from '../desk/format.ts';
import type { CorporateAction } from '../desk/market/types.ts';
import { type TradingDate, tradingDate } from '../desk/time.ts';
import { adjustedSeries } from './adjusted-series.ts';
import { AsOf, DateText, dateNamed, readingMoment } from './as-of.ts';
import { companyActions } from './company-bars.ts';
import { defineTool, ToolError } from './define.ts';
import { symbolNamed } from './order-terms.ts';
import { plainWords, shortened } from './outside-text.ts';

const Kind = z.enum(['SPLIT', 'BONUS', 'DIVIDEND', 'RIGHTS', 'DEMERGER', 'OTHER']);
const Item = z.object({
  symbol: z.string(), exDate: z.string(), exDateText: z.string(), kind: Kind, subject: z.string(), factor: z.number().describe('earlier printed prices times this are in the prices after it; 1: none'), amount: z.number().nullable().describe('rupees a share; of a rights issue what a new share costs'),
  factorPercent: z.number().describe('the same in percent'),
  factorFrom: z.enum(['announcement', 'prices', 'terms', 'opening']).nullable().describe('how the factor is known; terms: the theoretical price after a rights issue; opening: estimated from the first trade after a demerger; null: no price is changed by it, as far as is known'),
  basis: z.enum(['published', 'detected']).describe('detected: read off the prices, no announcement is stored'), knownAt: z.string(), ahead: z.boolean(),
});
const Output = z.object({
  asOf: z.string(), currency: z.enum(['INR', 'USD']), symbol: z.string().nullable(), what: Kind.nullable(), count: z.int(), items: z.array(Item).describe('newest first; with `ahead` the soonest first'),
  coverage: z.array(z.object({ source: z.string(), from: z.string(), to: z.string(), fromText: z.string(), toText: z.string() })).describe('published actions are stored of these days'), pricesFromText: z.string().nullable().describe('from when prices tell splits and bonuses'), reason: z.string().nullable(),
});
export type CorporateActionsOutput = z.output<typeof Output>;

/** Splits, bonuses, dividends and the like of a share or of all, as published and, for one share, as its prices show them. */
export const corporateActions = defineTool({
  name: 'corporate_actions',
  purpose: 'Past and announced splits, bonuses, dividends and other corporate actions of a share or of the market, newest first, with their basis',
  effect: 'read', permission: 'market:read',
  input: z.object({ symbol: z.string().min(1).optional(), what: Kind.optional(), from: DateText.optional(), to: DateText.optional(), ahead: z.boolean().default(false).describe('only those whose ex-date is today or later, the soonest first'), limit: z.int().min(1).max(200).default(20), asOf: AsOf.optional() }),
  output: Output,
  run: async (context, { symbol, what, from, to, ahead, limit, asOf }) => {
    const { market, database: { orm } } = context.services;
    const moment = readingMoment(context, asOf);
    const record = symbol === undefined ? null : symbolNamed(context, symbol);
    const [first, last] = [from === undefined ? null : dateNamed(from, 'from'), to === undefined ? null : dateNamed(to, 'to')];
    if (first && last && first > last) throw new ToolError('INVALID_PERIOD', 'the period ends before it begins', 'from');
    const series = record ? await adjustedSeries(orm, { symbol: record.symbol, from: earliest, moment, calendar: market.calendar() }) : null;
    const found: readonly CorporateAction[] = record && series ? (series.printed.length > 0 ? series.actions : await companyActions(orm, { symbol: record.symbol, asOf: moment.asOf })) : await storedActions(orm, { asOf: moment.asOf });
    const wanted = found.filter((action) => (what === undefined || action.kind === what || (action.basis === 'detected' && either.has(what) && either.has(action.kind))) && (first === null || action.exDate >= first) && (!ahead || action.exDate >= moment.date) && (last === null || action.exDate <= last)).toSorted((a, b) => (a.exDate < b.exDate ? 1 : a.exDate > b.exDate ? -1 : 0));
    if (ahead) wanted.reverse();
    const items = wanted.slice(0, limit).map((action): z.input<typeof Item> => ({
      symbol: action.symbol, exDate: action.exDate, exDateText: formatDay(action.exDate, moment.date), kind: action.kind, subject: shortened(plainWords(action.subject), 160), factor: action.factor, amount: action.amount === undefined ? null : Number(action.amount),
      factorPercent: 100 * action.factor, factorFrom: action.factor === 1 ? null : (action.factorFrom ?? (action.basis === 'detected' ? 'prices' : 'announcement')), basis: action.basis, knownAt: action.knownAt, ahead: action.exDate >= moment.date,
    }));
    const coverage = (await coverageOf(orm, 'corporate_action')).filter((row) => row.symbol === '' || row.symbol === record?.symbol).map((row) => ({ source: row.source, from: row.from, to: row.to, fromText: formatDay(row.from, moment.date), toText: formatDay(row.to, moment.date) }));
    return {
      asOf: moment.asOf, currency: 'INR' as const, symbol: record?.symbol ?? null, what: what ?? null, count: wanted.length, items, coverage, pricesFromText: series?.printed[0] ? formatDay(series.printed[0].date, moment.date) : null,
      reason: items.length > 0 ? null : 'none is stored for that',
    };
  },
});
/** Prices tell that there are more shares than before, and not whether by a split or a bonus. */
const either: ReadonlySet<string> = new Set(['SPLIT', 'BONUS']);
const earliest: TradingDate = tradingDate('1990-01-01');
