import { useId, type ReactNode } from 'react';

/** One subject of a page under its heading. `aside` stands at the right of the heading: choices, an export. */
export function Section({ title, note, aside, className = '', children }: { title: string; note?: ReactNode; aside?: ReactNode; className?: string; children: ReactNode }): ReactNode {
  const heading = useId();
  return (
    <section className={`part ${className}`} aria-labelledby={heading}>
      <header className="part-head">
        <h2 id={heading}>{title}</h2>
        {note === undefined ? null : <span className="muted part-note">{note}</span>}
        {aside === undefined ? null : <span className="part-aside">{aside}</span>}
      </header>
      {children}
    </section>
  );
}
