import { isMediaType } from '@parley/contracts';
import type { FileContent, ModelEvent, ModelRequest } from '@parley/contracts';
import { isFile } from './parts.ts';

/** The files of a prompt, as far as the model can take them. */
export interface PromptFiles {
  /** By the file's id. */
  readonly contents: ReadonlyMap<string, FileContent>;
  /** Tells the person which files the model only hears the name of, and why. */
  readonly notices: readonly ModelEvent[];
}

const notice = (names: readonly string[], reason: string): ModelEvent[] =>
  names.length === 0
    ? []
    : [{ type: 'notice', level: 'warning', text: `${reason}: ${names.join(', ')}. The model was told the name only.` }];

/**
 * Reads the files of a prompt that the model takes; `maxBytes` may differ by media type. A file that can't be read, or is
 * too large, becomes a notice; only an abort ends the request.
 */
export async function readFiles(
  request: Pick<ModelRequest, 'messages' | 'readFile'>,
  accepts: { readonly kinds: readonly string[]; readonly maxBytes: number | ((mime: string) => number) },
  signal: AbortSignal,
): Promise<PromptFiles> {
  const { maxBytes } = accepts;
  const limitOf = typeof maxBytes === 'number' ? () => maxBytes : maxBytes;
  const files = request.messages.flatMap(({ parts }) => parts.filter(isFile).map(({ file }) => file));
  const contents = new Map<string, FileContent>();
  const [foreign, large, lost]: [string[], string[], string[]] = [[], [], []];
  for (const file of files) {
    if (contents.has(file.id)) continue;
    if (!isMediaType(file.mime, accepts.kinds)) foreign.push(file.name);
    else if (file.sizeBytes > limitOf(file.mime)) large.push(file.name);
    else {
      try {
        if (request.readFile) contents.set(file.id, await request.readFile(file, signal));
        else lost.push(file.name);
      } catch {
        signal.throwIfAborted();
        lost.push(file.name);
      }
    }
  }
  return {
    contents,
    notices: [
      ...notice(foreign, 'This model does not read files of this kind'),
      ...notice(large, 'Too large for this model'),
      ...notice(lost, 'Could not be read'),
    ],
  };
}
