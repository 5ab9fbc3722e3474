import type { Understanding, Utterance } from './context.ts';
import { ofAllAccounts } from './continuation.ts';
import { Intent, type IntentKind } from './intents.ts';

/** Questions about one's own book, each of which may go on from another. */
const ofTheBook: ReadonlySet<IntentKind> = new Set<IntentKind>(['performance', 'fills', 'orders', 'cards', 'cash_flows', 'capital_gains', 'tax_lots', 'stop_hits', 'control_history']);
const goesOn = /^(?:and|but|what about|how about|aur)\b|\b(?:on|of|for|in|from) (?:that|this|it|those|these|them)\b/i;
const slotNames = new Map<IntentKind, ReadonlySet<string>>(Intent.options.map((option) => [option.shape.kind.value, new Set(Object.keys(option.shape))]));

/** "How much short-term gain in FY25?" "And long-term?": what is asked anew is asked of the time, account and share that were spoken of. */
export function carriedOn(read: Understanding, { text, context }: Utterance): Understanding {
  const last = context.lastIntent;
  if (read.kind !== 'intent' || !last || !ofTheBook.has(last.kind) || !ofTheBook.has(read.intent.kind) || !goesOn.test(text.trim())) return read;
  const said = read.intent as Record<string, unknown>;
  const slots = ['period', 'account', 'symbol'].filter((slot) => slotNames.get(read.intent.kind)?.has(slot) && said[slot] === undefined && (last as Record<string, unknown>)[slot] !== undefined && !(slot === 'account' && (ofAllAccounts(text) || said.by === 'account')));
  if (slots.length === 0) return read;
  const carried = Intent.safeParse({ ...said, ...Object.fromEntries(slots.map((slot) => [slot, (last as Record<string, unknown>)[slot]])) });
  return carried.success ? { ...read, intent: carried.data, confidence: 'pattern', explicit: false, assumed: [...read.assumed, `the question before (${last.kind.replaceAll('_', ' ')})`] } : read;
}
