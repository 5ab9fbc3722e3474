import { useEffect, useState, type RefObject } from 'react';

/** A card that has just moved under the finger must not be pressed: its buttons wait this long on screen. */
const settleMs = 600;

/** True once the element has been at least half visible for 600 ms without a break. */
export function useSettledOnScreen(element: RefObject<HTMLElement | null>, watched: boolean): boolean {
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    const target = element.current;
    if (!watched || !target) return;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const observer = new IntersectionObserver(
      ([entry]) => {
        const visible = (entry?.intersectionRatio ?? 0) >= 0.5;
        if (visible) timer ??= setTimeout(() => setSettled(true), settleMs);
        else {
          if (timer !== null) clearTimeout(timer);
          timer = null;
          setSettled(false);
        }
      },
      { threshold: [0, 0.5, 1] },
    );
    observer.observe(target);
    return () => {
      observer.disconnect();
      if (timer !== null) clearTimeout(timer);
      setSettled(false);
    };
  }, [element, watched]);
  return settled;
}
