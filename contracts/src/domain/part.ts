import * as z from 'zod';
import { FileRef } from './file-ref.ts';

/**
 * What a provider wants back with the part in later turns and only it can read: the signature of a thought, encrypted
 * reasoning. Shape: `family` says who can read it; providers of other families leave it out.
 */
export const Opaque = z.object({ family: z.string().min(1), data: z.json() });

/** Words of the answer or the prompt, in Markdown. */
export const TextPart = z.object({ type: z.literal('text'), text: z.string(), opaque: Opaque.optional() });

/** What the model thought before it answered; empty where its provider hides it. `durationMs` is the time it took. */
export const ReasoningPart = z.object({
  type: z.literal('reasoning'),
  text: z.string(),
  durationMs: z.number().min(0).optional(),
  opaque: Opaque.optional(),
});

/** One use of a tool. A call without a result has an unknown outcome. */
export const ToolCallPart = z.object({
  type: z.literal('tool-call'),
  callId: z.string(),
  name: z.string(),
  input: z.unknown(),
  status: z.enum(['pending', 'awaiting-approval', 'running', 'done', 'failed', 'denied', 'unknown']),
  output: z.unknown().optional(),
  error: z.string().optional(),
  opaque: Opaque.optional(),
});

/** A file that belongs to the message. */
export const FilePart = z.object({ type: z.literal('file'), file: FileRef });

/** A source the answer rests on. */
export const CitationPart = z.object({
  type: z.literal('citation'),
  title: z.string(),
  url: z.url().optional(),
  quote: z.string().optional(),
});

/** Something made to be looked at beside the thread: a page, a drawing, a document. */
export const ArtifactPart = z.object({
  type: z.literal('artifact'),
  artifactId: z.string(),
  title: z.string(),
  mime: z.string(),
  content: z.string(),
});

/** A part type of a plugin: `x.<plugin>.<name>`, with data the plugin's renderer knows. */
export const PluginPart = z.object({ type: z.string().regex(/^x\.[a-z0-9-]+(\.[a-z0-9-]+)+$/), data: z.unknown() });

/** One piece of a message. Open to plugins through `PluginPart`, never by editing this union. */
export const Part = z.union([TextPart, ReasoningPart, ToolCallPart, FilePart, CitationPart, ArtifactPart, PluginPart]);
export type Part = z.output<typeof Part>;
export type Opaque = z.output<typeof Opaque>;
export type TextPart = z.output<typeof TextPart>;
export type ReasoningPart = z.output<typeof ReasoningPart>;
export type ToolCallPart = z.output<typeof ToolCallPart>;
export type FilePart = z.output<typeof FilePart>;
export type CitationPart = z.output<typeof CitationPart>;
export type ArtifactPart = z.output<typeof ArtifactPart>;
export type PluginPart = z.output<typeof PluginPart>;
