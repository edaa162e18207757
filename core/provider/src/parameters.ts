import { modelErrors } from '@parley/contracts';
import * as z from 'zod';

/** The parameters of a request, checked. @throws MODEL_BAD_REQUEST naming each that does not fit */
export function parseParameters<S extends z.ZodObject>(
  schema: S,
  parameters: Readonly<Record<string, unknown>>,
  provider: string,
): z.output<S> {
  const parsed = schema.safeParse(parameters);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'parameters'}: ${issue.message}`);
  throw modelErrors.BAD_REQUEST({ provider, reason: fields.join('; ') });
}

/** JSON Schema of an object. */
export type JsonObjectSchema = Record<string, z.core.util.JSONType>;

/** The parameters or credentials as JSON Schema, for the page. */
export const toParameterSchema = (schema: z.ZodObject): JsonObjectSchema =>
  z.toJSONSchema(schema, { io: 'input' }) as JsonObjectSchema;
