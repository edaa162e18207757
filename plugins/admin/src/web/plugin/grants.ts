import type { GrantsView, PermissionsView } from '@parley/contracts';

/** What is granted name by name. */
export type GrantKind = 'network' | 'secrets' | 'hooks' | 'capabilities';

/** The kinds, the weightiest first. */
export const GRANT_KINDS: readonly GrantKind[] = ['network', 'secrets', 'hooks', 'capabilities'];

/** Whether one thing that a plugin asks for is granted: a list that is absent grants all. */
export const isGranted = (grants: GrantsView | undefined, kind: GrantKind, name: string): boolean =>
  grants?.[kind]?.includes(name) ?? true;

/** Grants with one thing given or taken. */
export function withGrant(
  grants: GrantsView | undefined,
  asked: PermissionsView,
  { kind, name, isGranted: isGiven }: { readonly kind: GrantKind; readonly name: string; readonly isGranted: boolean },
): GrantsView {
  const before = grants?.[kind] ?? asked[kind];
  const rest = before.filter((one) => one !== name);
  return { ...grants, [kind]: isGiven ? [...rest, name] : rest };
}

/** Whether two states of grants allow the same. */
export function isSameGrants(
  one: GrantsView | undefined,
  other: GrantsView | undefined,
  asked: PermissionsView,
): boolean {
  const lists = GRANT_KINDS.every((kind) =>
    asked[kind].every((name) => isGranted(one, kind, name) === isGranted(other, kind, name)),
  );
  return lists && (one?.storage ?? true) === (other?.storage ?? true);
}
