import { isAppError, storageErrors } from '@parley/contracts';
import { errors } from './errors.ts';

/** What the errors of the MongoDB driver carry; read without `instanceof`, which fails for errors of another realm. */
interface NativeError {
  readonly name: string;
  readonly code: unknown;
  readonly message: string;
  readonly labels: readonly string[];
}

function toNative(error: unknown): NativeError {
  if (typeof error !== 'object' || error === null)
    return { name: '', code: undefined, message: String(error), labels: [] };
  const { name, code, message, errorLabels } = error as Readonly<Record<string, unknown>>;
  return {
    name: String(name),
    code,
    message: String(message),
    labels: Array.isArray(errorLabels) ? (errorLabels as string[]) : [],
  };
}

// Not primary, stepping down, shutting down, interrupted, out of time, write concern not met.
const UNAVAILABLE = new Set([
  6, 7, 43, 50, 64, 89, 91, 100, 112, 133, 134, 189, 202, 237, 251, 262, 9001, 10_058, 10_107, 11_600, 11_602, 13_388,
  13_435, 13_436,
]);
const FULL = new Set([14_031]);
const TOO_BIG = new Set([10_334, 17_280, 17_419, 17_420]);
const CLIENT_SIDE =
  /^(MongoNetwork|MongoServerSelection|MongoTopology|MongoPool|MongoWaitQueue|MongoNotConnected|MongoExpiredSession|MongoClientClosed|MongoOperationTimeout|MongooseServerSelection|MongoWriteConcern|PoolCleared|ConnectionPool)/;
const TOO_BIG_TEXT =
  /larger than the maximum size|BSONObj size|object to insert too large|document is too large|exceeds max|out of range.*offset/i;

/** Whether the database says that a unique value is taken. FerretDB says it of an update only in words. */
export function isDuplicate(error: unknown): boolean {
  const { code, message } = toNative(error);
  return code === 11_000 || code === 11_001 || (code === 1 && /UNIQUE constraint failed/.test(message));
}

/** Sometimes the driver lets an error of the socket itself through. */
const SOCKET = /^(EPIPE|ECONN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ERR_STREAM|ERR_SOCKET)/;

function isUnavailable({ name, code, labels }: NativeError): boolean {
  if (typeof code === 'string' && SOCKET.test(code)) return true;
  if (CLIENT_SIDE.test(name)) return true;
  if (labels.includes('RetryableWriteError') || labels.includes('UnknownTransactionCommitResult')) return true;
  return typeof code === 'number' && UNAVAILABLE.has(code);
}

/** An error of the MongoDB driver as one of `storageErrors`; anything else as it is. */
export function toStorageError(error: unknown, entity: string): unknown {
  if (isAppError(error)) return error;
  const native = toNative(error);
  const { code, message } = native;
  if ((typeof code === 'number' && FULL.has(code)) || /no space left|disk is full/i.test(message)) {
    return storageErrors.FULL({}, error);
  }
  if ((typeof code === 'number' && TOO_BIG.has(code)) || TOO_BIG_TEXT.test(message)) {
    return storageErrors.INVALID({ entity, reason: 'the record is too big' }, error);
  }
  if (code === 171) return storageErrors.INVALID({ entity, reason: 'one index holds two lists' }, error);
  if (isDuplicate(error)) return storageErrors.DUPLICATE({ entity, fields: [] }, error);
  if (code === 13 || code === 8000) {
    return errors.NOT_ALLOWED({ reason: message.slice(0, 200), database: 'the database' }, error);
  }
  return isUnavailable(native) ? storageErrors.UNAVAILABLE({}, error) : error;
}

/** Why a connection could not be opened, in words that hold nothing of the connection string but host names. */
export function toOpenError(error: unknown, hosts: string, database: string): unknown {
  const native = toNative(error);
  const { name, code, message } = native;
  if (code === 18 || code === 8000 || /authentication failed/i.test(message)) return errors.SIGN_IN({ hosts });
  if (code === 13) return errors.NOT_ALLOWED({ reason: 'not authorised', database });
  const unknownHost = /(?:ENOTFOUND|EAI_AGAIN) (\S+)/.exec(message)?.[1];
  if (unknownHost !== undefined) return errors.UNREACHABLE({ hosts, reason: `the name ${unknownHost} is not known` });
  if (/ECONNREFUSED/.test(message)) return errors.UNREACHABLE({ hosts, reason: 'the connection is refused' });
  if (/tls|ssl|certificate/i.test(message)) return errors.UNREACHABLE({ hosts, reason: 'TLS fails' });
  if (isUnavailable(native) || name.startsWith('Mongo')) {
    return errors.UNREACHABLE({ hosts, reason: 'no server that takes writes was found in time' });
  }
  return error;
}
