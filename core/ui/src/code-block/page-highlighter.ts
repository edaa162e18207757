import { createHighlighter } from './highlighter.ts';
import type { HighlightReply } from './highlight-protocol.ts';

/** The highlighter of this page. Where workers are missing, as in tests, code stays plain. */
export const pageHighlighter = createHighlighter(({ onReply, onFailure }) => {
  if (typeof Worker === 'undefined') return undefined;
  const worker = new Worker(new URL('./highlight.worker.ts', import.meta.url), { name: 'highlight' });
  worker.addEventListener('message', (event: MessageEvent<HighlightReply>) => onReply(event.data));
  worker.addEventListener('error', onFailure);
  return (request) => worker.postMessage(request, []);
});
