import { z } from 'zod';
import { cashFlows, type CashFlowRow, monthFlows, participantPositions, sectorFlows } from '../db/stores/flows.ts';
import { formatDay } from '../desk/format.ts';
import type { TradingDate } from '../desk/time.ts';
import { AsOf, DateText, dateNamed, readingMoment } from './as-of.ts';
import { defineTool, ToolError } from './define.ts';

const net = z.number().nullable().describe('bought less sold, crore rupees; null: not told');
const Row = z.object({ date: z.string(), dayText: z.string(), fiiNetCrore: net, diiNetCrore: net, fiiBuyCrore: net, fiiSellCrore: net, diiBuyCrore: net, diiSellCrore: net, sources: z.array(z.string()) });
const Sum = z.object({ days: z.int(), fiiNetCrore: net, diiNetCrore: net, fiiBoughtDays: z.int().describe('days with a net above zero'), fiiSoldDays: z.int(), diiBoughtDays: z.int(), diiSoldDays: z.int(), fiiAverageCrore: net, diiAverageCrore: net, beyond: z.object({ crore: z.number(), fiiBoughtDays: z.int(), fiiSoldDays: z.int(), diiBoughtDays: z.int(), diiSoldDays: z.int() }).nullable().describe('days with a net beyond the level asked for') });
const Output = z.object({
  asOf: z.string(), loaded: z.boolean(), rows: z.array(Row).describe('by day, newest first'), sum: Sum.nullable().describe('over the rows; null where a day of them lacks the figure'), roughDays: z.int().describe('days whose figures a collector may have rounded'),
  sectors: z.array(z.object({ sector: z.string(), netCrore: z.number(), assetsCrore: z.number().nullable() })).describe('foreign investors by sector over the fortnight that ends on sectorsTo, most bought first'), sectorsTo: z.string().nullable(), sectorsToText: z.string().nullable(),
  months: z.array(z.object({ month: z.string(), equityCrore: net, debtCrore: net, totalCrore: net })).describe('foreign investors by month, newest first'),
  monthSum: z.object({ months: z.int(), fromMonth: z.string(), toMonth: z.string(), equityCrore: net, debtCrore: net, totalCrore: net }).nullable().describe('the whole months that lie in the period; null where it holds none'),
  derivatives: z.array(z.object({ participant: z.string(), instrument: z.string(), longContracts: z.number(), shortContracts: z.number(), netContracts: z.number() })).describe('open contracts on derivativesOn, the last day told up to `to`'), derivativesOn: z.string().nullable(),
  reason: z.string().nullable(),
});
export type Flows = z.output<typeof Output>;

const usualDays = 10;
const mostDays = 260;
const mostMonths = 400;

