import { discovery } from '../../tools/discovery.ts';
import type { Draft } from '../define.ts';
import type { AnswerContext, AnswerTable } from './define.ts';
import { refusalDraft } from './proposal-draft.ts';
import { sentences } from './references.ts';
import { cells, choice, draft, figures, many, read, table, words } from './wording.ts';

/** What is worth a look, the best first, with what shows it; what is held or watched already is left out. */
async function discover(context: AnswerContext<'discovery'>): Promise<Draft> {
  const { sector, record } = context.intent;
  const call = await read(context, discovery, { sector });
  if (!call.ok) return refusalDraft(call);
  const cell = cells(call);
  const { items, count, known, resultsKnown } = call.output;
  context.remember({ lastListed: items.map(({ symbol }) => symbol) });
  const noRecord = record ? 'How earlier suggestions did is not recorded yet. What stands out now:' : null;
  const where = sector === undefined ? '' : ` in ${cell('sector', 'text')}`;
  const left = known > 0 ? `${cell('known', 'count')} that you hold or watch ${many(known, 'is', 'are')} left out.` : null;
  const calendar = resultsKnown ? null : 'No calendar of results covers these days, so results are not among the reasons.';
  if (items.length === 0) return draft(sentences(noRecord, `Nothing new stands out${where} on ${cell('sessionText', 'text')}, among ${cell('looked', 'count')} shares.`, left, calendar), { choices: [choice('What moved', '/movers'), choice('Watchlist', '/watchlist')] });
  const told = items.slice(0, 3).map((_, index) => `${cell(`items.${index}.symbol`, 'text')}: ${cell(`items.${index}.why`, 'text')}`);
  return draft(sentences(noRecord, `${cell('count', 'count')} ${many(count, 'share stands', 'shares stand')} out${where} on ${cell('sessionText', 'text')}.`, `${told.join('. ')}.`, left, calendar), {
    note: `${call.output.basis}.`,
    parts: [table(call, 'items', 'Worth a look', [figures('rank', 'No.'), words('symbol', 'Symbol'), words('sector', 'Sector'), figures('close', 'Close', '₹'), figures('changePercent', 'Change', '%'), words('why', 'Why'), figures('score', 'Score')])],
    choices: [choice(`Watch ${items[0]?.symbol}`, `watch ${items[0]?.symbol}`), ...(items[1] ? [choice('Watch the second', 'watch the second')] : []), choice(`News on ${items[0]?.symbol}`, `news on ${items[0]?.symbol}`)],
  });
}

export const discoveryAnswers: AnswerTable = { discovery: discover };
