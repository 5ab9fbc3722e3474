import { lazy, Suspense, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { ChatPane } from './chat/chat-pane.tsx';
import type { ComposerControl } from './chat/composer.tsx';
import { deskLink } from './desk-link.ts';
import { setGrouping } from './format/number.ts';
import { BottomBar } from './frame/bottom-bar.tsx';
import { ConnectionBanner } from './frame/connection-banner.tsx';
import { Palette } from './frame/palette.tsx';
import { partName } from './frame/parts-of-desk.ts';
import { prefer, usePreference } from './frame/preferences.ts';
import { Rail } from './frame/rail.tsx';
import { Threads } from './frame/threads.tsx';
import { TopBar } from './frame/top-bar.tsx';
import { useKeys } from './frame/use-keys.ts';
import { useNotifications } from './frame/use-notifications.ts';
import { Mark } from './icons.tsx';
import { go, routeNow, useRoute } from './location.ts';
import { PageProvider, usePage, usePick, type Page } from './page-context.tsx';
import { SidePanel } from './panel/side-panel.tsx';
import { SheetLayer } from './sheet/sheet.tsx';
import { Loading } from './sheet/loading.tsx';

const Pages = lazy(() => import('./pages/pages.tsx'));
/** Narrower than this a page has no room for the conversation beside it. */
const dockFits = (): boolean => matchMedia('(min-width: 1181px)').matches;

const SignedOut = (): ReactNode => (
  <main className="signed-out">
    <h1>
      <Mark />
      Parapet
    </h1>
    <p>You are signed out.</p>
    <p className="muted">Open the sign-in link that the desk printed when it started. It works once; a new start prints a new one.</p>
  </main>
);

function Frame({ composer }: { composer: React.RefObject<ComposerControl | null> }): ReactNode {
  const { openSheet } = usePage();
  const { part, sheets } = useRoute();
  const signedOut = usePick(({ link }) => link.state === 'signed_out');
  const dock = usePreference('dock');
  const [palette, setPalette] = useState(false);
  useNotifications();
  useKeys({
    command: () => setPalette(true),
    write: () => showConversation(composer),
    keys: () => openSheet({ kind: 'keys' }),
  });
  useEffect(() => {
    document.title = part === 'chat' ? 'Parapet' : `${partName(part)} · Parapet`;
  }, [part]);
  if (signedOut) return <SignedOut />;
  const chat = part === 'chat';
  return (
    <div className={`desk ${chat ? 'desk-chat' : `desk-part dock-${dock}`}`}>
      <TopBar />
      <Rail />
      {chat ? (
        <div className="desk-threads">
          <Threads />
        </div>
      ) : null}
      {chat ? null : (
        <main className="desk-page" aria-label={partName(part)} key={part} tabIndex={-1}>
          <ConnectionBanner />
          <Suspense fallback={<Loading />}>
            <Pages part={part} />
          </Suspense>
        </main>
      )}
      <div className="desk-centre" hidden={!chat && dock === 'closed'}>
        {chat ? <ConnectionBanner /> : null}
        <ChatPane composer={composer} docked={!chat} />
      </div>
      {chat ? <SidePanel /> : null}
      <BottomBar />
      <SheetLayer sheets={sheets} back={() => go({ sheets: sheets.slice(0, -1) })} close={() => go({ sheets: [] })} />
      {palette ? <Palette close={() => setPalette(false)} /> : null}
    </div>
  );
}

/** Opens the conversation where there is room for it, then hands the cursor to its box. */
function showConversation(composer: React.RefObject<ComposerControl | null>, then?: (control: ComposerControl) => void): void {
  const { part, sheets } = routeNow();
  if (part !== 'chat') {
    if (dockFits()) prefer('dock', 'open');
    else go({ part: 'chat' });
  }
  if (sheets.length > 0 && routeNow().sheets.length > 0) go({ sheets: [] });
  requestAnimationFrame(() => {
    const control = composer.current;
    if (control) (then ?? ((each) => each.focus()))(control);
  });
}

export function DeskPage(): ReactNode {
  const [link] = useState(deskLink);
  const composer = useRef<ComposerControl>(null);
  const grouping = usePreference('grouping');
  setGrouping(grouping);
  useEffect(() => link.start(), [link]);
  const page = useMemo(
    (): Page => ({
      link,
      // A part of the desk replaces what lies there; a record opened from it lies on top.
      openSheet: (sheet) => {
        const { sheets } = routeNow();
        go({ sheets: sheet.kind === 'evidence' || sheet.kind === 'story' || sheet.kind === 'card' ? [...sheets, sheet] : [sheet] });
      },
      compose: (text) => showConversation(composer, (control) => control.setText(text)),
      edit: (message) => showConversation(composer, (control) => control.edit(message)),
      say: (text) => showConversation(composer, () => void link.say(text)),
    }),
    [link],
  );
  return (
    <PageProvider page={page}>
      <Frame composer={composer} key={grouping} />
    </PageProvider>
  );
}
