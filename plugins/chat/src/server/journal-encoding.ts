import type { LogChunk } from './log-encoding.ts';

// Lines of a log begin with a digit or a brace, and JSON has no line breaks of its own, so this is a header wherever it is.
const HEADER = '\n=';

/**
 * What one run said in one commit, as a piece of the journal.
 * Shape: a line `=<run id> <position of the first event>`, then the lines of the log.
 */
export const encodeEntry = (runId: string, { firstSeq, text }: LogChunk): string =>
  `${HEADER}${runId} ${firstSeq}\n${text}`;

function countLines(text: string): number {
  let count = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

const decodeChunk = (firstSeq: string, text: string): LogChunk => {
  const first = Number(firstSeq);
  return { firstSeq: first, lastSeq: first + countLines(text) - 1, text };
};

/** What one run said in a commit; `undefined` when it said nothing. */
export function findEntry(entries: string, runId: string): LogChunk | undefined {
  const header = `${HEADER}${runId} `;
  const start = entries.indexOf(header);
  if (start === -1) return undefined;
  const body = entries.indexOf('\n', start + header.length);
  const end = entries.indexOf(HEADER, body);
  return decodeChunk(entries.slice(start + header.length, body), entries.slice(body + 1, end === -1 ? undefined : end));
}

/** What all runs said in a commit. */
export function decodeEntries(entries: string): (readonly [runId: string, chunk: LogChunk])[] {
  if (entries === '') return [];
  return entries
    .slice(HEADER.length)
    .split(HEADER)
    .map((entry) => {
      const space = entry.indexOf(' ');
      const body = entry.indexOf('\n');
      return [entry.slice(0, space), decodeChunk(entry.slice(space + 1, body), entry.slice(body + 1))] as const;
    });
}

/** Stands where everything was taken out: without any entry, a record would close its journal. */
const NOTHING = encodeEntry('-', { firstSeq: 1, lastSeq: 1, text: '' });

/** Entries without what these runs said. */
export function withoutRuns(entries: string, runIds: ReadonlySet<string>): string {
  const all = decodeEntries(entries);
  const kept = all.filter(([runId]) => !runIds.has(runId));
  if (kept.length === all.length) return entries;
  return kept.map(([runId, chunk]) => encodeEntry(runId, chunk)).join('') || NOTHING;
}
