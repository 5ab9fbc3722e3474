import type { TradingCalendar } from '../../desk/market/types.ts';
import type { TradingDate } from '../../desk/time.ts';
import type { Intent, IntentOf } from './intents.ts';
import type { SymbolResolver } from './symbols.ts';

export interface PendingConfirmation { confirmationId: string; cardNumber: number | null; headline: string; /** The words that it came from were edited since: a bare yes or no does not mean it. */ edited?: boolean }

/** What the conversation is about. Only what the person has seen: nothing is inferred from elsewhere. */
export interface ConversationContext {
  /** Accounts that this person may see, by name. */
  accounts: readonly { name: string; aliases?: readonly string[] }[];
  positions: readonly { symbol: string; account: string; quantity: number }[];
  pendingConfirmations: readonly PendingConfirmation[];
  lastSymbol?: string; lastAccount?: string; lastIntent?: Intent; lastShownCard?: number;
  /** The option structure that was shown last. */
  lastStructure?: IntentOf<'option_strategy'>;
  /** Symbols that were listed last, in order. */
  lastListed?: readonly string[];
}

export interface Utterance {
  text: string;
  context: ConversationContext;
  resolver: SymbolResolver;
  calendar: TradingCalendar;
  /** The market clock's date in the exchange's zone. */
  marketDate: TradingDate;
}

/** `command` is what choosing says on the person's behalf; it always reads as an intent by itself. */
export interface AskChoice { label: string; command: string }
export type Understanding =
  /** `exact`: a slash command or a whole sentence of the table. `explicit`: besides, nothing in it was guessed or filled in. */
  | { kind: 'intent'; intent: Intent; confidence: 'exact' | 'pattern'; explicit: boolean; assumed: string[] }
  /** `doubted`: a question that was read in part, and may be another's to answer. */
  | { kind: 'ask'; question: string; choices: AskChoice[]; doubted?: true }
  /** `apart`: it named something of its own, so what is said next does not refer to the question before it. */
  | { kind: 'unknown'; didYouMean: string[]; apart?: true };

export const ask = (question: string, choices: AskChoice[] = []): Understanding => ({ kind: 'ask', question, choices });
