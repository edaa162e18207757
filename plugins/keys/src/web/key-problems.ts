import { isAppError } from '@parley/contracts';
import { keysErrors } from '@parley/plugin-keys/contract';
import type { JsonSchema, SchemaProblem } from '@parley/ui/schema-form';
import { messages } from './messages.ts';

/** What was wrong with the fields of a refused key, each at its field; none when something else went wrong. */
export function keyProblems(error: unknown, schema: JsonSchema, title: string): readonly SchemaProblem[] {
  const fields = Object.entries(schema.properties ?? {});
  if (isAppError(error, keysErrors.REFUSED.code)) {
    const [secret] = fields.find(([, { format, writeOnly }]) => format === 'secret' || writeOnly) ?? fields[0] ?? [];
    return [{ path: secret === undefined ? [] : [secret], message: messages.refused(title) }];
  }
  if (!isAppError(error, keysErrors.INVALID.code)) return [];
  const reason = String(error.details['reason'] ?? error.message);
  return reason.split('; ').map((text) => {
    const [name = '', ...rest] = text.split(': ');
    return fields.some(([field]) => field === name)
      ? { path: [name], message: rest.join(': ') }
      : { path: [], message: text };
  });
}
