import { Router } from 'express';
import type { Guards } from './guards.ts';

/** `live`: the process does its work. `ready`: it may be given work. Parts by name, without their details. */
export type Health = () => Promise<{ live: boolean; ready: boolean; parts: { name: string; ok: boolean }[] }>;

/** `GET /healthz`, `/readyz`, `/metrics`: for machines, open, limited by address. */
export function healthRoutes(input: { health: Health; metrics?: () => string | Promise<string>; guards: Guards }): Router {
  const router = Router();
  router.use(['/healthz', '/readyz', '/metrics'], (_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  router.get('/healthz', input.guards.limited('healthz'), async (_request, response) => {
    const { live } = await input.health();
    response.status(live ? 200 : 503).json({ ok: live });
  });
  router.get('/readyz', input.guards.limited('readyz'), async (_request, response) => {
    const { ready, parts } = await input.health();
    response.status(ready ? 200 : 503).json({ ok: ready, parts });
  });
  const { metrics } = input;
  if (metrics) {
    router.get('/metrics', input.guards.limited('metrics'), async (_request, response) => {
      response.type('text/plain; version=0.0.4').send(await metrics());
    });
  }
  return router;
}
