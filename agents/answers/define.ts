import type { TradingDate } from '../../desk/time.ts';
import type { MarketView } from '../../tools/services.ts';
import type { Draft, TurnTools } from '../define.ts';
import type { Interview } from '../intake/interview.ts';
import type { Intent, IntentKind, IntentOf } from '../grammar/intents.ts';

/** What a thread remembers between turns, for follow-ups. Written from the person's own turns only. */
export interface ThreadMemory {
  lastSymbol?: string; lastAccount?: string; lastIntent?: Intent;
  /** The option structure that was shown last: what "what if", "propose it" and "why is margin so high" are about. */
  lastStructure?: IntentOf<'option_strategy'>;
  /** The pairs of the rotation that was shown last: what "do the first" is about. Prices are texts, as an order takes them. */
  lastRotation?: { account: string; sell: string; buy: { symbol: string; quantity: number; limitPrice: string; stop: string; target: string | null } }[];
  /** Symbols that were listed last, in order: what "watch the second" is about. */
  lastListed?: string[];
  /** The proposal or card that was shown last. */
  lastActionId?: string; lastCard?: number;
  /** Proposals whose words were edited since: a bare yes or no does not mean them. */
  editedActionIds?: string[];
  /** The interview that is held in this thread, or was. */
  interview?: Interview;
}
export interface AccountRef { accountId: string; name: string; currency: 'INR' | 'USD'; canPropose: boolean; canConfirm: boolean }

/** What the twin of an agent works from: read and propose tools, who is asking, what the thread remembers. */
export interface AnswerSetting {
  /** Understood without any guess from a person's own words: such a command may confirm itself where the policy says so. */
  explicit: boolean;
  tools: TurnTools;
  /** Only what the person may see. `account` is the one meant, where a name was said or one is in force. */
  accounts: readonly AccountRef[];
  account: AccountRef | null;
  memory: ThreadMemory;
  /** The day as of which the question is asked: today, or the day of its as-of. */
  askedOn: TradingDate;
  market: Pick<MarketView, 'kind' | 'label' | 'now' | 'today' | 'zone' | 'calendar'>;
  /** Sets what follow-ups refer to. */
  remember(memory: Partial<ThreadMemory>): void;
}
/** The same with the intent that was understood. */
export interface AnswerContext<K extends IntentKind = IntentKind> extends AnswerSetting { intent: IntentOf<K> }
/** Answers one kind of intent by rules and templates, over the same tools that a model would use. */
export type Answer<K extends IntentKind> = (context: AnswerContext<K>) => Promise<Draft>;
export type AnswerTable = { [K in IntentKind]?: Answer<K> };
