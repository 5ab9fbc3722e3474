import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** A websocket server that a test lets speak, fall and rise again on the same port; beside it the page that names Upstox's address. */
export class StreamServer {
  #http = createServer();
  #sockets: WebSocketServer | null = null;
  #port = 0;
  /** What clients sent, per connection. */
  readonly connections: { socket: WebSocket; heard: { text: string; binary: boolean }[] }[] = [];
  readonly authorised: string[] = [];
  /** Answer of the authorising page; null: the address. */
  refuseWith: number | null = null;
  /** Called with each new connection. */
  greet: (socket: WebSocket) => void = () => undefined;
  answer: (socket: WebSocket, text: string) => void = () => undefined;

  get ws(): string { return `ws://127.0.0.1:${this.#port}`; }
  get http(): string { return `http://127.0.0.1:${this.#port}`; }
  get last() { return this.connections.at(-1)!; }

  async up(): Promise<void> {
    this.#http = createServer((request, response) => {
      this.authorised.push(String(request.headers.authorization));
      if (this.refuseWith !== null) { response.writeHead(this.refuseWith).end('{}'); return; }
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ status: 'success', data: { authorized_redirect_uri: `${this.ws}/feed?code=${this.authorised.length}` } }));
    });
    this.#sockets = new WebSocketServer({ server: this.#http });
    this.#sockets.on('connection', (socket) => {
      const connection = { socket, heard: [] as { text: string; binary: boolean }[] };
      this.connections.push(connection);
      socket.on('message', (data, binary) => { const text = String(data); connection.heard.push({ text, binary }); this.answer(socket, text); });
      this.greet(socket);
    });
    this.#http.listen(this.#port, '127.0.0.1');
    await once(this.#http, 'listening');
    this.#port = (this.#http.address() as AddressInfo).port;
  }
  async down(): Promise<void> {
    for (const client of this.#sockets?.clients ?? []) client.terminate();
    this.#sockets?.close();
    this.#http.closeAllConnections();
    await new Promise((resolve) => { this.#http.close(resolve); });
  }
}
