import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Makes a rename last through a loss of power; a system that can not open folders does it by itself. */
export function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, 'r');
    fsyncSync(handle);
    closeSync(handle);
  } catch (error) {
    if (process.platform !== 'win32') throw error;
  }
}
