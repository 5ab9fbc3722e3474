import type { ConversationService, DeskState, Person } from '../conversation-service.ts';

/** Eyes take four changes a second; the desk may change faster. */
const shortestGapMs = 250;
/** When nothing but the clocks went on, they are sent once a second. */
const clockGapMs = 1_000;
const clocks = new Set(['wallTime', 'marketTime']);
const withoutClocks = (state: DeskState): string => JSON.stringify(state, (key, value: unknown) => (clocks.has(key) ? undefined : value));

export interface DeskFeeds {
  /** One more page of that person: it is sent the state as it was last seen, and the state of now soon after, as all their pages are. */
  join(person: Person, welcome: (state: DeskState) => void): () => void;
}
interface Feed {
  pages: number;
  last: DeskState | null;
  schedule(): void;
  stop(): void;
}

/**
 * The desk's state for those who are signed in: read once for a person however many pages they have open, at most four
 * times a second and never two at a time.
 */
export function deskFeeds(input: {
  service: ConversationService;
  /** Reaches every page of that person. */
  send: (person: Person, state: DeskState) => void;
  failed: (thrown: unknown) => void;
  /** Milliseconds that only grow. */
  elapsedMs?: () => number;
}): DeskFeeds {
  const elapsedMs = input.elapsedMs ?? (() => performance.now());
  const feeds = new Map<string, Feed>();
  function open(person: Person): Feed {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let [reading, changed, stopped] = [false, false, false];
    let [said, saidMs] = ['', Number.NEGATIVE_INFINITY];
    const read = async (): Promise<void> => {
      timer = null;
      reading = true;
      changed = false;
      try {
        const state = await input.service.deskState(person);
        feed.last = state;
        const now = withoutClocks(state);
        if (!stopped && (now !== said || elapsedMs() - saidMs >= clockGapMs)) {
          [said, saidMs] = [now, elapsedMs()];
          input.send(person, state);
        }
      } catch (thrown) {
        input.failed(thrown);
      }
      reading = false;
      if (changed) schedule();
    };
    const schedule = (): void => {
      changed = true;
      if (!stopped && !reading && timer === null) timer = setTimeout(() => void read(), shortestGapMs);
    };
    const unsubscribe = input.service.subscribeDesk(schedule);
    const feed: Feed = {
      pages: 0,
      last: null,
      schedule,
      stop: () => {
        stopped = true;
        unsubscribe();
        if (timer !== null) clearTimeout(timer);
      },
    };
    void read();
    return feed;
  }
  return {
    join(person, welcome) {
      // Somebody whose role has changed is somebody else to the desk.
      const key = `${person.id} ${person.role}`;
      let feed = feeds.get(key);
      if (!feed) feeds.set(key, (feed = open(person)));
      else {
        if (feed.last) welcome(feed.last);
        feed.schedule();
      }
      const own = feed;
      own.pages += 1;
      return () => {
        own.pages -= 1;
        if (own.pages > 0) return;
        own.stop();
        feeds.delete(key);
      };
    },
  };
}
