import { createPrincipal } from '@parley/contracts';
import type { ModelRequest } from '@parley/contracts';
import { createDemoProvider } from '../../plugins/provider-demo/src/server/demo-provider.ts';

const PIECES_PER_SECOND = 50;

const request: ModelRequest = {
  model: 'guide',
  messages: [{ role: 'user', parts: [{ type: 'text', text: 'Hello' }] }],
  tools: [],
  parameters: {},
  principal: createPrincipal({ kind: 'user', id: 'ann' }),
  requestId: 'bench',
};

/** Answers of the demo model, one after the other on each of `count` streams, framed as they go out; returns what ends them. */
export function startStreams(count: number): () => void {
  const provider = createDemoProvider({ pieceDelayMs: 1_000 / PIECES_PER_SECOND, firstPieceDelayMs: 0 });
  const controller = new AbortController();
  let bytes = 0;
  const stream = async (): Promise<void> => {
    while (!controller.signal.aborted) {
      for await (const event of provider.stream(request, controller.signal))
        bytes += `event: part\ndata: ${JSON.stringify(event)}\n\n`.length;
    }
  };
  for (let started = 0; started < count; started += 1) void stream().catch(() => undefined);
  return () => controller.abort();
}
