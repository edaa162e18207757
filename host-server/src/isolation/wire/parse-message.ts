import { isolationErrors } from '../isolation-errors.ts';
import { WireMessage } from './messages.ts';

/** A key that would reach into prototypes is dropped wherever it stands. */
const withoutPrototypes = (key: string, value: unknown): unknown => (key === '__proto__' ? undefined : value);

/** One line as a message. @throws ISOLATION_PROTOCOL for anything else */
export function parseMessage(line: string): WireMessage {
  let given: unknown;
  try {
    given = line.includes('__proto__') ? JSON.parse(line, withoutPrototypes) : JSON.parse(line);
  } catch (error) {
    throw isolationErrors.PROTOCOL({ reason: 'it sent something that is not JSON' }, error);
  }
  const parsed = WireMessage.safeParse(given);
  if (parsed.success) return parsed.data;
  throw isolationErrors.PROTOCOL({ reason: 'it sent an unknown message' });
}
