import { z } from 'zod';
import type { ToolResult } from '../../tools/define.ts';
import type { DeskState, StoredEvent } from '../conversation-service.ts';

/** What travels between the page and the server, besides the vocabulary itself. */
export const longestMessage = 4_000;
const Text = z.string().max(longestMessage);

const InboundText = z.strictObject({
  message: Text.refine((text) => text.trim() !== '', 'an empty message'),
  account: z.string().max(80).optional(),
  asOf: z.string().max(40).optional(),
  /** The turn of the person's last message, which is asked again in these words. */
  replaces: z.string().min(1).max(80).optional(),
});
const InboundPress = z.strictObject({
  press: z.string().min(1).max(80),
  choice: z.enum(['confirm', 'reject']),
  reason: z.string().max(500).optional(),
});
const Id = z.string().min(1).max(120);
export const SayBody = z.strictObject({ clientMessageId: Id, inbound: z.union([InboundText, InboundPress]) });
export const SayMessage = SayBody.extend({ threadId: Id });
export const CancelMessage = z.strictObject({ threadId: Id, turn: Id });
export const WatchMessage = z.strictObject({ threadId: Id, lastSeen: z.int().nonnegative() });
/** `key` is the page's own name for what it follows; the same key again replaces it. */
export const FollowMessage = z.strictObject({ key: Id, tool: z.string().min(1).max(60), input: z.record(z.string(), z.unknown()) });
export const UnfollowMessage = z.strictObject({ key: Id });
/** The handshake: every thread that the page has open, with the last sequence that it has seen. */
export const Handshake = z.object({ lastSeen: z.record(Id, z.int().nonnegative()).optional() });
export type Handshake = z.infer<typeof Handshake>;

export type Answer<T> = ({ ok: true } & T) | { ok: false; code: string; message: string };
export interface ServerToPage {
  /** Stored events in order and without gaps from the last one seen; live ones (sequence 0) between them. */
  event: (message: { threadId: string; stored: StoredEvent }) => void;
  desk: (state: DeskState) => void;
  /** What a followed read says, when it says something new. */
  read: (message: { key: string; result: ToolResult }) => void;
  /** A thread named in the handshake cannot be watched. */
  unwatched: (message: { threadId: string; code: string; message: string }) => void;
}
export interface PageToServer {
  watch: (message: z.infer<typeof WatchMessage>, answer: (answer: Answer<{ sequence: number }>) => void) => void;
  say: (message: z.infer<typeof SayMessage>, answer: (answer: Answer<{ turn: string; duplicate: boolean }>) => void) => void;
  follow: (message: z.infer<typeof FollowMessage>, answer: (answer: Answer<object>) => void) => void;
  unfollow: (message: z.infer<typeof UnfollowMessage>, answer: (answer: Answer<object>) => void) => void;
  cancel: (message: z.infer<typeof CancelMessage>, answer: (answer: Answer<object>) => void) => void;
}
