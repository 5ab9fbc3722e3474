import type { Draft } from '../../agents/define.ts';
import { actionById } from '../../db/stores/actions.ts';
import { accountById } from '../../db/stores/accounts.ts';
import { cardOfAction } from '../../db/stores/cards.ts';
import { confirmationById, decideConfirmation, type Press } from '../../db/stores/confirmations.ts';
import { personById, type PersonRow, rightsOf } from '../../db/stores/people.ts';
import type { Database } from '../../db/client.ts';
import { timeIn, type Instant, type Zone } from '../../desk/time.ts';
import type { ActionWorker } from '../action/worker.ts';
import { plainDraft } from '../turn/figures.ts';
import { outcomeOf } from '../turn/render-card.ts';

export interface PressInput { confirmationId: string; choice: 'confirm' | 'reject'; reason: string | null; person: PersonRow; channel: string }

/**
 * The press: one statement decides it, then the worker goes on with what was won. The answer says what became of it;
 * a second press, on any channel, gets the final state.
 */
export async function press(desk: { database: Database; worker: ActionWorker; zone: Zone }, input: PressInput): Promise<Draft & { actionId: string | null }> {
  const { database } = desk;
  const shown = await confirmationById(database.orm, input.confirmationId);
  if (!shown) return { ...plainDraft('There is no such question. Nothing was sent.'), actionId: null };
  const decided = await decideConfirmation(database, { id: shown.id, actionDigest: shown.actionDigest, personId: input.person.id, channel: input.channel, choice: input.choice, reason: input.reason });
  if (decided.outcome === 'won' || decided.outcome === 'rejected' || decided.outcome === 'expired') await desk.worker.drain();
  // Whoever may not even see the account, by now, learns nothing of the card, not even that it is there.
  const sees = shown.accountId === null ? shown.eligible.includes(input.person.id) : (await rightsOf(database.orm, input.person.id)).some((right) => right.accountId === shown.accountId && (right.canView || right.canConfirm));
  if (!sees) return { ...plainDraft('There is no such question for you. Nothing was sent.'), actionId: null };
  return { ...(await answerTo(desk, input, decided)), actionId: shown.actionId };
}

async function answerTo(desk: { database: Database; zone: Zone }, input: PressInput, decided: Press): Promise<Draft> {
  const { database } = desk;
  const stored = decided.actionId ? await actionById(database.orm, decided.actionId) : null;
  const card = decided.actionId ? await cardOfAction(database.orm, decided.actionId) : null;
  const account = stored?.accountId ? await accountById(database.orm, stored.accountId) : null;
  const name = card ? `card ${card.number}` : 'it';
  const outcome = stored ? await outcomeOf(database.orm, stored, account?.baseCurrency ?? 'INR') : null;
  const again = card && stored?.action.kind === 'enter' ? [{ label: 'Check it again now', command: `/again ${card.number}` }] : [];
  switch (decided.outcome) {
    case 'won': return said(outcome ?? 'Confirmed; it is on its way.', stored?.state === 'expired' || stored?.state === 'blocked' ? again : []);
    case 'rejected': return said(`Rejected ${name}.`);
    case 'expired': return said(`Not sent: ${name} expired${decided.expiresAt ? ` at ${clock(decided.expiresAt, desk.zone)}` : ''}.`, again);
    case 'not_eligible': return said(`You can see this card but not confirm on ${account?.name ?? 'it'}. Nothing was sent.`);
    case 'other_content': return said('That was another version of the card. Nothing was sent.');
    case 'needs_another': return said(`Your yes is noted; ${name} needs a second person.`);
    case 'already': return said(await alreadyWords(database, decided, input.person, desk.zone, outcome));
    case 'not_found': return said('There is no such question. Nothing was sent.');
  }
}

const clock = (at: Instant, zone: Zone): string => timeIn(at, zone);
async function alreadyWords(database: Database, decided: Press, person: PersonRow, zone: Zone, outcome: string | null): Promise<string> {
  const who = decided.decidedBy === person.id ? 'you' : decided.decidedBy ? ((await personById(database.orm, decided.decidedBy))?.name ?? 'somebody') : null;
  const when = decided.decidedAt ? ` at ${clock(decided.decidedAt, zone)}` : '';
  const where = decided.decidedIn ? ` in ${decided.decidedIn}` : '';
  const verb = decided.status === 'confirmed' ? 'confirmed' : decided.status === 'rejected' ? 'rejected' : decided.status === 'superseded' ? 'replaced by a newer version' : 'expired';
  return `Already ${verb}${who && (decided.status === 'confirmed' || decided.status === 'rejected') ? ` by ${who}${where}` : ''}${when}.${outcome ? ` ${outcome}` : ''}`;
}
/** Sentences that hold stored figures of the action itself; nothing in them comes from a model. */
const said = (text: string, choices: { label: string; command: string }[] = []): Draft => plainDraft(text, choices.length > 0 ? { choices } : {});
