import type { ReactNode } from 'react';
import { Timeline } from '../chat/timeline.tsx';
import { readStory } from '../desk-api.ts';
import { Failed, Loading } from './loading.tsx';
import { useLoaded } from './use-loaded.ts';

export function StorySheet({ actionId }: { actionId: string }): ReactNode {
  const { loaded, again } = useLoaded(actionId, readStory);
  if (loaded.state === 'loading') return <Loading />;
  if (loaded.state === 'failed') return <Failed message={loaded.message} again={again} />;
  return loaded.value.entries.length === 0 ? (
    <p className="muted">Nothing is written about it yet.</p>
  ) : (
    <Timeline subject={loaded.value.title} entries={loaded.value.entries} />
  );
}
