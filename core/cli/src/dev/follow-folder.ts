import { watch } from 'node:fs';

const SETTLE_MS = 120;

/** Calls `work` after changes in a folder have settled; never twice at once, and again for what changed meanwhile. */
export function followFolder(folder: string, work: () => Promise<void>): () => void {
  let timer: NodeJS.Timeout | undefined;
  let isWorking = false;
  const run = async () => {
    if (isWorking) return later();
    isWorking = true;
    try {
      await work();
    } finally {
      isWorking = false;
    }
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void run(), SETTLE_MS);
  };
  const watcher = watch(folder, { recursive: true }, later);
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}
