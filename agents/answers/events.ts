import type { CalendarOutput } from '../../tools/calendar.ts';
import type { CorporateActionsOutput } from '../../tools/corporate-actions.ts';
import type { BrokerQuote } from '../../tools/broker-quote.ts';
import type { EventRag } from '../../tools/event-rag.ts';
import type { EventWindow } from '../../tools/event-window.ts';
import type { Policy } from '../../tools/policy.ts';
import type { Draft, DraftPart } from '../define.ts';
import type { Column } from '../vocabulary.ts';
import type { AnswerContext, AnswerTable } from './define.ts';
import { refusalDraft } from './proposal-draft.ts';
import { cellsOf, said, sentences } from './references.ts';

type Reported = Pick<EventRag['hits'][number], 'source' | 'title' | 'happenedAt' | 'eventId' | 'eventType' | 'addressesSoftware'>;
/** Each line opens its record. Wording addressed to software is reported, not repeated. */
const timeline = (subject: string, items: readonly Reported[]): DraftPart => ({
  type: 'timeline', subject,
  entries: items.map((item) => ({ at: item.happenedAt, kind: item.eventType, ref: `event:${item.eventId}`, text: item.addressesSoftware ? `Filing by ${item.source}, with wording addressed to software; nothing in it was acted on.` : `${item.title} (${item.source})` })),
});
/** The sentence for the first flagged item of a list at `path`. */
const flaggedSentence = (cell: ReturnType<typeof cellsOf>, path: string, items: readonly Reported[]): string | null => {
  const index = items.findIndex((item) => item.addressesSoftware);
  return index < 0 ? null : `Filing by ${cell(`${path}.${index}.source`)}, ${cell(`${path}.${index}.dayText`)} ${cell(`${path}.${index}.timeText`)}, with wording addressed to software; nothing in it was acted on.`;
};

async function news({ intent, tools }: AnswerContext<'news'>): Promise<Draft> {
  const range = intent.period ? { from: intent.period.from, to: intent.period.to } : {};
  const called = await tools.call<EventRag>('event_rag', { query: intent.query ?? '', ...(intent.symbol ? { symbols: [intent.symbol] } : {}), ...range, limit: 8 });
  if (!called.ok) return refusalDraft(called);
  const { output } = called;
  const cell = cellsOf(called);
  const words = intent.query ? `“${said(intent.query)}”` : null;
  const about = `${words ? ` on ${words}` : ''}${intent.symbol ? `${words ? ' and' : ' on'} ${cell('symbols.0')}` : ''}`;
  const quote = intent.symbol ? await tools.call<BrokerQuote>('broker_quote', { symbol: intent.symbol }) : null;
  const price = quote?.ok && quote.output.quote?.changePercent != null ? `${cellsOf(quote)('symbol')} is at ${cellsOf(quote)('quote.last', 'price')}, ${cellsOf(quote)('quote.changePercent', 'signed_percent')} from the previous close.` : null;
  if (!output.found) {
    const known = output.known.count === 0 ? 'No news or filings are stored.' : `Searched ${cell('known.count', 'count')} filings and headlines that became known from ${cell('known.fromText')} to ${cell('known.toText')}.`;
    return { text: sentences(`Nothing is known${about}${intent.period ? ` for ${said(intent.period.label)}` : ''}.`, known, price), parts: [] };
  }
  // Without words to match, hits come as they became known; a story told late is not the latest.
  const shown = intent.query ? output.hits : output.hits.toSorted((a, b) => (a.happenedAt < b.happenedAt ? 1 : a.happenedAt > b.happenedAt ? -1 : 0));
  const best = shown.find((each) => !each.addressesSoftware);
  const first = best ? output.hits.indexOf(best) : -1;
  const lead = first < 0 ? null : `${intent.query ? (output.hits[first]?.missing ? 'Closest' : 'Best match') : 'Latest'}${about}, ${cell(`hits.${first}.dayText`)} ${cell(`hits.${first}.timeText`)}: “${cell(`hits.${first}.title`)}” (${cell(`hits.${first}.source`)}).`;
  const missing = first >= 0 && output.hits[first]?.missing ? `It does not say “${cell(`hits.${first}.missing`)}”.` : null;
  const more = output.count > 1 ? `${cell('count', 'count')} are listed${intent.period ? ` for ${said(intent.period.label)}` : ''}.` : null;
  return { text: sentences(lead, missing, flaggedSentence(cell, 'hits', output.hits), price, more), parts: [timeline(output.symbols[0] ?? 'News', shown)], ...(output.symbols[0] ? { choices: [{ label: 'Chart', command: `/chart ${output.symbols[0]}` }] } : {}) };
}

