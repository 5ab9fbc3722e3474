import type { z } from 'zod';
import { auditStory } from '../../tools/audit-story.ts';
import { card } from '../../tools/card.ts';
import { cards } from '../../tools/cards.ts';
import { guardrails } from '../../tools/guardrails.ts';
import type { Draft } from '../define.ts';
import { cardNumbered, decided, type Meant } from './decisions.ts';
import type { AnswerContext, AnswerSetting, AnswerTable } from './define.ts';
import { refusalDraft } from './proposal-draft.ts';
import { sentences } from './references.ts';
import { cells, choice, draft, type Read, read } from './wording.ts';

/** A refusal further back than this is asked for by its number. */
const mostCards = 200;
type Card = Read<z.output<(typeof card)['output']>>;

/** What a share that is named means: its latest trade, else its latest card. A share that was never proposed is refused in its own sentence. */
async function cardMeant(context: AnswerSetting, { card: number, symbol, step }: { card?: number | undefined; symbol?: string | undefined; step?: 'BEFORE' | 'AFTER' | undefined }): Promise<Meant> {
  if (number !== undefined) return cardNumbered(context, { card: number, step });
  if (symbol !== undefined) {
    const story = await read(context, auditStory, { symbol });
    if (!story.ok) return { draft: refusalDraft(story) };
    if (story.output.cardNumber !== null) return { number: story.output.cardNumber };
    return { draft: draft('Which card? Say its number.', { choices: [choice('Show the cards', '/cards')] }) };
  }
  return cardNumbered(context, {});
}

/** The card whose refusal is asked about: of a share the latest that was refused, else its latest. */
async function refusalMeant(context: AnswerContext<'explain_block'>): Promise<Meant> {
  const { symbol } = context.intent;
  if (context.intent.card !== undefined || symbol === undefined) return cardMeant(context, context.intent);
  const found = await read(context, cards, { limit: mostCards });
  if (!found.ok) return { draft: refusalDraft(found) };
  const own = found.output.cards.filter((each) => each.symbol === symbol);
  const meant = own.find(({ status }) => status === 'BLOCKED' || status === 'FAILED') ?? own.find(({ status }) => status === 'REJECTED');
  if (meant) return { number: meant.cardNumber };
  return own[0] ? { draft: draft(`No card in ${symbol} was refused.`, { choices: [choice('The latest', `show card ${own[0].cardNumber}`)] }) } : { draft: draft(`There has been no proposal in ${symbol}.`, { choices: [choice('Would it pass', `/check ${symbol}`)] }) };
}
async function verdict(context: AnswerContext<'explain_block'>): Promise<Draft> {
  const meant = await refusalMeant(context);
  if ('draft' in meant) return meant.draft;
  const call = await read(context, guardrails, { card: meant.number });
  if (!call.ok) return refusalDraft(call);
  context.remember({ lastCard: meant.number });
  const shown = await read(context, card, { card: meant.number });
  // A person's no has a reason of its own; the gates let it through.
  const no = shown.ok && shown.output.status === 'REJECTED' && shown.output.reason !== null ? decided(shown) : null;
  if (no !== null) return draft(no, { choices: [choice('Why it was drawn up', `why card ${meant.number}`)] });
  return draft(`${context.intent.card !== meant.number ? `Card ${cells(call)('card', 'count')}. ` : ''}${cells(call)('words', 'text')}`);
}

/** The reasons, what the judge made of them, and what spoke against it; of a card that was refused also by what. */
async function why(context: AnswerContext<'why'>): Promise<Draft> {
  const meant = await cardMeant(context, context.intent);
  if ('draft' in meant) return meant.draft;
  const call = await read(context, card, { card: meant.number });
  if (!call.ok) return refusalDraft(call);
  const { actionId, cardNumber, symbol, evidence, judge, gates } = call.output;
  context.remember({ lastActionId: actionId, lastCard: cardNumber, ...(symbol === null ? {} : { lastSymbol: symbol }) });
  const gated = await read(context, guardrails, { card: cardNumber });
  const gateWords = gated.ok && (gates?.blocks || evidence.length === 0) ? cells(gated)('words', 'text') : null;
  return draft([
    sentences(`Card ${cells(call)('cardNumber', 'count')}${symbol === null ? '' : `, ${cells(call)('symbol', 'text')}`}.`, reasons(call)),
    judge && `The judge: ${cells(call)('judge.text', 'text')}`,
    against(call), outcome(call), gateWords,
  ].filter(Boolean).join('\n'), { choices: [choice('The gates', `gate report for card ${cardNumber}`), choice('Its story', `audit of card ${cardNumber}`)] });
}

function reasons(call: Card): string | null {
  const cell = cells(call);
  const told = call.output.evidence.map(({ text }, n) => ({ text, cell: cell(`evidence.${n}.text`, 'text') }));
  return told.length === 0 ? null : closed(told);
}

function against(call: Card): string | null {
  const told = call.output.risks.map(({ text }, n) => ({ text, cell: cells(call)(`risks.${n}.text`, 'text') }));
  return told.length === 0 ? null : `Against: ${closed(told)}`;
}
/** Clauses and sentences in a row, each with one mark behind it. */
const closed = (told: readonly { text: string; cell: string }[]): string => told.map(({ text, cell }, n) => `${cell}${/[.!?]$/.test(text) ? '' : n < told.length - 1 ? ';' : '.'}`).join(' ');

/** Whose no it was, where there was one: a person's reason is no gate's. */
const outcome = (call: Card): string | null => (call.output.status === 'REJECTED' && call.output.reason !== null ? `Rejected: ${cells(call)('reason', 'text')}` : null);

export const whyAnswers: AnswerTable = { why, explain_block: verdict };
