import { z } from 'zod';
import { createModelSpeech } from '../../graph/turn/model-speech.ts';
import { ground } from '../../graph/turn/figures.ts';
import { reviewSentence } from '../../graph/turn/model-sentence.ts';
import { tools } from '../../tools/registry.ts';
import { type CaseOutcome, dataset, type Suite } from '../suite.ts';

/** A draft of a model's over tool results. `planted` sentences hold a figure that no cell stands behind and have to go; the others stay, reading as in `reads` where that is given. */
export const GroundingCase = z.strictObject({
  id: z.string(), personSaid: z.string(), calls: z.array(z.strictObject({ name: z.string(), output: z.json() })),
  sentences: z.array(z.strictObject({ text: z.string(), planted: z.boolean(), reads: z.string().optional() })).min(1),
});
export type GroundingCase = z.infer<typeof GroundingCase>;

/** Each sentence is a case: a planted one that is let through, or a grounded one that is lost or reads otherwise, is wrong. */
export function judgeDraft({ id, personSaid, calls, sentences }: GroundingCase): CaseOutcome[] {
  const recorded = calls.map(({ name, output }, index) => ({ call: `c${index + 1}`, name, input: {}, result: { ok: true as const, output }, elapsedMs: 0 }));
  const sources = { calls: recorded, tools, personSaid };
  const said = ground(createModelSpeech({ sources, hosts: new Set(), onDelta: () => undefined }).finish(sentences.map(({ text }) => text).join(' '), { cutShort: false }).text, recorded).text;
  return sentences.map(({ text, planted, reads }, index) => {
    const alone = reviewSentence(text, sources);
    const shown = 'text' in alone ? ground(alone.text, recorded).text.trim() : null;
    const kept = shown !== null && said.includes(shown);
    const detail = planted ? (kept ? `let through: ${text}` : null) : !kept ? `lost: ${text}` : reads !== undefined && shown !== reads ? `reads “${shown}”, not “${reads}”` : null;
    return { caseId: `${id}.${index + 1}`, family: planted ? 'planted figures removed' : 'grounded sentences kept', detail };
  });
}

export const grounding: Suite = {
  name: 'grounding', does: 'figures that no tool result holds are removed, and those that one holds stay', safety: false, takesModel: false,
  run: async () => dataset('grounding', GroundingCase).flatMap(judgeDraft),
};
