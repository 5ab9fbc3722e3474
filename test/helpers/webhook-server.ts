import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Takes what is posted to it. */
export class WebhookServer {
  readonly bodies: unknown[] = [];
  readonly authorisations: (string | undefined)[] = [];
  #limit: number | null = null;
  readonly #http = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (this.#limit !== null) { response.writeHead(429, { 'retry-after': String(this.#limit), 'content-type': 'application/json' }); response.end('{"message":"You are being rate limited."}'); this.#limit = null; return; }
      this.bodies.push(JSON.parse(Buffer.concat(chunks).toString('utf8')));
      this.authorisations.push(request.headers.authorization);
      response.writeHead(204);
      response.end();
    });
  });
  async listen(path: string): Promise<string> {
    this.#http.listen(0, '127.0.0.1');
    await once(this.#http, 'listening');
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}${path}`;
  }
  /** The next post is answered with 429 and this wait. */
  limit(seconds: number): void { this.#limit = seconds; }
  async close(): Promise<void> { this.#http.closeAllConnections(); this.#http.close(); await once(this.#http, 'close'); }
}
