/** JSON Schema of settings, as data. */
export type JsonSchema = Readonly<Record<string, unknown>>;
