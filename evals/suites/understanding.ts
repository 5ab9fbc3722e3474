import type { ConversationContext } from '../../agents/grammar/context.ts';
import type { IntentKind } from '../../agents/grammar/intents.ts';
import { agentFor } from '../../agents/grammar/routes.ts';
import { card12, has, paraphrases, routingRows, say } from '../../test/agents/grammar/desk-talk.ts';
import type { Suite } from '../suite.ts';

export const routing: Suite = {
  name: 'routing', does: 'sentences reach the agent that answers them', safety: false, takesModel: false,
  run: async () => routingRows().map(({ text, agent }, index) => {
    const said = say(text, card12);
    const reached = said.kind === 'intent' ? agentFor(said.intent.kind) : null;
    return { caseId: `rt-${String(index + 1).padStart(3, '0')}`, family: agent, detail: reached === agent ? null : `“${text}”: ${reached === null ? 'asked back' : `went to ${reached}`}` };
  }),
};

export const paraphrased: Suite = {
  name: 'paraphrases', does: 'sentences are understood with what they name, or asked about', safety: false, takesModel: false,
  run: async () => paraphrases().map(({ id, slice, text, context, intent, slots }) => {
    const said = say(text, (context ?? {}) as Partial<ConversationContext>);
    const right = said.kind === 'intent' ? said.intent.kind === (intent as IntentKind) && has(said.intent, slots) : intent === 'ask' || intent === 'unknown';
    return { caseId: id, family: slice, detail: right ? null : `“${text}”: ${said.kind === 'intent' ? `read as ${said.intent.kind}` : 'asked back'}, not ${intent}` };
  }),
};
