import { type FocusEvent, type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';

/** Fewer rows than this are all drawn. */
const drawnAnyway = 80;
/** Rows drawn above and below what is seen, so that a step of the wheel or of the keyboard finds them there. */
const spare = 12;
/** Until the first row has been measured. */
const usualHeight = 34;

export interface RowWindow {
  box: RefObject<HTMLDivElement | null>;
  body: RefObject<HTMLTableSectionElement | null>;
  onScroll: () => void;
  /** Of a row: who walks by keys must find the next rows there before the scrolling is told. */
  onFocus: (event: FocusEvent) => void;
  /** Rows to draw, [from, to), and the mean height of a row in pixels, for the space that stands for the others. */
  from: number;
  to: number;
  rowHeight: number;
}

/** Which of many rows of one height are to be drawn in a box that scrolls. Prices that change out of sight cost nothing then. */
export function useWindow(count: number): RowWindow {
  const box = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const [rowHeight, setRowHeight] = useState(usualHeight);
  const [seen, setSeen] = useState({ first: 0, rows: 24 });
  const whole = count <= drawnAnyway;
  const onScroll = useCallback((): void => {
    const at = box.current;
    if (!at) return;
    const [first, rows] = [Math.floor(at.scrollTop / rowHeight), Math.ceil(at.clientHeight / rowHeight) + 1];
    // In steps, so that the table is not made anew for every pixel.
    setSeen((before) => (Math.abs(before.first - first) < spare / 2 && before.rows === rows ? before : { first, rows }));
  }, [rowHeight]);
  const onFocus = useCallback((event: FocusEvent): void => {
    const at = Number(event.target.closest('tr[aria-rowindex]')?.getAttribute('aria-rowindex') ?? Number.NaN) - 2;
    const edge = spare / 2;
    setSeen((before) => (at > before.first + before.rows + edge || at < before.first - edge ? { first: Math.max(0, at - Math.floor(before.rows / 2)), rows: before.rows } : before));
  }, []);
  useLayoutEffect(() => {
    if (whole) return;
    const drawn = [...(body.current?.querySelectorAll('tr[aria-rowindex]') ?? [])];
    const [first, last] = [drawn[0], drawn.at(-1)];
    // The mean of those that are drawn: browsers give rows of a table whole pixels here and half ones there.
    const height = first && last ? (last.getBoundingClientRect().bottom - first.getBoundingClientRect().top) / drawn.length : 0;
    if (height > 0 && Math.abs(height - rowHeight) > 0.05) setRowHeight(height);
    onScroll();
  }, [whole, rowHeight, onScroll]);
  const from = whole ? 0 : Math.max(0, Math.min(seen.first - spare, count - seen.rows));
  return { box, body, onScroll, onFocus, from, to: whole ? count : Math.min(count, seen.first + seen.rows + spare), rowHeight };
}
