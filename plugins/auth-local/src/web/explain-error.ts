import { isAppError } from '@parley/contracts';
import { messages } from './messages.ts';
import type { FormErrors } from './use-form.ts';

/** What a refusal of the server means, by field: `fields` says which codes are about which. */
export function explainError<Name extends string>(
  error: unknown,
  fields: Readonly<Partial<Record<string, Name>>>,
): FormErrors<Name> {
  if (!isAppError(error)) return { form: messages.failed } as FormErrors<Name>;
  return { [fields[error.code] ?? 'form']: error.message } as FormErrors<Name>;
}
