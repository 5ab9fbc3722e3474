import type { SwitchType } from '../actions/types.ts';
import { formatCount, formatPercent } from '../format.ts';
import type { Fact } from './snapshot.ts';

/** What the account shows since a switch tripped. Null: not known, which counts for nothing. */
export interface RecoveryMetrics { drawdownPercent: number | null; consecutiveWins: number | null; sharpe7d: number | null }

/** Catalogue C11: any one of them is enough. */
export const recoveryRules = { drawdownBelowPercent: 15, consecutiveWins: 3, sharpe7dAbove: 0.3 } as const;

/** Switches that a loss or a wild market trips; the others are over when their cause is, or when a person says so. */
const lossSwitches: readonly SwitchType[] = ['MAX_DAILY_LOSS', 'MAX_DRAWDOWN', 'VOL_SPIKE', 'LOSS_STREAK'];

/** May a person resume after this trip? The confirmation comes on top. */
export function recoveryFrom(type: SwitchType, metrics: Fact<RecoveryMetrics> | undefined): { recovered: boolean; sentence: string } {
  if (!lossSwitches.includes(type)) return { recovered: true, sentence: `${type} needs no recovery.` };
  if (!metrics?.known) return { recovered: false, sentence: `Whether the account has recovered is not known: ${metrics ? metrics.reason : 'nobody measured it'}.` };
  const { drawdownPercent, consecutiveWins, sharpe7d } = metrics.value;
  const rules = recoveryRules;
  if (drawdownPercent !== null && drawdownPercent < rules.drawdownBelowPercent) return { recovered: true, sentence: `Drawdown is ${formatPercent(drawdownPercent)}, below ${rules.drawdownBelowPercent} %.` };
  if (consecutiveWins !== null && consecutiveWins >= rules.consecutiveWins) return { recovered: true, sentence: `${consecutiveWins} wins in a row.` };
  if (sharpe7d !== null && sharpe7d > rules.sharpe7dAbove) return { recovered: true, sentence: `Sharpe over 7 days is ${formatCount(sharpe7d, 'western')}.` };
  const now = (value: number | null, words: (known: number) => string): string => (value === null ? 'unknown' : words(value));
  return {
    recovered: false,
    sentence: `${type} asks for one of: drawdown below ${rules.drawdownBelowPercent} % (now ${now(drawdownPercent, (value) => formatPercent(value))}), `
      + `${rules.consecutiveWins} wins in a row (now ${now(consecutiveWins, String)}), Sharpe above ${rules.sharpe7dAbove} over 7 days (now ${now(sharpe7d, (value) => formatCount(value, 'western'))}).`,
  };
}
