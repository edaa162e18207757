import type { UiManifest } from '@parley/contracts';

/** What keeps the manifest of an open page current. */
export interface ManifestRefresh {
  /** Reads a manifest, within a limit of its own. */
  readonly read: () => Promise<UiManifest>;
  readonly update: (manifest: UiManifest) => void;
  /** Waits before each further try, milliseconds. */
  readonly delaysMs?: readonly number[];
}

/**
 * Reads the manifest anew. What asks while it is being read has it read once more; a read that fails is tried again, and
 * what the page shows stays until one succeeds. Resolves when there is nothing more to do.
 */
export function createManifestRefresh({ read, update, delaysMs = [1_000, 4_000, 15_000] }: ManifestRefresh) {
  let running: Promise<void> | undefined;
  let isAsked = false;
  const readOnce = async (): Promise<boolean> => {
    try {
      update(await read());
      return true;
    } catch {
      return false;
    }
  };
  const run = async (): Promise<void> => {
    while (isAsked) {
      isAsked = false;
      let isRead = await readOnce();
      for (const delayMs of delaysMs) {
        if (isRead || isAsked) break;
        await new Promise((resolve) => setTimeout(resolve, delayMs));
        isRead = await readOnce();
      }
    }
    running = undefined;
  };
  return (): Promise<void> => {
    isAsked = true;
    return (running ??= run());
  };
}
