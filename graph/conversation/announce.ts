import type { Figure } from '../../agents/vocabulary.ts';
import type { Database } from '../../db/client.ts';
import { threadsOf } from '../../db/stores/conversation.ts';
import { listPeople, rightsOf } from '../../db/stores/people.ts';
import type { ThreadLog } from './thread-log.ts';

/** What the desk says unasked. `source`: where in a tool's output its figures stand. */
export interface Notice {
  kind: 'entries_stopped' | 'switch_reset' | 'money_released' | 'discrepancy' | 'holding_adjusted';
  severity: 'CRITICAL' | 'WARNING' | 'INFO';
  /** Null: the whole desk. */
  accountId: string | null;
  text: string; source: { tool: string; path: string };
  actionId: string | null;
}

/** Figures of a notice as they stand in its text; it was made from what is stored, not by a model. */
const figuresIn = ({ text, source }: Notice): Figure[] =>
  [...text.matchAll(/[₹$]?\d[\d,]*(?:\.\d+)?(?:\s?%)?/g)].map(([figure], index) => ({ text: figure, value: figure, unit: figure.endsWith('%') ? '%' : '', asOf: null, tool: source.tool, call: 'notice', path: `${source.path}.${index}` }));

/** Tells everybody who may see what it concerns, in the conversation that they used last on each channel. */
export function createAnnouncer({ database, log, newId, onNotice }: { database: Database; log: ThreadLog; newId: () => string; onNotice: (notice: Notice) => void }): (notice: Notice) => Promise<void> {
  return async (notice) => {
    const { accountId } = notice;
    for (const person of await listPeople(database.orm)) {
      const sees = accountId === null ? person.role === 'owner' : (await rightsOf(database.orm, person.id)).some((rights) => rights.accountId === accountId && rights.canView);
      if (!sees) continue;
      const told = new Set<string>();
      for (const thread of await threadsOf(database.orm, person.id)) {
        if (told.has(thread.channel)) continue;
        told.add(thread.channel);
        const turn = newId();
        await log.tell(thread.id, { turn, type: 'reply', text: notice.text, figures: figuresIn(notice), agent: 'Desk', choices: [{ label: 'Switches', command: '/switches' }] });
        await log.tell(thread.id, { turn, type: 'end' });
      }
    }
    onNotice(notice);
  };
}
