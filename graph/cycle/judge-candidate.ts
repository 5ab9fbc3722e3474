import { Judgement, judgeByRules } from '../../agents/judge.ts';
import { ungroundedIn } from '../../agents/judge/ground.ts';
import type { JudgeInput } from '../../agents/judge/input.ts';
import type { Candidate } from '../../desk/allocation/offer.ts';
import type { MandateTerms } from '../../desk/actions/types.ts';
import type { Recorded } from './record.ts';
import type { CycleServices } from './services.ts';

/** Who wrote it, for the card's model version. */
export const TWIN_VERSION = 'judge-twin-1';
export const MODEL_VERSION = 'judge-model-1';
export interface Judged { candidate: Candidate; judgement: Judgement; signalId: string | null; writtenBy: typeof TWIN_VERSION | typeof MODEL_VERSION; /** Why a model that was asked did not write it. */ note: string | null }

const kindWords: Record<string, string> = { RESULTS: 'results', BOARD_MEETING: 'board meeting', AGM: 'general meeting' };

export function judgeInputOf({ candidate, rank, objective, recorded, calendarKnown }: { candidate: Candidate; rank: number; objective: MandateTerms['objective']; recorded: Recorded; calendarKnown: boolean }): JudgeInput {
  const { offer: { signal, label, quote, scheduled } } = candidate;
  const evidenceId = { feature: recorded.featureIds.get(signal.symbol) ?? null, outcome: recorded.signalIds.get(signal) ?? null, bars: null };
  const next = scheduled.filter(({ tradingDaysAway }) => tradingDaysAway > 0).sort((a, b) => a.tradingDaysAway - b.tradingDaysAway)[0];
  return {
    symbol: signal.symbol, strategy: signal.strategy, horizonDays: signal.horizonDays, confidence: signal.confidence, netEdgePercent: candidate.netEdgePercent, rewardRisk: candidate.rewardRisk, comparables: signal.comparables,
    bullets: signal.thesisBullets.map((bullet) => (bullet.evidenceKind === 'event' ? bullet : { ...bullet, evidenceId: evidenceId[bullet.evidenceKind] })),
    sector: signal.sector, sectorAfterPercent: candidate.sectorAfterPercent, sectorLimitPercent: candidate.sectorLimitPercent,
    nextEvent: next ? { what: kindWords[next.kind] ?? (next.purpose || 'a listed event'), tradingDaysAway: next.tradingDaysAway } : null, calendarKnown,
    spreadFrom: quote?.spreadFrom ?? 'bars', movedPercent: quote ? 100 * (quote.last / signal.features.close - 1) : 0, trust: label.trust, targetChancePercent: label.chance === null ? null : Math.round(100 * label.chance), boundBy: candidate.boundBy, rank, objective,
  };
}

/** A model's judgement where there is a model and every figure of it stands in the input; the twin's otherwise. */
export async function judgeCandidate(services: CycleServices, input: JudgeInput): Promise<Pick<Judged, 'judgement' | 'writtenBy' | 'note'>> {
  const byTwin = (note: string | null) => ({ judgement: judgeByRules(input), writtenBy: TWIN_VERSION, note }) as const;
  if (!services.judge) return byTwin(null);
  try {
    const parsed = Judgement.safeParse(await services.judge(input));
    if (!parsed.success) return byTwin('the model’s judgement had another shape');
    return ungroundedIn(parsed.data, input).length > 0 ? byTwin('the model’s judgement had figures without a source') : { judgement: parsed.data, writtenBy: MODEL_VERSION, note: null };
  } catch (error) {
    services.onFailure?.('judge', error);
    return byTwin('the model did not answer');
  }
}
