import { type Currency, formatCount, formatMoneyPair, formatPercent } from '../format.ts';
import type { CheckResult, GateReport } from './define.ts';
import { blocks } from './result.ts';
import type { LargestQuantity } from './why-not-bigger.ts';

/** What people call the checks. An id that is not here is said with its underscores gone. */
const names: Record<string, string> = {
  position_size: 'risk per trade', position_size_value: 'position value', position_size_count: 'number of positions',
  exposure: 'sector', exposure_single_name: 'single name', exposure_gross: 'gross exposure', exposure_net: 'net exposure', exposure_cluster: 'symbols that move together',
  liquidity: 'share of daily volume', liquidity_adv_floor: 'daily volume', liquidity_spread: 'spread',
  buying_power: 'free cash', margin: 'margin', freeze_quantity: "the exchange's largest order", structure_max_loss: 'loss of a structure', naked_short: 'cover',
};
export const checkName = (id: string): string => names[id] ?? id.replaceAll('_', ' ');

/** The message as the second half of a sentence: its capital goes unless it begins a name, a symbol or an amount. */
const continued = (message: string): string => (/^[A-Z][a-z ]/.test(message) ? message.charAt(0).toLowerCase() + message.slice(1) : message);

export const blocksOf = (report: GateReport): CheckResult[] => report.checks.filter(blocks);
export const warningsOf = (report: GateReport): CheckResult[] => report.checks.filter((result) => result.severity === 'WARN');
/** How many lines passed plainly; what did not apply is not counted. */
export const passedCount = (report: GateReport): number => report.checks.filter(({ passed, severity, code }) => passed && severity === 'INFO' && code === null).length;

/** "Gates: 14 passed, 1 warning (the spread is 0.1 %, modelled from bars; the limit is 0.5 %)." */
export function gatesLine(report: GateReport): string {
  const warnings = warningsOf(report);
  const refusals = blocksOf(report).length;
  const counts = [`${passedCount(report)} passed`];
  if (refusals > 0) counts.push(`${refusals} blocked`);
  if (warnings.length > 0) {
    const told = warnings.map(({ message }) => continued(message).replace(/\.$/, '')).join('; ');
    counts.push(`${warnings.length} ${warnings.length === 1 ? 'warning' : 'warnings'} (${told})`);
  }
  return `Gates: ${counts.join(', ')}.`;
}

/**
 * A report in words, the answer first. "Blocked: energy would be 46 % of equity; the limit is 30 %. What would pass now: 190 shares."
 * With several blocks each has its sentence, and one answer that passes them all stands for the single ones.
 */
export function explainReport(report: GateReport): string {
  const refusals = blocksOf(report);
  if (report.verdict === 'PASS') return `Passed. ${report.reducesRisk ? 'Reduces risk, so limits do not apply. ' : ''}${gatesLine(report)}`;
  if (refusals.length === 0) return 'Blocked: no check knows this action.';
  const [first, ...others] = refusals.map(({ message }) => message);
  return [`Blocked: ${continued(first ?? '')}`, ...others, ...wouldPass(report)].join(' ');
}

/**
 * What would pass, in sentences: the one size that passes every check where there is one, else what each refusal names. A size that
 * passes one check of several that refuse passes nothing, so it is not among them.
 */
export function wouldPass(report: Pick<GateReport, 'checks' | 'counterfactuals'>): string[] {
  const together = report.counterfactuals.find(({ checkId }) => checkId === 'every_check');
  if (together) return [together.sentence];
  const refusals = report.checks.filter(blocks).length;
  return [...new Set(report.counterfactuals.filter(({ nearest }) => refusals === 1 || nearest.change !== 'quantity').map(({ sentence }) => sentence))];
}

/** Two figures of one limit as people read them. */
function figures(first: number, second: number, unit: string, currency: Currency): [string, string] {
  if (unit === 'paise' || unit === 'cents') return formatMoneyPair(first, second, currency);
  if (unit === '%') return [formatPercent(first), formatPercent(second)];
  return [formatCount(first), formatCount(second)];
}

/** "Bound by risk per trade: ₹838 of ₹850. 62 is the most that passes; 63 fails by ₹1. Next limit after that: sector at 410 shares." */
export function explainLargest({ quantity, step, binding, next, blockedBy }: LargestQuantity, { currency, unit = 'shares' }: { currency: Currency; unit?: 'shares' | 'sets' }): string {
  if (blockedBy.length > 0) return `No size passes now: ${blockedBy.map(checkName).join(', ')}.`;
  if (!binding) return 'No limit binds the size.';
  const { measured, limit, failsBy } = binding;
  const of = measured === null || limit === null ? '' : `: ${figures(measured, limit, binding.unit, currency).join(' of ')}`;
  const by = failsBy === null ? '' : ` by ${figures(failsBy, 0, binding.unit, currency)[0]}`;
  const sentences = [`Bound by ${checkName(binding.checkId)}${of}.`, `${formatCount(quantity)} is the most that passes; ${formatCount(quantity + step)} fails${by}.`];
  if (next) sentences.push(`Next limit after that: ${checkName(next.checkId)}${next.unit === '%' && next.limit !== null ? ` (${formatPercent(next.limit)})` : ''} at ${formatCount(next.quantity)} ${unit}.`);
  return sentences.join(' ');
}
