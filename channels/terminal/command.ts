import type { Database } from '../../db/client.ts';
import type { AuditAnchor } from '../../desk/audit/anchor.ts';
import type { EvalResult, EvalRun } from '../../db/stores/evals.ts';
import type { PersonRow } from '../../db/stores/people.ts';
import type { Instant, TradingDate } from '../../desk/time.ts';
import type { SymbolLinker } from '../../feeds/linking/link-symbols.ts';
import type { ConversationService } from '../../graph/conversation-service.ts';
import type { ToolServices } from '../../tools/services.ts';

/** What a command works with, whether the desk runs elsewhere in this process or was opened for the command. */
export interface CommandDesk {
  database: Database; services: ToolServices; conversation: ConversationService & { idle(): Promise<void> }; owner: PersonRow;
  market: { refresh(): Promise<void>; linker(): SymbolLinker; now(): Instant; label(): string; today(): TradingDate };
  publicKeyPem: string; killFile: string;
  /** Signs where the audit ends now. */
  writeAnchor(): Promise<AuditAnchor | null>;
  /** Whether an account's broker answers; null: none of that name is connected. */
  brokerReachable(name: string): Promise<boolean | null>;
  /** Of the running desk; absent where the desk was opened for one command. */
  endpoint?(): Promise<{ answering: boolean; url: string }>;
  settle(): Promise<void>;
  /** Runs one evaluation suite, or all, on desks of their own, each case `tries` times, and stores how they ended. */
  runEvals(input: { suite: string | null; label: string; tries: number; cassette: Cassette | null; onStep(text: string): void }): Promise<{ run: EvalRun; results: EvalResult[] } | { unknownSuite: string; suites: string[] } | { refused: string }>;
}

/** A file that models’ answers are recorded to, or played from instead of asking anybody. */
export interface Cassette { use: 'record' | 'play'; file: string }

/** Standard output carries only the result; progress goes to standard error. */
export interface CommandStreams {
  input: AsyncIterable<string>;
  out(line: string): void;
  err(line: string): void;
}

export interface CommandCall { args: string[]; /** Where relative paths start. */ directory: string; /** Token of another person, from PARAPET_TOKEN. */ token: string | null; streams: CommandStreams }

/** 0 done, 1 refused or failed with a reason, 2 bad usage. */
export type ExitCode = 0 | 1 | 2;
export interface Command {
  name: string; usage: string; does: string;
  run(call: CommandCall, desk: CommandDesk): Promise<ExitCode>;
}

/** A refusal with its one sentence and exit code. */
export class CommandRefusal extends Error {
  readonly code: 1 | 2;
  constructor(message: string, code: 1 | 2 = 1) { super(message); this.code = code; }
}
