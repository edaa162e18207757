import { watch } from 'node:fs';
import { dirname } from 'node:path';
import { configHash } from './read-config.ts';

const DEBOUNCE_MS = 200;

/**
 * Calls back when the content of a file has changed and rests. The folder is watched, since editors and orchestrators
 * put a new file in the place of the old one. Returns its undo.
 */
export function watchConfig(path: string, changed: () => void): () => void {
  let known = hashOf(path);
  let timer: NodeJS.Timeout | undefined;
  const look = () => {
    const now = hashOf(path);
    if (now === undefined || now === known) return;
    known = now;
    changed();
  };
  const watcher = watch(dirname(path), { persistent: false }, () => {
    clearTimeout(timer);
    timer = setTimeout(look, DEBOUNCE_MS);
    timer.unref();
  });
  // A folder that goes away ends the watch, not the host.
  watcher.on('error', () => watcher.close());
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}

/** Nothing while the file is being replaced. */
function hashOf(path: string): string | undefined {
  try {
    return configHash(path);
  } catch {
    return undefined;
  }
}
