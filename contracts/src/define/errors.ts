/** How an error looks on the wire and in logs; recognised by `code`, never by `instanceof`. */
export interface AppErrorOptions {
  readonly code: string;
  /** HTTP status, 400..599. */
  readonly status: number;
  /** Says what was expected, what came and what to do; holds no secret and no prompt. */
  readonly message: string;
  /** Machine-readable facts beside the message; sent to the client. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
  readonly cause?: unknown;
}

/** The one error class. Two bundles may hold two copies of it, so recognise errors with `isAppError`. */
export class AppError extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(options: AppErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = options.code;
    this.status = options.status;
    this.details = options.details ?? {};
  }
}

/** Whether `error` is an application error, with `code` when one is given. */
export function isAppError(error: unknown, code?: string): error is AppError {
  if (!(error instanceof Error) || error.name !== 'AppError' || !('code' in error) || !('status' in error))
    return false;
  return (
    typeof error.code === 'string' && typeof error.status === 'number' && (code === undefined || error.code === code)
  );
}

type ErrorTable = Readonly<Record<string, readonly [status: number, message: string]>>;

/** One declared error: calling it makes the error, its fields say what it is. */
export interface ErrorFactory {
  (details?: Readonly<Record<string, unknown>>, cause?: unknown): AppError;
  readonly code: string;
  readonly status: number;
  /** The message with `{name}` places for details. */
  readonly template: string;
}

/** The errors of one plugin by their short names. */
export type ErrorFactories<T extends ErrorTable> = { readonly [K in keyof T]: ErrorFactory };

const fill = (template: string, details: Readonly<Record<string, unknown>>): string =>
  template.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = details[name];
    if (value === undefined) return place;
    return Array.isArray(value) ? value.join(', ') : String(value);
  });

/**
 * The errors of one plugin, each code declared once.
 * Shape: `NOT_FOUND` of plugin `notes` has the code `NOTES_NOT_FOUND`; `{id}` in a message is filled from `details.id`.
 * @example const notesErrors = defineErrors('notes', { NOT_FOUND: [404, 'Note {id} does not exist'] });
 */
export function defineErrors<const T extends ErrorTable>(pluginId: string, table: T): ErrorFactories<T> {
  const prefix = pluginId.replace(/[^a-zA-Z0-9]+/g, '_').toUpperCase();
  const factories = Object.entries(table).map(([name, [status, template]]) => {
    const code = `${prefix}_${name}`;
    const make = (details: Readonly<Record<string, unknown>> = {}, cause?: unknown) =>
      new AppError({ code, status, message: fill(template, details), details, cause });
    return [name, Object.assign(make, { code, status, template })];
  });
  return Object.fromEntries(factories) as ErrorFactories<T>;
}
