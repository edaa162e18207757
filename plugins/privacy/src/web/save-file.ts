import type { Download } from '@parley/contracts';

/** Reads a download to its end, telling how much has come; the parts stay outside the script's memory once they are a Blob. */
export async function readDownload(
  { mediaType, bytes }: Download,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (bytes: number) => void },
): Promise<Blob> {
  let whole = new Blob([], { type: mediaType });
  let parts: Uint8Array<ArrayBuffer>[] = [];
  let waiting = 0;
  for await (const piece of bytes) {
    signal.throwIfAborted();
    parts.push(new Uint8Array(piece));
    waiting += piece.length;
    onProgress(whole.size + waiting);
    if (waiting < 8_000_000) continue;
    whole = new Blob([whole, ...parts], { type: mediaType });
    parts = [];
    waiting = 0;
  }
  return new Blob([whole, ...parts], { type: mediaType });
}

/** Hands a file to the browser to save. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken it over by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
