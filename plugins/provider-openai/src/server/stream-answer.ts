import type { AppError } from '@parley/contracts';
import { openUpstream, readEventStream } from '@parley/provider';
import type { EventDecoder } from '@parley/provider';
import type { Config } from './config.ts';
import { toModelError } from './openai-errors.ts';

/** The provider's own name for a request, for its support. */
export const requestIdOf = ({ headers }: Response): string | undefined =>
  headers.get('x-request-id') ?? headers.get('apim-request-id') ?? undefined;

/**
 * The events of one answer: opened, repeated while nothing came, read from its bytes, and closed however it ends.
 * @throws a code of `modelErrors`, or the reason of `signal`
 */
export async function* streamAnswer<E>(
  open: (signal: AbortSignal) => Promise<Response>,
  createDecoder: (response: Response) => EventDecoder<E>,
  { config, model, signal }: { readonly config: Config; readonly model: string; readonly signal: AbortSignal },
): AsyncGenerator<E> {
  const provider = config.title;
  const toError = (error: unknown): AppError => toModelError(error, { provider, model });
  const upstream = await openUpstream(open, { provider, limits: config, signal, toError });
  try {
    const decoder = createDecoder(upstream.value);
    yield* readEventStream(upstream.value.body, decoder, { provider, idleTimeoutMs: config.idleTimeoutMs });
  } catch (error) {
    signal.throwIfAborted();
    throw toError(error);
  } finally {
    upstream.close();
  }
}
