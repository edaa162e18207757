import type { CitationPart, Message, Part } from '@parley/contracts';
import { useRun, useRunStore } from '@parley/web/runs';

/** Whether a part is a source of the answer. */
export const isCitation = (part: Part | undefined): part is CitationPart =>
  part?.type === 'citation' && 'title' in part && !('mime' in part);

/** Sources that stand together. */
export interface Citations {
  readonly items: readonly CitationPart[];
  /** Number of the first one in the answer. */
  readonly first: number;
}

/** The sources from one place of an answer on, live or stored, up to the next part that is none. */
export function useCitations(message: Message, runId: string | undefined, index: number): Citations {
  const store = useRunStore();
  const count = Math.max(useRun(runId)?.partCount ?? 0, message.parts.length);
  const items: CitationPart[] = [];
  let first = 1;
  for (let at = 0; at < count; at += 1) {
    const part = (runId === undefined ? undefined : store.getPart(runId, at)?.part) ?? message.parts[at];
    if (at < index) first += isCitation(part) ? 1 : 0;
    else if (isCitation(part)) items.push(part);
    else break;
  }
  return { items, first };
}

/** Where a source is from: the host of its address. */
export function siteOf({ url }: CitationPart): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : undefined;
}
