import { manifestOf } from '@parley/kernel';
import type { AnyPlugin } from '@parley/kernel';
import { packageErrors } from './package-errors.ts';
import type { PackageManifest } from './package-manifest.ts';

/** The static part of a plugin as it stands in a package: what `manifestOf` says, through JSON. */
export const staticPart = (plugin: AnyPlugin): Record<string, unknown> =>
  JSON.parse(JSON.stringify(manifestOf(plugin))) as Record<string, unknown>;

/**
 * Holds the code of a package against its manifest, since the operator granted what the manifest says.
 * @throws PACKAGE_DIFFERS with each place that is not the same
 */
export function assertSameAsCode(manifest: PackageManifest, plugin: AnyPlugin): void {
  const differences = differencesOf(manifest.plugin, staticPart(plugin));
  if (differences.length === 0) return;
  throw packageErrors.DIFFERS({ plugin: manifest.plugin.id, differences: differences.join('; ') });
}

/** Of the settings only names and secrets are compared: libraries of another version write the same schema differently. */
function differencesOf(stated: Record<string, unknown>, real: Record<string, unknown>): readonly string[] {
  const names = [...new Set([...Object.keys(stated), ...Object.keys(real)])].toSorted();
  return names.flatMap((name) => {
    const [left, right] =
      name === 'configSchema' ? [namesOf(stated[name]), namesOf(real[name])] : [stated[name], real[name]];
    const [says, is] = [canonical(left), canonical(right)];
    return says === is ? [] : [`${name} is ${shorten(is)}, the manifest says ${shorten(says)}`];
  });
}

const namesOf = (schema: unknown): readonly string[] =>
  typeof schema === 'object' && schema !== null && 'properties' in schema
    ? Object.keys(schema.properties as object).toSorted()
    : [];

const shorten = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text);

/** JSON with sorted keys, in which a missing value, an empty list and an empty object are one. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'nothing' : `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return value === undefined ? 'nothing' : JSON.stringify(value);
  const entries = Object.entries(value)
    .map(([key, each]) => [key, canonical(each)] as const)
    .filter(([, each]) => each !== 'nothing')
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0
    ? 'nothing'
    : `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${each}`).join(',')}}`;
}
