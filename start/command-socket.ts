import { existsSync, rmSync } from 'node:fs';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Command, CommandCall, CommandDesk, ExitCode } from '../channels/terminal/command.ts';
import { runCommand } from './run-command.ts';

/** What goes over the desk's local socket, one JSON value a line. The home's folder is its owner's alone, and so is the socket. */
type ToDesk = { args: string[]; directory: string; token: string | null } | { line: string } | { end: true };
type FromDesk = { out: string } | { err: string } | { exit: ExitCode };

/** Lets the command line work with the running desk. */
export async function serveCommands({ path, desk, commands }: { path: string; desk: CommandDesk; commands: readonly Command[] }): Promise<{ close(): Promise<void> }> {
  rmSync(path, { force: true });
  const open = new Set<Socket>();
  const server: Server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
    const say = (message: FromDesk): void => { if (!socket.destroyed) socket.write(`${JSON.stringify(message)}\n`); };
    void serve(socket, say, desk, commands);
  });
  await new Promise<void>((resolve, reject) => { server.once('error', reject); server.listen(path, resolve); });
  return {
    close: () => new Promise((resolve) => {
      for (const socket of open) socket.destroy();
      server.close(() => resolve());
    }),
  };
}

async function serve(socket: Socket, say: (message: FromDesk) => void, desk: CommandDesk, commands: readonly Command[]): Promise<void> {
  const lines = createInterface({ input: socket, crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]();
  const first = await lines.next();
  if (first.done) return;
  const start = JSON.parse(first.value) as ToDesk;
  if (!('args' in start)) return;
  async function* input(): AsyncGenerator<string> {
    for (;;) {
      const next = await lines.next();
      if (next.done) return;
      const message = JSON.parse(next.value) as ToDesk;
      if ('end' in message) return;
      if ('line' in message) yield message.line;
    }
  }
  const call: Omit<CommandCall, 'args'> = { directory: start.directory, token: start.token, streams: { input: input(), out: (out) => say({ out }), err: (err) => say({ err }) } };
  say({ exit: await runCommand({ args: start.args, call, desk, commands }) });
  socket.end();
}

/** Runs a command in the desk that listens at `path`; null when none does. */
export async function callDesk({ path, args, directory, token, input, out, err }: { path: string; args: string[]; directory: string; token: string | null; input: AsyncIterable<string>; out: (line: string) => void; err: (line: string) => void }): Promise<ExitCode | null> {
  if (!existsSync(path)) return null;
  const socket = createConnection(path);
  const connected = await new Promise<boolean>((resolve) => { socket.once('connect', () => resolve(true)); socket.once('error', () => resolve(false)); });
  if (!connected) return null;
  const send = (message: ToDesk): void => { if (!socket.destroyed) socket.write(`${JSON.stringify(message)}\n`); };
  send({ args, directory, token });
  void (async () => {
    for await (const line of input) send({ line });
    send({ end: true });
  })();
  let exit: ExitCode = 1;
  for await (const line of createInterface({ input: socket, crlfDelay: Number.POSITIVE_INFINITY })) {
    const message = JSON.parse(line) as FromDesk;
    if ('out' in message) out(message.out);
    else if ('err' in message) err(message.err);
    else { exit = message.exit; break; }
  }
  socket.destroy();
  return exit;
}
