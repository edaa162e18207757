import type { AnyOperation } from '@parley/contracts';
import type { Logger } from '@parley/kernel';

interface Shape {
  readonly shape?: Readonly<Record<string, unknown>>;
}

/** Keeps the fields an object schema names, so that a reply that does not fit still shows nothing undeclared. */
function pickKnown(schema: AnyOperation['output'], value: unknown): unknown {
  const { shape } = schema._zod.def as Shape;
  if (!shape || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => name in shape));
}

/**
 * A handler's result as its schema lets it out: unknown fields are cut. One that does not fit fails the call when
 * `strict`, else it is logged and sent with its known fields.
 */
export function shapeOutput(
  operation: AnyOperation,
  label: string,
  result: unknown,
  { strict, log }: { readonly strict: boolean; readonly log: Logger },
): unknown {
  const parsed = operation.output.safeParse(result);
  if (parsed.success) return parsed.data;
  const misfit = parsed.error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`).join('; ');
  if (strict) throw new Error(`The reply of ${label} does not fit its schema: ${misfit}`);
  log.error(`The reply of ${label} does not fit its schema`, { misfit });
  return pickKnown(operation.output, result);
}
