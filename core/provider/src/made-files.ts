import type { ModelEvent, ModelRequest, NewFile } from '@parley/contracts';

/** A file in the answer of a model, before it is kept. */
export interface MadeFile {
  readonly type: 'made-file';
  readonly file: NewFile;
}

async function keep(
  file: NewFile,
  { saveFile }: Pick<ModelRequest, 'saveFile'>,
  signal: AbortSignal,
): Promise<ModelEvent> {
  const lost = (why: string): ModelEvent => ({
    type: 'notice',
    level: 'warning',
    text: `The model made ${file.name}, but ${why}.`,
  });
  if (saveFile === undefined) return lost('files can not be kept here');
  try {
    return { type: 'part', part: { type: 'file', file: await saveFile(file, signal) } };
  } catch {
    signal.throwIfAborted();
    return lost('it could not be saved');
  }
}

/** The answer with its files kept: each becomes a part, or a notice where that fails. Only an abort ends the answer. */
export async function* keepMadeFiles(
  events: AsyncIterable<ModelEvent | MadeFile>,
  request: Pick<ModelRequest, 'saveFile'>,
  signal: AbortSignal,
): AsyncGenerator<ModelEvent> {
  for await (const event of events) yield event.type === 'made-file' ? await keep(event.file, request, signal) : event;
}
