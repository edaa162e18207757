import { type RefObject, useEffect, useRef } from 'react';

const NEAR_END_PX = 40;

/** A ref for a scrolling box that stays at its end while it grows, until the reader scrolls away from there. */
export function useFollowEnd<Box extends HTMLElement>(isActive: boolean): RefObject<Box | null> {
  const box = useRef<Box>(null);
  const lastHeight = useRef(0);
  useEffect(() => {
    const element = box.current;
    if (!isActive || element === null) return;
    const wasAtEnd = element.scrollTop + element.clientHeight >= lastHeight.current - NEAR_END_PX;
    lastHeight.current = element.scrollHeight;
    if (wasAtEnd) element.scrollTop = element.scrollHeight;
  });
  return box;
}
