import { useEffect, useRef, useState } from 'react';

/** A value that changes at most once in an interval while `isActive`; otherwise the value itself. Units: milliseconds. */
export function useThrottled<Value>(value: Value, isActive: boolean, intervalMs: number): Value {
  const [shown, setShown] = useState(value);
  const shownAtMs = useRef(0);
  useEffect(() => {
    const show = () => {
      shownAtMs.current = performance.now();
      setShown(value);
    };
    if (!isActive) return show();
    const timer = setTimeout(show, Math.max(0, shownAtMs.current + intervalMs - performance.now()));
    return () => clearTimeout(timer);
  }, [value, isActive, intervalMs]);
  return isActive ? shown : value;
}
