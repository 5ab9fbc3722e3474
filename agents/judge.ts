import { z } from 'zod';
import { formatChange } from '../desk/format.ts';
import { defineAgent } from './define.ts';
import type { JudgeInput } from './judge/input.ts';
import { risks } from './judge/risks.ts';

export const Judgement = z.strictObject({
  thesis: z.array(z.strictObject({ text: z.string().min(1).max(300), evidenceId: z.uuid().nullable(), evidenceKind: z.enum(['event', 'feature', 'bars', 'outcome']) })).min(2).max(4),
  risks: z.array(z.string().min(1).max(200)).max(5),
  confidence: z.number().min(0).max(1),
  rationale: z.string().min(1).max(400),
});
export type Judgement = z.infer<typeof Judgement>;

const MOST_RISKS = 4;
const rankWords: Record<JudgeInput['objective'], string> = { MAX_PROFIT: 'expected gain and quality', RISK_MINIMIZED: 'expected gain and quality for its volatility', BALANCED: 'expected gain and quality, with and without its volatility' };

/** Says why a candidate is worth a card and what speaks against it. It decides nothing: sizes, prices and limits are the desk's. */
export const judge = defineAgent<JudgeInput, typeof Judgement>({
  name: 'Judge',
  purpose: 'Puts the case for and against a trade candidate in two to four reasons with their evidence',
  systemPrompt: `You put the case for and against one trade candidate of a trading desk, for a person who will confirm or reject it.
You get JSON: reasons with their evidence, what similar set-ups came to, and the account's limits. It is all you know.
Write: thesis, two to four reasons in the order of their weight, each with the evidenceId and evidenceKind of the reason that it restates; risks, what a careful person would hold against it, at most four, each one clause; rationale, one or two sentences on why this one; confidence, no higher than the one given.
Every figure you write stands in the input exactly as you write it. Compute none, round none, invent none. No advice, no greeting, no adjectives that the figures do not bear out. You change neither price, size, stop nor target.`,
  tools: [],
  readsOutsideText: false,
  output: Judgement,
  twin: async (input) => judgeByRules(input),
});

/** The chance that such trades pay, less what the second opinion takes off: the best of many set-ups always looks better than it is. */
export const overallConfidence = ({ confidence, trust }: Pick<JudgeInput, 'confidence' | 'trust'>): number => Math.round(100 * confidence * trust) / 100;

const trusted = ({ trust, targetChancePercent }: JudgeInput): string =>
  `trusted at ${trust.toFixed(2)}, ${targetChancePercent === null ? 'with too few outcomes known to say what that has come to' : `which has come to the target first in ${targetChancePercent} % of cases`}`;

/** The same by templates. */
export function judgeByRules(input: JudgeInput): Judgement {
  const against = risks.map((risk) => risk.says(input)).filter((text) => text !== null);
  return {
    thesis: input.bullets.slice(0, 4).map(({ text, evidenceId, evidenceKind }) => ({ text, evidenceId, evidenceKind })),
    risks: against.slice(0, MOST_RISKS),
    confidence: overallConfidence(input),
    rationale: `Ranked ${input.rank} by ${rankWords[input.objective]}: ${formatChange(input.netEdgePercent)} expected after charges over at most ${input.horizonDays} sessions, ${trusted(input)}; its size is bound by ${input.boundBy}.`,
  };
}
