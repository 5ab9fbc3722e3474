import { checkOrder } from '../../tools/check-order.ts';
import type { Draft } from '../define.ts';
import type { AnswerSetting, AnswerTable } from './define.ts';
import { proposalDraft, refusalDraft, type Proposed } from './proposal-draft.ts';
import { accountFor, cells, read } from './wording.ts';

const accountOf = (context: AnswerSetting): string | undefined => context.account?.name;
const quantityArguments = (quantity: { kind: string; shares?: number; amountMinor?: number; fraction?: number; lots?: number } | undefined): Record<string, unknown> => {
  switch (quantity?.kind) {
    case 'shares': return { quantity: quantity.shares };
    case 'lots': return { quantity: quantity.lots };
    case 'money': return { amountMinor: quantity.amountMinor };
    case 'fraction': return { fraction: quantity.fraction };
    default: return {};
  }
};
const defined = (record: Record<string, unknown>): Record<string, unknown> => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));

/** Asks for the account where several could be meant; the choices say the whole command again. */
function whichAccount(context: AnswerSetting, command: (account: string) => string): Draft | null {
  const able = context.accounts.filter((account) => account.canPropose);
  if (context.account || able.length <= 1) return null;
  return { text: 'In which account?', parts: [], choices: able.map(({ name }) => ({ label: name, command: command(name) })) };
}

async function proposed(context: AnswerSetting, tool: string, input: Record<string, unknown>): Promise<Draft> {
  const call = await context.tools.call<Proposed>(tool, defined(input));
  if (call.ok) context.remember({ lastActionId: call.output.actionId, ...(call.output.cardNumber === null ? {} : { lastCard: call.output.cardNumber }) });
  return call.ok ? proposalDraft(call) : refusalDraft(call);
}

