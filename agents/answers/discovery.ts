import { discovery } from '../../tools/discovery.ts';
import { discoveryRecord } from '../../tools/discovery-record.ts';
import type { Draft } from '../define.ts';
import type { AnswerContext, AnswerTable } from './define.ts';
import { refusalDraft } from './proposal-draft.ts';
import { sentences } from './references.ts';
import { cells, choice, draft, figures, many, read, table, words } from './wording.ts';

/** What is worth a look, the best first, with what shows it; what is held or watched already is left out. */
async function discover(context: AnswerContext<'discovery'>): Promise<Draft> {
  const { sector, record } = context.intent;
  if (record) return cameOfThem(context, sector);
  const call = await read(context, discovery, { sector });
  if (!call.ok) return refusalDraft(call);
  const cell = cells(call);
  const { items, count, known, resultsKnown } = call.output;
  context.remember({ lastListed: items.map(({ symbol }) => symbol) });
  const where = sector === undefined ? '' : ` in ${cell('sector', 'text')}`;
  const left = known > 0 ? `${cell('known', 'count')} that you hold or watch ${many(known, 'is', 'are')} left out.` : null;
  const calendar = resultsKnown ? null : 'No calendar of results covers these days, so results are not among the reasons.';
  if (items.length === 0) return draft(sentences(`Nothing new stands out${where} on ${cell('sessionText', 'text')}, among ${cell('looked', 'count')} shares.`, left, calendar), { choices: [choice('What moved', '/movers'), choice('Watchlist', '/watchlist')] });
  const told = items.slice(0, 3).map((_, index) => `${cell(`items.${index}.symbol`, 'text')}: ${cell(`items.${index}.why`, 'text')}`);
  return draft(sentences(`${cell('count', 'count')} ${many(count, 'share stands', 'shares stand')} out${where} on ${cell('sessionText', 'text')}.`, `${told.join('. ')}.`, left, calendar), {
    note: `${call.output.basis}.`,
    parts: [table(call, 'items', 'Worth a look', [figures('rank', 'No.'), words('symbol', 'Symbol'), words('sector', 'Sector'), figures('close', 'Close', '₹'), figures('changePercent', 'Change', '%'), words('why', 'Why'), figures('score', 'Score')])],
    choices: [choice(`Watch ${items[0]?.symbol}`, `watch ${items[0]?.symbol}`), ...(items[1] ? [choice('Watch the second', 'watch the second')] : []), choice(`News on ${items[0]?.symbol}`, `news on ${items[0]?.symbol}`), choice('How earlier ones did', 'picker performance')],
  });
}

/** How what the same rules said in past sessions did against the market: which kinds stand apart from chance, and which do not. */
async function cameOfThem(context: AnswerContext<'discovery'>, sector: string | undefined): Promise<Draft> {
  const call = await read(context, discoveryRecord, { sector });
  if (!call.ok) return refusalDraft(call);
  const cell = cells(call);
  const { rows, certain } = call.output;
  const where = sector === undefined ? '' : ` in ${cell('sector', 'text')}`;
  if (rows.length === 0) return draft(`Nothing stood out${where} in the ${cell('sessions', 'count')} sessions that are stored, so there is no record.`, { choices: [choice('What stands out now', '/discovery')] });
  const best = rows[0]?.over20 === null ? null : `Furthest ahead of the market after twenty sessions: ${cell('rows.0.label', 'text')}, ${cell('rows.0.over20', 'signed_percent')} on average over ${cell('rows.0.count20', 'count')} (${cell('rows.0.above20', 'percent')} of them ahead).`;
  const chance = certain === 0 ? 'No kind stands apart from chance.' : `${cell('certain', 'count')} of ${rows.length} ${many(certain, 'kind stands', 'kinds stand')} apart from chance.`;
  return draft(sentences(`From ${cell('fromText', 'text')} to ${cell('toText', 'text')} the same rules would have pointed ${cell('suggestions', 'count')} times to one of ${cell('shares', 'count')} shares${where}.`, best, chance), {
    note: `${call.output.basis}.`,
    parts: [table(call, 'rows', 'What came of earlier suggestions', [words('label', 'Kind'), figures('count', 'Suggestions'), figures('over1', 'After 1', '% over market'), figures('over5', 'After 5', '%'), figures('over20', 'After 20', '%'), figures('above20', 'Ahead after 20', '%'), words('interval', '95 % interval')])],
    choices: [choice('What stands out now', '/discovery')],
  });
}

export const discoveryAnswers: AnswerTable = { discovery: discover };
