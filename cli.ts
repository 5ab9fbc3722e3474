import { createInterface } from 'node:readline';
import { chooseEmbedder } from './agents/embedders/choose-embedder.ts';
import { settleTracing } from './agents/model/tracing.ts';
import { commands } from './channels/terminal/commands.ts';
import { verifyFile } from './channels/terminal/commands/audit.ts';
import { runFeeds } from './channels/terminal/commands/feeds.ts';
import { runImport, showQuarantine } from './channels/terminal/commands/import.ts';
import { CommandRefusal, type ExitCode } from './channels/terminal/command.ts';
import { terminalLine } from './channels/terminal/terminal-line.ts';
import type { Database } from './db/client.ts';
import { prepareDatabase } from './db/prepare.ts';
import { type Instant, instant } from './desk/time.ts';
import { wallClock } from './ops/clock.ts';
import { type Configuration, loadConfiguration, secretsOf } from './ops/configuration.ts';
import { describeError } from './ops/describe-error.ts';
import { readEnvironment } from './ops/environment.ts';
import { homeAt } from './ops/home.ts';
import { writeKillFile } from './ops/kill-file.ts';
import { createLog } from './ops/log.ts';
import { callDesk } from './start/command-socket.ts';
import { langSmithOf } from './evals/langsmith.ts';
import { evalProcessIn } from './start/eval-process.ts';
import { evalsOf } from './start/evals.ts';
import { questionMoment } from './start/feeds.ts';
import { openLiveFeeds } from './start/live-feeds.ts';
import { openMarket } from './start/market.ts';
import { modelPathFrom } from './start/model.ts';
import { openDesk } from './start/open-desk.ts';
import { chooseWorld, StartRefused, takeHome } from './start/open-home.ts';
import { runCommand, usageOf } from './start/run-command.ts';

const out = (line: string): void => { process.stdout.write(`${terminalLine(line)}\n`); };
const err = (line: string): void => { process.stderr.write(`${terminalLine(line)}\n`); };
/** Standard input is read by one reader only, and not before somebody wants a line. */
async function* lines(): AsyncGenerator<string> {
  yield* createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
}

/** `--as-of T` anywhere behind the command, as a moment for questions. */
function asOfIn(args: readonly string[]): Instant | null {
  const at = args.indexOf('--as-of');
  const joined = args.find((each) => each.startsWith('--as-of='))?.slice('--as-of='.length);
  const text = joined ?? (at >= 0 ? args[at + 1] : undefined);
  if (text === undefined) return null;
  try { return instant(questionMoment(text)); } catch { throw new CommandRefusal(`--as-of takes a date (2024-06-03) or a time (2024-06-03T10:00:00+05:30), not ${text}`, 2); }
}

async function withOwnDesk(args: string[], { configuration, variables }: { configuration: Configuration; variables: Readonly<Record<string, string | undefined>> }, call: { directory: string; token: string | null }): Promise<ExitCode> {
  const now = wallClock();
  const log = createLog({ level: 'warn', secrets: secretsOf(configuration), now });
  const { home, database, lock, backup } = await takeHome({ configuration, fresh: false, now: now(), searchPath: process.env.PATH ?? '', onLost: () => process.exit(1) });
  if (backup !== null) err(backup);
  let close = (): Promise<void> => database.close();
  try {
    // An import only fills the store: which world the home will be is decided when a desk first opens in it.
    if (args[0] === 'import' || args[0] === 'quarantine' || args[0] === 'feeds') return await withStore(args, database, call, now, configuration);
    const world = await chooseWorld(database, { simSeed: null, asOf: asOfIn(args), speed: 1, frozen: true, configuration });
    const desk = await openDesk({ database, configuration, world, keysFolder: home.keys, killFile: home.killFile, wallClock: now, log, model: modelPathFrom({ configuration, database, log }), running: false });
    close = () => desk.close();
    const code = await runCommand({
      args, commands, call: { ...call, streams: { input: lines(), out, err } },
      desk: { database, services: desk.services, conversation: desk.conversation, owner: desk.owner, market: desk.market, publicKeyPem: desk.publicKeyPem, writeAnchor: desk.writeAnchor, killFile: home.killFile, settle: desk.settle, brokerReachable: desk.brokerReachable, runEvals: evalsOf({ database, wallNow: now, process: evalProcessIn(variables), send: langSmithOf({ apiKey: configuration.LANGSMITH_API_KEY, apiUrl: process.env.LANGSMITH_ENDPOINT }) }) },
    });
    await desk.settle();
    return code;
  } finally {
    await close();
    lock?.release();
  }
}

async function withStore(args: string[], database: Database, call: { directory: string; token: string | null }, wallNow: () => Instant, configuration: Configuration): Promise<ExitCode> {
  await prepareDatabase(database);
  const market = await openMarket(database, null);
  const given = { ...call, args: args.slice(1), streams: { input: lines(), out, err } };
  try {
    if (args[0] === 'feeds') return await runFeeds(given, { database, liveFeeds: openLiveFeeds({ database, market, wallNow, configuration }) });
    return args[0] === 'import' ? await runImport(given, { database, wallNow, embedder: (await chooseEmbedder(configuration)).embedder, market }) : await showQuarantine(given, { database });
  } catch (error) {
    if (!(error instanceof CommandRefusal)) throw error;
    err(error.message);
    return error.code;
  }
}

async function run(): Promise<ExitCode> {
  const args = process.argv.slice(2);
  const [name] = args;
  if (name === undefined || name === 'help' || name === '--help') { for (const line of usageOf(commands)) out(line); return name === undefined ? 2 : 0; }
  if (!commands.some((command) => command.name === name)) { err(`there is no command ${name}`); for (const line of usageOf(commands)) err(line); return 2; }
  const environment = readEnvironment({ file: '.env' });
  const loaded = loadConfiguration(environment.variables);
  if (!loaded.ok) { for (const line of loaded.errors) err(line); return 1; }
  const { configuration } = loaded;
  settleTracing(process.env, configuration);
  const home = homeAt(configuration.PARAPET_HOME);
  const call = { directory: process.cwd(), token: process.env.PARAPET_TOKEN ?? null };
  // A file is verified by itself, with no desk and no database.
  if (name === 'audit' && args[1] === 'verify' && args.slice(2).some((each) => !each.startsWith('-'))) return verifyFile({ args: args.slice(1), ...call, streams: { input: lines(), out, err } }, `${home.keys}/clearance.pub.pem`);
  const answered = await callDesk({ path: home.socket, args, ...call, input: lines(), out, err });
  if (answered !== null) return answered;
  try {
    return await withOwnDesk(args, { configuration, variables: environment.variables }, call);
  } catch (error) {
    // The kill file works when nothing else does.
    const reason = args[args.indexOf('--reason') + 1];
    if (name === 'kill' && args.includes('--reason') && reason) { writeKillFile(home.killFile, reason); err(`the desk cannot be reached (${error instanceof Error ? error.message : String(error)}); entries are halted by ${home.killFile}`); return 0; }
    throw error;
  }
}

run().then((code) => { process.exitCode = code; process.stdin.destroy(); }, (error: unknown) => {
  err(error instanceof StartRefused || error instanceof CommandRefusal ? error.message : describeError(error));
  process.exit(error instanceof CommandRefusal ? error.code : 1);
});
