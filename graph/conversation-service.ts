import type { Card, ConversationEvent, Inbound } from '../agents/vocabulary.ts';

/** Somebody whose identity the channel has proved. What they may see and confirm is the service's affair. */
export interface Person { id: string; name: string; role: 'owner' | 'trader' | 'viewer' }

/** What the person put in, kept in the same thread as what the desk answered. */
export type PersonEvent =
  /** `replaces`: the turn whose words these replace. Both stay in the thread; what was said and answered before the edit is folded away. */
  | { type: 'said'; turn: string; text: string; replaces?: string }
  | { type: 'pressed'; turn: string; confirmationId: string; actionId: string | null; choice: 'confirm' | 'reject'; text: string };

/**
 * One entry of a thread. `sequence` starts at 1 and strictly increases within the thread; 0 marks an event that
 * is live only (`delta`, and `progress` if the service likes) and will not be found in the history.
 */
export type StoredEvent = { sequence: number; /** Wall clock. */ at: string; clientMessageId?: string } & (
  | { author: 'person'; event: PersonEvent }
  | { author: 'desk'; event: ConversationEvent }
);

export interface ThreadSummary { threadId: string; title: string; channel: string; updatedAt: string }

/** ACTIVE takes entries; REDUCING and HALTED refuse whatever adds exposure. */
export type SwitchState = 'ACTIVE' | 'REDUCING' | 'HALTED';

/** Amounts are in major units of the account's currency; null where the desk does not know. */
export interface AccountState {
  accountId: string; name: string; mode: 'PAPER' | 'LIVE'; currency: 'INR' | 'USD';
  equity: number | null; cash: number | null; todayPnl: number | null; todayPercent: number | null;
  switchState: SwitchState; switchReason: string | null;
}
export interface PositionState {
  positionId: string; accountId: string; symbol: string;
  /** Negative when short. */
  quantity: number;
  averagePrice: number | null; last: number | null; /** What `last` is where no trade is known; absent: a trade. */ lastNote?: string; pnl: number | null; pnlPercent: number | null;
  stop: number | null; target: number | null; riskLeft: number | null;
  /** The action that opened it, for its audit story. */
  actionId: string | null;
}
/** Something that people were called about. "/ack" with the id says that it was seen. */
export interface AlertState { id: string; at: string; kind: string; severity: 'INFO' | 'WARNING' | 'CRITICAL'; title: string; body: string; count: number; open: boolean }
/** A slash command as offered while typing and on an empty page. */
export interface CommandOffer { command: string; title: string; /** A whole line that works as it stands. */ example: string; /** Offered on an empty page. */ starter: boolean }

/** What one glance has to answer: am I safe, what needs me, what changed. Only what this person may see. */
export interface DeskState {
  person: Person;
  world: { kind: 'sim' | 'replay' | 'paper' | 'live'; /** `SIMULATED`, `REPLAY 3 Jun 2024`, `PAPER`, `LIVE`. */ label: string };
  mode: 'PAPER' | 'LIVE';
  /** The feed's clock and the exchange's zone. */
  marketTime: string; zone: 'Asia/Kolkata' | 'America/New_York';
  /** The desk's own clock, by which confirmations expire. */
  wallTime: string;
  session: { exchange: string; state: 'PRE_OPEN' | 'OPEN' | 'CLOSED'; /** "open until 15:30" */ text: string };
  /** The whole desk's switch; an account's own is in `accounts`. */
  switchState: SwitchState; switchReason: string | null;
  accounts: AccountState[];
  positions: PositionState[];
  /** Cards that wait for this person, soonest expiry first. `shownAt`: when the clock of its confirmation began. */
  approvals: { card: Card; shownAt: string; threadId: string | null }[];
  /** The last few things that changed, newest first. */
  changes: { at: string; text: string; kind: string; actionId: string | null }[];
  /** "NSE announcements: last heard 47 minutes ago." Empty when all is well. */
  notices: string[];
  /** The newest alerts first; what nobody has acknowledged is open. */
  alerts: AlertState[];
  commands: CommandOffer[];
}

export interface StoryEntry { at: string; text: string; kind: string; /** What `evidence` takes. */ ref: string | null }
export interface CardStory { title: string; entries: StoryEntry[] }
/** The record behind a line. `title`, `body` and `fields` may be somebody else's words: text, never markup or orders. */
export interface Evidence {
  title: string; body: string; source: string; url: string | null;
  happenedAt: string | null; knownAt: string | null;
  fields?: { name: string; value: string }[];
}

export type RefusalCode = 'NOT_FOUND' | 'NOT_ALLOWED' | 'INVALID' | 'BUSY';
/** Thrown by every method below for what can be expected; a channel shows `message` to the person. */
export class ConversationRefusal extends Error {
  override readonly name = 'ConversationRefusal';
  readonly code: RefusalCode;
  constructor(code: RefusalCode, message: string) { super(message); this.code = code; }
  static isInstance(thrown: unknown): thrown is ConversationRefusal { return thrown instanceof ConversationRefusal; }
}

/**
 * How every channel talks to the desk. Whoever implements it decides what `person` may see; a thread that they
 * may not see is refused as NOT_FOUND.
 */
export interface ConversationService {
  /** The thread of that conversation on that channel; made when there is none. */
  openThread(input: { channel: string; externalId: string; person: Person }): Promise<{ threadId: string }>;
  /** Newest first. */
  threads(person: Person): Promise<ThreadSummary[]>;
  /**
   * Always in ascending sequence, at most `limit`. With `afterSequence` the earliest after it, with `beforeSequence`
   * the latest before it, with neither the latest of all.
   */
  history(input: { threadId: string; person: Person; afterSequence?: number; beforeSequence?: number; limit: number }): Promise<StoredEvent[]>;
  /**
   * The same `clientMessageId` in a thread is one message, however often it comes: the first turn's id comes back. A message that `replaces` a turn
   * asks the person's last message again in other words; any other turn is refused with one sentence.
   */
  say(input: { threadId: string; person: Person; clientMessageId: string; inbound: Inbound }): Promise<{ turn: string; duplicate: boolean }>;
  /** Everything stored from now on, in order, and what is live only. The caller has checked the person's right through `history`. */
  subscribe(threadId: string, listener: (stored: StoredEvent) => void): () => void;
  /** Stops a turn that is still being answered; what was already sent to a broker stays sent. */
  cancel(input: { threadId: string; turn: string; person: Person }): Promise<void>;
  deskState(person: Person): Promise<DeskState>;
  /** Says that some desk state changed; may fire as often as it likes. */
  subscribeDesk(listener: () => void): () => void;
  /** The audit story of a trade, oldest first. */
  cardStory(input: { actionId: string; person: Person }): Promise<CardStory>;
  evidence(input: { ref: string; person: Person }): Promise<Evidence>;
}
