import type { z } from 'zod';
import { formatChange, formatCount, formatDay, formatMoney, formatPercent, formatPrice } from '../../desk/format.ts';
import type { ReportSection, ReportTable } from '../../desk/reporting/report.ts';
import { tradingDate } from '../../desk/time.ts';
import type { activity } from '../activity.ts';
import type { gateStats } from '../gate-stats.ts';
import type { performance } from '../performance.ts';
import type { portfolioState } from '../portfolio-state.ts';

interface Read {
  performance: z.output<(typeof performance)['output']>; portfolio: z.output<(typeof portfolioState)['output']>;
  activity: z.output<(typeof activity)['output']>; gates: z.output<(typeof gateStats)['output']>;
}
const unknown = 'not known';
const linesShown = 25;
const left = (title: string) => ({ title, align: 'left' as const });
const right = (title: string) => ({ title, align: 'right' as const });
const part = (title: string, lines: string[], table: ReportTable | null = null): ReportSection => ({ title, lines, table });
const plural = (count: number, one: string, several = `${one}s`): string => `${formatCount(count)} ${count === 1 ? one : several}`;

/** The parts of a report from what its tools read. What is missing is said, never left at zero. */
export function reportSections({ performance: made, portfolio, activity: done, gates }: Read): ReportSection[] {
  const { currency } = made;
  const money = (minor: number | null): string => (minor === null ? unknown : formatMoney(minor, currency));
  const gain = (minor: number | null): string => (minor === null ? unknown : `${minor > 0 ? '+' : ''}${formatMoney(minor, currency)}`);
  const change = (percent: number | null): string => (percent === null ? unknown : formatChange(percent));
  const price = (value: number | null): string => (value === null ? unknown : formatPrice(value, currency));
  const { trades } = made;
  return [
    part('Result', made.reasons, { columns: [left('Figure'), right('Value')], rows: [
      ['Profit or loss after charges', gain(made.pnlMinor)], ['Return, time-weighted', change(made.timeWeightedPercent)], [`${made.benchmark.name}`, change(made.benchmark.percent)],
      ['Worth at the start', money(made.startEquityMinor)], ['Worth at the end', money(made.endEquityMinor)], ['Paid in less taken out', gain(made.netFlowMinor)], ['Charges', money(made.costsMinor)],
      ['Worst drop', made.drawdown === null ? unknown : made.drawdown.percent === 0 ? 'none' : `${formatChange(made.drawdown.percent)} on ${formatDay(tradingDate(made.drawdown.date.slice(0, 10)))}`],
    ] }),
    part('Where it came from', made.rows.length === 0 ? ['Nothing was held or traded.'] : [], { columns: [left('Name'), right('Profit or loss'), right('Charges')], rows: made.rows.slice(0, linesShown).map(({ name, pnlMinor, costsMinor }) => [name, gain(pnlMinor), money(costsMinor)]) }),
    part('Closed trades', trades.closed === 0 ? ['No trade was closed.'] : [
      `${plural(trades.closed, 'trade')} closed, ${formatCount(trades.won)} won, together ${gain(trades.netMinor)} after charges.${trades.tooFew ? ` Fewer than ${formatCount(made.fewestTrades)} are too few to say more.` : trades.winRatePercent === null ? '' : ` Win rate ${formatPercent(trades.winRatePercent)}.`}`,
      ...(trades.best ? [`Best: ${trades.best.symbol} in ${trades.best.account}, ${gain(trades.best.netMinor)}. Worst: ${trades.worst?.symbol ?? ''} in ${trades.worst?.account ?? ''}, ${gain(trades.worst?.netMinor ?? null)}.`] : []),
    ]),
    part('What is held', [
      portfolio.positions.length === 0 ? 'Nothing is held.' : `${plural(portfolio.positions.length, 'position')}; open risk if every stop is hit: ${money(portfolio.totals.openRiskMinor)}.`,
      `Cash ${money(portfolio.totals.cashMinor)}, ${money(portfolio.totals.deployableMinor)} of it to deploy.`, ...portfolio.missing,
    ], { columns: [left('Symbol'), left('Account'), right('Quantity'), right('Average'), right('Last'), right('Profit or loss'), right('Stop')], rows: portfolio.positions.slice(0, linesShown).map((held) => [held.symbol, held.account, formatCount(held.quantity), price(held.averagePrice), price(held.last), gain(held.pnlMinor), held.stop === null ? 'none' : price(held.stop)]) }),
    part('What was decided', [
      `${plural(done.count, 'proposal')}: ${formatCount(done.byPeople)} by people, ${formatCount(done.byDesk)} by the desk; ${formatCount(done.done)} carried out, ${formatCount(done.blocked)} blocked, ${formatCount(done.rejected)} rejected, ${formatCount(done.expired)} expired, ${formatCount(done.failed)} failed, ${formatCount(done.waiting)} waiting. ${plural(done.fills, 'fill')}.`,
      gates.judged === 0 ? 'The gates judged nothing.' : `The gates passed ${formatCount(gates.passed)} of ${formatCount(gates.judged)}${gates.most ? `; ${gates.most.name} blocked most, ${gates.most.blocked === 1 ? 'once' : `${formatCount(gates.most.blocked)} times`}` : ''}.`,
    ], { columns: [left('When'), left('Account'), left('What'), left('By'), left('Outcome')], rows: done.lines.slice(0, linesShown).map(({ when, account, what, by, outcome }) => [when, account ?? 'desk', what, by, outcome]) }),
    part('What comes', portfolio.nextEvents.length === 0 ? [portfolio.eventsCovered ? 'No event is listed for what is held.' : 'Events for what is held are not known that far.'] : portfolio.nextEvents.slice(0, linesShown).map(({ symbol, kind, date }) => `${symbol}: ${kind.toLowerCase().replaceAll('_', ' ')} on ${formatDay(tradingDate(date))}.`)),
  ];
}
