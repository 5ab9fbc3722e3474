import type { JudgeInput } from './input.ts';
import { type Judgement, overallConfidence } from '../judge.ts';

const figures = (text: string): string[] => [...text.matchAll(/\d[\d,]*(?:\.\d+)?/g)].map((match) => match[0].replaceAll(',', ''));

/**
 * What a judgement says that its input does not bear out: evidence that was not given, figures that occur in no reason and no
 * field, a confidence above the desk's own. Empty when it may be shown.
 */
export function ungroundedIn(judgement: Judgement, input: JudgeInput): string[] {
  const given = new Set(figures([...input.bullets.map(({ text }) => text), JSON.stringify({ ...input, bullets: [] })].join(' ')));
  const evidence = new Set(input.bullets.map(({ evidenceKind, evidenceId }) => `${evidenceKind}\n${evidenceId}`));
  const problems: string[] = [];
  for (const { evidenceKind, evidenceId } of judgement.thesis) if (!evidence.has(`${evidenceKind}\n${evidenceId}`)) problems.push(`no such evidence: ${evidenceKind} ${evidenceId}`);
  for (const text of [...judgement.thesis.map((bullet) => bullet.text), ...judgement.risks, judgement.rationale]) {
    for (const figure of figures(text)) if (!given.has(figure)) problems.push(`no source for ${figure} in “${text}”`);
  }
  const most = overallConfidence(input);
  if (judgement.confidence > most) problems.push(`a confidence of ${judgement.confidence} above the desk’s own ${most}`);
  return problems;
}
