import * as z from 'zod';

/** What a server has given out and takes back from nobody else: signatures, encrypted thoughts and search results. */
export interface Issued {
  readonly opaque: ReadonlySet<string>;
}

/** What a provider's server would refuse a request for, in words; nothing for a request it takes. */
export type WireCheck = (body: unknown, issued?: Issued) => readonly string[];

/** A check of a shape, and of what no shape tells when the shape is right. */
export const wireCheck =
  <S extends z.ZodType>(schema: S, more: (body: z.output<S>, issued: Issued) => Iterable<string>): WireCheck =>
  (body, issued = { opaque: new Set() }) => {
    const parsed = schema.safeParse(body);
    return parsed.success ? [...more(parsed.data, issued)] : linesOf(parsed.error.issues);
  };

/** A problem of a union is told by the member that comes nearest to what was sent. */
function linesOf(issues: readonly z.core.$ZodIssue[], before: readonly PropertyKey[] = []): string[] {
  return issues.flatMap((issue) => {
    const path = [...before, ...issue.path];
    if (issue.code === 'invalid_union' && issue.errors.length > 0) {
      const nearest = issue.errors.toSorted((a, b) => a.length - b.length)[0];
      return linesOf(nearest ?? [], path);
    }
    return [`${path.join('.')}: ${issue.message}`];
  });
}

/** Text in Base64 of at least one byte. */
export const base64 = z
  .string()
  .regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/)
  .min(4);

/** Words that are more than white space. */
export const spoken = z.string().refine((text) => text.trim() !== '', 'must hold more than white space');

/** JSON Schema of an object. */
export const objectSchema = z.looseObject({ type: z.literal('object') });

/** Tells of each value that comes a second time. */
export function* repeated(what: string, values: readonly string[]): Iterable<string> {
  const seen = new Set<string>();
  for (const value of values) {
    if (seen.has(value)) yield `${what} ${value} is there twice`;
    seen.add(value);
  }
}

/** JSON as text. */
export const isJson = z.string().refine((text) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}, 'must be JSON');
