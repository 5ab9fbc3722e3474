import { controlHistory } from '../../tools/control-history.ts';
import type { AnswerTable } from './define.ts';
import { refusalDraft } from './proposal-draft.ts';
import { cells, choice, draft, many, namedScope, read, table, words } from './wording.ts';

/** Changes told in the sentence; the table has the rest. */
const told = 5;
const nouns = { TRADING: 'pause, halt or resumption', MANDATE: 'change of a mandate', LIMITS: 'change of a limit' } as const;

/** When trading was stopped or let in again, and when rules were changed, by whom and why. */
export const controlHistoryAnswers: AnswerTable = {
  async control_history(context) {
    const { of, change, period } = context.intent;
    const call = await read(context, controlHistory, { ...namedScope(context), of, ...(change ? { change } : {}), ...(period ? { period } : {}) });
    if (!call.ok) return refusalDraft(call);
    const cell = cells(call);
    const { lines, count, accounts } = call.output;
    const where = accounts.length === 1 && context.accounts.length > 1 ? ` of ${cell('accounts.0', 'text')}` : '';
    const choices = [of === 'TRADING' ? choice('How it stands now', '/switches') : choice('The rules now', 'show my mandate')];
    const noun = change === undefined ? nouns[of] : change === 'STOPPED' ? 'pause or halt' : 'resumption';
    if (count === 0) return draft(`No ${noun}${where} ${cell('period.label', 'text')}.`, { choices });
    const line = (index: number): string => {
      const { reason, confirmedBy, by } = lines[index] ?? {};
      const yes = confirmedBy && confirmedBy !== by ? `, confirmed by ${cell(`lines.${index}.confirmedBy`, 'text')}` : '';
      return `${cell(`lines.${index}.account`, 'text')}${of === 'TRADING' ? ` was ${cell(`lines.${index}.what`, 'text')}` : `: ${cell(`lines.${index}.what`, 'text')}`} ${/^\d\d:/.test(lines[index]?.when ?? '') ? 'today at' : 'on'} ${cell(`lines.${index}.when`, 'text')} by ${cell(`lines.${index}.by`, 'text')}${yes}${reason ? ` (${cell(`lines.${index}.reason`, 'text')})` : ''}`;
    };
    const first = lines.slice(0, told).map((_, index) => line(index)).join('; ');
    const text = count === 1 ? `${first}.` : `${cell('count', 'count')} ${many(count, 'change')}${where} ${cell('period.label', 'text')}, newest first: ${first}${count > told ? ' and more' : ''}.`;
    return draft(text, { parts: [table(call, 'lines', of === 'TRADING' ? 'Stopped and resumed' : 'Changes', [words('when', 'When'), words('account', 'Account'), words('what', 'What'), words('by', 'By'), words('confirmedBy', 'Confirmed by'), words('reason', 'Reason')])], choices, ...(context.market.kind === 'live' ? {} : { note: 'Times are on the market’s clock.' }) });
  },
};
