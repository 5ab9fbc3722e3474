import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { ChatSurroundings } from '../../../channels/chats/channel.ts';

/** The world that a chat channel is handed, as the desk's start does it. */
export const surroundings: ChatSurroundings = {
  nowMs: () => performance.now(), pause: async (ms) => { await pause(ms); },
  setTimer: (work, ms) => { const timer = setTimeout(work, ms); return () => clearTimeout(timer); },
  newUuid: randomUUID, newButtonId: () => randomBytes(12).toString('base64url'),
};
