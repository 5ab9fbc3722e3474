/** How long buttons and sent messages are remembered: an older card is said anew instead of changed. */
export const keptDays = 60;

/** What a chat channel is handed of the world: time, timers, randomness. */
export interface ChatSurroundings {
  nowMs: () => number;
  pause: (ms: number) => Promise<void>;
  /** Null: nothing is sent by itself. */
  setTimer: ((work: () => void, ms: number) => () => void) | null;
  newUuid: () => string;
  /** 96 random bits as 16 URL-safe characters. */
  newButtonId: () => string;
}

/** A chat that people talk to the desk in, as whoever starts the desk knows it. */
export interface ChatChannel {
  bot: 'telegram' | 'discord';
  /** `conflict`: somebody else listens with the same token. */
  state(): 'off' | 'on' | 'conflict';
  /** Connects and takes up where it stood. Gives the name that people know the bot by. @throws with one sentence when it cannot. */
  start(): Promise<string>;
  /** Something was queued from elsewhere. */
  wake(): void;
  /** Everything stored so far is sent, or waits for a time that the channel named. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}
