import type { Action, Proposer } from '../desk/actions/types.ts';
import type { GateReport } from '../desk/gates/define.ts';
import type { LimitFacts } from '../desk/gates/snapshot.ts';
import type { Quote, SymbolRecord, TradingCalendar } from '../desk/market/types.ts';
import type { ListedContract } from '../desk/options/contract-symbol.ts';
import type { ChainSnapshot } from '../desk/options/stored-chain.ts';
import type { Instant, TradingDate, Zone } from '../desk/time.ts';
import type { Database } from '../db/client.ts';
import type { RouteName } from '../ops/alerts/plan.ts';
import type { TextEmbedder } from './recall/embedder.ts';

/** The desk's market as tools see it. */
export interface MarketView {
  kind: 'sim' | 'replay' | 'live';
  /** `SIMULATED`, `REPLAY 3 Jun 2024`, `LIVE`. */
  label(): string;
  /** Market time now. */
  now(): Instant;
  zone: Zone;
  /** The exchange's date now. */
  today(): TradingDate;
  calendar(): TradingCalendar;
  /** The latest quote, or null where nobody knows a price. Only for the market's now, never for an earlier `asOf`. */
  quote(symbol: string): Quote | null;
  /** An underlying's options now, where the feed tells them as it goes; null otherwise: what was stored is then all there is. */
  chain(underlying: string): ChainSnapshot | null;
  /** How a contract by this name is traded; null where none is listed. */
  contract(symbol: string): ListedContract | null;
  /** Every symbol that is listed, with its sector as lists had it at that moment; the market's now where none is given. */
  symbols(asOf?: Instant): ReadonlyMap<string, SymbolRecord>;
  /** What a name means on a day, today where none is given: `Zomato` is ZOMATO before April 2025, ETERNAL after. */
  resolve(name: string, on?: TradingDate): Resolution;
}
export type Resolution =
  | { kind: 'one'; symbol: string; name: string }
  | { kind: 'ambiguous'; candidates: { symbol: string; name: string }[] }
  | { kind: 'unknown'; near: { symbol: string; name: string }[]; /** The name of a known company that is not listed here: what became of it, in a sentence; empty where nothing is to be told. */ elsewhere?: string };

/** What a proposal came to. `confirmation` is there when a person may now say yes. */
export interface ProposalOutcome {
  actionId: string; state: string; gateReport: GateReport; cardNumber: number | null;
  confirmation?: { id: string; digest: string; expiresAt: string };
  /** One sentence for people where it did not come to a question. */
  message: string | null;
}
export interface ProposalInput {
  action: Action; proposer: Proposer;
  threadId: string | null; turn: string | null;
  /** The proposal that this one replaces ("make it 50"). */
  revises?: string;
  thesis?: { text: string; evidenceId: string | null; evidenceKind: 'event' | 'feature' | 'bars' | 'outcome' | null }[];
  risks?: string[]; strategy?: string; confidence?: number; edgePercent?: number; signalId?: string; judgeRationale?: string; cycleId?: string; modelVersion?: string;
  /** The playbook that shaped it, with its version. */
  playbook?: string;
}

/** Settings that tools read, a part of the configuration. */
export interface DeskSettings {
  eventBlackoutDays: number; catalystFreshnessHours: number; advLookbackDays: number; advMaxRatio: number; maxSectorExposure: number;
  optionsTradingEnabled: boolean; liveTrading: boolean;
}

/** What tools can reach. Nothing here can send an order: `propose` ends at the gates and the question to a person. */
export interface ToolServices {
  database: Database;
  market: MarketView;
  settings: DeskSettings;
  /** The gates’ limits in force for an account, what a person confirmed for it before what holds for the desk; null: the desk’s. Absent: `settings` is all that is known. */
  limits?(accountId: string | null): LimitFacts;
  /** How texts become vectors; absent: by hashing their words. */
  embedder?: TextEmbedder;
  /** Ways that are set up for alerts; absent: the page alone. */
  alertWays?: readonly RouteName[];
  /** The wall clock. */
  wallNow(): Instant;
  propose(input: ProposalInput): Promise<ProposalOutcome>;
  /** Runs the gates on an action without proposing it. */
  checkGates(input: { action: Action; personId: string }): Promise<GateReport>;
  /** Runs a desk cycle now; cards come out of it as proposals. */
  runCycle(input: { accountIds?: readonly string[]; symbols?: readonly string[]; eventId?: string; asOf?: Instant; anew?: boolean; requestedBy: Proposer; threadId: string | null; turn: string | null }): Promise<CycleSummary>;
  /** What would be entered in the place of each holding, were it sold. Nothing is stored or proposed. Absent: no cycle runs here. */
  replacements?(input: { accountId: string; holdings: readonly { symbol: string; proceedsMinor: number }[]; requestedBy: Proposer }): Promise<Replacements>;
  feedHealth(): Promise<{ feed: string; lastSuccessAt: Instant | null; lastHeardMarketTime: Instant | null; errors: number; lastError: string | null; stale: boolean }[]>;
}
/** An entry as a cycle would draw it up. `chargesMinor` of going in and out; `edgePercent` before them. */
export interface ReplacementEntry {
  symbol: string; strategy: string; quantity: number; limitPrice: string; stop: string; target: string | null; horizonDays: number;
  edgePercent: number; netEdgePercent: number; confidence: number; comparables: number; valueMinor: number; chargesMinor: number; bid: number | null; ask: number | null; thesis: string[]; eventId: string | null;
}
export interface Replacements {
  /** Why nothing new may be entered; null: it may. */
  closed: string | null;
  degraded: string[];
  holdings: { symbol: string; /** What the desk sees in it now. */ setUp: { strategy: string; edgePercent: number; horizonDays: number } | null; entry: ReplacementEntry | null }[];
}
export interface CycleSummary {
  cycleId: string; asOf: Instant; elapsedMs: number;
  /** Symbols in, features, signals, candidates, cards; counts and milliseconds a stage; a stage that degraded says why. */
  stages: { stage: string; in: number; out: number; ms: number; degraded: string | null }[];
  cards: { cardNumber: number; actionId: string; accountId: string; symbol: string; state: string }[];
  refused: { accountId: string; symbol: string; reason: string }[];
}
