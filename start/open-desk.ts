import { setTimeout } from 'node:timers/promises';
import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
import type { Database } from '../db/client.ts';
import { chooseEmbedder } from '../agents/embedders/choose-embedder.ts';
import { prepareDatabase } from '../db/prepare.ts';
import { confirmedLimits } from '../db/stores/controls.ts';
import { dropJobLeases } from '../db/stores/jobs.ts';
import { dropLeases } from '../db/stores/outbox.ts';
import type { PersonRow } from '../db/stores/people.ts';
import { uuidv7 } from '../db/uuid.ts';
import { claimWorld, readWorld, saveMarketNow, type World } from '../db/stores/world.ts';
import { limitsInForce } from '../desk/gates/limit-settings.ts';
import type { LimitFacts } from '../desk/gates/snapshot.ts';
import type { Clock, Instant, TradingDate } from '../desk/time.ts';
import { buildActionGraph, runAction } from '../graph/action/action-graph.ts';
import { checkHypothetical } from '../graph/action/propose.ts';
import { proposeAndRun } from '../graph/action/propose-and-run.ts';
import type { ActionServices } from '../graph/action/services.ts';
import { createActionWorker } from '../graph/action/worker.ts';
import { createAnnouncer, type Notice } from '../graph/conversation/announce.ts';
import { createDeskTurns, type ModelPath } from '../graph/conversation/desk-turns.ts';
import { press } from '../graph/conversation/press.ts';
import { type Conversation, createConversation } from '../graph/conversation/service.ts';
import { createThreadLog } from '../graph/conversation/thread-log.ts';
import { createViews } from '../graph/conversation/views.ts';
import { createCycleRunner } from '../graph/cycle/run-cycle.ts';
import { governed } from '../graph/execution/governor.ts';
import { interruptedActions, reconcile } from '../graph/execution/reconcile.ts';
import type { ExecutionServices } from '../graph/execution/services.ts';
import type { MarketFeed } from '../feeds/define.ts';
import { deskJobs } from '../jobs/desk-jobs.ts';
import { createScheduler, type Scheduler } from '../jobs/scheduler.ts';
import type { Configuration } from '../ops/configuration.ts';
import { readKillFile } from '../ops/kill-file.ts';
import { describeError } from '../ops/describe-error.ts';
import type { Log } from '../ops/log.ts';
import { tools } from '../tools/registry.ts';
import type { ToolServices } from '../tools/services.ts';
import { configuredWays } from './alert-ways.ts';
import { type AuditAnchors, openAuditAnchors } from './audit-anchors.ts';
import { openPaper } from './brokers.ts';
import { openReplay, openSimulator, wallTimer, writeSimulatedPast } from './feeds.ts';
import { createEvalActions } from './eval-actions.ts';
import type { EvalProcess } from './eval-process.ts';
import { createEventIndex } from './event-index.ts';
import { firstStart } from './first-start.ts';
import { feedHealthOf } from './feed-health.ts';
import { signingKeys } from './keys.ts';
import { keepPolling, openLiveFeeds } from './live-feeds.ts';
import { keepStreaming, openLiveStreams } from './live-streams.ts';
import { newLinkCode } from './link-code.ts';
import { deskSettingsOf, hardOrdersPerSecond, limitsFrom, policyVersion } from './limits.ts';
import { type Market, openMarket } from './market.ts';
import { createMarketLoop } from './market-loop.ts';

export type WorldChoice =
  | { kind: 'sim'; seed: number; sessionWallMinutes: number; sessions: 'open' | 'closed' }
  | { kind: 'replay'; asOf: Instant | TradingDate; speed: number; frozen: boolean; /** Start from `asOf` though the home stood elsewhere: only where nothing was ever traded in it. */ reposition?: boolean };

