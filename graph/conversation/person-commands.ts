import type { Draft } from '../../agents/define.ts';
import type { Intent } from '../../agents/grammar/intents.ts';
import type { Database } from '../../db/client.ts';
import { acknowledgeAlerts, type Alert, deliveriesOf, listAlerts } from '../../db/stores/alerts.ts';
import { appendAudit } from '../../db/stores/audit.ts';
import { type FeedbackVerdict, lastAnswered, mostNoteCharacters, writeFeedback } from '../../db/stores/feedback.ts';
import { openLinkCode, unlinkIdentity } from '../../db/stores/identities.ts';
import { uuidv7 } from '../../db/uuid.ts';
import { type Instant, timeIn, type Zone } from '../../desk/time.ts';
import { closedQuestions } from '../execution/changes/rules-and-people.ts';
import { alertKinds } from '../../ops/alerts/templates.ts';
import { plainDraft } from '../turn/figures.ts';
import type { TurnInput } from './desk-turns.ts';
import { isAlertKind, raiseTestAlert } from './test-alert.ts';

const alertsShown = 10;
const mostQuoted = 80;

/**
 * What a person does about themself: tie a chat to them, end a link, look at alerts and say they have seen them, say how an answer was. Answered
 * from their exact words alone, so no agent and no model can do any of it. Null: the sentence is about something else.
 */
export async function personCommand(input: {
  intent: Intent; database: Database; turn: TurnInput; viewableAccountIds: readonly string[]; now: Instant; zone: Zone; newLinkCode: () => string;
}): Promise<Draft | null> {
  const { intent, database, turn, now, zone } = input;
  const { person, channel } = turn;
  switch (intent.kind) {
    case 'link': {
      if (intent.code !== undefined) return plainDraft('You are known here already. Say /link with the code in the chat that is to be linked.');
      const code = input.newLinkCode();
      const { expiresAt } = await openLinkCode(database.orm, { id: uuidv7(Date.parse(now)), personId: person.id, code, channel });
      return plainDraft(`In the chat that you want to link, send the desk: /link ${code}\nIt works once, until ${timeIn(expiresAt, zone)}. Whoever sends it acts as you, so give it to nobody.`);
    }
    case 'unlink': {
      const from = intent.channel.toLowerCase();
      const { links, questions } = await database.transaction((tx) => unlinkIdentity(tx, { personId: person.id, channel: from, actor: person.id }));
      return plainDraft(links === 0 ? `You have no link on ${from}.` : `Unlinked on ${from}. ${closedQuestions(questions)}`);
    }
    case 'alerts': return alertsDraft(database, input.viewableAccountIds, zone);
    case 'alert_test': {
      const kind = intent.alert.toLowerCase().replaceAll('-', '_');
      if (!isAlertKind(kind)) return plainDraft(`There is no alert ${intent.alert}. There are: ${alertKinds.join(', ')}.`);
      await raiseTestAlert(database, { kind, personId: person.id, channel, now });
      return plainDraft(`A test of ${kind} goes out by every way that is set up, within ten seconds. “/alerts” shows what became of it.`, { choices: [{ label: 'Show the delivery log', command: '/alerts' }] });
    }
    case 'acknowledge': {
      const open = (await listAlerts(database.orm, { accountIds: input.viewableAccountIds, limit: 500, openOnly: true })).filter((alert) => intent.alert === undefined || alert.id.startsWith(intent.alert));
      if (open.length === 0) return plainDraft(intent.alert === undefined ? 'No alert is open.' : 'There is no such open alert.');
      const count = await database.transaction(async (tx) => {
        const acknowledged = await acknowledgeAlerts(tx, { ids: open.map(({ id }) => id), personId: person.id });
        await appendAudit(tx, { kind: 'alert.acknowledged', subject: person.id, actor: person.id, payload: { alerts: open.map(({ id }) => id), channel } });
        return acknowledged;
      });
      return plainDraft(count === 1 ? `Noted: ${open[0]?.title ?? 'the alert'}.` : `Noted: ${count} alerts.`);
    }
    case 'feedback': return noteFeedback(database, { turn, verdict: intent.verdict, note: intent.note ?? null, now });
    default: return null;
  }
}

/** What the person thought of the desk's last answer to them; kept beside it, for the evals. */
async function noteFeedback(database: Database, { turn: { threadId, turn, person }, verdict, note, now }: { turn: TurnInput; verdict: FeedbackVerdict; note: string | null; now: Instant }): Promise<Draft> {
  const about = await lastAnswered(database.orm, { threadId, personId: person.id, turn });
  if (!about) return plainDraft('There is no answer of mine here yet that this could be about.');
  await database.transaction((tx) => writeFeedback(tx, { id: uuidv7(Date.parse(now)), threadId, turn: about.turn, personId: person.id, verdict, note: note === null ? null : note.slice(0, mostNoteCharacters), saidIn: turn }));
  const said = about.said.length > mostQuoted ? `${about.said.slice(0, mostQuoted - 1)}…` : about.said;
  return plainDraft(`Noted: the answer to “${said}” was ${verdict === 'GOOD' ? 'good' : 'wrong'}. It is kept as a case for the evals${verdict === 'BAD' && note === null ? '; “/bad” with what is wrong helps more' : ''}.`);
}

async function alertsDraft(database: Database, accountIds: readonly string[], zone: Zone): Promise<Draft> {
  const found = await listAlerts(database.orm, { accountIds, limit: alertsShown });
  if (found.length === 0) return plainDraft('There have been no alerts.');
  const log = await deliveriesOf(database.orm, found.map(({ id }) => id));
  const words = (alert: Alert): string => {
    const ways = log.filter(({ alertId }) => alertId === alert.id).map(({ route, state, error }) => `${route} ${state}${error && state !== 'sent' ? ` (${error})` : ''}`);
    const state = alert.acknowledgedAt ? 'seen' : 'open';
    return `${timeIn(alert.lastAt, zone)} ${alert.severity} ${alert.title}${alert.count > 1 ? ` (${alert.count} times)` : ''}, ${state}; ${ways.length > 0 ? ways.join(', ') : 'not sent yet'}`;
  };
  const open = found.some(({ acknowledgedAt }) => acknowledgedAt === null);
  return plainDraft(found.map(words).join('\n'), open ? { choices: [{ label: 'I have seen them', command: '/ack' }] } : {});
}
