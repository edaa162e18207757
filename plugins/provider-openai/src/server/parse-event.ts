import { modelErrors } from '@parley/contracts';

/** One event of a stream as JSON. @throws MODEL_UNAVAILABLE when it is something else */
export function parseEvent(data: string, provider: string): unknown {
  try {
    return JSON.parse(data);
  } catch (cause) {
    throw modelErrors.UNAVAILABLE({ provider, reason: 'the stream holds something that is not JSON' }, cause);
  }
}
