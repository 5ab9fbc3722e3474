import { useEffect, useRef, type ReactNode } from 'react';
import { Icon } from '../icons.tsx';
import { MoreSheet } from '../frame/bottom-bar.tsx';
import type { Sheet } from '../route.ts';
import { Threads } from '../frame/threads.tsx';
import { CardSheet } from './card-sheet.tsx';
import { EvidenceSheet } from './evidence-sheet.tsx';
import { KeysSheet } from './keys-sheet.tsx';
import { StorySheet } from './story-sheet.tsx';

const titleOf: Record<Sheet['kind'], string> = {
  evidence: 'Record',
  story: 'Story',
  card: 'Card',
  threads: 'Conversations',
  keys: 'Keys',
  more: 'More',
};

function Content({ sheet, close }: { sheet: Sheet; close: () => void }): ReactNode {
  switch (sheet.kind) {
    case 'evidence':
      return <EvidenceSheet reference={sheet.ref} />;
    case 'story':
      return <StorySheet actionId={sheet.actionId} />;
    case 'card':
      return <CardSheet actionId={sheet.actionId} />;
    case 'threads':
      return <Threads chosen={close} />;
    case 'keys':
      return <KeysSheet />;
    case 'more':
      return <MoreSheet />;
  }
}

/** Lies at the side on a desktop and rises from below on a phone. Escape and a press beside it close it. */
export function SheetLayer({ sheets, back, close }: { sheets: readonly Sheet[]; back: () => void; close: () => void }): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const top = sheets.at(-1);
  const open = top !== undefined;
  useEffect(() => {
    const element = dialog.current;
    if (open && element && !element.open) element.showModal();
    if (!open && element?.open) element.close();
  }, [open]);
  const title = top === undefined ? '' : titleOf[top.kind];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it, by the dialog itself
    <dialog
      ref={dialog}
      className="sheet"
      aria-label={title}
      onClose={close}
      onCancel={(event) => {
        if (sheets.length > 1) {
          event.preventDefault();
          back();
        }
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) close();
      }}
    >
      {top === undefined ? null : (
        <div className="sheet-inner">
          <header>
            {sheets.length > 1 ? (
              <button type="button" className="icon-button" aria-label="Back" onClick={back}>
                <Icon name="back" />
              </button>
            ) : null}
            <h2>{title}</h2>
            <button type="button" className="icon-button" aria-label="Close" onClick={close}>
              <Icon name="cross" />
            </button>
          </header>
          <div className="sheet-content" key={JSON.stringify(top)}>
            <Content sheet={top} close={close} />
          </div>
        </div>
      )}
    </dialog>
  );
}
