import type { Database } from '../../db/client.ts';
import { acknowledgeAlerts, raiseAlert } from '../../db/stores/alerts.ts';
import { appendAudit } from '../../db/stores/audit.ts';
import { uuidv7 } from '../../db/uuid.ts';
import type { Instant } from '../../desk/time.ts';
import { type AlertKind, alertKinds, sampleAlert } from '../../ops/alerts/templates.ts';

export const isAlertKind = (text: string): text is AlertKind => (alertKinds as readonly string[]).includes(text);

/** Raises a made-up alert of a kind, which goes every way that a real one would. A test is a test each time, and nobody is called again about it. Gives its id. */
export async function raiseTestAlert(database: Database, { kind, personId, channel, now }: { kind: AlertKind; personId: string; channel: string; now: Instant }): Promise<string> {
  const id = uuidv7(Date.parse(now));
  const text = sampleAlert(kind);
  await database.transaction(async (tx) => {
    await raiseAlert(tx, { id, kind, severity: text.severity, key: `${text.key}:${id}`, title: text.title, body: text.body, accountId: null });
    await acknowledgeAlerts(tx, { ids: [id], personId });
    await appendAudit(tx, { kind: 'alert.tested', subject: personId, actor: personId, payload: { alert: id, kind, channel } });
  });
  return id;
}
