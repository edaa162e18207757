import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';

/** What one hash costs. Units: memory in KiB. */
export interface HashCost {
  readonly memoryKib: number;
  readonly passes: number;
  readonly lanes: number;
}

/** @see OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane */
export const COST: HashCost = { memoryKib: 19_456, passes: 2, lanes: 1 };

const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** Argon2 1.3, the only version node:crypto computes. */
const VERSION = 19;

interface ParsedHash {
  readonly cost: HashCost;
  readonly salt: Buffer;
  readonly hash: Buffer;
}

// People type the same character in more than one way; its compatibility form is what counts.
const toMessage = (password: string): Buffer => Buffer.from(password.normalize('NFKC'), 'utf8');
const encode = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

const derive = (password: string, salt: Buffer, { memoryKib, passes, lanes }: HashCost, tagLength: number) =>
  new Promise<Buffer>((resolve, reject) => {
    const parameters = {
      message: toMessage(password),
      nonce: salt,
      memory: memoryKib,
      passes,
      parallelism: lanes,
      tagLength,
    };
    argon2('argon2id', parameters, (error, key) => (error ? reject(error) : resolve(key)));
  });

function parse(text: string): ParsedHash | undefined {
  const pattern = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/;
  const [, memory, passes, lanes, salt, hash] = pattern.exec(text) ?? [];
  if (salt === undefined || hash === undefined) return undefined;
  return {
    cost: { memoryKib: Number(memory), passes: Number(passes), lanes: Number(lanes) },
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  };
}

/** Shape: `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>`, so that the cost may change and old hashes stay readable. */
export async function hashPassword(password: string, cost: HashCost = COST): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, cost, HASH_BYTES);
  const { memoryKib, passes, lanes } = cost;
  return `$argon2id$v=${VERSION}$m=${memoryKib},t=${passes},p=${lanes}$${encode(salt)}$${encode(hash)}`;
}

/** Whether `password` is the one; a hash that can't be read fits none. */
export async function verifyPassword(password: string, text: string): Promise<boolean> {
  const parsed = parse(text);
  if (!parsed) return false;
  const { salt, cost, hash } = parsed;
  return timingSafeEqual(await derive(password, salt, cost, hash.length), hash);
}

/** Whether a hash was made at another cost than today's. */
export function isOutdated(text: string, cost: HashCost = COST): boolean {
  const found = parse(text)?.cost;
  return found?.memoryKib !== cost.memoryKib || found.passes !== cost.passes || found.lanes !== cost.lanes;
}
