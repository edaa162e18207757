const isPage = ({ name }: PerformanceEntry): boolean => name.startsWith('slot:route/');

/** Runs work that can wait: once a plugin's page is drawn, and the browser has nothing else to do. */
export function afterFirstPage(work: () => void): void {
  const observer = new PerformanceObserver((list) => {
    if (!list.getEntries().some(isPage)) return;
    observer.disconnect();
    if ('requestIdleCallback' in globalThis) requestIdleCallback(work);
    else setTimeout(work, 200);
  });
  observer.observe({ type: 'measure', buffered: true });
}
