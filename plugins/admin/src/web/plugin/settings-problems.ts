import { type JsonSchema, keyWords, type SchemaProblem } from '@parley/ui/schema-form';

/**
 * The server's problems as a form shows them. Shape: `notes: maxNotes: Too small` or `file:3: notes: limits.max: ...`;
 * the part that names a setting of the schema leads to its field, and a problem without one stands above the form.
 */
export function settingsProblems(texts: readonly string[], schema: JsonSchema): readonly SchemaProblem[] {
  return texts.map((text) => {
    const parts = text.split(/:\s+/);
    const at = parts.findIndex((part) => Object.hasOwn(schema.properties ?? {}, part.split('.')[0] ?? ''));
    if (at < 0) return { path: [], message: text };
    const path = (parts[at] ?? '').split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
    return { path, message: parts.slice(at + 1).join(': ') || keyWords(String(path.at(-1)), false).label };
  });
}
