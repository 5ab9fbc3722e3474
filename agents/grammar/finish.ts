import { ask, type ConversationContext, type Understanding } from './context.ts';
import { Intent, type IntentKind, type IntentOf } from './intents.ts';

/** What the state of the conversation adds to an intent: which card a bare yes means, which proposal "make it 50" changes. */
export type Finished = { intent: Intent; assumed: string[] } | { asks: Understanding };
type Finisher<K extends IntentKind> = (intent: IntentOf<K>, context: ConversationContext) => Finished;

const as = (intent: Intent, ...assumed: string[]): Finished => ({ intent, assumed });
const named = (headline: string, cardNumber: number | null): string => (cardNumber === null ? headline || 'a question' : headline === '' ? `card ${cardNumber}` : `card ${cardNumber} (${headline})`);
const list = (items: readonly string[]): string => (items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`);
const numbers = ['None', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine'];

const answer: Finisher<'yes' | 'no'> = (intent, context) => {
  if (intent.confirmationId !== undefined) return as(intent);
  const pending = context.pendingConfirmations;
  const [only] = pending;
  if (!only || (pending.length === 1 && only.edited)) return as(intent);
  if (pending.length === 1) {
    const identified = { ...intent, confirmationId: only.confirmationId, ...(only.cardNumber === null ? {} : { card: only.cardNumber }) };
    // What was shown last is what a bare yes answers; anything else that waits was said yes to only by inference.
    const shown = only.cardNumber === null || context.lastShownCard === undefined || context.lastShownCard === only.cardNumber;
    return shown ? as(identified) : as(identified, `${named(only.headline, only.cardNumber)}, the only one that waits`);
  }
  const byNumber = intent.kind === 'yes' ? 'approve' : 'reject';
  return {
    asks: ask(`${numbers[pending.length] ?? pending.length} are waiting: ${list(pending.map((each) => named(each.headline, each.cardNumber)))}. Which one?`,
      pending.map((each) => (each.cardNumber === null ? { label: each.headline, command: `/${intent.kind} ${each.confirmationId}` } : { label: String(each.cardNumber), command: `/${byNumber} ${each.cardNumber}` }))),
  };
};

const amend: Finisher<'amend_proposal'> = (intent, context) => {
  const pending = context.pendingConfirmations.filter((each) => each.cardNumber !== null);
  const shown = pending.find((each) => each.cardNumber === context.lastShownCard);
  const chosen = shown ?? (pending.length === 1 ? pending[0] : undefined);
  if (intent.card !== undefined) return as(intent);
  if (chosen?.cardNumber) return as({ ...intent, card: chosen.cardNumber }, `changes card ${chosen.cardNumber}`);
  if (pending.length > 1) return { asks: ask(`${numbers[pending.length] ?? pending.length} proposals are waiting: ${list(pending.map((each) => named(each.headline, each.cardNumber)))}. Open the one to change first.`, pending.map((each) => ({ label: String(each.cardNumber), command: `show card ${each.cardNumber}` }))) };
  // Nothing waits: a stop or target is then a position's, and terms are those of the order that was just spoken of.
  const { stop, target, quantity, limitPrice, onlyIf, scale } = intent;
  if ((stop ?? target) !== undefined && quantity === undefined && limitPrice === undefined && scale === undefined) return moveStop({ stop, target }, context);
  const last = context.lastIntent;
  if ((last?.kind === 'buy' || last?.kind === 'sell') && scale === undefined) {
    const changed = Intent.safeParse({ ...last, ...(quantity ? { quantity } : {}), ...(limitPrice ? { limitPrice } : {}), ...(onlyIf ? { onlyIf } : {}) });
    if (changed.success) return as(changed.data, `the ${last.kind} order of ${last.symbol} just spoken of`);
  }
  return { asks: ask('There is no proposal to change. Write the whole order, for example: buy 10 TCS at 3900.') };
};

function moveStop({ stop, target }: Pick<IntentOf<'amend_proposal'>, 'stop' | 'target'>, context: ConversationContext): Finished {
  const held = [...new Set(context.positions.map((position) => position.symbol))];
  const symbol = context.lastSymbol !== undefined && held.includes(context.lastSymbol) ? context.lastSymbol : held.length === 1 ? held[0] : undefined;
  const terms = { ...(stop === undefined ? {} : { stop }), ...(target === undefined ? {} : { target }) };
  if (symbol) return as({ kind: 'modify_position', symbol, ...terms }, `the ${symbol} position`);
  const what = stop === undefined ? `target to ${target}` : `stop to ${stop}`;
  return { asks: ask('Of which position?', held.slice(0, 6).map((each) => ({ label: each, command: `move the ${each} ${what}` }))) };
}

/** Selling a hundred percent is leaving the position. */
const sell: Finisher<'sell'> = (intent) => {
  if (intent.quantity.kind !== 'all') return as(intent);
  const { symbol, limitPrice, account } = intent;
  return as({ kind: 'exit', symbol, ...(limitPrice === undefined ? {} : { limitPrice }), ...(account === undefined ? {} : { account }) });
};
const buy: Finisher<'buy'> = (intent) => (intent.quantity.kind === 'all' || intent.quantity.kind === 'fraction' ? { asks: ask(`How many ${intent.symbol}?`, [{ label: 'Let the desk size it', command: `/idea ${intent.symbol}` }]) } : as(intent));
/** A position held in two accounts is left in the one that the person names. */
const exit: Finisher<'exit'> = (intent, context) => {
  const holders = [...new Set(context.positions.filter((position) => position.symbol === intent.symbol).map((position) => position.account))];
  if (intent.account !== undefined || holders.length < 2) return as(intent);
  return { asks: ask(`${intent.symbol} is held in ${list(holders)}. Which account?`, holders.map((account) => ({ label: account, command: `exit ${intent.symbol} in ${account}` }))) };
};

export function finish(intent: Intent, context: ConversationContext): Finished {
  switch (intent.kind) {
    case 'yes': case 'no': return answer(intent, context);
    case 'amend_proposal': return amend(intent, context);
    case 'buy': return buy(intent, context);
    case 'sell': return sell(intent, context);
    case 'exit': return exit(intent, context);
    default: return as(intent);
  }
}
