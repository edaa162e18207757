import type { MadeFile } from '@parley/provider';

/** A picture that the model made, as a file to be kept. Shape: `format` is the API's name, such as `png`. */
export const toMadeImage = (format: string, bytes: Uint8Array): MadeFile => ({
  type: 'made-file',
  file: { name: `image.${format}`, mime: `image/${format}`, bytes },
});
