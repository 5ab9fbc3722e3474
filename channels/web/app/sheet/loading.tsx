import type { ReactNode } from 'react';

export const Loading = (): ReactNode => (
  <div aria-busy="true">
    <span className="unseen">Loading</span>
    {[70, 92, 84, 46].map((width) => (
      <div key={width} className="skeleton skeleton-line" style={{ width: `${width}%` }} />
    ))}
  </div>
);
export const Failed = ({ message, again }: { message: string; again: () => void }): ReactNode => (
  <div className="fault">
    <p>{message}</p>
    <button type="button" className="button button-plain" onClick={again}>
      Try again
    </button>
  </div>
);
