import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { ChatPane } from './chat/chat-pane.tsx';
import type { ComposerControl } from './chat/composer.tsx';
import { deskLink } from './desk-link.ts';
import { BottomBar } from './frame/bottom-bar.tsx';
import { ConnectionBanner } from './frame/connection-banner.tsx';
import { Threads } from './frame/threads.tsx';
import { TopBar } from './frame/top-bar.tsx';
import { useKeys } from './frame/use-keys.ts';
import { Mark } from './icons.tsx';
import { PageProvider, usePick, type Page, type Sheet } from './page-context.tsx';
import { SidePanel } from './panel/side-panel.tsx';
import { SheetLayer } from './sheet/sheet.tsx';

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

function Frame({
  sheets,
  setSheets,
  composer,
}: {
  sheets: readonly Sheet[];
  setSheets: (sheets: readonly Sheet[]) => void;
  composer: React.RefObject<ComposerControl | null>;
}): ReactNode {
  const signedOut = usePick(({ link }) => link.state === 'signed_out');
  const close = (): void => setSheets([]);
  useKeys({
    command: () => {
      close();
      composer.current?.command();
    },
    write: () => {
      close();
      composer.current?.focus();
    },
    keys: () => setSheets([{ kind: 'keys' }]),
  });
  if (signedOut) return <SignedOut />;
  return (
    <div className="desk">
      <TopBar />
      <div className="desk-threads">
        <Threads />
      </div>
      <div className="desk-centre">
        <ConnectionBanner />
        <ChatPane composer={composer} />
      </div>
      <SidePanel />
      <BottomBar open={sheets.at(-1) ?? null} closeAll={close} />
      <SheetLayer sheets={sheets} back={() => setSheets(sheets.slice(0, -1))} close={close} />
    </div>
  );
}

export function DeskPage(): ReactNode {
  const [link] = useState(deskLink);
  const [sheets, setSheets] = useState<readonly Sheet[]>([]);
  const composer = useRef<ComposerControl>(null);
  useEffect(() => link.start(), [link]);
  const page = useMemo(
    (): Page => ({
      link,
      // A part of the desk replaces what lies there; a record opened from it lies on top.
      openSheet: (sheet) =>
        setSheets((before) =>
          sheet.kind === 'evidence' || sheet.kind === 'story' || sheet.kind === 'card' ? [...before, sheet] : [sheet],
        ),
      compose: (text) => {
        setSheets([]);
        composer.current?.setText(text);
      },
    }),
    [link],
  );
  return (
    <PageProvider page={page}>
      <Frame sheets={sheets} setSheets={setSheets} composer={composer} />
    </PageProvider>
  );
}
