import { z } from 'zod';
import { type Report, reportMarkdown } from '../desk/reporting/report.ts';
import { formatDay, formatMoney } from '../desk/format.ts';
import { tradingDate } from '../desk/time.ts';
import { activity } from './activity.ts';
import { localTime } from './book/local-time.ts';
import { momentOf } from './book/moment.ts';
import { PeriodInput } from './book/period.ts';
import { reportSections } from './book/report-sections.ts';
import { defineTool } from './define.ts';
import { gateStats } from './gate-stats.ts';
import { performance } from './performance.ts';
import { portfolioState } from './portfolio-state.ts';

const Table = z.object({ columns: z.array(z.object({ title: z.string(), align: z.enum(['left', 'right']) })), rows: z.array(z.array(z.string())) });
const names = { DAY: 'Report of the day', WEEK: 'Report of the week', MONTH: 'Report of the month' } as const;
const periods = { DAY: 'today', WEEK: 'week', MONTH: 'month' } as const;

/**
 * A report of an account or of all: result, where it came from, closed trades, what is held, what was decided, what comes. Positions, cash and coming events are as of now, whatever
 * the period. Errors: `NO_SUCH_ACCOUNT`, `MIXED_CURRENCIES`, `PERIOD_INVALID`, `PERIOD_AHEAD`.
 */
export const report = defineTool({
  name: 'report', purpose: 'The report of a day, week or month for an account or all: result, trades, positions, decisions, what comes; also as Markdown', effect: 'read', permission: 'account:read',
  input: z.object({ cadence: z.enum(['DAY', 'WEEK', 'MONTH']).default('DAY'), account: z.string().optional(), period: PeriodInput }),
  output: z.object({
    asOf: z.string(), currency: z.enum(['INR', 'USD']), title: z.string(), subtitle: z.string(), fileName: z.string(), period: z.object({ from: z.string(), to: z.string(), label: z.string() }), accounts: z.array(z.string()),
    pnlMinor: z.int().nullable(), endEquityMinor: z.int().nullable(), costsMinor: z.int(), timeWeightedPercent: z.number().nullable(), benchmark: z.object({ name: z.string(), percent: z.number().nullable() }), closed: z.int(), won: z.int(), positions: z.int(), decided: z.int(), blocked: z.int(),
    figures: z.array(z.object({ name: z.string(), value: z.string() })), sections: z.array(z.object({ title: z.string(), lines: z.array(z.string()), table: Table.nullable() })),
    equity: z.array(z.object({ date: z.string(), worth: z.number().nullable() })), equityCaption: z.string(), footer: z.string(), markdown: z.string(),
  }),
  async run(context, { cadence, account, period }) {
    const scope = account === undefined ? {} : { account };
    const span = period ?? periods[cadence];
    const { market } = context.services;
    const moment = momentOf(context);
    const made = performance.output.parse(await performance.run(context, { ...scope, period: span, by: 'symbol' }));
    const held = portfolioState.output.parse(await portfolioState.run(context, scope));
    const done = activity.output.parse(await activity.run(context, { ...scope, period: span, limit: 200 }));
    const gates = gateStats.output.parse(await gateStats.run(context, { ...scope, period: span }));
    const day = (date: string): string => formatDay(tradingDate(date));
    const { from, to } = made.period;
    const of = made.accounts.length === 1 ? (made.accounts[0] ?? '') : `${made.accounts.length} accounts`;
    const sections = reportSections({ performance: made, portfolio: held, activity: done, gates });
    const known = made.series.flatMap(({ equityMinor }) => equityMinor ?? []);
    const written: Report = {
      title: `${names[cadence]}: ${of}`, subtitle: `${from === to ? day(from) : `${day(from)} to ${day(to)}`} · ${market.label()} · as of ${localTime(moment.asOf, { today: moment.date, zone: market.zone })}`, sections,
      equity: made.series.map(({ date, equityMinor }) => ({ date, worth: equityMinor === null ? null : equityMinor / 100 })), equityCaption: known.length === 0 ? '' : `Worth by day with what was paid in, from ${formatMoney(Math.min(...known), made.currency)} to ${formatMoney(Math.max(...known), made.currency)}`, footer: `Figures as the desk’s own tools give them. ${market.label()}.`,
    };
    return {
      asOf: moment.asOf, currency: made.currency, ...written, fileName: `report-${cadence.toLowerCase()}-${to}`, period: made.period, accounts: made.accounts, pnlMinor: made.pnlMinor, endEquityMinor: made.endEquityMinor, costsMinor: made.costsMinor,
      timeWeightedPercent: made.timeWeightedPercent, benchmark: { name: made.benchmark.name, percent: made.benchmark.percent }, closed: made.trades.closed, won: made.trades.won, positions: held.positions.length, decided: done.count, blocked: done.blocked,
      figures: (sections[0]?.table?.rows ?? []).map(([name = '', value = '']) => ({ name, value })), markdown: reportMarkdown(written),
    };
  },
});
