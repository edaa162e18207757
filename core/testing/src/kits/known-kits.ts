import { busKit } from './cache/bus-kit.ts';
import { cacheKit } from './cache/cache-kit.ts';
import { embeddingProviderKit } from './embedding-provider/embedding-provider-kit.ts';
import { imageProviderKit } from './image-provider/image-provider-kit.ts';
import { modelProviderKit } from './model-provider/model-provider-kit.ts';
import { searchIndexKit } from './search-index/search-index-kit.ts';
import { speechProviderKit } from './speech-provider/speech-provider-kit.ts';
import { storageDriverKit } from './storage-driver/storage-driver-kit.ts';
import { toolSourceKit } from './tool-source/tool-source-kit.ts';

/** Capabilities that have a kit: a plugin that provides one of them is expected to play it. */
export const knownKits: ReadonlySet<string> = new Set(
  [
    busKit,
    cacheKit,
    embeddingProviderKit,
    imageProviderKit,
    modelProviderKit,
    searchIndexKit,
    speechProviderKit,
    storageDriverKit,
    toolSourceKit,
  ].map(({ capability }) => capability),
);
