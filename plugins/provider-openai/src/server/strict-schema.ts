interface Schema {
  readonly type?: unknown;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: unknown;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Whether an answer can be bound to a JSON Schema strictly: each of its objects is closed and asks for all its properties.
 * The servers refuse others in strict mode.
 */
export function isStrictSchema(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.every(isStrictSchema);
  if (!isObject(schema)) return true;
  const { type, properties, required = [], additionalProperties }: Schema = schema;
  if (type === 'object' || properties !== undefined) {
    if (additionalProperties !== false) return false;
    if (!Object.keys(properties ?? {}).every((name) => required.includes(name))) return false;
    if (!Object.values(properties ?? {}).every(isStrictSchema)) return false;
  }
  const rest = Object.entries(schema).filter(([name]) => name !== 'properties' && name !== 'enum' && name !== 'const');
  return rest.every(([, value]) => isStrictSchema(value));
}
