import type { ModelEvent } from '@parley/contracts';

interface Annotation {
  readonly type?: string;
  readonly url?: string;
  readonly title?: string;
  readonly filename?: string;
}

/** Gathers the sources of an answer, each once; they are told after its words, which they would cut in two. */
export class Citations {
  readonly #byPlace = new Map<string, ModelEvent>();

  add(annotation: unknown): void {
    const { type, url, title, filename } = (annotation ?? {}) as Annotation;
    if (type === 'url_citation' && url !== undefined && URL.canParse(url)) {
      this.#byPlace.set(url, { type: 'part', part: { type: 'citation', title: title || url, url } });
    } else if (type === 'file_citation' && filename) {
      this.#byPlace.set(filename, { type: 'part', part: { type: 'citation', title: filename } });
    }
  }

  tell(emit: (event: ModelEvent) => void): void {
    for (const event of this.#byPlace.values()) emit(event);
    this.#byPlace.clear();
  }
}
