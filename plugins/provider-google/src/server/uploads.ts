import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { File, GoogleGenAI, Part as ApiPart } from '@google/genai';
import type { Credentials, FileContent } from '@parley/contracts';

interface Uploaded {
  readonly part: ApiPart;
  readonly untilMs: number;
}

const MOST_KEPT = 500;
const LIFETIME_MS = 24 * 60 * 60_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 3_000;
/** Films are looked through before they can be used. */
const READY_WITHIN_MS = 180_000;

async function untilActive(client: GoogleGenAI, uploaded: File, signal: AbortSignal): Promise<File> {
  const giveUpMs = performance.now() + READY_WITHIN_MS;
  let file = uploaded;
  const isIn = (state: string) => String(file.state) === state;
  for (let pauseMs = FIRST_PAUSE_MS; isIn('PROCESSING'); pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    if (performance.now() > giveUpMs) throw new Error('The file was not ready in time');
    await pause(pauseMs, undefined, { signal });
    file = await client.files.get({ name: file.name ?? '', config: { abortSignal: signal } });
  }
  if (isIn('FAILED')) throw new Error('The server could not read the file');
  return file;
}

/** Keeps files at the Gemini API, which deletes them after two days; each once for each key. */
export class Uploads {
  readonly #kept = new Map<string, Uploaded>();

  /** The part that names the file. `client` sends what ends with `signal`. */
  async get(
    file: { readonly id: string; readonly name: string; readonly content: FileContent },
    sender: { readonly client: GoogleGenAI; readonly credentials: Credentials | undefined },
    signal: AbortSignal,
  ): Promise<ApiPart> {
    const owner = createHash('sha256')
      .update(sender.credentials?.['apiKey'] ?? '')
      .digest('base64');
    const key = `${owner} ${file.id}`;
    const known = this.#kept.get(key);
    if (known && known.untilMs > Date.now()) return known.part;
    const { bytes, mime } = file.content;
    const sent = await sender.client.files.upload({
      file: new Blob([new Uint8Array(bytes)], { type: mime }),
      config: { mimeType: mime, displayName: file.name },
    });
    const ready = await untilActive(sender.client, sent, signal);
    const part = { fileData: { fileUri: ready.uri ?? '', mimeType: mime } };
    this.#keep(key, { part, untilMs: Date.now() + LIFETIME_MS });
    return part;
  }

  #keep(key: string, uploaded: Uploaded): void {
    this.#kept.delete(key);
    this.#kept.set(key, uploaded);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }
}
