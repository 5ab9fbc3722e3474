import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** What `npm start` and `npm run parapet` give node. */
const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { scripts: { start: string; parapet: string } };
const startCommand = scripts.start.split(' ').slice(1);
const parapetCommand = scripts.parapet.split(' ').slice(1);

export interface DeskProcess {
  /** The one-time link that the start printed. */
  signInUrl: string;
  /** Everything that was printed until the desk was ready. */
  printed: string;
  pid: number;
  /** SIGKILL: nothing is put in order. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** The desk as a user starts it, in a process of its own. Resolves at `parapet ready`. */
export async function startDesk({ home, arguments: more = [], environment = {} }: { home: string; arguments?: string[]; environment?: Record<string, string> }): Promise<DeskProcess> {
  const child: ChildProcess = spawn(process.execPath, [...startCommand, '--port', '0', ...more], { cwd: root, env: { ...process.env, PARAPET_HOME: home, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => { errors += chunk.toString(); });
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.includes('parapet ready')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`the desk stopped with ${code} before it was ready: ${errors.slice(-2000)}${printed.slice(-500)}`)));
  });
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  return { signInUrl: /^web: (\S+)$/m.exec(printed)?.[1] ?? '', printed, pid: child.pid ?? 0, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}

/** A command of the command line, as a script would run it. */
export async function parapet({ home, args, input = '' }: { home: string; args: string[]; input?: string }): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [...parapetCommand, ...args], { cwd: root, env: { ...process.env, PARAPET_HOME: home }, stdio: ['pipe', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => { out += chunk.toString(); });
  child.stderr.on('data', (chunk: Buffer) => { err += chunk.toString(); });
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}
