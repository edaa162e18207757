import type { SlotProps } from '@parley/contracts';
import { composerAction } from '@parley/plugin-chat/contract';
import { Slot } from '@parley/web';
import { useEffect, useState } from 'react';

const LATEST_MS = 1_000;
const WITHOUT_IDLE_MS = 200;

/** Once they were loaded, they come with every composer. */
let isLoaded = false;

function whenIdle(work: () => void): () => void {
  if (!('requestIdleCallback' in globalThis)) {
    const timer = setTimeout(work, WITHOUT_IDLE_MS);
    return () => clearTimeout(timer);
  }
  const request = requestIdleCallback(work, { timeout: LATEST_MS });
  return () => cancelIdleCallback(request);
}

/** The controls of plugins in the tool row: nobody has to wait for them before they can write. */
export function ComposerActions(props: SlotProps<typeof composerAction>) {
  const [isDue, setDue] = useState(isLoaded);
  useEffect(
    () =>
      whenIdle(() => {
        isLoaded = true;
        setDue(true);
      }),
    [],
  );
  return isDue ? <Slot of={composerAction} props={props} /> : undefined;
}
