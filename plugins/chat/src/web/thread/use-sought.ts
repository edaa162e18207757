import { type RefObject, useEffect, useEffectEvent } from 'react';

const SETTLE_MS = 1_500;

interface Sought {
  readonly scroller: RefObject<HTMLElement | null>;
  /** The message to go to, once it is in the thread. */
  readonly sought: string | undefined;
  /** Keeps the thread from following its end. */
  readonly hold: () => void;
}

/**
 * Goes to the message a link points at, gives it the focus and marks it. What stands above may still grow while the page
 * settles, so the place is held for a moment, unless the reader moves.
 */
export function useSought({ scroller, sought, hold }: Sought): void {
  const leaveEnd = useEffectEvent(hold);
  useEffect(() => {
    const thread = scroller.current;
    if (sought === undefined || !thread) return undefined;
    const find = () => thread.querySelector<HTMLElement>(`[data-message-id="${CSS.escape(sought)}"]`);
    let marked: HTMLElement | undefined;
    const go = () => {
      const message = find();
      if (!message) return;
      if (marked !== message) message.focus({ preventScroll: true });
      marked = message;
      message.dataset['sought'] = '';
      if (thread.scrollHeight > thread.clientHeight) leaveEnd();
      message.scrollIntoView({ block: 'start' });
    };
    const observer = new ResizeObserver(go);
    const frame = requestAnimationFrame(go);
    for (const content of thread.children) observer.observe(content);
    const stop = () => observer.disconnect();
    const timer = setTimeout(stop, SETTLE_MS);
    for (const name of MOVES) thread.addEventListener(name, stop, { once: true, passive: true });
    return () => {
      stop();
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      for (const name of MOVES) thread.removeEventListener(name, stop);
      delete marked?.dataset['sought'];
    };
  }, [scroller, sought]);
}

const MOVES = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const;
