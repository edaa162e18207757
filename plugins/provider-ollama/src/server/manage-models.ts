import type { Handlers } from '@parley/contracts';
import type { ollamaContract, PullProgress } from '@parley/plugin-provider-ollama/contract';
import type { Connect } from './connect.ts';
import { toModelError } from './ollama-errors.ts';

const toCount = (name: 'completedBytes' | 'totalBytes', count: number | undefined) =>
  count === undefined ? {} : { [name]: count };

/** The operations of administrators on the models of the server. */
export function createHandlers(deps: {
  readonly provider: string;
  readonly connect: Connect;
}): Handlers<(typeof ollamaContract)['operations']> {
  const { provider, connect } = deps;
  async function* pull(model: string, signal: AbortSignal): AsyncGenerator<PullProgress> {
    try {
      const client = await connect(signal);
      for await (const { status, completed, total } of await client.pull({ model, stream: true })) {
        yield { status, ...toCount('completedBytes', completed), ...toCount('totalBytes', total) };
      }
    } catch (error) {
      signal.throwIfAborted();
      throw toModelError(error, { provider, model });
    }
  }
  return {
    pull: ({ model }, { signal }) => pull(model, signal),
    async remove({ model }, { signal }) {
      try {
        const client = await connect(signal);
        await client.delete({ model });
      } catch (error) {
        signal.throwIfAborted();
        throw toModelError(error, { provider, model });
      }
    },
  };
}
