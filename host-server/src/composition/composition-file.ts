import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { GrantsView, Isolation } from '@parley/contracts';
import * as z from 'zod';
import { hostErrors } from '../host-errors.ts';

const MAX_VERSIONS = 100;

/** What was changed of one plugin while serving. */
const ChangedEntry = z.strictObject({
  /** Present for a plugin that was added, or whose code was replaced. */
  use: z.string().optional(),
  isAdded: z.boolean().optional(),
  isEnabled: z.boolean().optional(),
  /** Over what file and defaults say; secrets in it are sealed. */
  settings: z.record(z.string(), z.unknown()).optional(),
  grants: GrantsView.optional(),
  isolation: Isolation.optional(),
});
export type ChangedEntry = z.output<typeof ChangedEntry>;
const Entries = z.record(z.string(), ChangedEntry);
/** What was changed while serving, by the id of the plugin. */
export type ChangedEntries = Readonly<z.output<typeof Entries>>;

const Version = z.strictObject({
  version: z.number().int(),
  at: z.iso.datetime(),
  by: z.string(),
  via: z.enum(['api', 'socket', 'file', 'start']),
  summary: z.string(),
  entries: Entries,
});
/** The changes as they were at one moment, and who made the last of them. */
export type CompositionVersion = z.output<typeof Version>;

const Stored = z.strictObject({ formatVersion: z.literal(1), versions: z.array(Version).min(1) });

/** Versions of the changes made while serving, in `<data>/composition.json`. */
export interface CompositionFile {
  readonly path: string;
  /** The oldest first; the last is the present one. */
  versions(): readonly CompositionVersion[];
  /**
   * Writes one more version beside the present file and makes it the present one when `commit` is called; until then a
   * crash leaves the former file as it is.
   */
  prepare(next: Omit<CompositionVersion, 'version'>): Promise<{ commit(): CompositionVersion; discard(): void }>;
}

const FIRST = {
  by: 'operator',
  via: 'start',
  summary: 'As the config file and the defaults say',
  entries: {},
} as const;

/** @throws HOST_BAD_COMPOSITION when the file is there and can not be read */
export function openCompositionFile(dataDir: string, now: () => number = Date.now): CompositionFile {
  const path = join(dataDir, 'composition.json');
  let versions = readVersions(path) ?? [{ version: 0, at: new Date(now()).toISOString(), ...FIRST }];
  return {
    path,
    versions: () => versions,
    async prepare(next) {
      const version: CompositionVersion = { ...next, version: (versions.at(-1)?.version ?? 0) + 1 };
      const kept = [...versions, version].slice(-MAX_VERSIONS);
      const draft = `${path}.new`;
      const text = `${JSON.stringify({ formatVersion: 1, versions: kept }, undefined, 1)}\n`;
      const file = await open(draft, 'w', 0o600);
      try {
        await file.writeFile(text);
        await file.sync();
      } finally {
        await file.close();
      }
      return {
        discard: () => rmSync(draft, { force: true }),
        commit() {
          renameSync(draft, path);
          syncFolder(dataDir);
          versions = kept;
          return version;
        },
      };
    },
  };
}

function readVersions(path: string): readonly CompositionVersion[] | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return Stored.parse(JSON.parse(readFileSync(path, 'utf8'))).versions;
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw hostErrors.BAD_COMPOSITION({ path, reason }, error);
  }
}

/** Makes a rename last through a loss of power; a system that can not open folders does it by itself. */
function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, 'r');
    fsyncSync(handle);
    closeSync(handle);
  } catch (error) {
    if (process.platform !== 'win32') throw error;
  }
}
