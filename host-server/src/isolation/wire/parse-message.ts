import { isolationErrors } from '../isolation-errors.ts';
import { WireMessage } from './messages.ts';

/** A key that would reach into prototypes is dropped wherever it stands. */
const withoutPrototypes = (key: string, value: unknown): unknown => (key === '__proto__' ? undefined : value);

type Item = Extract<WireMessage, { t: 'item' }>;

/** A piece of a stream: by far the most there is, so that it is checked by hand. */
const isItem = (given: unknown): given is Item =>
  typeof given === 'object' && given !== null && 't' in given && given.t === 'item' && 'id' in given && isId(given.id);

const isId = (id: unknown): boolean => typeof id === 'number' && Number.isSafeInteger(id) && id >= 0;

/** One line as a message. @throws ISOLATION_PROTOCOL for anything else */
export function parseMessage(line: string): WireMessage {
  let given: unknown;
  try {
    given = line.includes('__proto__') ? JSON.parse(line, withoutPrototypes) : JSON.parse(line);
  } catch (error) {
    throw isolationErrors.PROTOCOL({ reason: 'it sent something that is not JSON' }, error);
  }
  if (isItem(given)) return given;
  const parsed = WireMessage.safeParse(given);
  if (parsed.success) return parsed.data;
  throw isolationErrors.PROTOCOL({ reason: 'it sent an unknown message' });
}
