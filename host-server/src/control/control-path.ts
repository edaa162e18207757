import { createHash } from 'node:crypto';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';

/** The longest path that every system takes for a Unix socket. */
const MAX_BYTES = 100;

/**
 * Where the server of a data folder listens for its operator: `<data>/control.sock`; a folder of this user's below the
 * temporary ones when that path is too long for a socket, a named pipe on Windows.
 */
export function controlPath(dataDir: string): string {
  const path = join(resolve(dataDir), 'control.sock');
  const hash = createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 16);
  if (process.platform === 'win32') return `\\\\.\\pipe\\parley-${hash}`;
  if (Buffer.byteLength(path) <= MAX_BYTES) return path;
  return join(tmpdir(), `parley-${userInfo().uid}`, `${hash}.sock`);
}
