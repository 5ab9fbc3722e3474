import type { StoredEvent } from '../../db/stores/events.ts';
import type { SignalEvent } from '../../desk/signals/define.ts';
import { stanceOf } from '../../desk/signals/stance.ts';

/** Events that point somewhere and name a share, by their typed fields alone. */
export function toSignalEvents(events: readonly StoredEvent[]): SignalEvent[] {
  return events.flatMap((event) => {
    const stance = stanceOf(event);
    if (event.symbols.length === 0 || stance === null || stance === 'NEUTRAL') return [];
    const { id, source, eventType, priority, symbols, knownAt } = event;
    return [{ id, source, eventType, priority, stance, symbols, knownAt }];
  });
}
