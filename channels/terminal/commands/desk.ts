import { listAccounts } from '../../../db/stores/accounts.ts';
import { actionById, listActions, reportsOf, snapshotByDigest, transitionsOf } from '../../../db/stores/actions.ts';
import { canonicalJson } from '../../../desk/canonical.ts';
import { evaluateGates } from '../../../desk/gates/evaluate.ts';
import { writeKillFile } from '../../../ops/kill-file.ts';
import { runTool } from '../../../tools/run.ts';
import { tools } from '../../../tools/registry.ts';
import { readArguments } from '../arguments.ts';
import { type Command, type CommandCall, type CommandDesk, CommandRefusal, type ExitCode } from '../command.ts';
import { tellProposal } from '../proposed.ts';
import { callerFor } from '../person.ts';

export const cycleCommand: Command = {
  name: 'cycle', usage: 'cycle run [--as-of T] [--event ID] [--account NAME] [--json]', does: 'runs one desk cycle and shows its funnel',
  async run(call, desk) {
    const [verb, ...rest] = call.args;
    const given = readArguments(rest, { 'as-of': { type: 'string' }, event: { type: 'string' }, account: { type: 'string' }, json: { type: 'boolean' }, as: { type: 'string' } }, this.usage);
    if (verb !== 'run') throw new CommandRefusal(`Usage: parapet ${this.usage}`, 2);
    const caller = await callerFor(desk, call, given.text('as'));
    const account = given.text('account');
    const accounts = (await listAccounts(desk.database.orm, caller.viewableAccountIds)).filter((each) => account === undefined || each.name.toLowerCase() === account.toLowerCase());
    if (accounts.length === 0) throw new CommandRefusal(`there is no account “${account}”`);
    const summary = await desk.services.runCycle({ accountIds: accounts.map((each) => each.id), ...(given.text('event') ? { eventId: given.text('event') as string } : {}), ...(given.text('as-of') ? { anew: true } : {}), requestedBy: { kind: 'person', personId: caller.personId, channel: 'terminal' }, threadId: null, turn: null });
    if (given.flag('json')) { call.streams.out(JSON.stringify(summary)); return 0; }
    for (const stage of summary.stages) call.streams.out(`${stage.stage.padEnd(14)} ${String(stage.in).padStart(6)} → ${String(stage.out).padStart(5)}  ${stage.ms.toFixed(0)} ms${stage.degraded ? `  degraded: ${stage.degraded}` : ''}`);
    for (const card of summary.cards) call.streams.out(`card ${card.cardNumber} ${card.symbol} ${card.state}`);
    for (const refused of summary.refused.slice(0, 10)) call.streams.out(`refused ${refused.symbol}: ${refused.reason}`);
    return 0;
  },
};

export const actionCommand: Command = {
  name: 'action', usage: 'action list|show ID [--json]', does: 'shows actions with every transition',
  async run(call, desk) {
    const [verb, ...rest] = call.args;
    const given = readArguments(rest, { json: { type: 'boolean' } }, this.usage);
    const { orm } = desk.database;
    if (verb === 'list') {
      const actions = await listActions(orm, { limit: 200 });
      if (given.flag('json')) call.streams.out(JSON.stringify(actions));
      else for (const action of actions) call.streams.out(`${action.id} ${action.createdAt} ${action.action.kind.padEnd(16)} ${action.state}${action.reason ? `: ${action.reason}` : ''}`);
      return 0;
    }
    const id = given.words[0];
    if (verb !== 'show' || id === undefined) throw new CommandRefusal(`Usage: parapet ${this.usage}`, 2);
    const action = await actionById(orm, id).catch(() => null);
    if (!action) throw new CommandRefusal(`there is no action ${id}`);
    const whole = { ...action, transitions: await transitionsOf(orm, id), reports: await reportsOf(orm, id) };
    call.streams.out(JSON.stringify(whole, null, given.flag('json') ? 0 : 2));
    return 0;
  },
};

export const replayCommand: Command = {
  name: 'replay', usage: 'replay ACTION_ID [--json]', does: 'runs the gates again on the recorded snapshot',
  async run(call, desk) {
    const given = readArguments(call.args, { json: { type: 'boolean' } }, this.usage);
    const id = given.words[0];
    if (id === undefined) throw new CommandRefusal(`Usage: parapet ${this.usage}`, 2);
    const { orm } = desk.database;
    const action = await actionById(orm, id).catch(() => null);
    if (!action) throw new CommandRefusal(`there is no action ${id}`);
    const differences: { reportId: string; phase: string; recorded: unknown; now: unknown }[] = [];
    let digest = '';
    for (const stored of await reportsOf(orm, id)) {
      const snapshot = await snapshotByDigest(orm, stored.snapshotDigest);
      if (!snapshot) throw new CommandRefusal(`the snapshot of report ${stored.id} is gone`);
      const again = evaluateGates({ action: action.action, actionDigest: action.digest, snapshot: snapshot.snapshot, snapshotDigest: stored.snapshotDigest });
      digest = stored.digest;
      if (canonicalJson(again) !== canonicalJson(stored.report)) differences.push({ reportId: stored.id, phase: stored.phase, recorded: stored.report, now: again });
    }
    const result = differences.length === 0 ? { same: true, digest } : { same: false, differences };
    call.streams.out(given.flag('json') || differences.length > 0 ? JSON.stringify(result) : `same verdict, ${digest}`);
    return differences.length === 0 ? 0 : 1;
  },
};

async function controlled(call: CommandCall, desk: CommandDesk, command: 'kill' | 'resume', given: { account: string | undefined; reason: string | undefined; json: boolean }): Promise<ExitCode> {
  const { account, reason, json } = given;
  const tool = tools.get('control');
  if (!tool) throw new Error('the control tool is missing');
  const result = await runTool({ tool, services: desk.services, caller: await callerFor(desk, call, undefined), input: { command, ...(account === undefined ? {} : { account }), ...(reason === undefined ? {} : { reason }) } });
  if (!result.ok) throw new CommandRefusal(result.error.message);
  return tellProposal(call, result.output as Parameters<typeof tellProposal>[1], { json });
}

export const killCommand: Command = {
  name: 'kill', usage: 'kill [--account NAME] --reason TEXT [--json]', does: 'halts new entries at once; works without server and database, too',
  async run(call, desk) {
    const given = readArguments(call.args, { account: { type: 'string' }, reason: { type: 'string' }, json: { type: 'boolean' } }, this.usage);
    const reason = given.text('reason');
    if (reason === undefined) throw new CommandRefusal(`Usage: parapet ${this.usage}`, 2);
    // The file first: it holds even if what follows fails.
    if (given.text('account') === undefined) writeKillFile(desk.killFile, reason);
    return controlled(call, desk, 'kill', { account: given.text('account'), reason, json: given.flag('json') });
  },
};
export const resumeCommand: Command = {
  name: 'resume', usage: 'resume [--account NAME] [--json]', does: 'proposes to take entries again; a confirmation decides',
  async run(call, desk) {
    const given = readArguments(call.args, { account: { type: 'string' }, json: { type: 'boolean' } }, this.usage);
    return controlled(call, desk, 'resume', { account: given.text('account'), reason: undefined, json: given.flag('json') });
  },
};
