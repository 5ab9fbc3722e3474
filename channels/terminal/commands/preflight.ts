import { listAccounts } from '../../../db/stores/accounts.ts';
import { jobRows } from '../../../db/stores/jobs.ts';
import { outboxDepth } from '../../../db/stores/outbox.ts';
import { listPeople } from '../../../db/stores/people.ts';
import { killSwitches } from '../../../db/stores/controls.ts';
import { tradingHolds } from '../../../db/stores/trading-holds.ts';
import { msBetween } from '../../../desk/time.ts';
import { readKillFile } from '../../../ops/kill-file.ts';
import { readArguments } from '../arguments.ts';
import type { Command, CommandDesk } from '../command.ts';

interface Look { part: string; todo: string; look(desk: CommandDesk): Promise<{ ok: boolean; found: string }> }
/** A job that runs every few seconds and was last heard this long ago does not run. */
const silentSeconds = 120;
const heartbeat = 'expire_questions';

/** Every part of the desk, each with what to do when it is not as it should be. */
const looks: readonly Look[] = [
  { part: 'database', todo: 'see DATABASE_URL, or the lock in PARAPET_HOME', look: async ({ database }) => ({ ok: (await listPeople(database.orm)).length > 0, found: database.kind }) },
  { part: 'market', todo: 'start the desk; with --data DIR for real history', look: async ({ services, market }) => ({ ok: services.market.symbols().size > 0, found: `${market.label()}, ${services.market.symbols().size} symbols, ${market.now()}` }) },
  {
    part: 'calendar', todo: 'import trading days or holidays that cover today',
    look: async ({ services, market }) => { const { coverage } = services.market.calendar(); return { ok: services.market.calendar().covers(market.today()), found: coverage ? `${coverage.from} to ${coverage.to}` : 'empty' }; },
  },
  { part: 'feeds', todo: 'see `parapet chat` “which feeds are stale?”', look: async ({ services }) => { const feeds = await services.feedHealth(); const stale = feeds.filter((feed) => feed.stale); return { ok: stale.length === 0, found: stale.length === 0 ? `${feeds.length} heard` : `stale: ${stale.map(({ feed }) => feed).join(', ')}` }; } },
  { part: 'accounts', todo: 'open one with `parapet account add`', look: async ({ database }) => { const accounts = await listAccounts(database.orm); return { ok: accounts.length > 0, found: `${accounts.length}, ${accounts.filter(({ mode }) => mode === 'live').length} live` }; } },
  {
    part: 'brokers', todo: 'move the account to a connected broker, or set that broker’s token and start again',
    look: async ({ database, brokerReachable }) => {
      const wanted = [...new Set((await listAccounts(database.orm)).map(({ broker }) => broker))];
      const states = await Promise.all(wanted.map(async (name) => ({ name, reachable: await brokerReachable(name) })));
      return { ok: states.every(({ reachable }) => reachable === true), found: states.map(({ name, reachable }) => `${name} ${reachable === null ? 'not connected' : reachable ? 'reachable' : 'not reachable'}`).join(', ') || 'none wanted' };
    },
  },
  {
    part: 'scheduler', todo: 'start the desk with `npm start`; jobs run in it alone',
    look: async ({ database, services }) => {
      const rows = await jobRows(database.orm);
      const failed = rows.filter(({ lastOk }) => lastOk === false);
      const beat = rows.find(({ name }) => name === heartbeat)?.lastFinishedAt ?? null;
      const seconds = beat === null ? null : Math.round(msBetween(beat, services.wallNow()) / 1000);
      if (seconds === null || seconds > silentSeconds) return { ok: false, found: seconds === null ? 'has not run yet' : `silent for ${seconds} seconds` };
      return { ok: failed.length === 0, found: failed.length > 0 ? `failed: ${failed.map(({ name, lastMessage }) => `${name} (${lastMessage ?? 'no reason'})`).join(', ')}` : `${rows.length} jobs, last heard ${seconds} s ago` };
    },
  },
  {
    part: 'endpoints', todo: 'start the desk with `npm start`; see WEB_PORT',
    look: async (desk) => { const found = await desk.endpoint?.(); return { ok: found?.answering === true, found: found ? `the web desk ${found.answering ? 'answers' : 'does not answer'} at ${found.url}` : 'the web desk is not running' }; },
  },
  {
    part: 'switches', todo: 'resume in the chat; remove the kill file once its cause is gone',
    look: async ({ database, killFile }) => {
      const [holds, rules, file] = [(await tradingHolds(database.orm)).filter(({ state }) => state !== 'ACTIVE'), await killSwitches(database.orm), readKillFile(killFile)];
      if (file.state !== 'ABSENT') return { ok: false, found: `kill file: ${file.state.toLowerCase()}` };
      return { ok: holds.length === 0 && rules.some(({ active }) => active), found: holds.length > 0 ? holds.map(({ cause, reason }) => `${cause.toLowerCase().replaceAll('_', ' ')}: ${reason}`).join('; ') : `nothing holds entries back; ${rules.filter(({ active }) => active).length} switches armed` };
    },
  },
  { part: 'work queue', todo: 'start the desk and look at its log', look: async ({ database }) => { const depth = await outboxDepth(database.orm); return { ok: depth === 0, found: `${depth} waiting` }; } },
];

/** Every part, pass or fail, with what to do. */
export const preflightCommand: Command = {
  name: 'preflight', usage: 'preflight [--json]', does: 'checks every part of the desk',
  async run(call, desk) {
    const given = readArguments(call.args, { json: { type: 'boolean' } }, this.usage);
    const checks: { part: string; ok: boolean; found: string; todo: string | null }[] = [];
    for (const { part, todo, look } of looks) {
      try { const { ok, found } = await look(desk); checks.push({ part, ok, found, todo: ok ? null : todo }); } catch (error) { checks.push({ part, ok: false, found: error instanceof Error ? error.message : String(error), todo }); }
    }
    const ok = checks.every((each) => each.ok);
    if (given.flag('json')) call.streams.out(JSON.stringify({ ok, checks }));
    else for (const each of checks) call.streams.out(`${each.ok ? 'pass' : 'FAIL'}  ${each.part.padEnd(12)} ${each.found}${each.todo ? `. To do: ${each.todo}` : ''}`);
    return ok ? 0 : 1;
  },
};
