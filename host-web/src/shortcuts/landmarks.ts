const LANDMARKS = 'nav[aria-label], main, aside[aria-label], form[aria-label], [role="region"][aria-label]';
const FOCUSABLE = 'a[href], button:not(:disabled), textarea, input:not([type="hidden"]), select, [tabindex="0"]';

/** Moves the focus to the next area of the page, or to the one before: what F6 does in desktop programs. */
export function focusNextLandmark(step: 1 | -1): void {
  const landmarks = [...document.querySelectorAll<HTMLElement>(LANDMARKS)].filter((each) => each.checkVisibility());
  if (landmarks.length === 0) return;
  const active = document.activeElement;
  const here = landmarks.findLastIndex((each) => each.contains(active));
  const next = here < 0 ? 0 : (here + step + landmarks.length) % landmarks.length;
  focusInto(landmarks[next]);
}

function focusInto(landmark: HTMLElement | undefined): void {
  if (!landmark) return;
  const inner = landmark.tagName === 'MAIN' ? undefined : landmark.querySelector<HTMLElement>(FOCUSABLE);
  if (inner) return inner.focus();
  if (!landmark.hasAttribute('tabindex')) landmark.tabIndex = -1;
  landmark.focus();
}
