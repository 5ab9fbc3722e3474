import type { IntradayBar } from '../../desk/market/types.ts';
import type { Instant } from '../../desk/time.ts';

/** What a stream said of a symbol at a moment; null: it did not say. Sizes and volume in shares. */
export interface Tick { symbol: string; at: Instant; last: number | null; bid: number | null; ask: number | null; bidSize: number | null; askSize: number | null; volume: number | null }
export type Outgoing = string | Uint8Array;

/** What one message came to. `ready`: what was asked for is on its way. `fault`: the connection is of no use any more. `unreadable`: nobody knows what it says. */
export interface Heard { ticks?: readonly Tick[]; minutes?: readonly IntradayBar[]; send?: readonly Outgoing[]; ready?: boolean; fault?: string; unreadable?: string }

/** One connection's side of a protocol. Messages are what the other side sent, text or bytes; they may hold anything. */
export interface StreamTalk { open(): readonly Outgoing[]; hear(message: string | Uint8Array): Heard }

/** A source that tells by itself, over a websocket. */
export interface StreamSource {
  name: string;
  /** Where to connect, asked anew each time: some give an address that serves once. Throws with the reason. */
  address(): Promise<string>;
  /** The protocol of a new connection. */
  talk(): StreamTalk;
  /** Whether something should be coming in now: with the exchange closed, silence is no fault. */
  expects(now: Instant): boolean;
  /** Whether its minute bars are of the exchange whose bars the desk stores. */
  storesMinutes: boolean;
}
