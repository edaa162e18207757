import type { Part as ApiPart } from '@google/genai';
import { newId } from '@parley/contracts';
import type { ModelEvent, Opaque } from '@parley/contracts';
import type { MadeFile } from '@parley/provider';
import type { Kept } from './family.ts';

/** Takes what a piece of an answer holds. */
export type Emit = (event: ModelEvent | MadeFile) => void;

/** Reads the parts of one answer, one after the other. */
export interface PartReader {
  /** Whether there was a call of a tool among them. */
  readonly hasCalls: boolean;
  read(part: ApiPart, emit: Emit): void;
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/svg+xml': 'svg',
  'audio/mpeg': 'mp3',
};

const nameOf = (mime: string, count: number): string => {
  const [kind = 'file', type = 'bin'] = (mime.split(';')[0] ?? '').split('/');
  return `${kind === 'image' ? 'picture' : kind}-${count}.${EXTENSIONS[`${kind}/${type}`] ?? type}`;
};

/** Turns parts into model events. `family` is who reads their signatures. */
export function createPartReader(family: string, provider: string): PartReader {
  const unknown = new Set<string>();
  let files = 0;
  let hasCalls = false;

  const opaqueOf = (kept: Kept): { readonly opaque: Opaque } => ({ opaque: { family, data: kept as Opaque['data'] } });
  const signed = ({ thoughtSignature: signature }: ApiPart) => (signature ? opaqueOf({ signature }) : {});

  const call = (part: ApiPart, emit: Emit): void => {
    const { id, name = '', args = {} } = part.functionCall ?? {};
    const { thoughtSignature: signature } = part;
    hasCalls = true;
    const kept = { ...(signature ? { signature } : {}), ...(id ? { id } : {}) };
    emit({ type: 'tool-call', callId: id || `call_${newId()}`, name, input: args, ...opaqueOf(kept) });
  };

  const made = ({ inlineData }: ApiPart, emit: Emit): void => {
    const { mimeType: mime = 'application/octet-stream', data = '' } = inlineData ?? {};
    files += 1;
    emit({ type: 'made-file', file: { name: nameOf(mime, files), mime, bytes: Buffer.from(data, 'base64') } });
  };

  const other = (part: ApiPart, emit: Emit): void => {
    // What the server's own tools did comes back as it is.
    if (part.toolCall || part.toolResponse) {
      emit({ type: 'reasoning', text: '', ...opaqueOf({ part: part as Kept['part'] & object }) });
      return;
    }
    const kind = Object.keys(part).find((key) => key !== 'thoughtSignature');
    if (kind === undefined || unknown.has(kind)) return;
    unknown.add(kind);
    emit({
      type: 'notice',
      level: 'warning',
      text: `${provider} answered with something that can't be shown here: ${kind}.`,
    });
  };

  const read = (part: ApiPart, emit: Emit): void => {
    if (typeof part.text === 'string') {
      if (part.text === '' && !part.thoughtSignature) return;
      emit({ type: part.thought ? 'reasoning' : 'text', text: part.text, ...signed(part) });
    } else if (part.functionCall) call(part, emit);
    else if (part.inlineData) {
      // Drafts that the model thinks with are none of the answer.
      if (!part.thought) made(part, emit);
    } else other(part, emit);
  };

  return {
    get hasCalls() {
      return hasCalls;
    },
    read,
  };
}
