import { z } from 'zod';
import type { limits } from '../tools/limits.ts';
import type { switches } from '../tools/switches.ts';
import { defineAgent } from './define.ts';

/** Catalogue A5. `blockedBy`: the checks, in the words of the report; `wouldPass`: what the gates themselves say would. */
export const RiskExplanation = z.strictObject({ answer: z.string().min(1).max(900), blockedBy: z.array(z.string()).max(20), wouldPass: z.array(z.string()).max(20), tradingState: z.enum(['ACTIVE', 'REDUCING', 'HALTED']).nullable() });
export interface RiskQuestion { /** A card whose verdict is asked about. */ card?: number; account?: string }

interface Verdict { verdict: 'PASS' | 'BLOCK'; words: string; checks: { severity: string; passed: boolean; message: string }[]; counterfactuals: { sentence: string }[] }

export const risk = defineAgent<RiskQuestion, typeof RiskExplanation>({
  name: 'Risk',
  purpose: 'Explains gate reports, limits and kill switches in words, and what would pass; decides nothing',
  systemPrompt: [
    'You explain to a person why the gates of a trading desk passed or blocked something, how close the limits are, and whether trading is paused or halted and why.',
    'answer: the verdict first, then what it rests on. blockedBy: the messages of the checks that refused. wouldPass: what the report itself says would pass; never work one out. tradingState: the strictest state among desk and account.',
    'You decide nothing and soften nothing: a block stays a block whoever asks. A check whose fact is missing is told as missing.',
  ].join('\n'),
  tools: ['guardrails', 'check_order', 'why_not_bigger', 'limits', 'exposure', 'portfolio_risk', 'switches', 'gate_stats', 'event_window', 'mandate', 'playbooks'],
  readsOutsideText: false,
  output: RiskExplanation,
  async twin({ card, account }, tools) {
    const named = account === undefined ? {} : { account };
    const state = await tools.call<z.output<(typeof switches)['output']>>('switches', named);
    const order = { ACTIVE: 0, REDUCING: 1, HALTED: 2 } as const;
    const strictest = state.ok ? state.output.lines.reduce((worst, line) => (order[line.state] > order[worst.state] ? line : worst), state.output.desk) : null;
    const stopped = strictest && strictest.state !== 'ACTIVE' ? ` ${strictest.scope}: ${strictest.means}${strictest.reason === null ? '' : ` (${strictest.reason})`}.` : '';
    const tradingState = strictest?.state ?? null;
    if (card !== undefined) {
      const verdict = await tools.call<Verdict>('guardrails', { card });
      if (!verdict.ok) return { answer: `${verdict.error.message}${stopped}`, blockedBy: [], wouldPass: [], tradingState };
      const { words, checks, counterfactuals } = verdict.output;
      return { answer: `${words}${stopped}`.slice(0, 900), blockedBy: checks.filter((check) => check.severity === 'BLOCK' && !check.passed).map((check) => check.message).slice(0, 20), wouldPass: counterfactuals.map((each) => each.sentence).slice(0, 20), tradingState };
    }
    const found = await tools.call<z.output<(typeof limits)['output']>>('limits', named);
    if (!found.ok) return { answer: `${found.error.message}${stopped}`, blockedBy: [], wouldPass: [], tradingState };
    const { closest, reasons } = found.output;
    const words = closest ? `Closest to its limit: ${closest.limit}${closest.of === null ? '' : ` (${closest.of})`} in ${closest.account}, ${Math.round(closest.usedPercent ?? 0)} % of it used.` : 'How close the limits are is not known.';
    return { answer: [words, ...reasons].join(' ').slice(0, 800) + stopped, blockedBy: [], wouldPass: [], tradingState };
  },
});
