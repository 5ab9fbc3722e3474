import type { Database } from '../../db/client.ts';
import { accountById } from '../../db/stores/accounts.ts';
import { confirmationById } from '../../db/stores/confirmations.ts';
import { type LinkOutcome, personByIdentity, redeemLinkCode } from '../../db/stores/identities.ts';
import { personById, rightsOf } from '../../db/stores/people.ts';
import type { Person } from '../conversation-service.ts';

const codeShape = /^[A-Z0-9]{8}$/;
const linkWords: Record<Exclude<LinkOutcome, 'linked' | 'already'>, string> = {
  wrong: 'That code does not link: it was used, has expired or is another one. Say /link on the desk for a new one.',
  locked: 'Three codes were wrong. Try again in ten minutes.',
  taken: 'This chat is linked to somebody else. They have to unlink it first.',
};
export const notLinked = 'I do not know you here. On the desk say /link, then send me /link with the code.';

/** Said under the key of the message that asked, so that one which comes twice, and links the first time, is answered once. */
export const linkedAlready = ({ name }: Pick<Person, 'name'>): string => `This chat is linked to ${name} already.`;

/** Who somebody in a chat is, by the channel's own numeric id, and how they come to be known. */
export interface Identify {
  who(externalId: string): Promise<Person | null>;
  /** Uses a code up. `person` when it linked. */
  link(input: { code: string; externalId: string }): Promise<{ person: Person | null; text: string }>;
  /** Why somebody's press would be refused, said to them alone; null: let the desk decide. */
  bystander(input: { confirmationId: string; person: Person }): Promise<string | null>;
}

export function createIdentify({ database, bot, newId }: { database: Database; bot: string; newId: () => string }): Identify {
  return {
    async who(externalId) {
      const found = await personByIdentity(database.orm, { channel: bot, externalId });
      return found ? { id: found.id, name: found.name, role: found.role } : null;
    },
    async link({ code, externalId }) {
      const typed = code.trim().toUpperCase();
      // What cannot be a code costs no try.
      if (!codeShape.test(typed)) return { person: null, text: 'A code has eight letters and digits. Say /link on the desk for one, then send me /link with it.' };
      const { outcome, personId } = await database.transaction((tx) => redeemLinkCode(tx, { id: newId(), code: typed, channel: bot, externalId }));
      if (outcome !== 'linked' && outcome !== 'already') return { person: null, text: linkWords[outcome] };
      const person = personId ? await personById(database.orm, personId) : null;
      if (!person) return { person: null, text: linkWords.wrong };
      return { person: { id: person.id, name: person.name, role: person.role }, text: outcome === 'already' ? linkedAlready(person) : `Linked. You are ${person.name} here; /help says what the desk can do.` };
    },
    async bystander({ confirmationId, person }) {
      const asked = await confirmationById(database.orm, confirmationId);
      if (!asked || asked.eligible.includes(person.id)) return null;
      const sees = asked.accountId !== null && (await rightsOf(database.orm, person.id)).some((right) => right.accountId === asked.accountId && right.canView);
      const account = sees && asked.accountId ? await accountById(database.orm, asked.accountId) : null;
      return account ? `You can see this card but not confirm on ${account.name}. Nothing was sent.` : 'This card is not yours to answer. Nothing was sent.';
    },
  };
}
