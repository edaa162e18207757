import type { Citation, CitationsDelta } from '@aws-sdk/client-bedrock-runtime';
import type { ModelEvent } from '@parley/contracts';

/** A source of the answer, as a part. */
export function toCitation({ title, source, sourceContent, location }: Citation | CitationsDelta): ModelEvent {
  const url = location?.web?.url;
  const quote = (sourceContent ?? []).map(({ text }) => text ?? '').join('');
  return {
    type: 'part',
    part: {
      type: 'citation',
      title: title || source || location?.web?.domain || url || 'Source',
      ...(url !== undefined && URL.canParse(url) ? { url } : {}),
      ...(quote === '' ? {} : { quote }),
    },
  };
}
