import { plusMs, type Instant } from '../time.ts';

/** The press was judged before its entry was written, which waits for those of others. */
const recordedWithinMs = 60_000;

interface Entry { at: string; subject: string; actor: string }
interface Question { id: string; eligible: string[]; approvalsNeeded: number; expiresAt: string; said: Set<string>; decided: 'confirmed' | 'rejected' | 'expired' | null }

/**
 * Follows the questions through the log: who was asked, who said yes, and whether a clearance rests on a yes that counted.
 * Each function gives what is wrong with its entry, or null.
 */
export function createQuestionCheck() {
  const questions = new Map<string, Question>();
  const passes = new Map<string, { phase: string; verdict: string; digest: string }>();

  return {
    report(subject: string, report: { phase: string; verdict: string; digest: string }): void { passes.set(subject, report); },
    asked(entry: Entry, payload: Record<string, unknown>): string | null {
      const eligible = Array.isArray(payload.eligible) ? payload.eligible.map(String) : [];
      const approvalsNeeded = Math.max(1, Number(payload.approvalsNeeded));
      if (eligible.length < approvalsNeeded) return 'fewer people were asked than had to say yes';
      if (passes.get(entry.subject)?.verdict !== 'PASS') return 'a question about an action that the gates had not let through';
      questions.set(entry.subject, { id: String(payload.id), eligible, approvalsNeeded, expiresAt: plusMs(entry.at as Instant, Number(payload.seconds) * 1000), said: new Set(), decided: null });
      return null;
    },
    firstOfTwo(entry: Entry): string | null {
      const question = questions.get(entry.subject);
      if (!question?.eligible.includes(entry.actor)) return 'a yes of somebody who was not asked';
      question.said.add(entry.actor);
      return null;
    },
    confirmed(entry: Entry, payload: Record<string, unknown>, actionDigest: string | undefined): string | null {
      const question = questions.get(entry.subject);
      if (!question || question.id !== payload.confirmation) return 'a yes to a question that was never put';
      if (question.decided !== null) return `a yes to a question that was ${question.decided}`;
      if (payload.choice !== 'confirm' || payload.actionDigest !== actionDigest) return 'the yes is to something else';
      if (payload.person !== entry.actor || !question.eligible.includes(entry.actor)) return 'a yes of somebody who was not asked';
      if (entry.at >= plusMs(question.expiresAt as Instant, recordedWithinMs)) return 'a yes after the question had expired';
      question.said.add(entry.actor);
      if (question.said.size < question.approvalsNeeded) return `${question.said.size} said yes where ${question.approvalsNeeded} had to`;
      question.decided = 'confirmed';
      return null;
    },
    ended(entry: Entry, as: 'rejected' | 'expired'): void {
      const question = questions.get(entry.subject);
      if (question && question.decided === null) question.decided = as;
    },
    cleared(entry: Entry, body: { confirmationId: string | null; reportDigest: string; approvedBy: readonly string[] }): string | null {
      const report = passes.get(entry.subject);
      if (report?.verdict !== 'PASS' || report.phase !== 'confirm' || report.digest !== body.reportDigest) return 'the clearance does not rest on the gates’ last verdict';
      const question = questions.get(entry.subject);
      if (body.confirmationId === null) return question ? 'a clearance past the question that was put' : null;
      if (question?.id !== body.confirmationId || question.decided !== 'confirmed') return 'the clearance rests on no yes';
      return body.approvedBy.every((person) => question.said.has(person)) ? null : 'the clearance names somebody who did not say yes';
    },
  };
}
