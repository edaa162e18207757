/**
 * What an operator allows one plugin to use of what it declares. Shape: a field that is absent allows nothing of its
 * kind.
 */
export interface Grants {
  /** Entries of the manifest's `permissions.network`. */
  readonly network?: readonly string[];
  /** Entries of the manifest's `secrets`. */
  readonly secrets?: readonly string[];
  /** Ids of hooks it may tap. */
  readonly hooks?: readonly string[];
  /** Ids of capabilities it may use and provide. */
  readonly capabilities?: readonly string[];
  /** Whether it may keep records. */
  readonly storage?: boolean;
}
