/** Waits `delayMs`, or until the browser says that the network is back. Rejects with the signal's reason. */
export function waitOnline(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (done: () => void) => {
      clearTimeout(timer);
      globalThis.removeEventListener('online', onOnline);
      signal.removeEventListener('abort', onAbort);
      done();
    };
    const onOnline = () => settle(resolve);
    const onAbort = () => settle(() => reject(signal.reason as Error));
    const timer = setTimeout(onOnline, delayMs);
    globalThis.addEventListener('online', onOnline);
    signal.addEventListener('abort', onAbort);
  });
}
