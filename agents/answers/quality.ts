import { reviewSheet } from '../../tools/review-sheet.ts';
import type { Draft } from '../define.ts';
import type { AnswerContext, AnswerTable } from './define.ts';
import { refusalDraft } from './proposal-draft.ts';
import { cells, draft, figures, many, read, table, words } from './wording.ts';

/** What the QA agent writes and draws; the figures of a reply are checked by the conversation itself, which has it. */
export const qualityAnswers: AnswerTable = {
  async qa(context) {
    switch (context.intent.what) {
      case 'contractTests': return draft('`parapet qa generate` writes contract cases of every tool.');
      case 'postman': return draft('`parapet qa generate` writes a Postman collection of the API; /api/openapi.json describes it.');
      case 'figures': return draft('There is no reply to check in this conversation.');
      case 'reviewSheet': return sheet(context);
    }
  },
};

async function sheet(context: AnswerContext<'qa'>): Promise<Draft> {
  const call = await read(context, reviewSheet, {});
  if (!call.ok) return refusalDraft(call);
  const cell = cells(call);
  const { shown, stored, leftOut } = call.output;
  if (shown === 0) return draft(`Nothing was decided in the week of ${cell('weekText', 'text')} that you may see, so there is nothing to review.`);
  const drawn = stored ? `drawn ${cell('drawnText', 'text')} by lot and kept` : 'drawn by lot from the week so far; the sheet is kept once the week is over';
  return draft(`${cell('shown', 'count')} of ${cell('decisions', 'count')} ${many(call.output.decisions, 'decision')} of the week of ${cell('weekText', 'text')}, ${drawn}.${leftOut > 0 ? ` ${cell('leftOut', 'count')} of the sheet ${many(leftOut, 'concerns an account', 'concern accounts')} that you may not see.` : ''}`, {
    parts: [table(call, 'lines', 'To review', [figures('number', 'No'), words('when', 'When'), figures('card', 'Card'), words('account', 'Account'), words('what', 'What'), words('by', 'By'), words('gates', 'Gates'), words('outcome', 'Outcome')])],
    note: 'With columns to fill in: “parapet qa review --out FILE.csv”.',
  });
}
