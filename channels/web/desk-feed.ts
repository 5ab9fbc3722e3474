import type { ConversationService, DeskState, Person } from '../conversation-service.ts';

/** Eyes take four changes a second; the desk may change faster. */
const shortestGapMs = 250;

/** Sends the desk's state at once and then after changes, at most four times a second and never two at a time. */
export function followDesk(input: {
  service: ConversationService;
  person: Person;
  send: (state: DeskState) => void;
  failed: (thrown: unknown) => void;
}): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let reading = false;
  let changed = false;
  let stopped = false;
  const read = async (): Promise<void> => {
    timer = null;
    reading = true;
    changed = false;
    try {
      const state = await input.service.deskState(input.person);
      if (!stopped) input.send(state);
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
  void read();
  return () => {
    stopped = true;
    unsubscribe();
    if (timer !== null) clearTimeout(timer);
  };
}
