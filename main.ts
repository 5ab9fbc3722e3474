import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { settleTracing } from './agents/model/tracing.ts';
import { commands } from './channels/terminal/commands.ts';
import { mcpRoutes } from './channels/mcp/http.ts';
import { createToolDoor } from './channels/tools/tool-door.ts';
import { createWebServer, type WebServer } from './channels/web/server.ts';
import { toolRoutes } from './channels/web/tool-routes.ts';
import { toolReads } from './channels/web/tool-reads.ts';
import { createImportSink } from './db/stores/import-sink.ts';
import { prepareDatabase } from './db/prepare.ts';
import { dateIn, type Instant, instant, type TradingDate, tradingDate } from './desk/time.ts';
import { importPath } from './feeds/importers/import-path.ts';
import { sinceFirstTrade } from './feeds/linking/first-trade.ts';
import { createSymbolLinker } from './feeds/linking/link-symbols.ts';
import { allSymbols, firstTrades } from './db/stores/reference.ts';
import { outboxDepth } from './db/stores/outbox.ts';
import { wallClock } from './ops/clock.ts';
import { loadConfiguration, secretsOf } from './ops/configuration.ts';
import { describeError } from './ops/describe-error.ts';
import { readEnvironment } from './ops/environment.ts';
import { createLog } from './ops/log.ts';
import { createMetrics } from './ops/metrics.ts';
import { openChats } from './start/chats.ts';
import { startAlerts } from './start/alerts.ts';
import { createErrorTap } from './start/error-tap.ts';
import { serveCommands } from './start/command-socket.ts';
import { metricsPage } from './start/metrics-page.ts';
import { langSmithOf } from './evals/langsmith.ts';
import { evalProcessIn } from './start/eval-process.ts';
import { evalsOf } from './start/evals.ts';
import { modelPathFrom } from './start/model.ts';
import { openDesk } from './start/open-desk.ts';
import { chooseWorld, StartRefused, takeHome } from './start/open-home.ts';
import { noteStopped, silenceBefore } from './start/silence.ts';
import { createSessionStore, newSigninToken } from './start/session-store.ts';
import { tools } from './tools/registry.ts';

const say = (text: string): void => { process.stdout.write(`${text}\n`); };

function startOptions(): { port: string | undefined; fresh: boolean; simSeed: number | null; data: string | undefined; asOf: Instant | TradingDate | null; speed: number } {
  let values: Record<string, string | boolean | undefined>;
  try {
    ({ values } = parseArgs({ options: { port: { type: 'string' }, fresh: { type: 'boolean' }, 'sim-seed': { type: 'string' }, data: { type: 'string' }, 'as-of': { type: 'string' }, speed: { type: 'string' } } }));
  } catch (error) { throw new StartRefused(error instanceof Error ? error.message : String(error)); }
  const text = (name: string): string | undefined => (typeof values[name] === 'string' ? values[name] : undefined);
  const number = (name: string, given: string | undefined, otherwise: number | null): number | null => {
    if (given === undefined) return otherwise;
    const value = Number(given);
    if (!Number.isFinite(value) || value <= 0) throw new StartRefused(`--${name} takes a number above zero, not ${given}`);
    return value;
  };
  const asOf = text('as-of');
  let moment: Instant | TradingDate | null = null;
  if (asOf !== undefined) try { moment = asOf.length === 10 ? tradingDate(asOf) : instant(asOf); } catch (error) { throw new StartRefused(`--as-of: ${error instanceof Error ? error.message : String(error)}`); }
  return { port: text('port'), fresh: values.fresh === true, simSeed: number('sim-seed', text('sim-seed'), null), data: text('data'), asOf: moment, speed: number('speed', text('speed'), 60) ?? 60 };
}

