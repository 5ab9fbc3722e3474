import { createContext, use, useSyncExternalStore, type ReactNode } from 'react';
import type { DeskLink, PageState } from './desk-link.ts';
import type { Zone } from './format/time.ts';
import type { Sheet } from './route.ts';

export interface Page {
  link: DeskLink;
  openSheet(sheet: Sheet): void;
  /** Puts text in the composer and the cursor behind it, wherever the conversation has to be opened for that. */
  compose(text: string): void;
  /** Puts the words of the person's last message in the composer, to be asked again in other ones. */
  edit(message: { turn: string; text: string }): void;
  /** Says it in the conversation that is open, and shows that. */
  say(text: string): void;
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
