import { z } from 'zod';
import { MandateTerms } from '../desk/actions/types.ts';
import { FundingPlan } from '../desk/treasury/funding-plan.ts';
import type { SymbolLookup } from '../tools/symbol-lookup.ts';
import { defineAgent } from './define.ts';
import { interpretIntake } from './intake/interpret.ts';
import { type IntakeAnswers, intakeTopics } from './intake/questions.ts';
import { namesIn } from './intake/read-answers.ts';
import { tradingDate } from '../desk/time.ts';

export const IntakeResult = z.strictObject({
  terms: MandateTerms, fundingPlan: FundingPlan.nullable(), summary: z.string().min(1).max(1200), assumptionLog: z.array(z.string()), unclear: z.array(z.enum(intakeTopics)),
});
export interface IntakeRequest { answers: IntakeAnswers; /** The market's date, `YYYY-MM-DD`. */ today: string; strategies: readonly string[]; planInForce?: boolean }

/** Catalogue A7: from a short conversation to a mandate and a funding plan that a person confirms. */
export const intake = defineAgent<IntakeRequest, typeof IntakeResult>({
  name: 'Intake',
  purpose: 'Turns the answers of a short interview into a mandate, a funding plan, a summary and a log of what was assumed',
  systemPrompt: [
    'You turn the answers of a person into the mandate of their trading account: terms, funding plan, one paragraph of summary, and a log of every assumption.',
    'Use what they said; where they said nothing take the profile of their objective and log it. Amounts are in minor units. Nothing is in force until the person confirms it.',
  ].join('\n'),
  tools: ['symbol_lookup', 'propose_mandate'],
  readsOutsideText: false,
  output: IntakeResult,
  async twin({ answers, today, strategies, planInForce = false }, tools) {
    const symbols = new Map<string, string>();
    for (const name of namesIn(answers.never ?? '').slice(0, 12)) {
      const found = await tools.call<SymbolLookup>('symbol_lookup', { name });
      if (found.ok && found.output.kind === 'one' && found.output.symbol) symbols.set(name, found.output.symbol);
    }
    return interpretIntake({ answers, today: tradingDate(today), strategies, planInForce, symbolOf: (name) => symbols.get(name) ?? null });
  },
});
