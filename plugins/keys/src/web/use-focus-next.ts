import { useEffect, useRef } from 'react';

/** Moves the focus to what stands in the place of a form or question that was just answered, once it is drawn. */
export function useFocusNext() {
  const ref = useRef<HTMLButtonElement>(null);
  const isWanted = useRef(false);
  useEffect(() => {
    if (!isWanted.current || !ref.current) return;
    isWanted.current = false;
    ref.current.focus();
  });
  const focusNext = (): void => {
    isWanted.current = true;
  };
  return { ref, focusNext };
}
