import { useContract } from '@parley/web';
import { useEffect, useRef, useState } from 'react';
import { privacyContract } from '../contract/index.ts';
import { readDownload, saveFile } from './save-file.ts';

/** How far an export is. Units: bytes. */
export type ExportState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly bytes: number }
  | { readonly kind: 'done'; readonly name: string; readonly bytes: number }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly reason: string };

/** The export of one's data: begun, shown, cancelled; leaving the page cancels it. */
export function useExport() {
  const { client } = useContract(privacyContract);
  const [state, setState] = useState<ExportState>({ kind: 'idle' });
  const running = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  async function start(): Promise<void> {
    const controller = new AbortController();
    const { signal } = controller;
    running.current = controller;
    setState({ kind: 'running', bytes: 0 });
    try {
      const download = await client.exportOwn({}, { signal });
      const onProgress = (bytes: number) => setState({ kind: 'running', bytes });
      const file = await readDownload(download, { signal, onProgress });
      saveFile(file, download.name);
      setState({ kind: 'done', name: download.name, bytes: file.size });
    } catch (error) {
      if (signal.aborted) setState({ kind: 'cancelled' });
      else setState({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return { state, start: () => void start(), cancel: () => running.current?.abort() };
}
