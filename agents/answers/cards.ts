import { cards } from '../../tools/cards.ts';
import type { Draft, DraftPart } from '../define.ts';
import type { AnswerContext, AnswerTable } from './define.ts';
import { refusalDraft } from './proposal-draft.ts';
import { cells, choice, draft, figures, many, namedScope, read, signOf, table, words } from './wording.ts';

/** More cards than this are a list; fewer are shown whole. */
const shownWhole = 3;
/** Cards named in the sentence; the table has the rest. */
const named = 5;
const became = { APPROVED: 'confirmed', REJECTED: 'rejected', BLOCKED: 'blocked by the gates', EXPIRED: 'left to expire', FAILED: 'carried out in vain' } as const;

/** Cards that wait for a yes, or those of a time, by what became of them and who decided. */
export const cardListAnswers: AnswerTable = {
  async cards(context) {
    const { period, outcome, decidedBy, symbol } = context.intent;
    if (period !== undefined || outcome !== undefined || decidedBy !== undefined || symbol !== undefined) return cardList(context);
    const waiting = await read(context, cards, { ...namedScope(context), pending: true });
    if (!waiting.ok) return refusalDraft(waiting);
    const cell = cells(waiting);
    const { cards: open, waitingCount } = waiting.output;
    const [first] = open;
    if (first) {
      if (open.length === 1) context.remember({ lastActionId: first.actionId, lastCard: first.cardNumber });
      const named = open.slice(0, shownWhole).map((_, index) => `card ${cell(`cards.${index}.cardNumber`, 'count')} (${cell(`cards.${index}.what`, 'text')})`).join(', ');
      const text = `${cell('waitingCount', 'count')} ${many(waitingCount, 'waits', 'wait')} for a yes: ${named}${open.length > shownWhole ? ' and more' : ''}.`;
      const parts: DraftPart[] = open.length <= shownWhole ? open.map(({ actionId }) => ({ type: 'card', actionId })) : [cardTable(waiting, 'Waiting')];
      return draft(text, { parts, choices: open.length > shownWhole ? open.slice(0, 5).map(({ cardNumber }) => choice(`Card ${cardNumber}`, `show card ${cardNumber}`)) : [] });
    }
    const latest = await read(context, cards, { ...namedScope(context), limit: 10 });
    const parts = latest.ok && latest.output.cards.length > 0 ? [cardTable(latest, 'Latest cards')] : [];
    return draft(parts.length > 0 ? 'Nothing waits for a yes. The latest cards:' : 'Nothing waits for a yes, and no card has been drawn up yet.', { parts, choices: [choice('Find me a trade', 'find me a trade')] });
  },
};

/** "3 cards were rejected yesterday: card 7 (BUY 10 TCS in SIP, by you: too big), …". */
async function cardList(context: AnswerContext<'cards'>): Promise<Draft> {
  const { period, outcome, decidedBy, symbol } = context.intent;
  const call = await read(context, cards, { ...namedScope(context), ...(period ? { period } : {}), ...(outcome ? { outcome } : {}), ...(decidedBy ? { decidedBy } : {}), ...(symbol ? { symbol } : {}), limit: 100 });
  if (!call.ok) return refusalDraft(call);
  const cell = cells(call);
  const { cards: found, count, truncated } = call.output;
  const when = call.output.period === null ? '' : ` ${cell('period.label', 'text')}`;
  const where = context.intent.account !== undefined && context.account && context.intent.account !== '*' ? ` in ${context.account.name}` : '';
  const of = symbol === undefined ? '' : ` in ${symbol}`;
  const by = decidedBy === undefined ? '' : decidedBy === 'me' ? ' by you' : ` by {{said:${decidedBy}}}`;
  const verb = outcome === undefined ? 'drawn up' : became[outcome];
  if (count === 0) return draft(`No card${of}${where} was ${verb}${by}${when}.`, { choices: [choice('What waits for me', '/cards')] });
  if (context.intent.by === 'person') {
    const each = call.output.deciders.map((_, index) => `${cell(`deciders.${index}.name`, 'text')} ${cell(`deciders.${index}.${outcome === 'REJECTED' ? 'rejected' : 'confirmed'}`, 'count')}`);
    return draft(`${cell('count', 'count')} ${many(count, 'card')}${of}${where} ${many(count, 'was', 'were')} ${verb}${when}: ${each.join(', ')}.`, { parts: [table(call, 'deciders', 'Who decided', [words('name', 'Who'), figures('confirmed', 'Confirmed'), figures('rejected', 'Rejected')])] });
  }
  const [first] = found;
  if (first) context.remember({ lastActionId: first.actionId, lastCard: first.cardNumber, ...(first.symbol === null ? {} : { lastSymbol: first.symbol }) });
  const told = found.slice(0, named).map((line, index) => {
    const at = `cards.${index}`;
    const who = line.decidedBy !== null && decidedBy === undefined ? `, by ${cell(`${at}.decidedBy`, 'text')}` : '';
    const state = outcome === undefined ? `, ${line.status.toLowerCase()}` : '';
    const why = line.reason !== null && outcome !== 'APPROVED' ? `: ${cell(`${at}.reason`, 'text')}` : '';
    return `card ${cell(`${at}.cardNumber`, 'count')} (${cell(`${at}.what`, 'text')}${line.account === null ? '' : ` in ${cell(`${at}.account`, 'text')}`}, ${cell(`${at}.when`, 'text')}${who}${state})${why.replace(/[.]$/, '')}`;
  }).join('; ');
  const waiting = outcome === undefined && call.output.waitingCount > 0 ? ` ${cell('waitingCount', 'count')} of them ${many(call.output.waitingCount, 'waits', 'wait')} for a yes.` : '';
  return draft(`${cell('count', 'count')} ${many(count, 'card')}${of}${where} ${many(count, 'was', 'were')} ${verb}${by}${when}: ${told}${count > named ? ' and more' : ''}.${waiting}${truncated ? ' The newest are below.' : ''}`, {
    parts: [cardTable(call, 'Cards')], choices: found.slice(0, 3).map(({ cardNumber }) => choice(`Card ${cardNumber}`, `show card ${cardNumber}`)),
  });
}

type Cards = Parameters<typeof table>[0] & { output: { currency: 'INR' | 'USD'; waitingCount: number } };
const cardTable = (call: Cards, title: string): DraftPart =>
  table(call, 'cards', title, [figures('cardNumber', 'Card'), words('when', 'When'), words('account', 'Account'), words('what', 'What'), figures('entryPrice', 'Entry', signOf(call.output.currency)), figures('risk', 'Risk', signOf(call.output.currency)), words('status', 'State'), ...(call.output.waitingCount > 0 ? [figures('minutesLeft', 'Left', 'min')] : [words('decidedBy', 'Decided by'), words('reason', 'Reason')])]);
