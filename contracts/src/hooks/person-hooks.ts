import * as z from 'zod';
import { defineHook } from '../define/hook.ts';
import { Id } from '../domain/ids.ts';

/** Somebody whose data leaves or goes. */
export const Person = z.object({ tenantId: z.string(), userId: Id });
export type Person = z.output<typeof Person>;

/** One file of an export; made while it is sent, so it may be larger than memory. */
export interface PersonFile {
  /** Within the plugin's folder: `profile.json`. Letters, digits, dots, dashes, one folder below another with `/`. */
  readonly path: string;
  /** What it holds, one sentence for who reads the export. */
  readonly about: string;
  /** Its content from the beginning; texts are written as UTF-8. */
  read(): AsyncIterable<Uint8Array | string>;
}

/** What one plugin adds to an export. */
export interface PersonExport {
  readonly pluginId: string;
  readonly files: readonly PersonFile[];
}

/**
 * Asked for what plugins keep of somebody outside records of scope `user`; those are exported without being asked for.
 * Nothing secret may be in it: no token, no hash.
 */
export const personExport = defineHook({
  id: 'person.export',
  kind: 'collect',
  summary: 'Asked for what plugins keep of somebody outside records of scope user, when that person exports it.',
  input: Person,
  output: z.custom<PersonExport>(),
  onError: 'fail',
  timeoutMs: 30_000,
});

/** What one plugin has erased. Shape: words and numbers, nothing of the person. */
export const PersonErased = z.object({
  pluginId: z.string().max(200),
  items: z.array(z.object({ what: z.string().max(100), count: z.number().int().min(0) })).max(50),
});
export type PersonErased = z.output<typeof PersonErased>;

/**
 * Erases what plugins keep of somebody outside records of scope `user`, which go by themselves after it, and ends what
 * would write such records anew. Called again until nothing was found any more, and after a failure, so a tap must be able
 * to begin again; it returns once all of it is gone.
 */
export const personErase = defineHook({
  id: 'person.erase',
  kind: 'collect',
  summary: 'Erases what plugins keep of somebody outside records of scope user, and ends what would write it anew.',
  input: Person,
  output: PersonErased,
  onError: 'fail',
  timeoutMs: 60_000,
});
