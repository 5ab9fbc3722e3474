import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** Within this of the end the reader follows the conversation; further up nothing moves under the pointer. */
const followPx = 80;
const earlierPx = 240;
const marginPx = 12;

/** As far down as following goes: to the end, but never past the head of a card that waits or of what was said last. */
function restingPlace(scroller: HTMLElement): number {
  const end = scroller.scrollHeight - scroller.clientHeight;
  const said = [...scroller.querySelectorAll<HTMLElement>('.Message.right')].at(-1);
  const card = [...scroller.querySelectorAll<HTMLElement>('.card[data-state="PENDING"]')].at(-1);
  const cardIsNewer = card && (!said || (said.compareDocumentPosition(card) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0);
  const head = cardIsNewer ? card : said;
  if (!head) return end;
  const top = head.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop;
  return Math.min(end, top - marginPx);
}

/** Keeps up for who reads at the end, keeps the place for who reads further up, and asks for earlier entries at the top. */
export function useScroll(input: {
  frame: RefObject<HTMLElement | null>;
  threadId: string | null;
  conversation: object;
  firstKey: number;
  /** What is on its way and how it stands. */
  sent: string;
  loadEarlier: () => void;
}): { away: boolean; toEnd: () => void } {
  const { frame, conversation, threadId, firstKey, sent } = input;
  const [away, setAway] = useState(false);
  const follows = useRef(true);
  const before = useRef({ height: 0, top: 0 });
  const loadEarlier = useRef(input.loadEarlier);
  loadEarlier.current = input.loadEarlier;
  const scroller = useCallback((): HTMLElement | null => frame.current?.querySelector<HTMLElement>('.PullToRefresh') ?? null, [frame]);
  const keepUp = useCallback(() => {
    const element = scroller();
    if (element && follows.current) element.scrollTop = restingPlace(element);
  }, [scroller]);
  const toEnd = useCallback(() => {
    const element = scroller();
    if (element) element.scrollTop = element.scrollHeight;
    follows.current = true;
    setAway(false);
  }, [scroller]);

  useEffect(() => {
    const element = scroller();
    if (!element) return;
    const onScroll = (): void => {
      const fromEnd = element.scrollHeight - element.scrollTop - element.clientHeight;
      // Growth never moves the top up: only a reader does.
      if (element.scrollTop < before.current.top - 2 && element.scrollHeight >= before.current.height) follows.current = false;
      if (fromEnd < followPx) follows.current = true;
      before.current = { height: element.scrollHeight, top: element.scrollTop };
      setAway(fromEnd > element.clientHeight / 3);
      if (element.scrollTop < earlierPx && element.scrollHeight > element.clientHeight) loadEarlier.current();
    };
    // The phone's keyboard or the window changed the room that there is.
    const resized = new ResizeObserver(() => keepUp());
    element.addEventListener('scroll', onScroll, { passive: true });
    resized.observe(element);
    return () => {
      element.removeEventListener('scroll', onScroll);
      resized.disconnect();
    };
  }, [scroller, keepUp]);
  // Earlier entries came in above: what was being read stays where it was.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the first entry is another
  useLayoutEffect(() => {
    const element = scroller();
    if (element && !follows.current) element.scrollTop += element.scrollHeight - before.current.height;
  }, [firstKey, scroller]);
  // What the person says brings them to the end; so does opening another conversation.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when something is said or another conversation opened
  useLayoutEffect(() => {
    follows.current = true;
  }, [sent, threadId]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the conversation has grown
  useLayoutEffect(() => {
    keepUp();
    const element = scroller();
    if (element) before.current = { height: element.scrollHeight, top: element.scrollTop };
  }, [conversation, sent, keepUp, scroller]);
  return { away, toEnd };
}
