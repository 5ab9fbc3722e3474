import type { ReactNode } from 'react';
import type { UsedRead } from '../read/use-read.ts';

/** Lines where the figures will be: the room is taken before they come, so that nothing jumps. */
export const Skeleton = ({ lines = 3 }: { lines?: number }): ReactNode => (
  <div aria-busy="true" className="part-waiting">
    <span className="unseen">Loading</span>
    {Array.from({ length: lines }, (_, index) => (
      <div key={index} className="skeleton skeleton-line" style={{ width: `${88 - ((index * 23) % 40)}%` }} />
    ))}
  </div>
);

/** What was asked of the desk, once it is there; until then skeletons, and where it fails what happened and what to press. */
export function Shown<T>({ read: { reading, again }, lines, children }: { read: UsedRead<T>; lines?: number; children: (value: T) => ReactNode }): ReactNode {
  if (reading.state === 'here') return children(reading.value);
  if (reading.state === 'loading') return <Skeleton {...(lines === undefined ? {} : { lines })} />;
  return (
    <div className="fault" role="alert">
      <p>{reading.message}</p>
      <button type="button" className="button button-plain" onClick={again}>
        Ask again
      </button>
    </div>
  );
}
