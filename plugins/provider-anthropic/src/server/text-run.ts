import type { CitationsDelta, TextCitation, TextCitationParam } from '@anthropic-ai/sdk/resources/messages';
import type { CitationPart, ModelEvent } from '@parley/contracts';
import { keep } from './family.ts';
import type { CitedBlock } from './family.ts';

type Emit = (event: ModelEvent) => void;

function toCitation(citation: TextCitation): CitationPart {
  const url = 'url' in citation ? citation.url : undefined;
  const title = ('title' in citation ? citation.title : citation.document_title) || url || 'Source';
  return {
    type: 'citation',
    title: citation.type === 'page_location' ? `${title}, page ${citation.start_page_number}` : title,
    quote: citation.cited_text,
    ...(url !== undefined && URL.canParse(url) ? { url } : {}),
  };
}

// Places in documents count from the documents of one request; only sources from the web mean the same in the next.
const lasts = (citation: TextCitation): citation is Extract<TextCitation, { encrypted_index: string }> =>
  citation.type === 'web_search_result_location';

/** The blocks of text that make one text part, and the sources each of them names. */
export class TextRun {
  #length = 0;
  #blocks: CitedBlock[] = [];
  #citations: TextCitationParam[] = [];
  #parts = new Map<string, CitationPart>();

  add(text: string): void {
    this.#length += text.length;
  }

  cite({ citation }: CitationsDelta): void {
    const part = toCitation(citation);
    this.#parts.set(JSON.stringify(part), part);
    if (lasts(citation)) this.#citations.push(citation);
  }

  endBlock(): void {
    this.#blocks.push({ end: this.#length, citations: this.#citations });
    this.#citations = [];
  }

  /** Ends the text part: with what the models want back of it, then its sources, each once. */
  end(emit: Emit): void {
    const blocks = this.#blocks;
    const parts = this.#parts;
    this.#length = 0;
    this.#blocks = [];
    this.#parts = new Map();
    if (blocks.some(({ citations }) => citations.length > 0)) {
      emit({ type: 'text', text: '', opaque: keep({ blocks }) });
    }
    for (const part of parts.values()) emit({ type: 'part', part });
  }
}
