import type { JudgeInput } from '../../agents/judge/input.ts';
import type { Database } from '../../db/client.ts';
import type { Proposer } from '../../desk/actions/types.ts';
import type { AllocationLimits } from '../../desk/allocation/account-book.ts';
import type { SwitchFacts } from '../../desk/gates/snapshot.ts';
import type { Instant } from '../../desk/time.ts';
import type { CycleSummary, DeskSettings, MarketView, ProposalInput, ProposalOutcome, Replacements } from '../../tools/services.ts';

/** What a cycle reaches. It reads, and it proposes; what becomes of a proposal is the gates' and a person's. */
export interface CycleServices {
  database: Database;
  market: MarketView;
  settings: DeskSettings;
  wallNow(): Instant;
  propose(input: ProposalInput): Promise<ProposalOutcome>;
  /** The limits in force for an account, so that sizes are within them at once; absent: those of `settings`, and the gates alone know the others. */
  limits?(accountId: string): AllocationLimits;
  /** The file that stops entries; absent: only the states in the database count. */
  killFile?(): SwitchFacts['killFile'];
  /** A model's judgement, unchecked; absent or failing, the twin judges. */
  judge?(input: JudgeInput): Promise<unknown>;
  /** Told of every stage that failed, for the log. */
  onFailure?(stage: string, error: unknown): void;
}

export interface CycleRequest {
  /** All open accounts when absent. */
  accountIds?: readonly string[];
  /** Only these; each that has no set-up is told why. */
  symbols?: readonly string[];
  /** Only what this event speaks for. */
  eventId?: string;
  /** An earlier market time: then nothing is stored or proposed. */
  asOf?: Instant;
  /**
   * As if no cycle had drawn up anything at this very moment of the market, for comparing what cycles come to: an entry that comes out the same
   * is the card that waits, one with other figures is refused beside it. Never two cards for one share.
   */
  anew?: boolean;
  /** Cards for each account; by default one where a person asks about one account, else two. */
  atMost?: number;
  requestedBy: Proposer;
  threadId: string | null; turn: string | null;
}

export interface CycleRunner {
  /** One at a time: two at once could propose the same share twice. Of those that wait, what an event asks for goes first. */
  run(request: CycleRequest): Promise<CycleSummary>;
  /** What would be entered in the place of each holding; in turn with the runs, and without any trace. */
  replacements(input: { accountId: string; holdings: readonly { symbol: string; proceedsMinor: number }[]; requestedBy: Proposer }): Promise<Replacements>;
  /** Forgets prepared history: after an import that changed bars before each symbol’s last. */
  forget(): void;
}
