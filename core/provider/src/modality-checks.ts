import { isMediaType, modelErrors } from '@parley/contracts';
import type {
  EmbeddingModel,
  EmbeddingRequest,
  ImageModel,
  ImageRequest,
  SpeakingModel,
  SpeakingRequest,
  TranscriptionModel,
  TranscriptionRequest,
} from '@parley/contracts';

interface Listed {
  readonly id: string;
}

/** Who asks whom, for the words of an error. */
interface Asked<M> {
  readonly provider: string;
  readonly models: readonly M[];
}

const find = <M extends Listed>(id: string, { models }: Asked<M>): M => {
  const found = models.find((model) => model.id === id);
  if (found) return found;
  throw modelErrors.NOT_FOUND({ model: id, known: models.map((model) => model.id) });
};

const refuse = (provider: string, reason: string): Error => modelErrors.BAD_REQUEST({ provider, reason });

function requireListed(provider: string, what: string, wish: string | undefined, listed: readonly string[]): void {
  if (wish === undefined || listed.includes(wish)) return;
  throw refuse(provider, `${what} ${wish} is not one of ${listed.join(', ') || 'none'}`);
}

/** The model of a request for vectors. @throws MODEL_NOT_FOUND, MODEL_BAD_REQUEST */
export function checkEmbedding(request: EmbeddingRequest, asked: Asked<EmbeddingModel>): EmbeddingModel {
  const { provider } = asked;
  const model = find(request.model, asked);
  const empty = request.texts.indexOf('');
  if (empty >= 0) throw refuse(provider, `text ${empty + 1} of ${request.texts.length} is empty`);
  if (request.dimensions !== undefined && request.dimensions !== model.dimensions && !model.canShorten) {
    throw refuse(provider, `vectors of ${model.id} have a length of their own`);
  }
  return model;
}

/** The model of a request for pictures. @throws MODEL_NOT_FOUND, MODEL_BAD_REQUEST */
export function checkImage(request: ImageRequest, asked: Asked<ImageModel>): ImageModel {
  const { provider } = asked;
  const model = find(request.model, asked);
  const { count = 1, images = [], mask, background } = request;
  requireListed(provider, 'size', request.size, model.sizes);
  requireListed(provider, 'quality', request.quality, model.qualities);
  requireListed(provider, 'media type', request.mediaType, model.mediaTypes);
  if (count < 1 || count > model.maxCount)
    throw refuse(provider, `${count} pictures; 1 to ${model.maxCount} can be made`);
  if (images.length > model.maxImages) {
    throw refuse(provider, `${images.length} pictures to begin with; it takes ${model.maxImages}`);
  }
  if (mask && images.length === 0) throw refuse(provider, 'a mask without a picture to change');
  if (background === 'transparent' && !model.canBeTransparent) throw refuse(provider, 'a picture needs a background');
  return model;
}

/** The model of a recording. @throws MODEL_NOT_FOUND, MODEL_BAD_REQUEST */
export function checkTranscription(
  request: TranscriptionRequest,
  asked: Asked<TranscriptionModel>,
): TranscriptionModel {
  const { provider } = asked;
  const model = find(request.model, asked);
  const { audio, times } = request;
  const { mediaTypes, maxBytes = Number.POSITIVE_INFINITY } = model;
  if (!isMediaType(audio.mime, mediaTypes)) {
    throw refuse(provider, `recording of type ${audio.mime}; it takes ${mediaTypes.join(', ')}`);
  }
  if (audio.bytes.length > maxBytes) {
    throw refuse(provider, `recording of ${audio.bytes.length} bytes; it takes ${maxBytes}`);
  }
  requireListed(provider, 'times of', times, model.times);
  return model;
}

/** The model of a text to be read. @throws MODEL_NOT_FOUND, MODEL_BAD_REQUEST */
export function checkSpeaking(request: SpeakingRequest, asked: Asked<SpeakingModel>): SpeakingModel {
  const { provider } = asked;
  const model = find(request.model, asked);
  const { text, voice, mediaType } = request;
  const { voices, mediaTypes, maxCharacters = Number.POSITIVE_INFINITY } = model;
  const ids = voices.map(({ id }) => id);
  requireListed(provider, 'voice', voice, ids);
  requireListed(provider, 'media type', mediaType, mediaTypes);
  if (text.trim() === '') throw refuse(provider, 'there is nothing to read');
  if (text.length > maxCharacters) throw refuse(provider, `${text.length} characters; it reads ${maxCharacters}`);
  return model;
}