const calendarColumns: Column[] = [{ key: 'date', title: 'Date', align: 'left' }, { key: 'weekday', title: 'Day', align: 'left' }, { key: 'symbol', title: 'Symbol', align: 'left' }, { key: 'words', title: 'What', align: 'left' }, { key: 'title', title: 'As announced', align: 'left' }, { key: 'tradingDaysAway', title: 'Trading days away', align: 'right' }];
const whatWords: Record<string, string> = { RESULTS: 'results', DIVIDEND: 'ex-dates of dividends', BOARD_MEETING: 'board meetings', HOLIDAY: 'holidays' };

async function calendar({ intent, tools, askedOn }: AnswerContext<'calendar'>): Promise<Draft> {
  const range = intent.period ? { from: intent.period.from, to: intent.period.to } : {};
  const called = await tools.call<CalendarOutput>('calendar', { ...(intent.symbol ? { symbol: intent.symbol } : {}), ...(intent.what ? { what: intent.what } : {}), ...range });
  if (!called.ok) return refusalDraft(called);
  const { output } = called;
  const cell = cellsOf(called);
  const what = intent.what ? (whatWords[intent.what] ?? 'events') : 'events';
  const span = `${cell('fromText')} to ${cell('toText')}`;
  if (output.count === 0) {
    const nobody = intent.what === 'HOLIDAY' ? 'The exchange’s calendar does not reach that far.' : 'No source covers these days, so nobody can say.';
    const past = intent.what === 'DIVIDEND' && intent.symbol && !intent.period ? await lastDividend(intent.symbol, tools) : null;
    return { text: sentences(past, `No ${what}${output.symbol ? ` of ${cell('symbol')}` : ''} ${output.covered ? 'are scheduled' : 'are known'} from ${span}.`, !output.covered && nobody), parts: [] };
  }
  const over = intent.period !== undefined && intent.period.to < askedOn;
  const first = `${cell('items.0.symbol')} ${cell('items.0.words')} on ${cell('items.0.dayText')}`;
  const lead = output.items[0]?.symbol ? first : `closed on ${cell('items.0.dayText')} (${cell('items.0.title')})`;
  return {
    text: sentences(over ? `${intent.symbol || output.items[0]?.symbol ? '' : 'The exchange was '}${lead}.` : `${intent.symbol ? '' : 'Next: '}${lead}.`, output.count > 1 && `${cell('count', 'count')} ${what} from ${span}.`, !output.covered && 'No source covers all of these days; there may be more.', output.truncated && 'The list is cut.'),
    parts: output.count > 1 ? [{ type: 'table', title: `${what.charAt(0).toUpperCase()}${what.slice(1)}${over ? '' : ' ahead'}`, columns: calendarColumns, call: called.call, path: 'items' }] : [],
    ...(intent.symbol && output.items[0] ? { choices: [{ label: 'Does it keep entries out?', command: `/window ${output.symbol}` }] } : {}),
  };
}

/** The last ex-date of a dividend that is known; null where none is. Asked where none lies ahead. */
async function lastDividend(symbol: string, tools: AnswerContext<'calendar'>['tools']): Promise<string | null> {
  const called = await tools.call<CorporateActionsOutput>('corporate_actions', { symbol, what: 'DIVIDEND' });
  const at = called.ok ? called.output.items.findIndex((item) => !item.ahead) : -1;
  if (!called.ok || at < 0) return null;
  const cell = cellsOf(called);
  return `Last known of ${cell('symbol')}: ${cell(`items.${at}.subject`)}, ex-date ${cell(`items.${at}.exDateText`)}.`;
}

