import { z } from 'zod';
import { fundSchemes, fundSpan, fundValueOn } from '../db/stores/fund-navs.ts';
import { formatDay } from '../desk/format.ts';
import type { FundScheme } from '../desk/market/published-facts.ts';
import { plusDays, type TradingDate } from '../desk/time.ts';
import { fundNamed } from '../feeds/linking/fund-names.ts';
import { AsOf, DateText, dateNamed, type ReadingMoment, readingMoment } from './as-of.ts';
import { defineTool, type ToolContext, ToolError } from './define.ts';
import { plainWords, shortened } from './outside-text.ts';

const Value = z.object({ date: z.string(), dayText: z.string(), nav: z.number().describe('rupees a unit') });
const Scheme = z.object({ scheme: z.string().describe('AMFI’s number'), name: z.string(), isin: z.string().nullable(), value: Value.nullable().describe('the last one told by the day asked for; null before the first') });
const Output = z.object({
  asOf: z.string(), found: z.enum(['one', 'several', 'unknown']), fund: Scheme.nullable().describe('where exactly one scheme is meant'), schemes: z.array(Scheme).describe('those that may be meant, or look alike'),
  base: Value.nullable().describe('the value before the period begins, or the first in it'), baseIsFirst: z.boolean().describe('nothing older is stored: counted from the first value'), changePercent: z.number().nullable(),
  reason: z.string().nullable().describe('why there is no value or no change'), source: z.literal('amfi'),
});

/** A fund tells a value every business day; one that is older than this is no value of the day asked for. */
const longestGapDays = 10;

/** A mutual fund's net asset value on a day, and its change over a period from the value before it. */
export const fundNav = defineTool({
  name: 'fund_nav',
  purpose: 'Net asset value of a mutual fund scheme on a day, and its change over a period; finds the scheme by name, AMFI number or ISIN',
  effect: 'read', permission: 'market:read',
  input: z.object({ fund: z.string().min(2).max(160).describe('name, AMFI number or ISIN'), date: DateText.optional().describe('absent: the last that is known'), from: DateText.optional().describe('first day of a period; its change counts from the value before'), to: DateText.optional(), asOf: AsOf.optional() }),
  output: Output,
  run: async (context, input) => {
    const moment = readingMoment(context, input.asOf);
    const schemes = await fundSchemes(context.services.database.orm, moment.asOf);
    if (schemes.length === 0) throw new ToolError('NO_FUND_VALUES', 'No net asset values of mutual funds are stored: import AMFI’s file of them (NAVAll.txt) first.', 'fund');
    const from = input.from === undefined ? null : dateNamed(input.from, 'from');
    const wanted = input.date ?? input.to;
    const asked = wanted === undefined ? moment.date : dateNamed(wanted, input.date === undefined ? 'to' : 'date');
    const day = asked < moment.date ? asked : moment.date;
    if (from !== null && from > day) throw new ToolError('INVALID_PERIOD', 'the period ends before it begins', 'from');
    const match = fundNamed(input.fund, schemes);
    const shown = await Promise.all((match.kind === 'one' ? [match.scheme] : match.kind === 'several' ? match.schemes : match.near).map((scheme) => valued(context, { scheme, day, moment })));
    const [fund = null] = match.kind === 'one' ? shown : [];
    const base = fund && from !== null ? await baseOf(context, { scheme: fund.scheme, from, day, moment }) : null;
    return {
      asOf: moment.asOf, found: match.kind, fund, schemes: match.kind === 'one' ? [] : shown, base: base && shownValue(base, moment), baseIsFirst: base?.isFirst ?? false,
      changePercent: base && fund?.value ? Math.round((fund.value.nav / base.nav - 1) * 1e6) / 1e4 : null,
      reason: await reasonOf(context, { fund, from, base, day, moment }), source: 'amfi' as const,
    };
  },
});

const shownValue = ({ date, nav }: { date: TradingDate; nav: number }, moment: ReadingMoment): z.output<typeof Value> => ({ date, dayText: formatDay(date, moment.date), nav });

async function valued({ services: { database: { orm } } }: ToolContext, { scheme, day, moment }: { scheme: FundScheme; day: TradingDate; moment: ReadingMoment }): Promise<z.output<typeof Scheme>> {
  const value = await fundValueOn(orm, { scheme: scheme.scheme, date: day, asOf: moment.asOf });
  const fresh = value && value.date >= plusDays(day, -longestGapDays) ? value : null;
  return { scheme: scheme.scheme, name: shortened(plainWords(scheme.name), 160), isin: scheme.isin, value: fresh && shownValue(fresh, moment) };
}

/** The value before the first day of a period; the first in it where nothing older is stored. */
async function baseOf({ services: { database: { orm } } }: ToolContext, { scheme, from, day, moment }: { scheme: string; from: TradingDate; day: TradingDate; moment: ReadingMoment }): Promise<{ date: TradingDate; nav: number; isFirst: boolean } | null> {
  const before = await fundValueOn(orm, { scheme, date: plusDays(from, -1), asOf: moment.asOf });
  if (before && before.date >= plusDays(from, -longestGapDays)) return { ...before, isFirst: false };
  const span = await fundSpan(orm, { scheme, asOf: moment.asOf });
  if (before || !span || span.from < from || span.from > day) return null;
  const first = await fundValueOn(orm, { scheme, date: span.from, asOf: moment.asOf });
  return first && { ...first, isFirst: true };
}

async function reasonOf({ services: { database: { orm } } }: ToolContext, { fund, from, base, day, moment }: { fund: z.output<typeof Scheme> | null; from: TradingDate | null; base: object | null; day: TradingDate; moment: ReadingMoment }): Promise<string | null> {
  if (!fund || (fund.value && (from === null || base))) return null;
  const span = await fundSpan(orm, { scheme: fund.scheme, asOf: moment.asOf });
  const stored = span ? `values of this scheme are stored from ${formatDay(span.from, moment.date)} to ${formatDay(span.to, moment.date)}` : 'no value of this scheme is stored';
  return fund.value ? `no value from before ${formatDay(from ?? day, moment.date)} is stored; ${stored}` : `no value of ${formatDay(day, moment.date)} or the ten days before it is stored; ${stored}`;
}
