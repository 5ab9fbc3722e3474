import type { CommandCall, ExitCode } from './command.ts';

interface Proposed { state: string; cardNumber: number | null; message: string | null; confirmation?: { id: string; expiresAt: string } | undefined }

/** Says what became of a proposal: in a sentence, or with `json` as one value, with what the command adds to it. */
export function tellProposal({ streams }: CommandCall, outcome: Proposed, { json, more = {} }: { json: boolean; more?: Record<string, unknown> }): ExitCode {
  const { confirmation, cardNumber, message, state } = outcome;
  if (json) streams.out(JSON.stringify({ ...outcome, ...more }));
  else streams.out(confirmation ? `card ${cardNumber} waits for a confirmation until ${confirmation.expiresAt}: in the chat say /approve ${cardNumber}` : (message ?? state));
  return state === 'blocked' || state === 'failed' ? 1 : 0;
}
