import { createContext, use, useSyncExternalStore, type ReactNode } from 'react';
import type { DeskLink, PageState } from './desk-link.ts';
import type { Zone } from './format/time.ts';

/** What can lie over the page. The last opened is on top; back returns to the one below. */
export type Sheet =
  | { kind: 'evidence'; ref: string }
  | { kind: 'story'; actionId: string }
  | { kind: 'card'; actionId: string }
  | { kind: 'panel'; part: 'approvals' | 'holdings' | 'changes' }
  | { kind: 'threads' }
  | { kind: 'keys' };
export interface Page {
  link: DeskLink;
  openSheet(sheet: Sheet): void /** Puts text in the composer and the cursor behind it. */;
  compose(text: string): void;
}

const PageContext = createContext<Page | null>(null);
export const PageProvider = ({ page, children }: { page: Page; children: ReactNode }): ReactNode => (
  <PageContext value={page}>{children}</PageContext>
);
export function usePage(): Page {
  const page = use(PageContext);
  if (!page) throw new Error('outside the page');
  return page;
}
/** Draws again only when what `select` picks is another value, so it picks things that are kept, never made. */
export function usePick<T>(select: (state: PageState) => T): T {
  const { link } = usePage();
  return useSyncExternalStore(link.subscribe, () => select(link.state()));
}
export const useDesk = (): PageState['desk'] => usePick(({ desk }) => desk);
export const useConnected = (): boolean => usePick(({ link }) => link.state === 'live');
export const useZone = (): Zone => usePick(({ desk }) => desk?.zone ?? 'Asia/Kolkata');
