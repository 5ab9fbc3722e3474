import type { GateReport } from '../../desk/gates/define.ts';
import { wouldPass } from '../../desk/gates/explain.ts';
import type { Draft, TurnCall } from '../define.ts';
import type { AnswerSetting } from './define.ts';
import { said } from './references.ts';

export interface Proposed {
  actionId: string; state: string; cardNumber: number | null; message: string | null; assumed: string[];
  confirmation?: { id: string }; gateReport: Pick<GateReport, 'verdict' | 'checks' | 'counterfactuals'>;
}

/** A proposal as it is shown: its card, and for a blocked one the reason with what would pass. */
export function proposalDraft(call: Extract<TurnCall<Proposed>, { ok: true }>): Draft {
  const { actionId, gateReport, assumed, state } = call.output;
  const card: Draft['parts'] = [{ type: 'card', actionId }];
  const note = assumed.length > 0 ? { note: `Taken by your mandate: ${assumed.join(', ')}.` } : {};
  if (gateReport.verdict === 'PASS') return { text: state === 'awaiting_confirmation' ? '' : `{{${call.call}.message|text}}`, parts: card, ...note };
  const answers = gateReport.counterfactuals;
  const [answer] = wouldPass(gateReport);
  const index = answers.findLastIndex(({ sentence: said }) => said === answer);
  const nearest = answers[index]?.nearest;
  const passes = nearest?.change === 'quantity' && nearest.quantity > 0;
  const said = nearest ? ` {{${call.call}.gateReport.counterfactuals.${index}.sentence|text}}` : '';
  return {
    text: `Blocked: {{${call.call}.message|text}}${said}`, parts: card, ...note,
    choices: [...(passes ? [{ label: `Propose ${nearest.quantity}`, command: `make it ${nearest.quantity}` }] : []), { label: 'Show the limits', command: '/limits' }],
  };
}

/** An expected refusal in its own sentence. */
/** What a tool refused, as a sentence. The digits in the names of indices are no figures; they are the person’s own words or a list’s name. */
export const refusalDraft = (call: Extract<TurnCall, { ok: false }>): Draft => ({ text: call.error.code === 'NO_SUCH_INDEX' ? said(sentence(call.error.message)) : sentence(call.error.message), parts: [] });
const sentence = (message: string): string => {
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.?!]$/.test(text) ? text : `${text}.`;
};

/** Shows a proposal, and makes follow-ups ("yes", "make it 50") mean it. */
export function proposed(context: AnswerSetting, call: TurnCall<unknown>): Draft {
  if (!call.ok) return refusalDraft(call);
  const { actionId, cardNumber } = call.output as Proposed;
  context.remember({ lastActionId: actionId, ...(cardNumber === null ? {} : { lastCard: cardNumber }) });
  return proposalDraft(call as Extract<TurnCall<Proposed>, { ok: true }>);
}
