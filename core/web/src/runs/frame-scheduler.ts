/** Asks for one later call of `flush`; returns its undo. */
export type Schedule = (flush: () => void) => () => void;

const HIDDEN_MS = 50;
/** A frame asked for just before the tab was hidden never comes; this does. */
const LATEST_MS = 250;

/** Once per animation frame, 20 times a second while the tab is hidden. */
export const scheduleFrame: Schedule = (flush) => {
  const isHidden = document.visibilityState === 'hidden';
  const frame = isHidden ? undefined : requestAnimationFrame(() => run());
  const timer = setTimeout(() => run(), isHidden ? HIDDEN_MS : LATEST_MS);
  const cancel = () => {
    if (frame !== undefined) cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
  const run = () => {
    cancel();
    flush();
  };
  return cancel;
};
