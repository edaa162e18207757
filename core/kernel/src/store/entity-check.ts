import { storageErrors } from '@parley/contracts';
import type { AnyEntity } from '@parley/contracts';
import type * as z from 'zod';

type Fields = Readonly<Record<string, unknown>>;

/** Checks what is about to be written against an entity's schema. */
export interface EntityCheck {
  /** All fields of a new record. @throws STORAGE_INVALID naming the fields */
  record(fields: Fields): Fields;
  /** Some fields of an existing one, each by itself. @throws STORAGE_INVALID naming the fields */
  patch(fields: Fields): Fields;
}

const describe = (issues: readonly z.core.$ZodIssue[]): string =>
  issues.map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`)).join('; ');

const checks = new WeakMap<AnyEntity, EntityCheck>();

function createEntityCheck(entity: AnyEntity): EntityCheck {
  const { schema } = entity;
  // An unknown field would vanish without a word; a schema that says what to do with it keeps its say.
  const strict = schema.def.catchall === undefined ? schema.strict() : schema;
  const invalid = (reason: string) => storageErrors.INVALID({ entity: entity.name, reason });
  return {
    record(fields) {
      const parsed = strict.safeParse(fields);
      if (!parsed.success) throw invalid(describe(parsed.error.issues));
      return parsed.data;
    },
    patch(fields) {
      const checked: Record<string, unknown> = {};
      const reasons: string[] = [];
      for (const [name, value] of Object.entries(fields)) {
        const field: z.core.$ZodType | undefined = schema.shape[name] ?? schema.def.catchall;
        if (field === undefined) {
          reasons.push(`${name}: this is not a field of it`);
          continue;
        }
        const parsed = (field as z.ZodType).safeParse(value);
        if (parsed.success) checked[name] = parsed.data;
        else reasons.push(describe(parsed.error.issues.map((issue) => ({ ...issue, path: [name, ...issue.path] }))));
      }
      if (reasons.length > 0) throw invalid(reasons.join('; '));
      return checked;
    },
  };
}

/** The check of an entity, made once for each. */
export function entityCheckOf(entity: AnyEntity): EntityCheck {
  const known = checks.get(entity);
  if (known !== undefined) return known;
  const created = createEntityCheck(entity);
  checks.set(entity, created);
  return created;
}