export interface OpenDeskInput {
  database: Database;
  configuration: Configuration;
  world: WorldChoice;
  keysFolder: string; killFile: string;
  wallClock: Clock; log: Log;
  model: ModelPath | null;
  /** False: nothing moves by itself (tests, the command line without a running desk). */
  running: boolean;
  /** How evaluation suites are run beside this desk; absent: they cannot be asked for in its conversation. */
  evaluate?: EvalProcess;
  onStep?: (text: string) => void;
}
export interface Desk {
  database: Database; market: Market; feed: MarketFeed; services: ToolServices; conversation: Conversation; owner: PersonRow; world: World;
  /** Everything that is due now: outbox, fills, expiries. */
  settle(): Promise<void>;
  publicKeyPem: string;
  /** Signs where the audit ends now and keeps that beside the keys; every hour it is done by itself. */
  writeAnchor: AuditAnchors['writeAnchor'];
  /** Null: no broker of that name is connected. */
  brokerReachable(name: string): Promise<boolean | null>;
  /** What runs by the clock; a job can be run now by its name. */
  jobs: Pick<Scheduler, 'run' | 'jobs'>;
  /** Something that pages show beside the conversation changed. */
  changed(): void;
  /** What the desk says unasked, for channels that carry it further. */
  onNotice(listener: (notice: Notice) => void): () => void;
  close(): Promise<void>;
}

