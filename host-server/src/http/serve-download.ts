import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Download } from '@parley/contracts';

/** A name that needs no escaping in a header. */
const safeName = (name: string): string => name.replace(/[^\w.-]+/g, '-');

/** Sends a file as it is made; nothing is made that the reader has no room for. Ends when the reader has gone. */
export async function serveDownload(
  response: ServerResponse,
  file: Download,
  { signal, onError }: { readonly signal: AbortSignal; readonly onError: (error: unknown) => void },
): Promise<void> {
  const iterator = file.bytes[Symbol.asyncIterator]();
  try {
    // The first piece before the headers, so that an early failure still gets its status.
    let next = await iterator.next();
    response.writeHead(200, {
      'content-type': file.mediaType,
      'content-disposition': `attachment; filename="${safeName(file.name)}"`,
      'cache-control': 'no-store',
    });
    while (!next.done && !signal.aborted) {
      if (!response.write(next.value)) await once(response, 'drain', { signal });
      next = await iterator.next();
    }
    response.end();
  } catch (error) {
    if (!response.headersSent) throw error;
    // Broken off rather than ended: what has come so far must not pass for the whole.
    response.destroy();
    if (!signal.aborted) onError(error);
  } finally {
    await iterator.return?.();
  }
}