async function start(): Promise<void> {
  const options = startOptions();
  const environment = readEnvironment({ file: '.env' });
  const loaded = loadConfiguration({ ...environment.variables, ...(options.port === undefined ? {} : { WEB_PORT: options.port }) });
  if (!loaded.ok) throw new StartRefused(loaded.errors.join('\n'));
  const { configuration } = loaded;
  settleTracing(process.env, configuration);
  const now = wallClock();
  const errors = createErrorTap((line) => process.stderr.write(`${line}\n`));
  const log = createLog({ level: configuration.LOG_LEVEL, secrets: secretsOf(configuration), now, write: errors.write });
  const { home, database, lock, backup } = await takeHome({ configuration, fresh: options.fresh, now: now(), searchPath: process.env.PATH ?? '', onLost: () => { log.error('the home’s lock was taken away; stopping'); process.exit(1); } });
  say(`home: ${home.root}`);
  if (backup !== null) say(backup);
  say(`database: ${database.kind === 'embedded' ? 'embedded (PGlite)' : 'server'}`);

  const data = options.data ?? configuration.DATA_DIR ?? undefined;
  if (data !== undefined) {
    await prepareDatabase(database);
    say(`data: importing ${data}`);
    let told = 0;
    const report = await importPath({
      path: data, sink: createImportSink(database, now), today: dateIn(now(), 'Asia/Kolkata'), clock: now, linker: async () => createSymbolLinker(sinceFirstTrade(await allSymbols(database.orm), await firstTrades(database.orm))),
      onProgress: (progress) => { if (Date.parse(now()) - told > 2000) { told = Date.parse(now()); say(`data: ${progress.filesDone}/${progress.filesTotal} files, ${progress.rows} rows`); } },
    });
    if ('reason' in report) throw new StartRefused(report.reason);
    const accepted = Object.values(report.kinds).reduce((sum, counts) => sum + counts.accepted, 0);
    say(`data: ${accepted} new facts from ${report.files} files in ${(report.elapsedMs / 1000).toFixed(1)} s`);
  }

  const world = await chooseWorld(database, { simSeed: options.simSeed, asOf: options.asOf, speed: options.speed, frozen: false, configuration });
  const model = modelPathFrom({ configuration, database, log });
  const silence = await silenceBefore(database, now());
  const evaluate = evalProcessIn(environment.variables);
  const desk = await openDesk({ database, configuration, world, keysFolder: home.keys, killFile: home.killFile, wallClock: now, log, model, running: true, evaluate, onStep: say });
  say(`market: ${desk.market.label()}, ${desk.market.symbols().size} symbols, ${desk.market.now()}`);
  say(`model: ${model ? configuration.OPENAI_MODEL ?? 'configured' : 'none, the deterministic twins answer'}`);

  let webAddress = `http://127.0.0.1:${configuration.WEB_PORT}`;
  const socket = await serveCommands({
    path: home.socket, commands,
    desk: { database, services: desk.services, conversation: desk.conversation, owner: desk.owner, market: desk.market, publicKeyPem: desk.publicKeyPem, writeAnchor: desk.writeAnchor, killFile: home.killFile, settle: desk.settle, brokerReachable: desk.brokerReachable, runEvals: evalsOf({ database, wallNow: now, process: evaluate, send: langSmithOf({ apiKey: configuration.LANGSMITH_API_KEY, apiUrl: process.env.LANGSMITH_ENDPOINT }) }), endpoint: async () => answers(webAddress) },
  });
  say('terminal: npm run -s parapet -- chat');
  const chats = openChats({ desk, configuration, log });
  const { telegram } = chats;
  const identity = createSessionStore(database, now);
  const metrics = createMetrics({ process: true });
  const page = metricsPage({ database, metrics, nowMs: () => Date.parse(now()) });
  await page();
  const door = createToolDoor({ services: desk.services, tools, metrics });
  const web: WebServer = await createWebServer({
    routes: ({ app, guards }) => {
      if (telegram?.webhook) app.post('/telegram/webhook', telegram.webhook);
      app.use('/api', toolRoutes({ door, identity, guards, url: () => web.url }));
      app.use(mcpRoutes({ door, guards }));
    },
    ...(configuration.METRICS_ENABLED ? { metrics: page } : {}),
    service: desk.conversation, identity, port: configuration.WEB_PORT, pageFolder: fileURLToPath(new URL('dist/web', import.meta.url)), rateLimitPerMinute: configuration.RATE_LIMIT_PER_MINUTE, socketsPerAddress: configuration.WEB_SOCKETS_PER_ADDRESS,
    read: toolReads({ services: desk.services, tools }),
    ...(configuration.PUBLIC_URL === null ? {} : { publicUrl: configuration.PUBLIC_URL }), nowMs: () => Date.parse(now()), report: (thrown) => log.error('the web server failed', { error: describeError(thrown) }),
    health: async () => { const depth = await outboxDepth(database.orm); return { live: true, ready: depth < 1000, parts: [{ name: 'database', ok: true }, { name: 'queue', ok: depth < 1000 }] }; },
  });
  webAddress = web.url;
  await chats.start(say);
  const alerts = await startAlerts({ desk, configuration, chats, silence, now, log });
  errors.listen((message, detail) => void alerts.watch.raise('error', { what: message, detail }).catch(() => undefined));
  say(`alerts: ${alerts.routeNames.join(', ')}`);
  say(`web: ${web.signInUrl(await newSigninToken(database, desk.owner.id, now()))}`);
  say('parapet ready');

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await alerts.stop();
    await chats.stop();
    await web.close();
    await socket.close();
    await noteStopped(database);
    await desk.close();
    lock?.release();
    process.exit(0);
  };
  process.on('SIGINT', () => void stop());
  process.on('SIGTERM', () => void stop());
}

/** Whether the desk's own web server answers, asked as anybody would ask it. */
async function answers(url: string): Promise<{ answering: boolean; url: string }> {
  try { return { answering: (await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(3000) })).ok, url }; } catch { return { answering: false, url }; }
}

start().catch((error: unknown) => {
  process.stderr.write(`${error instanceof StartRefused ? error.message : describeError(error)}\n`);
  process.exit(1);
});
