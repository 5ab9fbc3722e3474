import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import express, { type Express } from 'express';
import type { ConversationService } from '../conversation-service.ts';
import { apiRoutes } from './api.ts';
import { chatSocket } from './chat-socket.ts';
import { failures } from './failure.ts';
import { guards, type Guards } from './guards.ts';
import { healthRoutes, type Health } from './health.ts';
import type { SessionStore } from './identity.ts';
import { liveReads, type ReadTool } from './live-reads.ts';
import { ownOrigin } from './origin.ts';
import { rateLimit } from './rate-limit.ts';
import { securityHeaders } from './security-headers.ts';
import { signInRoutes } from './sign-in.ts';

/** What the page's own routes know (`app/route.ts`); everything else is not found. */
const parts = ['desk', 'approvals', 'portfolio', 'discover', 'options', 'risk', 'treasury', 'learning', 'audit', 'monitoring', 'settings'];
const pagePaths = ['/', '/thread/:id', ...parts.flatMap((part) => [`/${part}`, `/${part}/:id`])];

export interface WebServerInput {
  service: ConversationService;
  /** Runs the tools that pages follow. */
  read: ReadTool;
  identity: SessionStore;
  health: Health;
  /** 0 takes any free port. */
  port: number;
  /** 127.0.0.1 unless said otherwise. */
  host?: string;
  /** Where people reach the desk when it stands behind a proxy; with https the cookie is marked secure. */
  publicUrl?: string;
  /** The folder of the built page. */
  pageFolder: string;
  rateLimitPerMinute: number;
  /** Sockets that one address may have open at once. */
  socketsPerAddress: number;
  metrics?: () => string | Promise<string>;
  /** Further routes under `/api`, added before the not-found answer. */
  routes?: (input: { app: Express; guards: Guards }) => void;
  nowMs: () => number;
  /** Bugs and failures that nobody else hears of. */
  report: (thrown: unknown) => void;
}
export interface WebServer {
  /** `http://127.0.0.1:3000` */
  url: string;
  port: number;
  signInUrl(token: string): string;
  close(): Promise<void>;
}

/** Serves the page, the JSON interface, the chat socket and the health routes. Resolves once it listens. */
export async function createWebServer(input: WebServerInput): Promise<WebServer> {
  const { service, identity, nowMs, report } = input;
  const bindHost = input.host ?? '127.0.0.1';
  const origin = ownOrigin({ bindHost, ...(input.publicUrl === undefined ? {} : { publicUrl: input.publicUrl }) });
  const limit = rateLimit({ perMinute: input.rateLimitPerMinute, nowMs });
  const guard = guards({ identity, limit, origin });
  const app = express();
  const http = createServer({ headersTimeout: 10_000, requestTimeout: 30_000, maxHeaderSize: 16 * 1024 }, app);
  const reads = liveReads({ read: input.read, subscribeDesk: (listener) => service.subscribeDesk(listener), report });
  const chat = chatSocket({ http, service, reads, identity, limit, socketsPerAddress: input.socketsPerAddress, origin, report });

  app.disable('x-powered-by');
  app.use(securityHeaders);
  // Probes often come under an address that no browser would use, so health stands before the host check.
  app.use(healthRoutes({ health: input.health, guards: guard, ...(input.metrics === undefined ? {} : { metrics: input.metrics }) }));
  app.use(guard.ownHost);
  app.use(
    signInRoutes({ identity, guards: guard, nowMs, secureCookie: input.publicUrl?.startsWith('https:') ?? false, ended: chat.endSession }),
  );
  input.routes?.({ app, guards: guard });
  app.use('/api', apiRoutes({ service, guards: guard }));
  // Their names hold a digest of their content.
  app.use(
    '/assets',
    express.static(join(input.pageFolder, 'assets'), { index: false, dotfiles: 'deny', redirect: false, immutable: true, maxAge: '365d' }),
  );
  app.get(pagePaths, guard.limitedUnlessSignedIn('page'), (_request, response) => {
    response.set('Cache-Control', 'no-cache');
    const page = join(input.pageFolder, 'index.html');
    if (existsSync(page)) response.sendFile(page, { cacheControl: false });
    else response.status(503).type('text').send('The page is not built yet: npm run build:web');
  });
  app.use(express.static(input.pageFolder, { index: false, dotfiles: 'deny', redirect: false, maxAge: '1h' }));
  app.use(guard.limitedUnlessSignedIn('page'), (_request, response) => {
    response.status(404).json({ ok: false, error: { code: 'NOT_FOUND', message: 'There is nothing here.' } });
  });
  app.use(failures(report));

  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(input.port, bindHost, () => {
      http.off('error', reject);
      resolve();
    });
  });
  const address = http.address();
  const port = typeof address === 'object' && address ? address.port : input.port;
  const shownHost = bindHost === '0.0.0.0' || bindHost === '::' ? 'localhost' : bindHost.includes(':') ? `[${bindHost}]` : bindHost;
  const url = input.publicUrl?.replace(/\/$/, '') ?? `http://${shownHost}:${port}`;
  return {
    url,
    port,
    signInUrl: (token) => `${url}/signin?token=${encodeURIComponent(token)}`,
    close: async () => {
      await chat.close();
      http.closeAllConnections();
      if (http.listening)
        await new Promise<void>((resolve) => {
          http.close(() => {
            resolve();
          });
        });
    },
  };
}
