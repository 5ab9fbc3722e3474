import { type ReactNode, useEffect, useRef, useState } from 'react';

/** A figure that flashes once, for 400 ms, when it changes; not when it first appears, and never for who asked for less motion. */
export function Changing({ text, className = '' }: { text: string; className?: string }): ReactNode {
  const before = useRef(text);
  const [changes, setChanges] = useState(0);
  useEffect(() => {
    if (before.current !== text) setChanges((count) => count + 1);
    before.current = text;
  }, [text]);
  // A new key starts the animation again.
  return (
    <span key={changes} className={`${className}${changes > 0 ? ' changed' : ''}`}>
      {text}
    </span>
  );
}
