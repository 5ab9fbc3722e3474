import type { z } from 'zod';
import { cards } from '../../tools/cards.ts';
import { marketHours } from '../../tools/market-hours.ts';
import { portfolioState } from '../../tools/portfolio-state.ts';
import { switches } from '../../tools/switches.ts';
import type { AnswerTable } from './define.ts';
import { marketWords } from './desk.ts';
import { largestAndNext, todayWords } from './portfolio.ts';
import { refusalDraft } from './proposal-draft.ts';
import { restrictedWords } from './risk.ts';
import { cells, choice, draft, many, namedScope, type Read, read } from './wording.ts';

/** "Anything I should know?": hours, what stands still, what waits for a yes, what is held and what comes. Words from outside are one press away. */
export const briefAnswers: AnswerTable = {
  async brief(context) {
    const scope = namedScope(context);
    const [hours, stopped, waiting, held] = [await read(context, marketHours, {}), await read(context, switches, scope), await read(context, cards, { ...scope, pending: true }), await read(context, portfolioState, scope)];
    if (!held.ok) return refusalDraft(held);
    const lines = [
      hours.ok ? marketWords(hours) : hours.error.message,
      stopped.ok ? restrictedWords(stopped) : stopped.error.message,
      waiting.ok ? waitingWords(waiting) : waiting.error.message,
      heldWords(held),
    ];
    const holds = held.output.positions.length > 0;
    return draft(lines.filter((line) => line !== '').join('\n'), {
      choices: [...(waiting.ok && waiting.output.waitingCount > 0 ? [choice('What waits for me', '/cards')] : []), ...(holds ? [choice('What I hold', 'what do I hold'), choice('News on what I hold', 'news about my holdings')] : [choice('News', '/news'), choice('Find a trade', 'find me a trade')]), choice('What moved', '/movers')],
    });
  },
};

function waitingWords(call: Read<z.output<(typeof cards)['output']>>): string {
  const cell = cells(call);
  const { waitingCount, cards: open } = call.output;
  if (waitingCount === 0) return 'Nothing waits for your yes.';
  return `${cell('waitingCount', 'count')} ${many(waitingCount, 'waits', 'wait')} for your yes${open.length > 0 ? `: card ${cell('cards.0.cardNumber', 'count')} (${cell('cards.0.what', 'text')})${waitingCount > 1 ? ' and more' : ''}` : ''}.`;
}

function heldWords(call: Read<z.output<(typeof portfolioState)['output']>>): string {
  const cell = cells(call);
  const { positions } = call.output;
  if (positions.length === 0) return 'Nothing is held.';
  return `${cell('totals.positions', 'count')} ${many(positions.length, 'position')} held.${todayWords(call, { path: 'totals', todayPnlMinor: call.output.totals.todayPnlMinor })} ${largestAndNext(call)}`;
}
