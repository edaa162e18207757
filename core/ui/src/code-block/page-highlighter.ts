import { createHighlighter } from './highlighter.ts';
import type { HighlightReply } from './highlight-protocol.ts';

/** The highlighter of this page. Where workers are missing, as in tests, code stays plain. */
export const pageHighlighter = createHighlighter(({ onReply, onFailure }) => {
  if (typeof Worker === 'undefined') return undefined;
  // By the name it has in a release; the builds from source resolve it to the TypeScript beside it.
  const worker = new Worker(new URL('./highlight.worker.js', import.meta.url), { name: 'highlight' });
  worker.addEventListener('message', (event: MessageEvent<HighlightReply>) => onReply(event.data));
  worker.addEventListener('error', onFailure);
  return (request) => worker.postMessage(request, []);
});
