import type { FileContent, ModelInfo } from '@parley/contracts';

const IMAGES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'];
const TEXTS = ['text/*', 'application/json', 'application/xml', 'application/yaml', 'application/x-yaml'];
const MAX_FILE_BYTES = 30 * 1_024 * 1_024;

/** The files that a model reads; where the server has told nothing, it may see. */
export const acceptedFiles = (abilities: ModelInfo['abilities'] | undefined) => ({
  kinds: [...(abilities?.vision === false ? [] : IMAGES), ...TEXTS],
  maxBytes: MAX_FILE_BYTES,
});

/** Whether a file goes as a picture. */
export const isImage = ({ mime }: FileContent): boolean => mime.startsWith('image/');

/** A text file as words. */
export const toFileWords = (name: string, { bytes }: FileContent): string =>
  `[file ${name}]\n${new TextDecoder().decode(bytes)}`;
