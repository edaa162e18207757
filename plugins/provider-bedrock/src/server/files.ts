import type {
  AudioFormat,
  ContentBlock,
  DocumentBlock,
  DocumentFormat,
  ImageFormat,
  VideoFormat,
} from '@aws-sdk/client-bedrock-runtime';
import type { FileContent, StatedAbilities } from '@parley/contracts';

const IMAGES: Readonly<Record<string, ImageFormat>> = {
  'image/png': 'png',
  'image/jpeg': 'jpeg',
  'image/gif': 'gif',
  'image/webp': 'webp',
};
const DOCUMENTS: Readonly<Record<string, DocumentFormat>> = {
  'application/pdf': 'pdf',
  'application/msword': 'doc',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.ms-excel': 'xls',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'text/csv': 'csv',
  'text/html': 'html',
  'text/markdown': 'md',
  'text/plain': 'txt',
};
// Any other text goes as plain text.
const TEXTS = ['text/*', 'application/json', 'application/xml', 'application/yaml', 'application/x-yaml'];
const isText = (mime: string): boolean => mime.startsWith('text/') || TEXTS.includes(mime);
const VIDEOS: Readonly<Record<string, VideoFormat>> = {
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
  'video/x-matroska': 'mkv',
  'video/webm': 'webm',
  'video/mpeg': 'mpeg',
  'video/x-flv': 'flv',
  'video/x-ms-wmv': 'wmv',
  'video/3gpp': 'three_gp',
};
const SOUNDS: Readonly<Record<string, AudioFormat>> = {
  'audio/mpeg': 'mp3',
  'audio/wav': 'wav',
  'audio/x-wav': 'wav',
  'audio/ogg': 'ogg',
  'audio/flac': 'flac',
  'audio/aac': 'aac',
  'audio/mp4': 'm4a',
  'audio/webm': 'webm',
};

const MB = 1_000_000;

/** The media types a model takes; all there are for a model that nothing is known of. */
export const kindsFor = (abilities: StatedAbilities | undefined): readonly string[] => [
  ...((abilities?.vision ?? true) ? Object.keys(IMAGES) : []),
  ...((abilities?.files ?? true) ? [...Object.keys(DOCUMENTS), ...TEXTS] : []),
  ...((abilities?.video ?? true) ? Object.keys(VIDEOS) : []),
  ...((abilities?.audio ?? true) ? Object.keys(SOUNDS) : []),
];

/** Largest file of a media type that the API takes. Unit: bytes. */
export const maxBytesOf = (mime: string): number => {
  if (mime in IMAGES) return 3.75 * MB;
  return mime in DOCUMENTS || isText(mime) ? 4.5 * MB : 25 * MB;
};

/** Gives documents names that the API takes, no two alike: letters, digits, single spaces, `-()[]`. */
export class DocumentNames {
  readonly #given = new Set<string>();

  nameFor(fileName: string): string {
    const bare = fileName.replace(/\.\w{1,5}$/, '').replaceAll(/[^A-Za-z0-9\-()[\]]+/g, ' ');
    const name = bare.trim().slice(0, 100).trim() || 'document';
    for (let count = 1; ; count += 1) {
      const candidate = count === 1 ? name : `${name} (${count})`;
      if (this.#given.has(candidate)) continue;
      this.#given.add(candidate);
      return candidate;
    }
  }
}

/** How many of a kind one message may hold. */
export const MOST: Readonly<Record<string, number>> = { image: 20, document: 5 };

/** The block for a file, or nothing when its content is of no kind the API knows. */
export function toFileBlock(
  { mime, bytes }: FileContent,
  document: { readonly name: () => string; readonly isCited: boolean },
): ContentBlock | undefined {
  const source = { bytes };
  const [image, video, audio] = [IMAGES[mime], VIDEOS[mime], SOUNDS[mime]];
  if (image) return { image: { format: image, source } };
  if (video) return { video: { format: video, source } };
  if (audio) return { audio: { format: audio, source } };
  const format = DOCUMENTS[mime] ?? (isText(mime) ? 'txt' : undefined);
  if (!format) return undefined;
  const block: DocumentBlock = { format, name: document.name(), source };
  return { document: document.isCited ? { ...block, citations: { enabled: true } } : block };
}
