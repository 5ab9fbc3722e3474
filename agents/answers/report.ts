import { report } from '../../tools/report.ts';
import type { AnswerTable } from './define.ts';
import { refusalDraft } from './proposal-draft.ts';
import { cells, draft, figures, many, otherAccounts, read, scopeOf, signOf, table, words } from './wording.ts';

const commandOf = { DAY: 'report', WEEK: 'weekly report', MONTH: 'monthly report' } as const;
const addressed = { DAY: 'day', WEEK: 'week', MONTH: 'month' } as const;

/** The report in the conversation: the result first, then its parts, then the document. */
export const reportAnswers: AnswerTable = {
  async report(context) {
    const { cadence, period } = context.intent;
    const call = await read(context, report, { cadence, ...scopeOf(context), ...(period ? { period } : {}) });
    if (!call.ok) return refusalDraft(call);
    const cell = cells(call);
    const { pnlMinor, timeWeightedPercent, benchmark, closed, sections, positions, currency, title, subtitle, equity, equityCaption, footer, asOf } = call.output;
    const result = pnlMinor === null ? 'The result is not known' : `${cell('pnlMinor', 'signed_money')} after ${cell('costsMinor', 'money')} charges${timeWeightedPercent === null ? '' : `, ${cell('timeWeightedPercent', 'signed_percent')}`}`;
    const index = benchmark.percent === null ? '' : `; ${cell('benchmark.name', 'text')} ${cell('benchmark.percent', 'signed_percent')}`;
    const traded = closed === 0 ? 'No trade closed' : `${cell('closed', 'count')} ${many(closed, 'trade')} closed, ${cell('won', 'count')} won`;
    const part = (title: string): number => sections.findIndex((section) => section.title === title);
    const [held, decided] = [part('What is held'), part('What was decided')];
    const query = `cadence=${addressed[cadence]}${context.account ? `&account=${encodeURIComponent(context.account.name)}` : ''}${period ? `&from=${period.from}&to=${period.to}` : ''}`;
    const name = `${call.output.fileName}.pdf`;
    const command = `parapet report ${addressed[cadence]}${context.account ? ` --account '${context.account.name}'` : ''}${period ? ` --from ${period.from} --to ${period.to}` : ''} --out ${name}`;
    return draft(`${cell('title', 'text')}, ${cell('subtitle', 'text')}. ${result}${index}. ${traded}. ${cell(`sections.${held}.lines.0`, 'text')} ${cell(`sections.${decided}.lines.0`, 'text')}`, {
      parts: [
        table(call, 'figures', 'Result', [words('name', 'Figure'), figures('value', `In ${signOf(currency)} or %`)]),
        ...(positions > 0 ? [table(call, `sections.${held}.table.rows`, 'What is held', [words('0', 'Symbol'), words('1', 'Account'), figures('2', 'Quantity'), figures('3', 'Average'), figures('4', 'Last'), figures('5', 'P&L'), figures('6', 'Stop')])] : []),
        { type: 'file', file: { name, createdAt: asOf, href: `/api/report.pdf?${query}`, command, report: { title, subtitle, sections, equity, equityCaption, footer } } },
      ],
      choices: otherAccounts(context, commandOf[cadence]),
    });
  },
};
