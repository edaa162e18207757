import * as z from 'zod';
import { Id } from './ids.ts';

/** A stored file as messages refer to it; access is checked at each use. */
export const FileRef = z.object({
  id: Id,
  name: z.string().min(1).max(255),
  /** Media type found in the content, never the one claimed. */
  mime: z.string(),
  sizeBytes: z.number().int().min(0),
});
export type FileRef = z.output<typeof FileRef>;
