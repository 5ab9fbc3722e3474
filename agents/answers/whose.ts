import type { Draft } from '../define.ts';
import type { IntentKind } from '../grammar/intents.ts';
import type { AnswerContext } from './define.ts';

/** Answers about the account in force, where the message named none. */
const ofAccountInForce: ReadonlySet<IntentKind> = new Set<IntentKind>(['holdings', 'cash', 'exposure', 'performance', 'limits', 'risk_metrics', 'scenario', 'treasury', 'mandate_show', 'rotation', 'hedge', 'option_hedge', 'option_margin', 'option_what_if']);
const namesAccount = /\{\{[^}|]*\b(?:accounts?|scope)(?:\.\d+)?(?:\.name|\.account)?\|text\}\}/;

/** An account that happens to be in force must not read as all there is: the first line says which one it is. */
export function sayWhose(draft: Draft, { intent, account, accounts }: Pick<AnswerContext, 'intent' | 'account' | 'accounts'>): Draft {
  const named = 'account' in intent && intent.account !== undefined;
  if (account === null || accounts.length < 2 || named || !ofAccountInForce.has(intent.kind) || draft.text === '') return draft;
  if (intent.kind === 'holdings' && (intent.date !== undefined || intent.measure === 'cost')) return draft;
  if (('by' in intent && intent.by === 'account') || ('symbol' in intent && intent.symbol !== undefined && intent.kind === 'performance')) return draft;
  const [first = ''] = draft.text.split('\n');
  return first.includes(account.name) || namesAccount.test(first) ? draft : { ...draft, text: `In ${account.name}: ${draft.text}` };
}
