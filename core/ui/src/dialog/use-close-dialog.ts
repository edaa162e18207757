import { useContext } from 'react';
import { OverlayTriggerStateContext } from 'react-aria-components/Dialog';

/** A function that closes the surrounding dialog, sheet or popover; outside of one it does nothing. */
export function useCloseDialog(): () => void {
  const state = useContext(OverlayTriggerStateContext);
  return () => state?.close();
}