async function eventWindow({ intent, tools, account }: AnswerContext<'event_window'>): Promise<Draft> {
  const named = intent.account && intent.account !== '*' ? intent.account : account?.name;
  const called = await tools.call<EventWindow>('event_window', { symbol: intent.symbol, ...(named ? { account: named } : {}) });
  if (!called.ok) return refusalDraft(called);
  const { output } = called;
  const cell = cellsOf(called);
  const { afterResults: after } = output;
  const past = after.count === 0 ? null : after.count === 1 ? `After its last results it moved ${cell('afterResults.lowestPercent', 'signed_percent')} the next day.`
    : `Last ${cell('afterResults.count', 'count')} results: moved ${cell('afterResults.lowestPercent', 'signed_percent')} to ${cell('afterResults.highestPercent', 'signed_percent')} next day, median ${cell('afterResults.medianSizePercent', 'percent')}.`;
  const counted = output.events.some((event) => event.counted === 'weekdays') ? 'Days are counted in weekdays: the exchange’s calendar does not reach that far.' : null;
  if (output.verdict === 'BLACKOUT') {
    return { text: sentences(`No entry until ${output.earliestEntryText === null ? 'the event is past' : cell('earliestEntryText')}: ${cell('blocking.words')} on ${cell('blocking.dayText')}, blackout ${cell('blocking.blackoutDays', 'count')} trading days.`, past, counted), parts: [], choices: [{ label: 'Calendar', command: `/calendar ${output.symbol}` }] };
  }
  if (output.verdict === 'NOTHING_KNOWN') return { text: sentences(`Nobody can say: ${cell('coverage.note')}. An entry would carry that warning.`, output.next && `Known ahead: ${cell('next.words')} on ${cell('next.dayText')}.`, past), parts: [] };
  const ahead = output.next ? `next ${cell('next.words')} on ${cell('next.dayText')}, ${cell('next.tradingDaysAway', 'count')} trading days away (blackout ${cell('next.blackoutDays', 'count')})` : 'nothing is scheduled within reach';
  return { text: sentences(`No event keeps entries out of ${cell('symbol')}: ${ahead}.`, past, counted), parts: [], choices: [{ label: 'Check a trade', command: `/check ${output.symbol}` }] };
}

const stanceWords = { HAWKISH: 'hawkish', DOVISH: 'dovish', NEUTRAL: 'neutral' } as const;
const moodWords = { BULLISH: 'bullish for shares', BEARISH: 'bearish for shares', NEUTRAL: 'neutral for shares' } as const;

async function policy({ intent, tools }: AnswerContext<'policy'>): Promise<Draft> {
  const range = intent.period ? { from: intent.period.from, to: intent.period.to } : {};
  const called = await tools.call<Policy>('policy', { ...(intent.source ? { source: intent.source } : {}), ...range });
  if (!called.ok) return refusalDraft(called);
  const { output } = called;
  const cell = cellsOf(called);
  if (output.count === 0) return { text: `I have nothing to go by: ${cell('reason')}.`, parts: [] };
  const index = output.items.findIndex((item) => !item.addressesSoftware);
  const item = output.items[index];
  const sectors = item && item.reading.impactedSectors.length > 0 ? ` Touches ${item.reading.impactedSectors.join(', ')}.` : '';
  const lead = item ? `${stanceWords[item.reading.stance].replace(/^./, (letter) => letter.toUpperCase())}, ${moodWords[item.reading.sentiment]}, confidence ${cell(`items.${index}.reading.confidence`, 'number')} of one: ${cell(`items.${index}.title`)} (${cell(`items.${index}.source`)}, ${cell(`items.${index}.dayText`)}). Why: ${cell(`items.${index}.reading.rationale`)}.${sectors}` : null;
  return { text: sentences(lead, flaggedSentence(cell, 'items', output.items)), parts: [timeline('Policy', output.items)], note: 'Read by a word list, without the language model.' };
}

export const eventAnswers: AnswerTable = { news, calendar, event_window: eventWindow, policy };
