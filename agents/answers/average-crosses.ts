import { type AverageCrosses, averageCrosses } from '../../tools/average-crosses.ts';
import type { Draft } from '../define.ts';
import type { AnswerContext, AnswerTable } from './define.ts';
import { indexSaid } from './records.ts';
import { refusalDraft } from './proposal-draft.ts';
import { listed, said, sentences } from './references.ts';
import { cells, draft, figures, many, read, type Read, table, words } from './wording.ts';

type Call = Read<AverageCrosses>;
const ways = { UP: 'above', DOWN: 'below' } as const;
/** "The 50-session average" against "the 200-session average"; an average of one session is the close. */
const first = (call: Call): string => (call.output.short === 1 ? 'close' : `${cells(call)('short', 'count')}-session average`);
const second = (call: Call): string => `${cells(call)('long', 'count')}-session average`;
const time = (call: Call): string => `from ${cells(call)('fromText', 'text')} to ${cells(call)('toText', 'text')}`;

function ofOne(call: Call, { way, days }: { way: 'UP' | 'DOWN' | undefined; days: boolean }): string {
  const cell = cells(call);
  const { output } = call;
  if (output.reason !== null || output.now === null) return `I cannot say: ${cell('reason', 'text')}.`;
  const share = cell('symbol', 'text');
  const at = (path: string): string => `${output.short === 1 ? `${cell(`${path}.close`, 'price')}` : `${cell(`${path}.short`, 'price')}`} against ${cell(`${path}.long`, 'price')}`;
  const stands = `At the close of ${cell('now.onText', 'text')} it was ${output.now.side === 'AT' ? 'at' : output.now.side.toLowerCase()} it: ${at('now')}.`;
  if (days) {
    const [side, count] = way === 'DOWN' ? ['below', cell('below', 'count')] : ['above', cell('above', 'count')];
    return sentences(`${share}’s ${first(call)} was ${side} its ${second(call)} at ${count} of ${cell('sessions', 'count')} closes ${time(call)}.`, stands);
  }
  const over = way === undefined ? '' : ` ${ways[way]}`;
  const told = output.crosses.map(({ way: went }, i) => `${cell(`crosses.${i}.onText`, 'text')}${way === undefined ? ` (to ${ways[went]} it)` : ''}`);
  const before = output.before ? `The last time before was on ${cell('before.onText', 'text')}${way === undefined ? `, to ${ways[output.before.way]} it` : ''}.` : null;
  if (told.length === 0) return sentences(`${share}’s ${first(call)} did not cross${over} its ${second(call)} ${time(call)}.`, stands, before);
  const [latest] = output.crosses;
  return sentences(`${share}’s ${first(call)} crossed${over} its ${second(call)} ${told.length === 1 ? 'on' : `${cell('total', 'count')} times ${time(call)}: on`} ${listed(told)}${told.length === 1 && latest ? ` (${at('crosses.0')})` : ''}.`, stands);
}

async function crosses(context: AnswerContext<'average_cross'>): Promise<Draft> {
  const { intent } = context;
  const call = await read(context, averageCrosses, { symbol: intent.symbol, sector: intent.sector, index: indexSaid(intent), short: intent.short, long: intent.long, way: intent.way, ...(intent.period ? { from: intent.period.from, to: intent.period.to } : {}) });
  if (!call.ok) return refusalDraft(call);
  const cell = cells(call);
  const { output } = call;
  if (output.symbol !== null) return draft(ofOne(call, { way: intent.way, days: intent.measure === 'DAYS' }));
  if (output.reason !== null) return draft(`I cannot say: ${cell('reason', 'text')}.`);
  const scope = output.sector ? ` in ${said(output.sector)}` : output.index ? ` in ${cell('index', 'text')}` : '';
  const over = intent.way === undefined ? '' : ` ${ways[intent.way]}`;
  const named = output.crosses.slice(0, 10).map((_, i) => `${cell(`crosses.${i}.symbol`, 'text')} (${cell(`crosses.${i}.onText`, 'text')})`);
  return draft(sentences(
    `${cell('shares', 'count')} of ${cell('counted', 'count')} shares${scope} had their ${first(call)} cross${over} their ${second(call)} ${time(call)}${named.length > 0 ? `: ${named.join(', ')}${output.total > named.length ? ' …' : ''}` : ''}.`,
    output.tooShort > 0 && `${cell('tooShort', 'count')} ${many(output.tooShort, 'share has', 'shares have')} too short a history to tell.`, output.total > output.crosses.length && `The newest ${many(output.crosses.length, 'one is', 'are')} listed.`,
  ), { parts: output.crosses.length > 0 ? [table(call, 'crosses', 'Crossings', [words('on', 'Day'), words('symbol', 'Symbol'), words('name', 'Company'), words('way', 'Way'), figures('close', 'Close', '₹'), figures('short', 'Shorter', '₹'), figures('long', 'Longer', '₹')])] : [] });
}

export const averageCrossAnswers: AnswerTable = { average_cross: crosses };
