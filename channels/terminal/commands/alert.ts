import { setTimeout as pause } from 'node:timers/promises';
import { acknowledgeAlerts, deliveriesOf, listAlerts } from '../../../db/stores/alerts.ts';
import { appendAudit } from '../../../db/stores/audit.ts';
import { isAlertKind, raiseTestAlert } from '../../../graph/conversation/test-alert.ts';
import { alertKinds } from '../../../ops/alerts/templates.ts';
import { readArguments } from '../arguments.ts';
import { type Command, CommandRefusal } from '../command.ts';
import { callerFor } from '../person.ts';

const waitSeconds = 20;

export const alertCommand: Command = {
  name: 'alert', usage: 'alert list | test KIND | ack [ID] [--json]', does: 'the last alerts and their delivery log; sends a test of a kind by every way; says that alerts were seen',
  async run(call, desk) {
    const [verb, ...rest] = call.args;
    const given = readArguments(rest, { json: { type: 'boolean' }, as: { type: 'string' } }, this.usage);
    const { orm } = desk.database;
    const [word] = given.words;
    const { viewableAccountIds: accountIds, personId } = await callerFor(desk, call, given.text('as'));
    if (verb === 'list') {
      const alerts = await listAlerts(orm, { accountIds, limit: 50 });
      const log = await deliveriesOf(orm, alerts.map(({ id }) => id));
      if (given.flag('json')) call.streams.out(JSON.stringify(alerts.map((alert) => ({ ...alert, deliveries: log.filter(({ alertId }) => alertId === alert.id) }))));
      else for (const alert of alerts) {
        call.streams.out(`${alert.id} ${alert.lastAt} ${alert.severity.padEnd(8)} ${alert.acknowledgedAt ? 'seen' : 'open'} ${alert.title}${alert.count > 1 ? ` (${alert.count} times)` : ''}`);
        for (const { route, round, state, error } of log.filter(({ alertId }) => alertId === alert.id)) call.streams.out(`  ${route}${round > 0 ? ` again ${round}` : ''}: ${state}${error ? ` (${error})` : ''}`);
      }
      return 0;
    }
    if (verb === 'ack') {
      const open = (await listAlerts(orm, { accountIds, limit: 500, openOnly: true })).filter(({ id }) => word === undefined || id === word);
      if (word !== undefined && open.length === 0) throw new CommandRefusal(`there is no open alert ${word}`);
      const count = await desk.database.transaction(async (tx) => {
        const acknowledged = await acknowledgeAlerts(tx, { ids: open.map(({ id }) => id), personId });
        if (acknowledged > 0) await appendAudit(tx, { kind: 'alert.acknowledged', subject: personId, actor: personId, payload: { alerts: open.map(({ id }) => id), channel: 'terminal' } });
        return acknowledged;
      });
      call.streams.out(`${count} acknowledged`);
      return 0;
    }
    if (verb !== 'test' || word === undefined || !isAlertKind(word)) throw new CommandRefusal(`Usage: parapet ${this.usage}; KIND is one of ${alertKinds.join(', ')}`, 2);
    const id = await raiseTestAlert(desk.database, { kind: word, personId, channel: 'terminal', now: desk.services.wallNow() });
    call.streams.err('waiting for the running desk to deliver it');
    let log = await deliveriesOf(orm, [id]);
    for (let waited = 0; waited < waitSeconds * 4 && (log.length === 0 || log.some(({ state }) => state === 'waiting')); waited += 1) { await pause(250); log = await deliveriesOf(orm, [id]); }
    if (log.length === 0) throw new CommandRefusal('no desk has taken it up; start one with npm start');
    if (given.flag('json')) call.streams.out(JSON.stringify(log));
    else for (const { route, state, error } of log) call.streams.out(`${route.padEnd(16)} ${state}${error ? ` (${error})` : ''}`);
    return log.some(({ state }) => state === 'failed') ? 1 : 0;
  },
};
