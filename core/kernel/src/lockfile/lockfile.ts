import * as z from 'zod';
import { invalidComposition } from '../kernel-errors.ts';

/** The lockfile stands next to the config file, or in the data folder of a host without one. */
export const LOCKFILE_NAME = 'parley.lock.json';

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 of 64 hexadecimal digits');

const LockedPlugin = z.strictObject({
  version: z.string().min(1),
  /** SHA-256 of its `plugin.manifest.json`. */
  manifestHash: Sha256,
  /** SHA-256 over the sorted list of its files and their hashes: the `integrity` of its manifest. */
  filesHash: Sha256,
  /** What the operator allowed; a field that is absent allows nothing of its kind. */
  grants: z.strictObject({
    network: z.array(z.string()).optional(),
    secrets: z.array(z.string()).optional(),
    hooks: z.array(z.string()).optional(),
    capabilities: z.array(z.string()).optional(),
    storage: z.boolean().optional(),
  }),
});
/** One installed plugin as the operator accepted it. */
export type LockedPlugin = z.output<typeof LockedPlugin>;

const LockfileSchema = z.strictObject({
  formatVersion: z.literal(1),
  plugins: z.record(z.string(), LockedPlugin),
});

/** Which version of each third-party plugin was installed, what its files are, and what it was granted. */
export interface Lockfile {
  /** By the plugin's own id. */
  readonly plugins: Readonly<Record<string, LockedPlugin>>;
}

function readJson(text: string, fileName: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw invalidComposition([`${fileName} is no JSON: ${reason}; take back the last change of it`]);
  }
}

/** The lockfile in a text. @throws KERNEL_INVALID with every problem */
export function parseLockfile(text: string, fileName: string): Lockfile {
  const parsed = LockfileSchema.safeParse(readJson(text, fileName));
  if (parsed.success) return { plugins: parsed.data.plugins };
  throw invalidComposition(
    parsed.error.issues.map(
      ({ path, message }) => `${fileName}: ${path.map(String).join('.') || 'the file'}: ${message}`,
    ),
  );
}

/** The text of a lockfile, plugins in alphabetical order, so that a change shows as a change of its own lines only. */
export function formatLockfile({ plugins }: Lockfile): string {
  const sorted = Object.fromEntries(
    Object.entries(plugins)
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([id, { version, manifestHash, filesHash, grants }]) => [id, { version, manifestHash, filesHash, grants }]),
  );
  return `${JSON.stringify({ formatVersion: 1, plugins: sorted }, undefined, 2)}\n`;
}
