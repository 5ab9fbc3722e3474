import type { z } from 'zod';
import { card } from '../../tools/card.ts';
import { cards } from '../../tools/cards.ts';
import type { Draft } from '../define.ts';
import type { AnswerContext, AnswerSetting, AnswerTable } from './define.ts';
import { refusalDraft } from './proposal-draft.ts';
import { cells, choice, draft, type Read, read } from './wording.ts';

type Card = Read<z.output<(typeof card)['output']>>;
/** Cards further back than this are asked for by their numbers. */
const mostCards = 200;

export type Meant = { number: number } | { draft: Draft };
const whichCard = (): Meant => ({ draft: draft('Which card? Say its number.', { choices: [choice('Show the cards', '/cards')] }) });

/**
 * The card that a number, or the talk, means; with `step` the one before or after it. After a card that was rejected or blocked that is the
 * one before that fared the same: who asks why one was refused goes on with refusals.
 */
export async function cardNumbered(context: AnswerSetting, { card: number, step }: { card?: number | undefined; step?: 'BEFORE' | 'AFTER' | undefined }): Promise<Meant> {
  const from = number ?? context.memory.lastCard;
  if (from === undefined) return whichCard();
  if (step === undefined) return { number: from };
  const found = await read(context, cards, { limit: mostCards });
  if (!found.ok) return { draft: refusalDraft(found) };
  const all = found.output.cards;
  const status = all.find(({ cardNumber }) => cardNumber === from)?.status;
  const like = status === 'REJECTED' || status === 'BLOCKED' ? all.filter((each) => each.status === status) : all;
  const numbers = like.map(({ cardNumber }) => cardNumber).sort((a, b) => a - b);
  const next = step === 'BEFORE' ? numbers.findLast((each) => each < from) : numbers.find((each) => each > from);
  const kind = status === 'REJECTED' ? ' that was rejected' : status === 'BLOCKED' ? ' that was blocked' : '';
  const at = all.findIndex(({ cardNumber }) => cardNumber === from);
  return next === undefined ? { draft: draft(`There is no card${kind} ${step === 'BEFORE' ? 'before' : 'after'} ${at < 0 ? 'that one' : `card ${cells(found)(`cards.${at}.cardNumber`, 'count')}`} that I can see.`) } : { number: next };
}

/** Who said yes or no to a card, when, and the reason; or that nobody was asked, or has answered. */
async function decision(context: AnswerContext<'decision'>): Promise<Draft> {
  const meant = await cardNumbered(context, context.intent);
  if ('draft' in meant) return meant.draft;
  const call = await read(context, card, { card: meant.number });
  if (!call.ok) return refusalDraft(call);
  const { actionId, cardNumber, symbol } = call.output;
  context.remember({ lastActionId: actionId, lastCard: cardNumber, ...(symbol === null ? {} : { lastSymbol: symbol }) });
  return draft(context.intent.asked === 'PROPOSER' ? `Card ${cells(call)('cardNumber', 'count')} (${cells(call)('what', 'text')}) was put forward by ${cells(call)('proposedBy', 'text')} on ${cells(call)('when', 'text')}. ${decided(call)}` : decided(call), { choices: [choice('Its story', `audit of card ${cardNumber}`), choice('Show it', `show card ${cardNumber}`)] });
}

/** One sentence: who decided a card, when on the wall clock, and why. */
export function decided(call: Card): string {
  const cell = cells(call);
  const { account, status, reason, confirmation } = call.output;
  const named = `Card ${cell('cardNumber', 'count')} (${cell('what', 'text')}${account === null ? '' : ` in ${cell('account', 'text')}`}, of ${cell('when', 'text')})`;
  const why = reason === null ? '.' : `: ${cell('reason', 'text')}${/[.!?]$/.test(reason) ? '' : '.'}`;
  const at = confirmation?.decidedWhen ? ` ${/^\d\d:/.test(confirmation.decidedWhen) ? 'today at' : 'on'} ${cell('confirmation.decidedWhen', 'text')}` : '';
  const where = confirmation?.decidedIn ? ` in ${cell('confirmation.decidedIn', 'text')}` : '';
  const by = confirmation?.decidedBy ? ` by ${cell('confirmation.decidedBy', 'text')}` : '';
  if (confirmation?.status === 'rejected' || status === 'REJECTED') return `${named} was rejected${by}${at}${where}${why}`;
  if (confirmation?.status === 'confirmed') return `${named} was confirmed${by}${at}${where}; its state is ${cell('status', 'text')} now${status === 'BLOCKED' || status === 'FAILED' ? why : '.'}`;
  if (status === 'BLOCKED') return `Nobody was asked: the gates blocked ${named.replace(/^Card/, 'card')}${why}`;
  if (confirmation?.status === 'pending') return `Nobody has decided ${named.replace(/^Card/, 'card')} yet: it waits for a yes.`;
  if (confirmation?.status === 'expired' || status === 'EXPIRED') return `Nobody decided ${named.replace(/^Card/, 'card')}: it expired unanswered.`;
  if (confirmation?.status === 'superseded') return `Nobody decided ${named.replace(/^Card/, 'card')}: a later one took its place.`;
  return `Nobody was asked about ${named.replace(/^Card/, 'card')}: it needed no yes of its own. Proposed by ${cell('proposedBy', 'text')}.`;
}

export const decisionAnswers: AnswerTable = { decision };