export const tradingAnswers: AnswerTable = {
  async buy(context) {
    const { symbol, quantity, limitPrice, stop, target, onlyIf } = context.intent;
    const words = quantity.kind === 'shares' ? `${quantity.shares} ` : quantity.kind === 'money' ? `₹${quantity.amountMinor / 100} of ` : '';
    const ask = whichAccount(context, (account) => `buy ${words}${symbol}${limitPrice ? ` at ${limitPrice}` : ''}${stop ? ` stop ${stop}` : ''}${target ? ` target ${target}` : ''} in ${account}`);
    return ask ?? proposed(context, 'propose_order', { symbol, side: 'BUY', account: accountOf(context), ...quantityArguments(quantity), limitPrice, stop, target, onlyIf });
  },
  sell: (context) => proposed(context, 'propose_exit', { symbol: context.intent.symbol, account: context.intent.account, ...quantityArguments(context.intent.quantity), limitPrice: context.intent.limitPrice }),
  exit: (context) => proposed(context, 'propose_exit', { symbol: context.intent.symbol, account: context.intent.account, limitPrice: context.intent.limitPrice }),
  async amend_proposal(context) {
    const { intent, memory } = context;
    if (!memory.lastActionId) return { text: 'There is no proposal to change. Say the whole order.', parts: [] };
    return proposed(context, 'amend_proposal', { actionId: memory.lastActionId, ...quantityArguments(intent.quantity), scale: intent.scale, limitPrice: intent.limitPrice, stop: intent.stop, target: intent.target, onlyIf: intent.onlyIf });
  },
  propose_again: (context) => proposed(context, 'propose_again', { card: context.intent.card }),
  modify_position: (context) => {
    const { symbol, stop, target, trailDistance, trailPercent, account } = context.intent;
    return proposed(context, 'propose_modify', { symbol, stop, target, trailDistance, trailPercent, account });
  },
  async cancel_order(context) {
    const { order, symbol, all, account } = context.intent;
    const call = await context.tools.call<{ proposals: Proposed[] }>('propose_cancel', defined({ order, symbol, all, account }));
    if (!call.ok) return refusalDraft(call);
    const parts = call.output.proposals.map((each): Draft['parts'][number] => ({ type: 'card', actionId: each.actionId }));
    const [first] = call.output.proposals;
    return { text: call.output.proposals.length === 1 && first?.message ? `{{${call.call}.proposals.0.message|text}}` : 'Cancelled what could be cancelled; each is below.', parts };
  },
  async close_all(context) {
    const ask = whichAccount(context, (account) => `${context.intent.haltEntries ? 'flatten and stop' : 'close all positions'} in ${account}`);
    return ask ?? proposed(context, 'propose_close_all', { account: accountOf(context), haltEntries: context.intent.haltEntries });
  },

  pause: (context) => commanded(context, 'pause', context.intent.account, context.intent.reason),
  resume: (context) => commanded(context, 'resume', context.intent.account),
  kill: (context) => commanded(context, 'kill', context.intent.account, context.intent.reason),
  run_cycle: (context) => commanded(context, 'run_cycle'),
  watchlist_edit: (context) => proposed(context, 'propose_watchlist_edit', { add: context.intent.add, remove: context.intent.remove }),

  async find_idea(context) {
    const { symbol, sector } = context.intent;
    const ask = whichAccount(context, (account) => `find me a trade in the ${account} account`);
    if (ask) return ask;
    const call = await context.tools.call<{ cards: { actionId: string; cardNumber: number }[]; refused: { symbol: string; reason: string }[]; degraded: string[]; looked: number; signals: number }>('find_idea', defined({ account: accountOf(context), symbol, sector }));
    if (!call.ok) return refusalDraft(call);
    const { cards, refused, degraded } = call.output;
    const [first] = cards;
    if (first) {
      context.remember({ lastActionId: first.actionId, lastCard: first.cardNumber });
      return { text: '', parts: cards.map(({ actionId }) => ({ type: 'card', actionId })), ...(degraded.length > 0 ? { note: `Some stages were degraded: ${degraded.join('; ')}.` } : {}) };
    }
    const why = refused.length > 0 ? ` The best were refused: ${refused.slice(0, 3).map((_, i) => `{{${call.call}.refused.${i}.symbol|text}} ({{${call.call}.refused.${i}.reason|text}})`).join('; ')}.` : '';
    return { text: `No trade for {{${call.call}.account|text}} now: {{${call.call}.looked|count}} symbols looked at, {{${call.call}.signals|count}} signals, none passed.${why}`, parts: [], choices: [{ label: 'What moved today', command: 'what moved today' }] };
  },

  async why_not_bigger(context) {
    const card = context.intent.card ?? context.memory.lastCard;
    if (card === undefined) return { text: 'Which card? Say its number.', parts: [], choices: [{ label: 'Show the cards', command: '/cards' }] };
    type Bound = { quantity: number; largest: number; step: number; blockedBy: string[]; binding: { unit: string; failsBy: number | null } | null; next: { quantity: number } | null };
    const call = await context.tools.call<Bound>('why_not_bigger', { card });
    if (!call.ok) return refusalDraft(call);
    const { binding, next, largest, step, blockedBy } = call.output;
    const at = (path: string, format: string): string => `{{${call.call}.${path}|${format}}}`;
    if (blockedBy.length > 0) return { text: `No size passes: blocked by ${at('blockedBy.0', 'text')}.`, parts: [] };
    if (!binding) return { text: `Nothing binds at {{${call.call}.quantity|quantity}}; a larger one would pass.`, parts: [] };
    const format = binding.unit === 'paise' || binding.unit === 'cents' ? 'money' : binding.unit === '%' ? 'percent' : 'number';
    const over = binding.failsBy === null ? '' : `; ${at('step', 'quantity')} more ${step === 1 ? 'fails' : 'fail'} by ${at('binding.failsBy', format)}`;
    const then = next ? ` Next limit after that: ${at('next.check', 'text')} at ${at('next.quantity', 'quantity')} shares.` : '';
    const choices = largest > call.output.quantity ? [{ label: `Propose ${largest}`, command: `make it ${largest}` }] : [];
    return { text: `Bound by ${at('binding.check', 'text')}: ${at('binding.measured', format)} of ${at('binding.limit', format)} allowed. ${at('largest', 'quantity')} is the most that passes${over}.${then}`, parts: [], ...(choices.length > 0 ? { choices } : {}) };
  },

  async trade_check(context) {
    const { symbol, quantity, limitPrice, side } = context.intent;
    const ask = whichAccount(context, (account) => `/check ${quantity?.kind === 'shares' ? `${quantity.shares} ` : ''}${symbol} ${account}`);
    if (ask) return ask;
    if (side === 'SELL') return { text: 'Selling what is held reduces risk: limits on entries do not stop it. Nothing is drawn up until you say how much.', parts: [], choices: [{ label: `My ${symbol} position`, command: `my ${symbol} position` }, { label: 'Half of it', command: `sell half of ${symbol}` }] };
    const call = await read(context, checkOrder, { symbol, account: accountFor(context), limitPrice, ...quantityArguments(quantity) });
    if (!call.ok) return refusalDraft(call);
    const cell = cells(call);
    const { largest, refusals } = call.output;
    const wanted = call.output.quantity ?? largest;
    const propose = (shares: number): { label: string; command: string } => ({ label: `Propose ${shares}`, command: `buy ${shares} ${symbol}${limitPrice ? ` at ${limitPrice}` : ''} in ${call.output.account}` });
    const passing = call.output.verdict === 'PASS' && wanted !== null ? wanted : largest;
    const choices = passing === null || passing < 1 ? [{ label: 'Show the limits', command: '/limits' }] : [propose(passing), { label: 'Show the limits', command: '/limits' }];
    const unasked = 'Nothing is drawn up.';
    if (call.output.quantity === null) {
      return largest === null
        ? { text: `No size of ${cell('symbol', 'text')} passes in ${cell('account', 'text')} now:${refusals.map((_, i) => ` ${cell(`refusals.${i}`, 'text')}`).join('')} ${unasked}`, parts: [], choices }
        : { text: `At most ${cell('largest', 'quantity')} ${cell('symbol', 'text')} in ${cell('account', 'text')} now, with the stop at ₹${cell('stop', 'text')}. ${unasked}`, parts: [], choices };
    }
    return { text: `${cell('quantity', 'quantity')} ${cell('symbol', 'text')} in ${cell('account', 'text')}: ${cell('words', 'text')} ${unasked}`, parts: [], choices };
  },
};

async function commanded(context: AnswerSetting, command: string, account?: string, reason?: string): Promise<Draft> {
  const call = await context.tools.call<Proposed>('control', defined({ command, account, reason }));
  if (!call.ok) return refusalDraft(call);
  context.remember({ lastActionId: call.output.actionId });
  // A command that confirmed itself has its sentence; one that waits for a press shows its card.
  if (call.output.confirmation) return { text: '', parts: [{ type: 'card', actionId: call.output.actionId }] };
  const choices = command === 'pause' ? [{ label: 'Resume', command: `/resume${account ? ` ${account}` : ''}` }] : [];
  return { text: `{{${call.call}.message|text}}`, parts: [], ...(choices.length > 0 ? { choices } : {}) };
}
