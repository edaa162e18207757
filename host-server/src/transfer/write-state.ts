import { existsSync, readFileSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type * as z from 'zod';
import { syncFolder } from '../archive/sync-folder.ts';

/** Writes what a command remembers, whole or not at all, through a loss of power. */
export async function writeState(path: string, state: unknown): Promise<void> {
  const draft = `${path}.new`;
  {
    await using file = await open(draft, 'w', 0o600);
    await file.writeFile(`${JSON.stringify(state, undefined, 1)}\n`);
    await file.sync();
  }
  await rename(draft, path);
  syncFolder(dirname(path));
}

/** What a command that was cut off remembers; `undefined` when none was. @throws ZodError, SyntaxError */
export const readState = <S extends z.ZodType>(path: string, schema: S): z.output<S> | undefined =>
  existsSync(path) ? schema.parse(JSON.parse(readFileSync(path, 'utf8'))) : undefined;

/** Forgets it. */
export async function removeState(path: string): Promise<void> {
  await rm(path, { force: true });
  syncFolder(dirname(path));
}
