import type { MadeFile } from '@parley/provider';
import type { ResponseOutputItem } from 'openai/resources/responses/responses';

type Picture = Pick<
  Extract<ResponseOutputItem, { type: 'image_generation_call' }>,
  'result' | 'output_format' | 'revised_prompt'
>;

const LONGEST_NAME = 60;

/** A name from what the picture was to show. */
const nameOf = (prompt: string | null | undefined, format: string): string => {
  const said = (prompt ?? '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, LONGEST_NAME)
    .replace(/^-|-$/g, '');
  return `${said || 'picture'}.${format}`;
};

/** The picture that the built-in tool made; nothing where it failed. */
export function toMadeFile({ result, output_format, revised_prompt }: Picture): MadeFile | undefined {
  if (!result) return undefined;
  const format = output_format ?? 'png';
  const mime = format === 'svg' ? 'image/svg+xml' : `image/${format}`;
  return {
    type: 'made-file',
    file: { name: nameOf(revised_prompt, format), mime, bytes: Buffer.from(result, 'base64') },
  };
}

/** The picture that an address holds; nothing where it only points to one. */
export function fromDataUrl(url: string): MadeFile | undefined {
  const [, format, base64] = /^data:image\/([\w+.-]+);base64,(.+)$/.exec(url) ?? [];
  if (format === undefined || base64 === undefined) return undefined;
  const name = nameOf(undefined, format === 'svg+xml' ? 'svg' : format);
  return { type: 'made-file', file: { name, mime: `image/${format}`, bytes: Buffer.from(base64, 'base64') } };
}
