/**
 * Runs before `npm start`, `npm test` and the rest, on whatever Node the machine has: installs what the lockfile names
 * (Node 24 among it, so that the script after this one runs on it) and builds the web page when its sources changed.
 * Plain JavaScript without imports of its own, since nothing is installed yet. Speaks on standard error only:
 * standard output belongs to the command that follows. `--without-page` leaves the web page alone.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const marker = join(modules, '.parapet-setup');
const say = (line) => process.stderr.write(`parapet setup: ${line}\n`);
const digest = (...parts) => parts.reduce((hash, part) => hash.update(part).update('\0'), createHash('sha256')).digest('hex');
const readIfThere = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : null);

/** Runs one program with its output on standard error, and a line every ten seconds where npm shows no progress bar. */
function run({ program, args, cwd = root, env = process.env, what }) {
  return new Promise((resolve, reject) => {
    const startedAt = Date.now();
    const beat = process.stderr.isTTY ? null : setInterval(() => say(`${what}, ${Math.round((Date.now() - startedAt) / 1000)} s so far`), 10_000);
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 2, 2] });
    const done = (failure) => {
      if (beat) clearInterval(beat);
      if (failure) reject(new Error(`${what} failed: ${failure}`));
      else resolve(Math.round((Date.now() - startedAt) / 1000));
    };
    child.on('error', (error) => done(error.message));
    child.on('exit', (code, signal) => done(code === 0 ? null : `${program} ended with ${signal ?? `code ${code}`}`));
  });
}

/** The npm that runs this script, on the Node that it runs on: the one in node_modules is about to be replaced. */
function npm(args) {
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.startsWith(modules)).join(delimiter);
  const { npm_execpath: npmProgram, npm_node_execpath: machineNode, ...rest } = process.env;
  const env = { ...rest, PATH: path };
  // What the outer npm was told for this run must not reach the inner one (`npm test --silent`, `npm run -s`).
  for (const name of ['npm_config_loglevel', 'npm_config_ignore_scripts', 'npm_config_dry_run']) delete env[name];
  const usable = npmProgram?.endsWith('.js') && machineNode && !machineNode.startsWith(modules) && existsSync(machineNode);
  return usable ? { program: machineNode, args: [npmProgram, ...args], env } : { program: process.platform === 'win32' ? 'npm.cmd' : 'npm', args, env };
}

/** Whether npm's own record of what it installed names every package of the lockfile at its version (after `npm install` by hand). */
function installedMatches(lockfile) {
  const record = readIfThere(join(modules, '.package-lock.json'));
  if (!record) return false;
  const installed = JSON.parse(record).packages;
  return Object.entries(JSON.parse(lockfile).packages).every(([path, wanted]) =>
    path === '' || wanted.optional || wanted.devOptional || wanted.peer || installed[path]?.version === wanted.version);
}

function nodeVersion() {
  const binary = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(binary)) return Promise.resolve(null);
  return new Promise((resolve) => {
    let version = '';
    const child = spawn(binary, ['--version'], { stdio: ['ignore', 'pipe', 'ignore'] });
    child.stdout.on('data', (chunk) => { version += chunk; });
    child.on('error', () => resolve(null));
    child.on('close', () => resolve(version.trim() || null));
  });
}

async function install() {
  const lockfile = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const wanted = digest(lockfile);
  if (readIfThere(marker) === wanted) return;
  const nodeWanted = `v${JSON.parse(lockfile).packages['node_modules/node'].version}`;
  if (!installedMatches(lockfile)) {
    say(`${existsSync(modules) ? 'the lockfile has changed, installing again' : 'installing packages (once, a minute or two)'} …`);
    const seconds = await run({ ...npm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']), what: 'installing packages' });
    say(`packages installed in ${seconds} s`);
  }
  if ((await nodeVersion()) !== nodeWanted) {
    // npm was told to run no install scripts, or its version does not run them unasked: this one is needed.
    say(`fetching Node ${nodeWanted} …`);
    const { env } = npm([]);
    const machineNode = process.execPath.startsWith(modules) ? 'node' : process.execPath;
    await run({ program: machineNode, args: ['installArchSpecificPackage.js'], cwd: join(modules, 'node'), env, what: `fetching Node ${nodeWanted}` });
    // npm makes no link to a program that was not there when it installed.
    const link = join(modules, '.bin', 'node');
    if (process.platform !== 'win32' && !existsSync(link)) {
      rmSync(link, { force: true });
      symlinkSync(join('..', 'node', 'bin', 'node'), link);
    }
    const found = await nodeVersion();
    if (found !== nodeWanted) throw new Error(`Node ${nodeWanted} is needed and ${found ?? 'none'} was installed; remove node_modules and try again`);
  }
  writeFileSync(marker, wanted);
}

const filesBelow = (folder) => readdirSync(folder, { withFileTypes: true })
  .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)])).sort();

async function buildPage() {
  const sources = join(root, 'channels', 'web', 'app');
  if (!existsSync(join(sources, 'index.html'))) return;
  const built = join(root, 'dist', 'web');
  const builtFrom = join(root, 'dist', '.web-sources');
  const wanted = digest(readFileSync(marker), ...filesBelow(sources).flatMap((file) => [relative(sources, file), readFileSync(file)]));
  if (readIfThere(builtFrom) === wanted && existsSync(join(built, 'index.html'))) return;
  say('building the web page …');
  rmSync(builtFrom, { force: true });
  const vite = join(modules, 'vite', 'bin', 'vite.js');
  const node = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const seconds = await run({ program: node, args: [vite, 'build', sources, '--outDir', built, '--emptyOutDir', '--logLevel', 'warn'], what: 'building the web page' });
  mkdirSync(dirname(builtFrom), { recursive: true });
  writeFileSync(builtFrom, wanted);
  say(`web page built in ${seconds} s`);
}

try {
  await install();
  if (!process.argv.includes('--without-page')) await buildPage();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
