import type { AppError } from '@parley/contracts';
import { toModelError as toError } from '@parley/provider';

/** The error for what the client throws and for the errors inside a stream; the server has no codes but HTTP's. */
export const toModelError = (error: unknown, facts: { readonly provider: string; readonly model?: string }): AppError =>
  toError(error, {
    ...facts,
    read: (thrown) => {
      const status = (thrown as { readonly status_code?: unknown } | null)?.status_code;
      return typeof status === 'number' ? { status } : undefined;
    },
  });
