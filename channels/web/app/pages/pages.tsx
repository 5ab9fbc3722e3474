import { lazy, type ComponentType, type ReactNode } from 'react';
import type { Part } from '../route.ts';

/** Each part is loaded when it is first looked at. */
const pageOf: Record<Exclude<Part, 'chat'>, ComponentType> = {
  desk: lazy(() => import('./desk.tsx')),
  approvals: lazy(() => import('./approvals.tsx')),
  portfolio: lazy(() => import('./portfolio.tsx')),
  discover: lazy(() => import('./discover.tsx')),
  options: lazy(() => import('./options.tsx')),
  risk: lazy(() => import('./risk.tsx')),
  treasury: lazy(() => import('./treasury.tsx')),
  learning: lazy(() => import('./learning.tsx')),
  audit: lazy(() => import('./audit.tsx')),
  monitoring: lazy(() => import('./monitoring.tsx')),
  settings: lazy(() => import('./settings.tsx')),
};
export default function Pages({ part }: { part: Part }): ReactNode {
  const Page = part === 'chat' ? null : pageOf[part];
  return Page === null ? null : <Page />;
}
