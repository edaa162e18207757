import type { Part as ApiPart } from '@google/genai';
import type { FileContent, ModelEvent, ModelRequest } from '@parley/contracts';
import { isFile, readFiles } from '@parley/provider';

// Kinds of files these models read; another one fails the whole request, and with it every later one.
const IMAGES = ['png', 'jpeg', 'webp', 'heic', 'heif'].map((type) => `image/${type}`);
const AUDIO = ['wav', 'x-wav', 'mp3', 'mpeg', 'aiff', 'aac', 'ogg', 'flac', 'm4a', 'mp4', 'webm'];
const VIDEO = ['mp4', 'mpeg', 'mov', 'quicktime', 'avi', 'x-flv', 'mpg', 'webm', 'wmv', '3gpp'];
const KINDS = [
  ...IMAGES,
  ...AUDIO.map((type) => `audio/${type}`),
  ...VIDEO.map((type) => `video/${type}`),
  'application/pdf',
  'text/*',
  'application/json',
];
// A request may have 20 MB, and base64 makes four bytes of three.
const INLINE_BYTES = 14 * 1_024 * 1_024;
const UPLOAD_BYTES = 200 * 1_024 * 1_024;

/** Keeps a file at the provider for a time, and gives the part that names it. */
export type Upload = (id: string, name: string, content: FileContent, signal: AbortSignal) => Promise<ApiPart>;

/** The files of a prompt as the API takes them, by their ids, and what the person has to know. */
export interface GivenFiles {
  readonly parts: ReadonlyMap<string, ApiPart>;
  readonly notices: readonly ModelEvent[];
}

const isWords = (mime: string): boolean => mime.startsWith('text/') || mime === 'application/json';

const lost = (name: string, why: string): ModelEvent => ({
  type: 'notice',
  level: 'warning',
  text: `${why}: ${name}. The model was told the name only.`,
});

/**
 * Reads the files of a prompt: text as text, the newest of the others in the request itself as long as there is room, the
 * rest uploaded where that is possible. @throws the reason of `signal`
 */
export async function givenFiles(
  request: Pick<ModelRequest, 'messages' | 'readFile'>,
  upload: Upload | undefined,
  signal: AbortSignal,
): Promise<GivenFiles> {
  const accepts = { kinds: KINDS, maxBytes: upload ? UPLOAD_BYTES : INLINE_BYTES };
  const { contents, notices } = await readFiles(request, accepts, signal);
  const names = new Map(
    request.messages.flatMap(({ parts }) => parts.filter(isFile).map(({ file }) => [file.id, file.name] as const)),
  );
  const parts = new Map<string, ApiPart>();
  const failed: ModelEvent[] = [];
  let room = INLINE_BYTES;
  for (const [id, content] of [...contents].toReversed()) {
    const { mime, bytes } = content;
    const name = names.get(id) ?? id;
    if (bytes.length <= room) {
      room -= bytes.length;
      if (isWords(mime)) parts.set(id, { text: `[file ${name}]\n${new TextDecoder().decode(bytes)}` });
      else parts.set(id, { inlineData: { mimeType: mime, data: Buffer.from(bytes).toString('base64') } });
    } else if (upload) {
      try {
        parts.set(id, await upload(id, name, content, signal));
      } catch {
        signal.throwIfAborted();
        failed.push(lost(name, 'Could not be uploaded'));
      }
    } else failed.push(lost(name, 'Too much for one request'));
  }
  return { parts, notices: [...notices, ...failed] };
}
