import type { Credentials, ProviderCredentials } from '@parley/contracts';
import { keysErrors } from '@parley/plugin-keys/contract';
import * as z from 'zod';

const HINT_LENGTH = 4;

/** A key of one piece; the end of a file, such as that of a service account, would tell nothing. */
const TOKEN = /^[\w.-]+$/;

interface Field {
  readonly format?: string;
}

const fieldsOf = ({ schema }: ProviderCredentials): Readonly<Record<string, Field>> =>
  (schema['properties'] ?? {}) as Readonly<Record<string, Field>>;

/** The fields a person filled in, without empty ones. @throws KEYS_INVALID naming each that does not fit */
export function parseFields(values: Credentials, wanted: ProviderCredentials, provider: string): Credentials {
  const given = Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value.trim() === '' ? [] : [[name, value.trim()]])),
  );
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(fieldsOf(wanted), name));
  const parsed = z.fromJSONSchema(wanted.schema).safeParse(given);
  const problems = [
    ...unknown.map((name) => `${name}: there is no such field`),
    ...(parsed.error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`),
  ];
  if (problems.length > 0) throw keysErrors.INVALID({ provider, reason: problems.join('; ') });
  return given;
}

/** What tells keys apart without telling them: the end of the first secret field, if it is long enough to keep the rest. */
export function hintOf(values: Credentials, wanted: ProviderCredentials): string {
  const secret = Object.entries(fieldsOf(wanted)).find(
    ([name, { format }]) => format === 'secret' && values[name] !== undefined,
  );
  const value = secret ? (values[secret[0]] ?? '') : '';
  return value.length >= 4 * HINT_LENGTH && TOKEN.test(value) ? `…${value.slice(-HINT_LENGTH)}` : '…';
}
