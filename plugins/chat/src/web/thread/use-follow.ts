import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** Within this distance of the end, pixels, a reader is at the end and stays there while text grows. */
const NEAR_PX = 80;

/** Whether the reader is at the end, and the way back to it. */
export interface Follow {
  /** For the element that scrolls. */
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** For what grows inside it. */
  readonly content: RefObject<HTMLDivElement | null>;
  readonly isAtEnd: boolean;
  readonly goToEnd: () => void;
  /** Leaves the reader where they are until they come back to the end. */
  readonly hold: () => void;
}

/** Keeps a reader who is at the end of a growing text there, and leaves every other reader alone. */
export function useFollow(): Follow {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const isFollowing = useRef(true);
  const [isAtEnd, setAtEnd] = useState(true);

  const stick = useCallback(() => {
    const element = scroller.current;
    if (element && isFollowing.current) element.scrollTop = element.scrollHeight;
  }, []);
  const set = useCallback((next: boolean) => {
    isFollowing.current = next;
    setAtEnd(next);
  }, []);

  useLayoutEffect(stick, [stick]);
  useEffect(() => {
    const element = scroller.current;
    if (!element || !content.current) return undefined;
    let lastTop = element.scrollTop;
    const onScroll = () => {
      const distance = element.scrollHeight - element.scrollTop - element.clientHeight;
      // Growth alone moves nobody: only a step up leaves the end.
      if (distance <= NEAR_PX) set(true);
      else if (element.scrollTop < lastTop) set(false);
      lastTop = element.scrollTop;
    };
    const observer = new ResizeObserver(stick);
    observer.observe(content.current);
    observer.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', onScroll);
    };
  }, [stick, set]);

  const goToEnd = useCallback(() => {
    set(true);
    stick();
  }, [set, stick]);
  const hold = useCallback(() => set(false), [set]);
  return { scroller, content, isAtEnd, goToEnd, hold };
}
