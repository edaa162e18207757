import type { FileContent, GeneratedImage, ImageModel, ImageProvider, ImageRequest, Usage } from '@parley/contracts';
import { checkImage } from '@parley/provider';
import type { ImagesResponse } from 'openai/resources/images';
import { isAtHome } from '../config.ts';
import { createAsker } from './context.ts';
import type { ModalityDeps } from './context.ts';

type Format = 'png' | 'webp' | 'jpeg';

const formatOf = (mediaType: string | undefined): Format | undefined => mediaType?.replace('image/', '') as Format;

const toFile = ({ bytes, mime }: FileContent, name: string): File =>
  new File([Uint8Array.from(bytes)], `${name}.${mime.replace(/^image\//, '')}`, { type: mime });

/** What generations and edits have in common. */
function toWishes({ model, prompt, size, quality, background, mediaType, count = 1 }: ImageRequest, isHome: boolean) {
  const format = formatOf(mediaType);
  return {
    model,
    prompt,
    n: count,
    ...(size === undefined ? {} : { size }),
    ...(quality === undefined ? {} : { quality: quality as 'high' }),
    ...(background === undefined ? {} : { background }),
    ...(format === undefined ? {} : { output_format: format }),
    // OpenAI's own models always send the picture itself; other servers may send an address, which nobody may reach.
    ...(isHome ? {} : { response_format: 'b64_json' as const }),
  };
}

function toUsage({ usage }: Pick<ImagesResponse, 'usage'>): Usage | undefined {
  if (!usage) return undefined;
  return { inputTokens: usage.input_tokens, outputTokens: usage.output_tokens };
}

/** Pictures of one server, through the official SDK. */
export function createImages(deps: ModalityDeps & { readonly models: readonly ImageModel[] }): ImageProvider {
  const { models, config } = deps;
  const provider = config.title;
  const isHome = isAtHome(config);
  // A picture takes longer than the first word of an answer, and is paid for each time.
  const limits = { ...config, firstByteTimeoutMs: config.imageTimeoutMs, maxRetries: 0 };
  const asker = createAsker({ ...deps, config: limits });

  const toImage = (image: NonNullable<ImagesResponse['data']>[number], mime: string): GeneratedImage => {
    if (!image.b64_json) throw asker.odd('the answer holds no picture');
    const revised = image.revised_prompt;
    const bytes = Uint8Array.from(Buffer.from(image.b64_json, 'base64'));
    return { bytes, mime, ...(revised ? { revisedPrompt: revised } : {}) };
  };

  return {
    listModels: (_signal, credentials) => asker.list(models, credentials),
    async generate(request, signal) {
      signal.throwIfAborted();
      checkImage(request, { provider, models });
      const { images = [], mask, model, credentials, mediaType = 'image/png' } = request;
      const wishes = toWishes(request, isHome);
      const answer = await asker.ask({ model, credentials, signal }, (client, closing) => {
        if (images.length === 0) return client.images.generate(wishes, { signal: closing });
        const image = images.map((content, index) => toFile(content, `picture-${index + 1}`));
        const body = { ...wishes, image, ...(mask ? { mask: toFile(mask, 'mask') } : {}) };
        return client.images.edit(body, { signal: closing });
      });
      const { data = [], output_format: format } = answer as ImagesResponse;
      if (data.length === 0) throw asker.odd('the answer holds no picture');
      const mime = format ? `image/${format}` : mediaType;
      const usage = toUsage(answer);
      return { images: data.map((image) => toImage(image, mime)), ...(usage ? { usage } : {}) };
    },
  };
}
