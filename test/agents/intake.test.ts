import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { intake, IntakeResult } from '../../agents/intake.ts';
import { interpretIntake } from '../../agents/intake/interpret.ts';
import { type IntakeAnswers, intakeQuestions, intakeTopics } from '../../agents/intake/questions.ts';
import { FundingPlan } from '../../desk/treasury/funding-plan.ts';
import { MandateTerms } from '../../desk/actions/types.ts';
import { tradingDate } from '../../desk/time.ts';

const interpret = (answers: IntakeAnswers) => interpretIntake({ answers, today: tradingDate('2024-06-03'), strategies: ['momentum'], symbolOf: (name) => (name.toUpperCase() === 'ITC' ? 'ITC' : null) });

describe('the interview', () => {
  it('has six to eight questions, one a topic, each with its reason', () => {
    expect(intakeQuestions.length).toBeGreaterThanOrEqual(6);
    expect(intakeQuestions.length).toBeLessThanOrEqual(8);
    expect(intakeQuestions.map(({ topic }) => topic)).toEqual([...intakeTopics]);
  });
  it('offers only choices that it understands itself', () => {
    for (const { topic, choices } of intakeQuestions) for (const choice of choices) expect(interpret({ [topic]: choice }).unclear, `${topic}: ${choice}`).toEqual([]);
  });
});

describe('its interpretation', () => {
  it('puts what was said into mandate and plan', () => {
    const { terms, fundingPlan, unclear } = interpret({ objective: 'least risk', risk: 'half a percent', horizon: '2 to 4 weeks', money: '₹50,000 a month for 3 years', buffer: '20 percent', concentration: '8 positions, a quarter in one sector', never: 'no tobacco, liquor and ITC', results: 'not within 3 days' });
    expect(unclear).toEqual([]);
    expect(terms).toMatchObject({ objective: 'RISK_MINIMIZED', riskPerTradePercent: 0.5, horizonMinDays: 10, horizonMaxDays: 20, maxPositions: 8, maxSectorExposurePercent: 25, bannedSectors: ['tobacco', 'liquor'], bannedSymbols: ['ITC'], earningsBlackoutDays: 3 });
    expect(fundingPlan).toMatchObject({ type: 'SIP', sip: { amountMinor: 50_000_00, frequency: 'MONTHLY', durationMonths: 36, startDate: '2024-06-03' }, lumpSum: null, emergencyBufferPercent: 20 });
  });
  it('reads lump sums, tranches and both kinds of money at once', () => {
    expect(interpret({ money: '10 lakh in three tranches' }).fundingPlan).toMatchObject({ type: 'LUMP_SUM', lumpSum: { amountMinor: 10_00_000_00, tranches: [{ percent: 33, trigger: 'immediate' }, { percent: 33, trigger: 'after 30 days' }, { percent: 34, trigger: 'after 60 days' }] } });
    expect(interpret({ money: '2 lakh now and 20,000 a month for two years' }).fundingPlan).toMatchObject({ type: 'HYBRID', sip: { amountMinor: 20_000_00, durationMonths: 24 }, lumpSum: { amountMinor: 2_00_000_00 } });
    expect(interpret({ money: '5000 every week' }).fundingPlan).toMatchObject({ type: 'SIP', sip: { frequency: 'WEEKLY', amountMinor: 5_000_00 } });
  });
  it('logs what was not said, and asks again for what it could not read', () => {
    const { assumptionLog, unclear } = interpret({ objective: 'balanced', money: 'whenever I feel like it', results: 'perhaps' });
    expect(unclear).toEqual(['results', 'money']);
    for (const title of ['Risk per trade', 'Horizon', 'Cash kept', 'Concentration', 'Bans', 'Results', 'Money']) expect(assumptionLog.filter((line) => line.startsWith(`${title}:`)), title).toHaveLength(1);
  });
  it('asks again rather than bend a figure that no mandate may have', () => {
    expect(interpret({ risk: '50' })).toMatchObject({ unclear: ['risk'], terms: { riskPerTradePercent: 0.75 } });
    expect(interpret({ buffer: '140 %' }).unclear).toEqual(['buffer']);
  });
  it('always gives a valid mandate and plan, the same for the same answers, whatever was said', () => {
    const words = fc.array(fc.constantFrom('10', '0.5', '%', '2', 'lakh', 'crore', '₹1,234', 'days', 'weeks', 'a', 'month', 'to', 'no', 'yes', 'none', 'tranches', 'three', 'half', 'percent', '-5', '999999999999', 'tobacco', ',', 'and', 'balanced', 'aggressive', 'year', 'now'), { maxLength: 10 }).map((list) => list.join(' '));
    const answers = fc.dictionary(fc.constantFrom(...intakeTopics), fc.oneof(words, fc.string()), { maxKeys: intakeTopics.length });
    fc.assert(fc.property(answers, (said) => {
      const first = interpret(said as IntakeAnswers);
      expect(MandateTerms.safeParse(first.terms).success).toBe(true);
      expect(first.terms.horizonMinDays).toBeLessThanOrEqual(first.terms.horizonMaxDays);
      if (first.fundingPlan) expect(FundingPlan.safeParse(first.fundingPlan).success).toBe(true);
      expect(interpret(said as IntakeAnswers)).toEqual(first);
    }), { numRuns: 400 });
  });
  it('looks company names up and keeps to the agent’s contract', async () => {
    const found = await intake.twin({ answers: { never: 'ITC, Zorbix' }, today: '2024-06-03', strategies: ['momentum'] }, {
      async call<O>(_name: string, input: unknown) { const { name } = input as { name: string }; return { ok: true, call: 'c1', output: (name === 'ITC' ? { kind: 'one', symbol: 'ITC' } : { kind: 'unknown', symbol: null }) as O }; },
    });
    expect(IntakeResult.parse(found).terms).toMatchObject({ bannedSymbols: ['ITC'], bannedSectors: ['Zorbix'] });
  });
});