/** Net buying of foreign and domestic institutions: by day from the exchanges, by fortnight and month from the depository. A missing figure is not a flow of nothing. */
export const flows = defineTool({
  name: 'flows',
  purpose: 'Net buying of foreign and domestic institutions by day, foreign money by sector and month, and who holds which derivatives',
  effect: 'read', permission: 'market:read',
  input: z.object({ level: z.number().positive().optional().describe('crore rupees: on how many days more than that was bought or sold on balance'), from: DateText.optional(), to: DateText.optional(), days: z.int().min(1).max(mostDays).optional().describe(`trading days at most; absent without from: ${usualDays}`), asOf: AsOf.optional() }),
  output: Output,
  run: async (context, input) => {
    const { orm } = context.services.database;
    const moment = readingMoment(context, input.asOf);
    const [from, to] = [input.from && dateNamed(input.from, 'from'), input.to && dateNamed(input.to, 'to')];
    if (from && to && from > to) throw new ToolError('INVALID_PERIOD', 'the period ends before it begins', 'from');
    const told = await cashFlows(orm, { asOf: moment.asOf, days: input.days ?? (from ? mostDays : usualDays), ...(from ? { from } : {}), ...(to ? { to } : {}) });
    const rows = byDay(told, moment.date);
    const { level } = input;
    const sectors = await sectorFlows(orm, moment.asOf);
    const derivatives = await participantPositions(orm, { asOf: moment.asOf, to: to || undefined });
    const sum = (pick: (row: z.output<typeof Row>) => number | null): number | null => rows.reduce<number | null>((total, row) => { const value = pick(row); return total === null || value === null ? null : round(total + value); }, 0);
    const days = (test: (row: z.output<typeof Row>) => boolean): number => rows.filter(test).length;
    const whole = from ? await monthFlows(orm, { asOf: moment.asOf, months: mostMonths, from, to: (to || undefined) }) : [];
    const any = rows.length > 0 || (await cashFlows(orm, { asOf: moment.asOf, days: 1 })).length > 0;
    return {
      asOf: moment.asOf, loaded: any, rows, sum: rows.length === 0 ? null : { days: rows.length, fiiNetCrore: sum((row) => row.fiiNetCrore), diiNetCrore: sum((row) => row.diiNetCrore), fiiBoughtDays: days((row) => (row.fiiNetCrore ?? 0) > 0), fiiSoldDays: days((row) => (row.fiiNetCrore ?? 0) < 0), diiBoughtDays: days((row) => (row.diiNetCrore ?? 0) > 0), diiSoldDays: days((row) => (row.diiNetCrore ?? 0) < 0), fiiAverageCrore: average(sum((row) => row.fiiNetCrore), rows.length), diiAverageCrore: average(sum((row) => row.diiNetCrore), rows.length), beyond: level === undefined ? null : { crore: level, fiiBoughtDays: days((row) => (row.fiiNetCrore ?? 0) > level), fiiSoldDays: days((row) => (row.fiiNetCrore ?? 0) < -level), diiBoughtDays: days((row) => (row.diiNetCrore ?? 0) > level), diiSoldDays: days((row) => (row.diiNetCrore ?? 0) < -level) } }, roughDays: rows.filter((row) => row.sources.some((source) => source.includes('may be rounded'))).length,
      sectors: sectors.map(({ sector, netCrore, assetsCrore }) => ({ sector, netCrore, assetsCrore })), sectorsTo: sectors[0]?.date ?? null, sectorsToText: sectors[0] ? formatDay(sectors[0].date, moment.date) : null, months: await monthFlows(orm, { asOf: moment.asOf, months: 12 }), monthSum: summed(whole, { from: from || null, to: to || moment.date }),
      derivatives: derivatives.map(({ participant, instrument, longContracts, shortContracts }) => ({ participant, instrument, longContracts, shortContracts, netContracts: longContracts - shortContracts })), derivativesOn: derivatives[0]?.date ?? null,
      reason: rows.length > 0 ? null : any ? 'no institutional flows are stored for those days' : 'no source of institutional flows is loaded',
    };
  },
});

/** Months of which every day lies in the period, added up; a sum is null where one of them lacks the figure. */
function summed(told: Awaited<ReturnType<typeof monthFlows>>, { from, to }: { from: TradingDate | null; to: TradingDate }): z.output<typeof Output>['monthSum'] {
  const months = told.filter(({ month }) => from !== null && `${month}-01` >= from && lastDayOf(month) <= to).toReversed();
  const [first, last] = [months[0], months.at(-1)];
  const sum = (key: 'equityCrore' | 'debtCrore' | 'totalCrore'): number | null => months.reduce<number | null>((total, row) => (total === null || row[key] === null ? null : round(total + row[key])), 0);
  return first && last ? { months: months.length, fromMonth: first.month, toMonth: last.month, equityCrore: sum('equityCrore'), debtCrore: sum('debtCrore'), totalCrore: sum('totalCrore') } : null;
}
const lastDayOf = (month: string): string => new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).toISOString().slice(0, 10);

const average = (total: number | null, days: number): number | null => (total === null || days === 0 ? null : round(total / days));
const round = (value: number): number => Math.round(value * 100) / 100;

function byDay(told: readonly CashFlowRow[], near: Parameters<typeof formatDay>[1]): z.output<typeof Row>[] {
  const days = new Map<string, CashFlowRow[]>();
  for (const row of told) days.set(row.date, [...(days.get(row.date) ?? []), row]);
  return [...days.values()].map((rows) => {
    const [fii, dii] = [rows.find(({ investor }) => investor === 'FPI'), rows.find(({ investor }) => investor === 'DII')];
    const date = (rows[0] as CashFlowRow).date;
    return {
      date, dayText: formatDay(date, near), fiiNetCrore: fii?.netCrore ?? null, diiNetCrore: dii?.netCrore ?? null, fiiBuyCrore: fii?.buyCrore ?? null, fiiSellCrore: fii?.sellCrore ?? null, diiBuyCrore: dii?.buyCrore ?? null, diiSellCrore: dii?.sellCrore ?? null,
      sources: [...new Set(rows.map(({ source }) => source))],
    };
  });
}
