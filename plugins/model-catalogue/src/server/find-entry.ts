import type { CatalogueEntry, CatalogueFile } from './entries.ts';

const DIGIT = /[YMDN]/;
const isDigit = (character: string): boolean => character >= '0' && character <= '9';

/** Whether the end of an id is a date or number of the form that was declared. */
function isSnapshot(ending: string, form: string): boolean {
  if (ending.length !== form.length) return false;
  return Array.from(form).every((expected, index) => {
    const found = ending[index] ?? '';
    return DIGIT.test(expected) ? isDigit(found) : found === expected;
  });
}

/** Finds entries of one family by id: by the whole id, or by a whole id with the ending that its entry declares. */
export function createFinder({ prefixes = [], models }: Omit<CatalogueFile, 'family'>) {
  const byId = new Map<string, CatalogueEntry>();
  for (const entry of models) for (const id of [entry.id, ...(entry.aliases ?? [])]) byId.set(id, entry);
  const forms = [...new Set(models.flatMap(({ snapshots = [] }) => snapshots))];

  const findSnapshot = (id: string): CatalogueEntry | undefined => {
    for (const form of forms) {
      const entry = byId.get(id.slice(0, -form.length));
      if (entry?.snapshots?.includes(form) && isSnapshot(id.slice(-form.length), form)) return entry;
    }
    return undefined;
  };

  return (id: string): CatalogueEntry | undefined => {
    const found = byId.get(id) ?? findSnapshot(id);
    if (found) return found;
    const prefix = prefixes.find((each) => id.startsWith(each));
    if (prefix === undefined) return undefined;
    const rest = id.slice(prefix.length);
    return byId.get(rest) ?? findSnapshot(rest);
  };
}
