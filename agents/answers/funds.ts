import { fundNav } from '../../tools/fund-nav.ts';
import type { Draft } from '../define.ts';
import type { AnswerContext, AnswerTable } from './define.ts';
import { refusalDraft } from './proposal-draft.ts';
import { sentences } from './references.ts';
import { cells, choice, draft, figures, many, read, table, words } from './wording.ts';

/** A change was asked for without a time: that of a year is told, and said. */
const usualDays = 365;

async function fundNavAnswer(context: AnswerContext<'fund_nav'>): Promise<Draft> {
  const { intent } = context;
  const stretch = intent.period && intent.period.from !== intent.period.to;
  const changes = intent.measure === 'CHANGE' || stretch;
  const yearAgo = new Date(Date.parse(`${context.askedOn}T00:00:00Z`) - (usualDays - 1) * 86_400_000).toISOString().slice(0, 10);
  const called = await read(context, fundNav, { fund: intent.fund, ...(intent.period ? (changes ? { from: intent.period.from, to: intent.period.to } : { date: intent.period.to }) : changes ? { from: yearAgo } : {}) });
  if (!called.ok) return refusalDraft(called);
  const { output } = called;
  const cell = cells(called);
  if (!output.fund) {
    const listed = output.schemes.length > 0 ? [table(called, 'schemes', 'Schemes', [words('scheme', 'AMFI number'), words('name', 'Scheme'), figures('value.nav', 'NAV', '₹'), words('value.dayText', 'Day')])] : [];
    const choices = output.schemes.slice(0, 5).map(({ scheme, name }) => choice(name, `nav of ${scheme}${intent.period ? ` ${intent.period.label}` : ''}`));
    if (output.found === 'several') return draft(`${cell('schemes.length', 'count')} schemes answer to “${intent.fund}”, each with a value of its own. Which one?`, { parts: listed, choices });
    return draft(sentences(`I know no mutual fund “${intent.fund}”.`, output.schemes.length > 0 && `${many(output.schemes.length, 'One looks', 'Some look')} alike.`), { parts: listed, choices });
  }
  const { value } = output.fund;
  if (!value) return draft(`I cannot tell the net asset value of ${cell('fund.name', 'text')}: ${cell('reason', 'text')}.`);
  const worth = `${cell('fund.name', 'text')}: net asset value ${cell('fund.value.nav', 'price')} on ${cell('fund.value.dayText', 'text')}`;
  if (!changes) return draft(`${worth}.`);
  if (output.changePercent === null || !output.base) return draft(`${worth}. What it changed by nobody can say: ${cell('reason', 'text')}.`);
  return draft(sentences(`${worth}, ${cell('changePercent', 'signed_percent')} from ${cell('base.nav', 'price')} on ${cell('base.dayText', 'text')}.`, output.baseIsFirst && 'That is the first value stored; nothing from before the period is.', !intent.period && 'No time was named, so this is the last year.'));
}

export const fundAnswers: AnswerTable = { fund_nav: fundNavAnswer };
