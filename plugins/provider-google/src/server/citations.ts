import type { Candidate, GroundingChunk } from '@google/genai';
import type { CitationPart } from '@parley/contracts';

interface Source {
  readonly title?: string | undefined;
  readonly uri?: string | undefined;
  readonly text?: string | undefined;
}

function toCitation({ title, uri, text }: Source): CitationPart {
  const isUrl = uri !== undefined && URL.canParse(uri);
  return {
    type: 'citation',
    title: title || uri || 'Source',
    ...(isUrl ? { url: uri } : {}),
    ...(text ? { quote: text } : {}),
  };
}

const sourceOf = ({ web, retrievedContext, maps, image }: GroundingChunk): Source[] => {
  if (web) return [web];
  if (retrievedContext) return [retrievedContext];
  if (maps) return [{ title: maps.title, uri: maps.uri }];
  return image ? [{ title: image.title, uri: image.sourceUri }] : [];
};

/** The sources that an answer, or a piece of it, rests on: searched, opened, or quoted at length. */
export function toCitations(candidate: Candidate): CitationPart[] {
  const { groundingMetadata, urlContextMetadata, citationMetadata } = candidate;
  const opened = (urlContextMetadata?.urlMetadata ?? []).filter(
    ({ urlRetrievalStatus }) => String(urlRetrievalStatus) === 'URL_RETRIEVAL_STATUS_SUCCESS',
  );
  return [
    ...(groundingMetadata?.groundingChunks ?? []).flatMap(sourceOf),
    ...opened.map(({ retrievedUrl }) => ({ uri: retrievedUrl })),
    ...(citationMetadata?.citations ?? []).map(({ title, uri }) => ({ title, uri })),
  ].map(toCitation);
}