/** Puts the desk together over an open database: market, broker, gates, executor, conversation. Nothing else may hold the executor. */
export async function openDesk(input: OpenDeskInput): Promise<Desk> {
  const { database, configuration, wallClock, log } = input;
  const step = input.onStep ?? (() => undefined);
  await prepareDatabase(database, step);
  const before = await readWorld(database.orm);
  refuseOtherWorld(before, input.world);
  const onFailure = (error: unknown): void => log.error('the feed failed', { error: describeError(error) });
  const setTimer = input.running ? wallTimer : null;
  const simulator = input.world.kind === 'sim' ? openSimulator({ seed: input.world.seed, world: before, wallClock, sessionWallMinutes: input.world.sessionWallMinutes, sessions: input.world.sessions, setTimer, onFailure }) : null;
  if (simulator && !before) { step('market: writing the simulated past'); await writeSimulatedPast(database, simulator, wallClock()); }
  const market = await openMarket(database, simulator ? simulator.calendarDays() : null);
  const feed = simulator ?? (input.world.kind === 'replay' ? openReplay({ database, calendar: market.calendar(), symbols: market.symbols, asOf: input.world.asOf, world: input.world.reposition ? null : before, speed: input.world.speed, frozen: input.world.frozen, wallClock, setTimer, onFailure }) : null);
  if (!feed) throw new Error('there is no feed');
  market.follow(feed);
  const openedAt = market.now();
  const world = before ?? (await claimWorld(database.orm, { kind: feed.kind, label: feed.label(), seed: input.world.kind === 'sim' ? input.world.seed : null }));
  const owner = await firstStart(database, { wallNow: wallClock(), marketNow: market.now(), today: market.today() });
  const keys = signingKeys({ folder: input.keysFolder, pem: configuration.PARAPET_KEY });
  const anchors = openAuditAnchors({ database, folder: input.keysFolder, privateKey: keys.privateKey, wallNow: wallClock });
  const paper = openPaper(database, market, world.seed ?? 1);
  const killFile = () => readKillFile(input.killFile);

  const listeners = new Set<(actionId: string) => void>();
  const changed = (actionId: string): void => { for (const listener of listeners) listener(actionId); };
  const limits = limitsFrom(configuration);
  // What people confirmed in their place; read again whenever an action ends, for those who only show or size. The gates read it themselves.
  let confirmed = await confirmedLimits(database.orm);
  const inForce = (accountId: string | null): LimitFacts => limitsInForce(limits, confirmed, accountId);
  const actionServices: ActionServices = {
    database, market, wallNow: wallClock, ownerId: owner.id, limits: () => limits, policyVersion, killFile, changed, signingKey: keys,
    brokerFor: (name) => (name === 'paper' ? paper.reads : null),
  };
  const pause = (milliseconds: number): Promise<void> => setTimeout(milliseconds);
  const submits = governed(paper.submits, { database, ordersPerSecond: hardOrdersPerSecond, pause });
  const execution: ExecutionServices = {
    database, market, wallNow: wallClock, ownerId: owner.id, killFile, changed, pause, publicKey: keys.publicKey, ordersPerSecond: hardOrdersPerSecond, effects: {},
    broker: (name) => (name === 'paper' ? { reads: paper.reads, submits } : null),
  };
  const graph = buildActionGraph({ services: actionServices, execution, checkpointer: new PostgresSaver(database.pool, undefined, { schema: 'graph' }) });
  const worker = createActionWorker({ services: actionServices, graph, ownerId: owner.id, onError: (error, row) => log.error('an action failed', { action: row.actionId, topic: row.topic, error: describeError(error) }) });

  const { embedder, note } = await chooseEmbedder(configuration);
  if (note !== null) { step(`search: ${note}`); log.warn(note); }
  const eventIndex = createEventIndex({ database, market, embedder, log });
  const liveFeeds = openLiveFeeds({ database, market, wallNow: wallClock, configuration });
  const liveStreams = openLiveStreams({ database, market, wallNow: wallClock, configuration });
  const services: ToolServices = {
    database, market, embedder, alertWays: configuredWays(configuration), get settings() { return deskSettingsOf(inForce(null)); }, limits: inForce, wallNow: wallClock,
    propose: (proposal) => proposeAndRun({ services: actionServices, graph, worker, ownerId: owner.id }, proposal),
    checkGates: (hypothetical) => checkHypothetical(actionServices, hypothetical),
    runCycle: (request) => cycle.run(request),
    replacements: (input) => cycle.replacements(input),
    feedHealth: () => feedHealthOf({ database, feed, market, openedAt, liveFeeds, liveStreams, wallNow: wallClock }),
  };
  const cycle = createCycleRunner({
    database, market, wallNow: wallClock, propose: services.propose, get settings() { return deskSettingsOf(inForce(null)); }, limits: inForce, killFile,
    onFailure: (stage, error) => log.warn('a stage of the cycle degraded', { stage, error: describeError(error) }),
  });
  execution.effects.run_cycle = async (stored) => {
    const summary = await cycle.run({ requestedBy: stored.proposer, threadId: stored.threadId, turn: stored.turn });
    return { ended: 'done', sentence: `Cycle done: ${summary.cards.length} cards, ${summary.refused.length} candidates refused.` };
  };
  const evalActions = input.evaluate ? createEvalActions({ database, wallNow: wallClock, log, changed, process: input.evaluate }) : null;
  execution.effects.trigger_eval = async (stored) => {
    if (!evalActions) return { ended: 'failed', sentence: 'Not run: evals run beside a started desk (npm start), or by “parapet evals run”.' };
    evalActions.begin(stored);
    return { ended: null, sentence: '' };
  };

  const logOfThreads = createThreadLog(database);
  const turns = createDeskTurns({ services, tools, tell: logOfThreads.tell, model: input.model, press: (pressed) => press({ database, worker, zone: market.zone }, pressed), newLinkCode, onUngrounded: (agent, count) => log.warn('figures without a source were left out', { agent, count }), onUntraced: (error) => log.warn('the steps of a turn could not be kept', { error: describeError(error) }) });
  const views = createViews({ services });
  const conversation = createConversation({ database, market, log: logOfThreads, turns, worker, wallNow: wallClock, zone: market.zone, views, onError: (error) => log.error('a turn failed', { error: describeError(error) }) });
  const showing = new Set<Promise<void>>();
  listeners.add((actionId) => {
    const shown: Promise<void> = conversation.actionChanged(actionId).catch((error: unknown) => log.error('a card could not be shown', { error: describeError(error) })).finally(() => showing.delete(shown));
    showing.add(shown);
    const read: Promise<void> = confirmedLimits(database.orm).then((rows) => { confirmed = rows; }).catch((error: unknown) => log.error('the limits could not be read', { error: describeError(error) })).finally(() => showing.delete(read));
    showing.add(read);
    views.deskChanged();
  });

  const loop = createMarketLoop({ database, market, feed, paper, execution, worker, wallNow: wallClock, log, deskChanged: views.deskChanged, eventsCame: () => { if (input.running) newsCame(); }, saveState: () => saveMarketNow(database.orm, { marketNow: feed.now(), feedState: simulator ? simulator.snapshotState() : null }) });
  const noticeListeners = new Set<(notice: Notice) => void>();
  const announce = createAnnouncer({ database, log: logOfThreads, newId: () => uuidv7(Date.parse(wallClock())), onNotice: (notice) => { for (const listener of noticeListeners) listener(notice); } });
  const jobs = createScheduler({
    database, zone: market.zone, worker: uuidv7(Date.parse(wallClock())), wallNow: wallClock, inTurn: loop.inTurn, onError: (job, error) => log.error('a job failed', { job, error: describeError(error) }),
    jobs: deskJobs({ ...services, limits: () => limits, killFile, ordersPerSecond: hardOrdersPerSecond, autoClawBack: configuration.TREASURY_AUTO_CLAWBACK }, {
      work: { expireQuestions: () => worker.expireOverdue(), reconcile: () => reconcile(execution), saveMarketTime: () => loop.saveState(), anchorAudit: () => anchors.writeAnchor() }, announce,
    }),
  });
  const newsCame = (): void => { jobs.soon('hot_news'); eventIndex.catchUp(); };
  if (database.kind === 'embedded') { await dropLeases(database.orm); await dropJobLeases(database.orm); }
  step('desk: working through what happened while it was down');
  await feed.start(loop.sink);
  await reconcile(execution);
  await worker.drain();
  for (const actionId of await interruptedActions(execution)) {
    // One that cannot go on must not keep the desk, and with it every stop and exit, from opening.
    await runAction(graph, { actionId, personId: owner.id }).catch((error: unknown) => log.error('an interrupted action could not go on', { action: actionId, error: describeError(error) }));
  }
  await worker.expireOverdue();
  await conversation.resumeUnfinished();
  await jobs.run('halted_entries');
  if (input.running) { jobs.start(); eventIndex.catchUp(); }
  // Real news must not come into a simulated world.
  const stopPolling = input.running && feed.kind !== 'sim' && liveFeeds.feeds.length > 0 ? keepPolling(liveFeeds, log, newsCame) : null;
  const stopStreams = input.running && feed.kind !== 'sim' && liveStreams.streams.length > 0 ? keepStreaming(liveStreams, log) : null;

  return {
    database, market, feed, services, conversation, owner, world, publicKeyPem: keys.publicPem, writeAnchor: anchors.writeAnchor, jobs, changed: views.deskChanged,
    brokerReachable: async (name) => { const reads = actionServices.brokerFor(name); return reads ? reads.reachable().catch(() => false) : null; },
    onNotice: (listener) => { noticeListeners.add(listener); return () => noticeListeners.delete(listener); },
    settle: async () => { await loop.settle(); await conversation.idle(); await Promise.all(showing); },
    async close() {
      await stopPolling?.();
      await stopStreams?.();
      await evalActions?.stop();
      await jobs.stop();
      await loop.stop();
      await eventIndex.stop();
      await feed.stop();
      await conversation.idle();
      await Promise.all(showing);
      await loop.saveState();
      await database.close();
    },
  };
}

/** One world a home: another one would mix what is simulated with what is real. */
function refuseOtherWorld(before: World | null, wanted: WorldChoice): void {
  if (!before) return;
  const other = before.kind !== wanted.kind || (wanted.kind === 'sim' && before.seed !== wanted.seed);
  if (other) throw new Error(`this home holds the world “${before.label}”; start with --fresh, or with another PARAPET_HOME, for a different one`);
}
