import { readWorld } from '../../../db/stores/world.ts';
import type { Database } from '../../../db/client.ts';
import { streamNames } from '../../../feeds/live/stream-names.ts';
import type { LiveFeeds } from '../../../graph/feeds/live-feeds.ts';
import { readArguments } from '../arguments.ts';
import { type Command, type CommandCall, CommandRefusal, type ExitCode } from '../command.ts';

const usage = 'feeds list | poll [NAME…] [--json]';

export const feedsCommand: Command = {
  name: 'feeds', usage, does: 'lists the live sources; asks them now, all that are switched on or the named ones',
  // A running desk asks its sources by itself, with its own cursors; two askers would only ask twice.
  run: () => Promise.reject(new CommandRefusal('the desk is running and asks its live sources by itself; “which feeds are stale?” says how they are')),
};

export async function runFeeds(call: CommandCall, { database, liveFeeds }: { database: Database; liveFeeds: LiveFeeds }): Promise<ExitCode> {
  const given = readArguments(call.args, { json: { type: 'boolean' } }, usage);
  const [what, ...names] = given.words;
  if (what === 'list' && names.length === 0) {
    const listed = [
      ...liveFeeds.known.map(({ name, everyMs }) => ({ feed: name, everyMinutes: everyMs / 60_000 as number | null, on: liveFeeds.feeds.some((feed) => feed.name === name) })),
      // Streams tell by themselves while the desk runs; they cannot be asked.
      ...streamNames.map((feed) => ({ feed: feed as string, everyMinutes: null, on: liveFeeds.enabled.includes('all') || liveFeeds.enabled.includes(feed) })),
    ];
    if (given.flag('json')) call.streams.out(JSON.stringify(listed));
    else for (const { feed, everyMinutes, on } of listed) call.streams.out(`${feed.padEnd(34)} ${everyMinutes === null ? 'streams' : `every ${everyMinutes} min`}${on ? '' : ', off'}`);
    return 0;
  }
  if (what !== 'poll') throw new CommandRefusal(`Usage: parapet ${usage}`, 2);
  const unknown = names.find((name) => !liveFeeds.known.some((feed) => feed.name === name));
  if (unknown !== undefined) throw new CommandRefusal(`there is no live source ${unknown}; parapet feeds list shows them`);
  if (names.length === 0 && liveFeeds.feeds.length === 0) throw new CommandRefusal('no live source is switched on: set LIVE_FEEDS, or name the ones to ask');
  if ((await readWorld(database.orm))?.kind === 'sim') throw new CommandRefusal('this home holds a simulated world, and real data must not be mixed into it; use another home');
  const polled = await liveFeeds.poll(names.length > 0 ? names : liveFeeds.feeds.map(({ name }) => name));
  if (given.flag('json')) call.streams.out(JSON.stringify(polled));
  else for (const { feed, polled: each } of polled) call.streams.out(`${feed.padEnd(34)} ${each.outcome === 'failed' ? `failed: ${each.reason}` : each.outcome === 'unchanged' ? 'nothing new' : `${each.accepted} new, ${each.updated} updated, ${each.duplicate} there already, ${each.quarantined} refused`}`);
  return polled.some(({ polled: each }) => each.outcome === 'failed') ? 1 : 0;
}
