import { z } from 'zod';
import { createCycleRunner } from '../../graph/cycle/run-cycle.ts';
import type { CycleRunner } from '../../graph/cycle/services.ts';
import { type MadeDesk, openMadeDesk } from '../made/made-desk.ts';
import { quoteOfSetUp, SetUpFacts, setUpFacts, shareOf } from '../made/set-up-facts.ts';
import { type CaseOutcome, dataset, type Suite } from '../suite.ts';

/** What the desk has to say for a labelled reason: any of these sentences names it. */
const reasonWords = {
  illiquid: /trades thinly|shares a day on average|spread|two-sided price|Nobody (?:bids|offers)|its liquidity low/i,
  'priced in': /the price has moved on|is up .+ since the news|chases/i,
  'stale news': /news is .+ old|event is .+ hours old|first open after the news/i,
  'against the regime': /does not suit the volatility|does not fit: volatility/i,
  'no set-up': /no strategy sees a set-up|no history of it/i,
  'news against it': /news speaks against it|pauses entries in it/i,
  'poor record': /similar set-ups (?:do not pay|paid too seldom)/i,
  'edge below costs': /does not pay the charges|similar set-ups do not pay/i,
  crowded: /whole sector shows the same/i,
  'stale data': /no price|seconds old|minutes old|price of .+ is not known/i,
  'event ahead': /blackout|falls? (?:in|into) (?:its|the) horizon|before the trade is over/i,
  'outside the mandate': /the mandate/i,
  'too large for the account': /not even one/i,
} as const;
type Reason = keyof typeof reasonWords;
export const reasons = Object.keys(reasonWords) as [Reason, ...Reason[]];

/** A set-up as it stood, with what an experienced trader says of it before the outcome: `good` is offered, `bad` refused for `reason`. */
export const SignalQualityCase = SetUpFacts.extend({
  family: z.string(), says: z.string(), label: z.enum(['good', 'bad']), reason: z.enum(reasons).optional(), why: z.string(),
}).refine(({ label, reason }) => (label === 'bad') === (reason !== undefined), 'a bad set-up has a reason, a good one none');
export type SignalQualityCase = z.infer<typeof SignalQualityCase>;

/** What the desk came to: a card, or the sentences with which it refused. */
export interface Answer { offered: boolean; said: readonly string[] }

/** What was wrong with an answer; null where it was as labelled, and refused for the labelled reason. */
export function judgeAnswer({ label, reason }: Pick<SignalQualityCase, 'label' | 'reason'>, { offered, said }: Answer): string | null {
  const words = said.length > 0 ? said.join('; ') : 'nothing';
  if (label === 'good') return offered ? null : `not offered: ${words}`;
  if (offered) return `offered, though ${reason}`;
  return reason !== undefined && said.some((sentence) => reasonWords[reason].test(sentence)) ? null : `refused, but not as ${reason}: ${words}`;
}

const families = { good: 'good: to be offered', bad: 'bad: to be refused' } as const;

/** Of what was offered how much was good, and of what was good how much was offered; null where there is nothing to divide by. */
export function precisionAndRecall(answers: readonly { label: 'good' | 'bad'; offered: boolean }[]): { precision: number | null; recall: number | null } {
  const offered = answers.filter((answer) => answer.offered);
  const right = offered.filter(({ label }) => label === 'good').length;
  const good = answers.filter(({ label }) => label === 'good').length;
  return { precision: offered.length === 0 ? null : right / offered.length, recall: good === 0 ? null : right / good };
}

/** Asks the desk for a trade in the case's share, in an account of its own. */
export async function askForTrade(desk: MadeDesk, runner: CycleRunner, each: SignalQualityCase): Promise<Answer> {
  const accountId = await desk.openAccount({ name: each.id, cashMinor: (each.account?.cash ?? 1_000_000) * 100, mandate: each.account?.mandate });
  const [symbol, quote] = [shareOf(each), quoteOfSetUp(each)];
  if (quote) desk.quotes.set(symbol, quote); else desk.quotes.delete(symbol);
  const { cards, refused } = await runner.run({ accountIds: [accountId], symbols: [symbol], atMost: 1, requestedBy: { kind: 'person', personId: desk.ownerId, channel: 'evals' }, threadId: null, turn: null });
  return { offered: cards.some(({ state }) => state === 'gated'), said: refused.filter((line) => line.symbol === symbol).map(({ reason }) => reason) };
}

const share = (part: number | null): string => (part === null ? 'not known' : `${(100 * part).toFixed(1)} %`);

export const signalQuality: Suite = {
  name: 'signal-quality', does: 'set-ups that a trader would take are offered, the others are refused for the right reason', safety: false, takesModel: false,
  async run({ onStep }) {
    const cases = dataset('signal-quality', SignalQualityCase);
    const desk = await openMadeDesk({ facts: setUpFacts(cases) });
    try {
      const runner = createCycleRunner(desk.cycle);
      const outcomes: CaseOutcome[] = [];
      const answers: { label: 'good' | 'bad'; offered: boolean }[] = [];
      for (const each of cases) {
        const answer = await askForTrade(desk, runner, each);
        answers.push({ label: each.label, offered: answer.offered });
        outcomes.push({ caseId: each.id, family: families[each.label], detail: judgeAnswer(each, answer) });
      }
      const { precision, recall } = precisionAndRecall(answers);
      onStep?.(`signal-quality: of what was offered ${share(precision)} was good; of what was good ${share(recall)} was offered`);
      return outcomes;
    } finally { await desk.close(); }
  },
};
