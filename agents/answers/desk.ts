import { answerDataQuestion } from './data-question.ts';
import type { MarketHours } from '../../tools/market-hours.ts';
import type { Draft, TurnCall } from '../define.ts';
import type { AnswerContext, AnswerTable } from './define.ts';
import { help } from './help.ts';
import { refusalDraft } from './proposal-draft.ts';
import { cellsOf, sentences } from './references.ts';

const draft = (text: string, choices: readonly [label: string, command: string][] = []): Draft => ({ text, parts: [], ...(choices.length > 0 ? { choices: choices.map(([label, command]) => ({ label, command })) } : {}) });

async function marketHours({ intent, tools }: AnswerContext<'market_hours'>): Promise<Draft> {
  const called = await tools.call<MarketHours>('market_hours', intent.date ? { date: intent.date } : {});
  if (!called.ok) return refusalDraft(called);
  const { output } = called;
  const cell = cellsOf(called);
  const next = output.next ? `Next session: ${cell('next.weekday')}, ${cell('next.dayText')}, ${cell('next.opensText')} to ${cell('next.closesText')}.` : 'The next session lies beyond what the calendar knows.';
  const past = output.date < output.asOf.slice(0, 10);
  const hours = output.session ? `${cell('session.opensText')} to ${cell('session.closesText')}` : '';
  switch (output.state) {
    case 'OPEN': return draft(`Open until ${cell('session.closesText')}, ${cell('minutesLeft', 'count')} minutes from now (it is ${cell('timeText')} on ${cell('dayText')}, ${cell('world')}).`);
    case 'BEFORE_OPEN': return draft(`Not yet: opens at ${cell('session.opensText')}, in ${cell('minutesLeft', 'count')} minutes, until ${cell('session.closesText')} (it is ${cell('timeText')} on ${cell('dayText')}).`);
    case 'AFTER_CLOSE': return draft(`Closed since ${cell('session.closesText')}. ${next}`);
    case 'CLOSED_DAY': return draft(sentences(`${output.isToday ? 'Closed today' : `${past ? 'It was closed' : 'Closed'} on ${cell('weekday')}, ${cell('dayText')}`}${output.closedLabel === output.weekday ? (output.isToday ? ` (${cell('weekday')})` : '') : ` (${cell('closedLabel')})`}.`, !past && next));
    case 'SESSION': return draft(`There ${past ? 'was' : 'is'} a session on ${cell('weekday')}, ${cell('dayText')}: ${hours}.`);
    case 'NOT_COVERED': return draft(`I do not know: the exchange’s calendar ${output.coverage ? `reaches from ${cell('coverage.fromText')} to ${cell('coverage.toText')}` : 'is not loaded'}.`);
  }
}

/** Whether the exchange is open and until when, or when it opens next. */
export function marketWords(call: Extract<TurnCall<MarketHours>, { ok: true }>): string {
  const cell = cellsOf(call);
  const { state, next } = call.output;
  if (state === 'OPEN') return `The market is open until ${cell('session.closesText')} (${cell('world')}).`;
  return `The market is closed${next ? `; opens ${cell('next.weekday')}, ${cell('next.dayText')} at ${cell('next.opensText')}` : ''} (${cell('world')}).`;
}

async function greet({ tools }: AnswerContext<'greet'>): Promise<Draft> {
  const called = await tools.call<MarketHours>('market_hours', {});
  const offers: [string, string][] = [['What do I hold', 'what do I hold'], ['What moved', '/movers'], ['Find a trade', 'find me a trade'], ['Help', '/help']];
  if (!called.ok) return draft('The desk is here. Ask what you hold, what moved, or for a trade.', offers);
  return draft(`${marketWords(called)} Ask what you hold, what moved, or for a trade.`, offers);
}

const thanks = async (): Promise<Draft> => draft('Noted.', [['What do I hold', 'what do I hold']]);
const cancelTurn = async (): Promise<Draft> => draft('Dropped; nothing was sent. A card that waits for an answer still waits: turn it down with “no”.', [['What is waiting', '/cards']]);

/** Edits are taken before anything is answered (`grammar/edit-command.ts`); what comes here is one of nothing. */
const nothingToEdit = async (): Promise<Draft> => draft('There is no message of yours here that could be edited.');

export const deskAnswers: AnswerTable = {
  help, greet, thanks, market_hours: marketHours, cancel_turn: cancelTurn, edit_message: nothingToEdit, retry_message: nothingToEdit,
  sql: async ({ intent, tools }) => (await answerDataQuestion(intent.question, tools, intent.before)) ?? draft('I can’t put that into a query. Ask for positions, trades, fills, orders, cards, prices, events or profit: by something, over some time, top or bottom, how many, on average.', [['Profit by symbol', 'query profit by symbol'], ['Fees by month', 'query fees by month'], ['Trades', 'query closed trades']]),
};
